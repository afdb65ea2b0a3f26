"""An indicator held against its target: kept, missed, or not to be told, by chance's reckoning.

A target of what has a population is one of the yearly rate; of anything else, of the figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.knowledge.models import Indicator
from samrad.knowledge.rules.picture import Among
from samrad.knowledge.rules.recipe_parts import Direction
from samrad.ui.formats import number


class Kept(StrEnum):
    """How a figure stands against its target."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


def target_in_words(indicator: Indicator) -> str:
    """What has been aimed at, and who says so; nothing where there is no target."""
    if indicator.target is None:
        return ""
    at_most = indicator.direction == Direction.DOWN
    said = {
        (True, True): _("At most %(target)s for every 1,000 inhabitants in a year"),
        (True, False): _("At least %(target)s for every 1,000 inhabitants in a year"),
        (False, True): _("At most %(target)s"),
        (False, False): _("At least %(target)s"),
    }[bool(indicator.base), at_most]
    told = said % {"target": number(indicator.target, _decimals(indicator.target))}
    return f"{told} ({indicator.target_source})" if indicator.target_source else told


def is_kept(indicator: Indicator, among: Among | None, latest: float | None) -> Kept | None:
    """Whether the target is; None where nothing is known, or there is none."""
    target = indicator.target
    if target is None:
        return None
    low = high = latest
    if indicator.base:
        low, high = (among.rate_low, among.rate_high) if among else (None, None)
    if low is None or high is None:
        return None
    inside, outside = high <= target, low > target
    if indicator.direction == Direction.UP:
        inside, outside = low >= target, high < target
    return Kept.YES if inside else Kept.NO if outside else Kept.UNCLEAR


def against_target(indicator: Indicator, among: Among | None, latest: float | None) -> str:
    """What may be said of one area."""
    kept = is_kept(indicator, among, latest)
    if kept is None:
        return ""
    if not indicator.base or among is None:
        said = {
            Kept.YES: _("The target is kept: the latest figure is %(figure)s."),
            Kept.NO: _("The target is missed: the latest figure is %(figure)s."),
        }[kept]
        return said % {"figure": number(latest, _decimals(latest or 0))}
    told = {
        Kept.YES: _("The target is kept: %(rate)s in the latest year, from %(low)s to %(high)s."),
        Kept.NO: _("The target is missed: %(rate)s in the latest year, from %(low)s to %(high)s."),
        Kept.UNCLEAR: _(
            "Whether the target is kept cannot be told: %(rate)s in the latest year, from %(low)s"
            " to %(high)s by chance alone."
        ),
    }[kept]
    ends = {"rate": among.rate, "low": among.rate_low, "high": among.rate_high}
    decimals = max(1, _decimals(indicator.target or 0))
    return told % {name: number(value, decimals) for name, value in ends.items()}


def how_many_keep_it(found: Iterable[Kept | None]) -> str:
    """Over many areas: a sentence, nothing where none is known."""
    known = [one for one in found if one is not None]
    if not known:
        return ""
    counts = {kept: known.count(kept) for kept in Kept}
    return ngettext(
        "The target is kept in %(yes)s and missed in %(no)s of %(all)s municipality; in %(unclear)s"
        " it cannot be told.",
        "The target is kept in %(yes)s and missed in %(no)s of %(all)s municipalities; in"
        " %(unclear)s it cannot be told.",
        len(known),
    ) % {
        "yes": number(counts[Kept.YES]), "no": number(counts[Kept.NO]),
        "unclear": number(counts[Kept.UNCLEAR]), "all": number(len(known)),
    }  # fmt: skip


def _decimals(value: float) -> int:
    return len(f"{value:.3f}".rstrip("0").partition(".")[2])

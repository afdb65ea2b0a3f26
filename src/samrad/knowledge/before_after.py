"""Before and after in one place: what may be said of a change from a period on, and the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.analysis.words import Code
from samrad.knowledge.indicator_here import Here
from samrad.knowledge.moments import period_in_words
from samrad.ui.charts import Table
from samrad.ui.formats import number, percent

SAID = {
    Code.FELL_MORE_THAN_ELSEWHERE: gettext_lazy(
        "It fell by %(change)s beside the others (from %(low)s to %(high)s)."
    ),
    Code.ROSE_MORE_THAN_ELSEWHERE: gettext_lazy(
        "It rose by %(change)s beside the others (from %(low)s to %(high)s)."
    ),
    Code.FELL_BUT_NO_PROOF: gettext_lazy(
        "It fell by %(change)s beside the others, but an unusual peak is in what it is compared"
        " with: after a peak comes a fall, measure or not."
    ),
    Code.NO_CLEAR_EFFECT: gettext_lazy("No clear change beside the others."),
}
SAID_AT_LEAST = {
    Code.ROSE_MORE_THAN_ELSEWHERE: gettext_lazy(
        "It rose by %(change)s beside the others (by %(low)s at least)."
    ),
}


class ChoosePeriod(forms.Form):
    """From when on."""

    def __init__(self, periods: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        self.fields["since"] = forms.ChoiceField(
            label=_("From which period on"), required=False,
            choices=[(one, period_in_words(one)) for one in reversed(periods)],
        )  # fmt: skip


@dataclass(frozen=True)
class BeforeAfter:
    """An indicator in an area, with the period that was chosen among those that may be."""

    here: Here
    periods: Sequence[str]
    since: str
    found: Mapping[str, Any]
    is_worked_out: bool = True

    @property
    def says(self) -> str:
        """What may be said of it."""
        if not self.is_worked_out:
            return _("This has not been worked out yet. It will be tonight at the latest.")
        if not self.found:
            return _("Too little is known here, or of too few other municipalities, to compare.")
        said = SAID.get(Code(self.found["code"]))
        ratio, low, high = (self.found[name] for name in ("ratio", "low", "high"))
        if said is None or ratio is None or low is None:
            return _("There are too few to tell whether it changed.")
        change = percent(abs(ratio - 1))
        if high is None:  # no upper end
            said = SAID_AT_LEAST.get(Code(self.found["code"]), said)
            return str(said) % {"change": change, "low": percent(abs(low - 1))}
        least, most = sorted(abs(one - 1) for one in (low, high))  # 0 is 100 % less
        return str(said) % {"change": change, "low": percent(least), "high": percent(most)}

    @property
    def how(self) -> str:
        """What was compared with what."""
        return _(
            "Up to a year from %(since)s on, against the same seasons before, beside all others"
            " together. How much such a figure moves by chance is taken from the %(others)s"
            " municipalities most alike in number: only what is rarer than one in twenty among"
            " them is called a change. That holds for a period chosen beforehand: the more are"
            " tried, the likelier one looks like a change by chance. Why it changed is not told by"
            " figures."
        ) % {"since": period_in_words(self.since), "others": number(self.found["others"])}

    @property
    def table(self) -> Table:
        """Here and all others together."""
        rows = [
            [name, *(number(self.found[side]) for side in sides)]
            for name, sides in (
                (self.here.area.name, ("before", "after")),
                (_("All others together"), ("rest_before", "rest_after")),
            )
        ]
        return Table([_("Municipality"), _("Before"), _("After")], rows)


def before_after(here: Here, since: str) -> BeforeAfter:
    """What was worked out of the period, the earliest with a whole year after it by default."""
    rows = here.about.rows.filter(area=here.area).order_by("code")
    worked_out = [one for one in rows.values_list("breaks", flat=True) if one is not None]
    kept: Mapping[str, Any] = next(filter(None, worked_out), {})
    periods = [one for one in here.about.sheet.periods if one in kept]
    chosen = since if since in kept else next(iter(periods), "")
    found = kept.get(chosen, {})
    # An older version drew the picture and did not ask; without a picture nobody ever asks.
    is_worked_out = bool(worked_out) or here.line is None
    return BeforeAfter(here, periods, chosen, found, is_worked_out)

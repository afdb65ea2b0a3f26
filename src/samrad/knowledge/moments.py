"""How periods, changes and what is unusual of a picture are drawn and put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.analysis.words import Code
from samrad.knowledge.rules.periods import PeriodKind, in_a_year, in_words, read_period
from samrad.knowledge.rules.picture import Line, Past, Unusual
from samrad.ui.charts import Flag, Interval, Moment, Series
from samrad.ui.formats import number
from samrad.ui.pieces import Words

BEYOND = 1e6
YEARS_SHADED = 3
FLAGS = {Unusual.HIGH: Flag.HIGH, Unusual.LOW: Flag.LOW}


def key_to(period: str, *, expects: bool = True) -> str:
    """How a drawing of periods like this one is read, in words."""
    lines = {
        PeriodKind.MONTH: _(
            "The line is how many were counted in each month; its latest figure stands beside it."
        ),
        PeriodKind.QUARTER: _(
            "The line is how many were counted in each quarter; its latest figure stands beside it."
        ),
        PeriodKind.YEAR: _("The line is one figure for each year; its latest stands beside it."),
    }
    usual = _("The line is what was counted; its latest figure stands beside it.")
    line = lines.get(read_period(period).kind, usual)
    rest = _(
        "The dashed line is what was to be expected in the latest three years, and the shade how"
        " far figures usually are from it. A triangle marks a figure outside of that, also of years"
        " that have no shade, pointing up or down."
    )
    return f"{line} {rest}" if expects else line


def key_to_changes() -> str:
    """How a drawing of the latest year against those before is read, in words."""
    key = _(
        "The mark is how many times as many there were per inhabitant as before: × 1 is no change."
        " A triangle says that it rises or falls, a ring that it is not clear. The line holds the"
        " true figure in 95 of 100 cases; where it crosses × 1, the change is not clear."
    )
    return key.replace("× 1", "×\N{NO-BREAK SPACE}1")


def moments_of(past: Iterable[Past]) -> list[Moment]:
    """Periods as a chart shows them."""
    return [moment_of(one) for one in past]


def moment_of(past: Past) -> Moment:
    """One period as it is drawn."""
    period = read_period(past.period)
    begins = period.kind is PeriodKind.YEAR or period.start.month == 1
    expected, low, high = past.limits
    return Moment(
        label=period_in_words(past.period), value=past.value,
        tick=str(period.start.year) if begins else "",
        expected=expected, low=low, high=high, flag=FLAGS.get(past.unusual),
        is_hidden=past.nothing == "hidden",
    )  # fmt: skip


def drawn_of(says: str, past: Sequence[Past], *, of: Words = "", is_small: bool = False) -> Series:
    """Periods as a chart, with what was to be expected of the latest years alone.

    Years ago a single event widens what is expected so much that nothing could stand out.
    """
    shaded = in_a_year(read_period(past[-1].period).kind) * YEARS_SHADED if past else None
    return Series(says, moments_of(past), of=of, is_small=is_small, shaded=shaded)


def period_in_words(code: str) -> str:
    """A period for the reader."""
    return in_words(read_period(code), get_language() or "en")


def unusual_in_words(line: Line) -> str:
    """How far the latest figure is from what was to be expected, if it is."""
    latest = line.latest
    if not latest.unusual or latest.judged is None:
        return ""
    said = {
        Unusual.HIGH: _(
            "%(count)s, unusually many. About %(expected)s were to be expected, and seldom more"
            " than %(limit)s."
        ),
        Unusual.LOW: _(
            "%(count)s, unusually few. About %(expected)s were to be expected, and seldom fewer"
            " than %(limit)s."
        ),
    }[latest.unusual]
    limit = latest.high if latest.unusual is Unusual.HIGH else latest.low
    count = number(latest.judged)
    if latest.over > 1:
        together = _("%(count)s in the latest %(over)s periods together")
        count = together % {"count": count, "over": number(latest.over)}
    numbers = {"count": count, "expected": number(latest.expected, 0), "limit": number(limit)}
    words = said % numbers
    if line.stands and not line.survives:
        return _("%(what)s It stands out among what councils named beforehand.") % {"what": words}
    return words if line.survives else _("%(what)s It may still be chance.") % {"what": words}


def interval_of(label: str, line: Line, says: str) -> Interval:
    """A change as a row of a chart."""
    change = line.change
    flag = {Code.RISES: Flag.HIGH, Code.FALLS: Flag.LOW}.get(change.way)
    high = change.high if change.high is not None and change.high < BEYOND else None
    return Interval(label, change.ratio, change.low, high, flag, says)

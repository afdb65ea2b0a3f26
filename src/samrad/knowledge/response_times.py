"""What the page about response times reads: one row, and the words and charts it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.analysis.words import Code, Question, Result, statement
from samrad.knowledge.incident_models import IncidentReport
from samrad.knowledge.pictures import period_in_words
from samrad.ui.charts import Flag, Interval, Intervals, Moment, Series, Table
from samrad.ui.formats import number, percent

MINUTE = 60
PERCENTILES = (50, 80, 90)
Waited = Sequence[float]

ELSEWHERE = {
    Code.HIGHER: gettext_lazy("%(change)s longer than elsewhere (from %(low)s to %(high)s)"),
    Code.LOWER: gettext_lazy("%(change)s shorter than elsewhere (from %(low)s to %(high)s)"),
    Code.SIMILAR: gettext_lazy("about as long as elsewhere"),
    Code.NO_CLEAR_DIFFERENCE: gettext_lazy("no clear difference from elsewhere"),
}
TARGET = {
    Code.HIGHER: gettext_lazy("The mean is %(change)s longer than the target."),
    Code.LOWER: gettext_lazy("The mean is %(change)s shorter than the target."),
    Code.SIMILAR: gettext_lazy("The mean is about as long as the target."),
    Code.NO_CLEAR_DIFFERENCE: gettext_lazy("The mean is not clearly different from the target."),
}
NATION = {
    Code.HIGHER: gettext_lazy("The mean is %(change)s longer than in the whole country."),
    Code.LOWER: gettext_lazy("The mean is %(change)s shorter than in the whole country."),
    Code.SIMILAR: gettext_lazy("The mean is about as long as in the whole country."),
    Code.NO_CLEAR_DIFFERENCE: gettext_lazy(
        "The mean is not clearly different from the whole country."
    ),
}


@dataclass(frozen=True)
class Times:
    """Waiting times of a group: everything in seconds, as (value, low, high)."""

    name: str
    kept: Mapping[str, Any]

    @property
    def is_told(self) -> bool:
        """Whether there are enough of them to be told."""
        return "n" in self.kept

    @property
    def count(self) -> str:
        """How many calls or units."""
        return number(self.kept["n"]) if self.is_told else _("held back")

    @property
    def median(self) -> str:
        """Half waited no longer than this."""
        return self._minutes("p50")

    @property
    def p80(self) -> str:
        """Four in five waited no longer than this."""
        return self._minutes("p80")

    @property
    def p90(self) -> str:
        """Nine in ten waited no longer than this."""
        return self._minutes("p90")

    @property
    def mean(self) -> str:
        """What a target is set on."""
        return self._minutes("mean")

    @property
    def within(self) -> str:
        """The share within the target."""
        share = self.kept.get("within")
        return (
            "–" if not share else f"{percent(share[0])} ({percent(share[1])}–{percent(share[2])})"
        )

    @property
    def says(self) -> str:
        """What may be said of the difference from the others."""
        return said(self.kept.get("against"), self.kept.get("n", 0), ELSEWHERE)

    def _minutes(self, name: str) -> str:
        found = self.kept.get(name)
        return "–" if not found else in_minutes(found)

    def cells(self, *, with_target: bool) -> list[str]:
        """A row of the table."""
        share = [self.within] if with_target else []
        return [self.name, self.count, self.median, self.p80, self.p90, self.mean, *share]


def in_minutes(found: Waited) -> str:
    """A time with its interval: 6.5 (6.4–6.7)."""
    value, low, high = (number(one / MINUTE, 1) for one in found)
    return f"{value} ({low}–{high})"


def said(against: Mapping[str, Any] | None, n: int, words: Mapping[Code, Any]) -> str:
    """What the table of words lets be said of a comparison of means."""
    if not against:
        return ""
    ratio, low, high = against["ratio"], against["low"], against["high"]
    result = Result(Question.DIFFERENCE, ratio, low, high, against["p"], n)
    code = statement(result).code
    if code not in words:
        return _("too few to compare")
    ends = sorted([abs(low - 1), abs(high - 1)])
    return str(words[code]) % {
        "change": percent(abs(ratio - 1)), "low": percent(ends[0]), "high": percent(ends[1]),
    }  # fmt: skip


@dataclass(frozen=True)
class ResponseTold:
    """The report of a data set, ready to be shown."""

    report: IncidentReport

    @property
    def kept(self) -> Mapping[str, Any]:
        """As the worker left it."""
        found: Mapping[str, Any] = self.report.content.get("response") or {}
        return found

    @property
    def has_target(self) -> bool:
        """Whether a target has been set."""
        return bool(self.report.response.get("target"))

    @cached_property
    def first(self) -> Times:
        """By the first unit to arrive."""
        return Times(_("The first unit to arrive"), self.kept["first"])

    @cached_property
    def units(self) -> Times:
        """By every unit that was sent."""
        return Times(_("Every unit"), self.kept["units"])

    @property
    def median(self) -> str:
        """Minutes, without the interval, for the sentence on top."""
        return number(self.kept["first"]["p50"][0] / MINUTE, 1)

    @property
    def p90(self) -> str:
        """The same of nine in ten."""
        return number(self.kept["first"]["p90"][0] / MINUTE, 1)

    @property
    def against(self) -> list[tuple[str, str, str]]:
        """What the mean is laid beside: a sentence, the time, and where that is from."""
        rule, n, found = self.report.response, self.kept["first"]["n"], []
        for name, words in (("target", TARGET), ("nation", NATION)):
            if rule.get(name):
                sentence = said(self.kept.get(f"against_{name}"), n, words)
                found.append((sentence, clock_of(rule[name]), rule.get(f"{name}_source", "")))
        return found

    @property
    def left_out(self) -> list[str]:
        """What is not among the figures, a sentence for each reason."""
        left = self.kept["left_out"]
        known, calls = self.kept["first"]["n"], self.kept["calls"]
        counts = {
            "known": known, "calls": calls, "left": calls - known, "rows": self.kept["rows"],
            "missing": left["missing"], "negative": left["negative"], "long": left["too_long"],
            "wrong": self.kept["out_of_order"],
        }  # fmt: skip
        told = {name: number(count) for name, count in counts.items()}
        return [
            _("%(known)s of %(calls)s calls have a time; %(left)s have none.") % told,
            _("Of %(rows)s rows, one for each unit, %(missing)s have no arrival.") % told,
            _("%(negative)s arrive before the call, and %(long)s more than six hours after it.")
            % told,
            _(
                "%(wrong)s rows have moments in an order that cannot be; their waits are counted"
                " where they can be times."
            )
            % told,
        ]

    @cached_property
    def areas(self) -> list[Times]:
        """By the publisher's districts, in the order of their names."""
        found = [Times(one["name"] or _("No area given"), one) for one in self.kept["areas"]]
        return sorted(found, key=lambda one: one.name)

    @cached_property
    def months(self) -> list[Times]:
        """By month."""
        return [Times(period_in_words(one["name"]), one) for one in self.kept["months"]]

    @property
    def held_back(self) -> list[str]:
        """The areas with too few calls, or that could be worked out from the others."""
        return [one.name for one in self.areas if not one.is_told]

    @property
    def compared(self) -> Intervals | None:
        """The mean of each area against the mean elsewhere, the longest first."""
        rows = [_interval(one) for one in self.areas if one.kept.get("against")]
        if not rows:
            return None
        says = _("The mean wait in each area against the mean elsewhere, with 95 % intervals")
        return Intervals(says, sorted(rows, key=lambda one: -(one.value or 0)), of=_("Area"))

    @property
    def by_month(self) -> Series | None:
        """The median month by month, where there are several."""
        if sum(one.is_told for one in self.months) < 2:  # noqa: PLR2004 (a line has two ends)
            return None
        says = _("Median wait for the first unit, month by month, in minutes")
        return Series(says, [_moment(one) for one in self.months], of=_("Minutes"))

    @property
    def heads(self) -> list[str]:
        """The columns of every table of times."""
        share = [_("Within the target")] if self.has_target else []
        return [_("Calls"), _("Median"), _("80 %"), _("90 %"), _("Mean"), *share]

    @property
    def area_table(self) -> Table:
        """Every area with its figures and what may be said of it."""
        rows = [[*one.cells(with_target=self.has_target), one.says or "–"] for one in self.areas]
        return Table([_("Area"), *self.heads, _("Against elsewhere")], rows)

    @property
    def month_table(self) -> Table:
        """Every month with its figures."""
        rows = [one.cells(with_target=self.has_target) for one in self.months]
        return Table([_("Month"), *self.heads], rows)

    @property
    def whole_table(self) -> Table:
        """Both ways of counting."""
        rows = [one.cells(with_target=self.has_target) for one in (self.first, self.units)]
        return Table([_("Counted by"), *self.heads], rows)


def _interval(one: Times) -> Interval:
    against = one.kept["against"]
    result = Result(
        Question.DIFFERENCE, against["ratio"], against["low"], against["high"], against["p"],
        one.kept["n"],
    )  # fmt: skip
    flag = {Code.HIGHER: Flag.HIGH, Code.LOWER: Flag.LOW}.get(statement(result).code)
    return Interval(one.name, against["ratio"], against["low"], against["high"], flag, one.says)


def _moment(one: Times) -> Moment:
    value = round(one.kept["p50"][0] / MINUTE, 1) if one.is_told else None
    return Moment(one.name, value, tick=one.name, is_hidden=not one.is_told)


def clock_of(seconds: int) -> str:
    """13:26"""
    return f"{seconds // MINUTE}:{seconds % MINUTE:02}"


def rows_to_take(told: ResponseTold) -> list[dict[str, Any]]:
    """The aggregates as a file holds them: whole seconds, nothing where a group is held back."""
    groups = (
        ("whole", [told.first, told.units]), ("area", told.areas), ("month", told.months)
    )  # fmt: skip
    return [_row(kind, one, has_target=told.has_target) for kind, found in groups for one in found]


def _row(kind: str, one: Times, *, has_target: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"group": kind, "name": one.name, "calls": one.kept.get("n")}
    for name in ("p50", "p80", "p90", "mean"):
        values = one.kept.get(name) or (None, None, None)
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
    if has_target:
        share = one.kept.get("within")
        row["within_per_mille"] = round(1000 * share[0]) if share else None
    return row


def heads_to_take(*, has_target: bool) -> list[str]:
    """The names of its columns."""
    times = [_("Median"), _("80 %"), _("90 %"), _("Mean")]
    ends = (_("%(what)s, seconds"), _("%(what)s, at least"), _("%(what)s, at most"))
    found = [_("Group"), _("Name"), _("Calls")]
    found += [end % {"what": what} for what in times for end in ends]
    return [*found, _("Within the target, per mille")] if has_target else found

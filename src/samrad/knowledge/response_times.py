"""What the page about response times reads: one row, and the words and charts it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samrad.analysis.words import Code, Question, Result, statement
from samrad.knowledge.incident_models import IncidentReport
from samrad.knowledge.moments import period_in_words
from samrad.knowledge.response_words import (
    ELSEWHERE,
    IN_SHORT,
    MINUTE,
    NATION,
    OLDEST_NATION,
    POINTS,
    TARGET,
    by_the_clock,
    clock_of,
    said,
)
from samrad.knowledge.rules.quarters import Beside, beside
from samrad.ui.charts import Flag, Interval, Intervals, Moment, Series, Table
from samrad.ui.formats import number, percent

SHOWN = ("p50", "p80", "p90", "mean")


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

    def waited(self, name: str) -> str:
        """The mean or a percentile with its interval, by the clock."""
        found = self.kept.get(name)
        return "–" if not found else by_the_clock(found)

    def cells(self, *, with_target: bool) -> list[str]:
        """A row of the table."""
        share = [self.within] if with_target else []
        return [self.name, self.count, *(self.waited(one) for one in SHOWN), *share]


@dataclass(frozen=True)
class QuarterTold:
    """A quarter as the worker left it, once and for all; in words.

    What an older version left is all that was kept then, and is of no quarter.
    """

    kept: Mapping[str, Any]
    rule: Mapping[str, Any]

    @property
    def code(self) -> str:
        """How the quarter is written in an address."""
        return str(self.kept.get("name", ""))

    @property
    def name(self) -> str:
        """The quarter in words."""
        return period_in_words(self.code) if self.code else _("All that is kept")

    @property
    def is_told(self) -> bool:
        """Whether enough waited."""
        return "first" in self.kept

    @property
    def is_mixed(self) -> bool:
        """Whether areas are compared at one and the same mix of priorities."""
        return bool(self.kept.get("is_mixed"))

    @property
    def is_changed(self) -> bool:
        """Whether a later file has changed calls of it."""
        return bool(self.kept.get("is_changed"))

    @cached_property
    def target(self) -> Beside | None:
        """What was promised for that quarter."""
        return beside(self.rule, "target", self.code)

    @cached_property
    def first(self) -> Times:
        """By the first unit to arrive."""
        return self._group(_("The first unit to arrive"), self.kept.get("first", {}))

    @cached_property
    def units(self) -> Times:
        """By every unit that was sent."""
        return self._group(_("Every unit"), self.kept.get("units", {}))

    def _group(self, name: str, kept: Mapping[str, Any]) -> Times:
        """A share is within the target that it was counted by, and is not told of another."""
        target = self.target.seconds if self.target else None
        if self.kept.get("target", target) != target:
            kept = {one: value for one, value in kept.items() if one != "within"}
        return Times(name, kept)

    @property
    def median(self) -> str:
        """Without the interval, for the sentence on top."""
        return clock_of(self.kept["first"]["p50"][0])

    @property
    def p90(self) -> str:
        """The same of nine in ten."""
        return clock_of(self.kept["first"]["p90"][0])

    @cached_property
    def kept_or_not(self) -> Code | None:
        """By which side of the target the interval lies, in the seconds that are shown."""
        if self.target is None or not self.is_told:
            return None
        mean, n, promised = self.kept["first"]["mean"], self.kept["first"]["n"], self.target.seconds
        ratio, low, high = (one / promised for one in mean)
        return statement(Result(Question.TARGET, ratio, low, high, 1.0, n)).code

    def _against_target(self, words: Mapping[Code, Any]) -> str:
        """The same in words."""
        if self.target is None or self.kept_or_not is None:
            return ""
        code, mean, promised = self.kept_or_not, self.kept["first"]["mean"], self.target.seconds
        if code not in words:
            return _("too few to compare")
        value, least, most = (clock_of(one) for one in mean)
        return str(words[code]) % {
            "target": clock_of(promised), "mean": value, "low": least, "high": most,
        }  # fmt: skip

    @property
    def against(self) -> list[tuple[str, str]]:
        """What the mean is laid beside: a sentence, and where that is from."""
        found = []
        if self.target is not None:
            found.append((self._against_target(TARGET), self.target.source))
        nation = self.kept.get("against_nation")
        if nation:
            seconds = nation.get("seconds") or self.rule.get("nation", 0)
            source = nation.get("source") or self.rule.get("nation_source", "")
            since = period_in_words(nation["since"]) if nation.get("since") else ""
            told = {"mean": clock_of(seconds), "when": since}
            says = said(nation, self.kept["first"]["n"], NATION, since)
            if since and self._is_long_ago(nation["since"]):
                says = (
                    _(
                        "The newest mean of the whole country that is known here, %(mean)s, is of"
                        " %(when)s: too long ago to compare with."
                    )
                    % told
                )
                return [*found, (says, source)]
            found.append((says, ", ".join(one for one in (clock_of(seconds), source) if one)))
        return found

    def _is_long_ago(self, since: str) -> bool:
        """Whether the country was measured too long before this quarter."""
        return bool(self.code) and int(self.code[:4]) - int(since[:4]) > OLDEST_NATION

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
            _("Arrivals before the call: %(negative)s; more than six hours after it: %(long)s.")
            % told,
            _(
                "Rows with moments in an order that cannot be: %(wrong)s. Their waits are counted"
                " where they can be times."
            )
            % told,
        ]

    @cached_property
    def areas(self) -> list[Times]:
        """By the publisher's districts, in the order of their names."""
        found = [
            self._group(one["name"] or _("No area given"), one)
            for one in self.kept.get("areas", [])
        ]
        return sorted(found, key=lambda one: one.name)

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
    def heads(self) -> list[str]:
        """The columns of a table of times."""
        share = [_("Within the target")] if self.target else []
        return [_("Calls"), _("Median"), _("80 %"), _("90 %"), _("Mean"), *share]

    @property
    def area_table(self) -> Table:
        """Every area with what may be said of it and its figures."""
        mixed = [_("Mean at the same mix")] if self.is_mixed else []
        share = [_("Within the target")] if self.target else []
        heads = [_("Area"), _("Against elsewhere"), _("Calls"), _("Mean"), *mixed, _("Median")]
        rows = [
            [one.name, one.says or "–", one.count, one.waited("mean"),
             *([one.waited("mixed")] if mixed else []), one.waited("p50"), one.waited("p90"),
             *([one.within] if share else [])]
            for one in self.areas
        ]  # fmt: skip
        return Table([*heads, _("90 %"), *share], rows)

    @property
    def whole_table(self) -> Table:
        """Both ways of counting."""
        rows = [one.cells(with_target=self.target is not None) for one in (self.first, self.units)]
        return Table([_("Counted by"), *self.heads], rows)

    def cells(self, *, with_target: bool) -> list[str]:
        """Its row among the quarters: the mean, what was promised, and the rest."""
        first = self.first
        mean, rest = first.waited("mean"), [first.waited(one) for one in ("p50", "p80", "p90")]
        if not with_target:
            return [self.name, mean, first.count, *rest]
        promised = clock_of(self.target.seconds) if self.target else "–"
        kept = self._against_target(IN_SHORT) or "–"
        return [self.name, mean, promised, kept, first.count, *rest, first.within]


@dataclass(frozen=True)
class ResponseTold:
    """The report of a data set, ready to be shown; `wanted` is the quarter somebody asks for."""

    report: IncidentReport
    wanted: str = ""

    @cached_property
    def quarters(self) -> list[QuarterTold]:
        """Those that are whole, the oldest first; an older version told all it had as one."""
        kept = self.report.content.get("response") or {}
        found = kept.get("quarters", [kept] if kept else [])
        return [QuarterTold(one, self.report.response) for one in found]

    @cached_property
    def told(self) -> list[QuarterTold]:
        """Those of them in which enough waited."""
        return [one for one in self.quarters if one.is_told]

    @cached_property
    def shown(self) -> QuarterTold | None:
        """The quarter that is asked for, or the latest that is told; none where that is not."""
        found = [one for one in self.told if self.wanted in ("", one.code)]
        return found[-1] if found else None

    @property
    def others(self) -> list[QuarterTold]:
        """The quarters that one may look at instead, the latest first."""
        return [one for one in reversed(self.told) if one is not self.shown]

    @property
    def has_target(self) -> bool:
        """Whether a target has been set for any of them."""
        return any(one.target for one in self.told)

    @property
    def is_mixed(self) -> bool:
        """Whether any of them compares areas at the same mix of priorities."""
        return any(one.is_mixed for one in self.told)

    @property
    def by_quarter(self) -> Series | None:
        """The mean quarter by quarter, where there are several."""
        if len(self.told) < 2:  # noqa: PLR2004 (a line has two ends)
            return None
        says = _("Mean wait for the first unit, quarter by quarter, in minutes and seconds")
        return Series(
            says, [_moment(one) for one in self.quarters], of=pgettext("duration", "Minutes"),
            written=_clock, promised=self._promised(),
        )  # fmt: skip

    def _promised(self) -> tuple[str, float] | None:
        """The target, where it is the same in every quarter that is drawn."""
        promised = {one.target.seconds for one in self.told if one.target}
        if len(promised) != 1:
            return None
        (seconds,) = promised
        return _("Target %(time)s") % {"time": clock_of(seconds)}, seconds / MINUTE

    @property
    def key(self) -> str:
        """How that drawing is read."""
        said = _("Minutes and seconds. Shade: between what the mean lies with 95 % certainty.")
        marks = _(
            "Filled dot: the target is kept. Triangle: it is missed. Ring: it cannot be told."
        )
        return f"{said} {marks}" if self.has_target else said

    @property
    def quarter_table(self) -> Table:
        """Every quarter with its figures, and whether its target was kept; the latest first."""
        promised = [_("Target"), _("Kept?")] if self.has_target else []
        heads = [_("Quarter"), _("Mean"), *promised, _("Calls"), _("Median"), _("80 %"), _("90 %")]
        heads += [_("Within the target")] if self.has_target else []
        rows = [one.cells(with_target=self.has_target) for one in reversed(self.quarters)]
        return Table(heads, rows)


def _interval(one: Times) -> Interval:
    against = one.kept["against"]
    result = Result(
        Question.DIFFERENCE, against["ratio"], against["low"], against["high"], against["p"],
        one.kept["n"],
    )  # fmt: skip
    flag = {Code.HIGHER: Flag.HIGH, Code.LOWER: Flag.LOW}.get(statement(result).code)
    return Interval(one.name, against["ratio"], against["low"], against["high"], flag, one.says)


def _moment(one: QuarterTold) -> Moment:
    if not one.is_told:
        return Moment(one.name, None, tick=one.name, is_hidden=True)
    value, low, high = (seconds / MINUTE for seconds in one.kept["first"]["mean"])
    flag = POINTS.get(one.kept_or_not) if one.kept_or_not else None
    return Moment(one.name, value, tick=one.name, low=low, high=high, flag=flag)


def _clock(minutes: float) -> str:
    return clock_of(round(minutes * MINUTE))

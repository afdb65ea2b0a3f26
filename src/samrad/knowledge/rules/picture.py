"""The crime picture of one area: for each thing that is counted its past, its change, its place.

Plain values that go to JSON and back. They are worked out when figures are taken in, by
`samrad.knowledge.reckoning`, so that a page reads one row and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from samrad.analysis.words import Code
from samrad.knowledge.rules.periods import PeriodKind, read_period


class Unusual(StrEnum):
    """How a figure stands against what was to be expected of its period."""

    HIGH = "high"
    LOW = "low"
    NO = ""


@dataclass(frozen=True)
class Past:
    """One period: what was counted, or why nothing is known, and what was to be expected.

    `over`: of how many periods together, this one the last, `expected` and its limits speak; where
    there are few cases more than one, and `together` is what was counted in them.
    """

    period: str
    value: float | None
    nothing: str = ""
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    unusual: Unusual = Unusual.NO
    over: int = 1
    together: float | None = None

    @property
    def judged(self) -> float | None:
        """The count that is held against the limits."""
        return self.value if self.over == 1 else self.together

    @property
    def limits(self) -> tuple[float | None, float | None, float | None]:
        """Expected, at least and at most of this period alone, where that can be said."""
        return (self.expected, self.low, self.high) if self.over == 1 else (None, None, None)


@dataclass(frozen=True)
class Change:
    """The latest year's rate against the years before it, with a 95 % interval.

    `p`: how likely so much is by chance; None in what an older version drew.
    """

    way: Code
    now: float | None = None
    before: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    years: int = 0
    p: float | None = None


@dataclass(frozen=True)
class Among:
    """The latest year's rate per 1,000 among places of its kind: ratio to all, limits of chance.

    `to_rest`: the ratio to all others together with its 95 % interval, `way` what it says.
    `rate_low` and `rate_high`: between what the rate lies when chance is reckoned with, at 95 %.
    """

    rate: float | None = None
    of_all: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    beyond: Unusual = Unusual.NO
    way: Code = Code.UNKNOWN
    to_rest: float | None = None
    rest_low: float | None = None
    rest_high: float | None = None
    rate_low: float | None = None
    rate_high: float | None = None


class NotJudged(StrEnum):
    """Why nothing is said of whether the latest figure is unusual."""

    SHORT = "short"  # the figures before it do not go back far enough
    NO_FIGURE = "no_figure"  # it is missing or held back
    BY_YEAR = "by_year"  # a figure a year: too few for anything to be expected of the next
    NO = ""


@dataclass(frozen=True)
class Line:
    """One indicator in one area. `survives`: unusual even among all that was looked at.

    `named`: a council named it beforehand; `stands`: it is more than was to be expected even among
    all that councils named beforehand, which are a family of their own.
    """

    indicator: str
    past: tuple[Past, ...]
    change: Change
    among: Among
    survives: bool = False
    named: bool = False
    stands: bool = False

    @property
    def latest(self) -> Past:
        """The latest period."""
        return self.past[-1]

    @property
    def why_not_judged(self) -> NotJudged:
        """Why it was not held against anything; NO where it was."""
        if self.latest.judged is None:
            return NotJudged.NO_FIGURE
        if read_period(self.latest.period).kind is PeriodKind.YEAR:
            return NotJudged.BY_YEAR
        return NotJudged.SHORT if self.latest.expected is None else NotJudged.NO

    @property
    def how_far(self) -> float:
        """How far above what was to be expected the latest figure is; 1 is at the limit."""
        one = self.latest
        if one.judged is None or one.expected is None or one.high is None:
            return 0.0
        return (one.judged - one.expected) / max(one.high - one.expected, 1.0)

    def without_the_whole(self) -> Line:
        """The line where nothing may be told of all places together: its own rate alone."""
        own = self.among
        alone = Among(rate=own.rate, rate_low=own.rate_low, rate_high=own.rate_high)
        return replace(self, among=alone)

    def as_finding(self) -> dict[str, Any]:
        """The line with its latest period alone, as a list of many areas keeps it."""
        return asdict(replace(self, past=self.past[-1:], named=False, stands=False))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Line:
        """The line as it was kept."""
        past = tuple(Past(**{**one, "unusual": Unusual(one["unusual"])}) for one in kept["past"])
        change = Change(**{**kept["change"], "way": Code(kept["change"]["way"])})
        said = kept["among"]
        way = Code(said.get("way", Code.UNKNOWN))  # older versions drew without
        among = Among(**{**said, "beyond": Unusual(said["beyond"]), "way": way})
        return cls(
            kept["indicator"], past, change, among, kept["survives"],
            kept.get("named", False), kept.get("stands", False),
        )  # fmt: skip


@dataclass(frozen=True)
class Against:
    """One indicator's latest year per 1,000 beside the group's common rate: ratio with interval.

    `each` are the members' rates, in the order of the group; None where nothing is known.
    """

    indicator: str
    way: Code
    rate: float | None = None
    of_group: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    each: tuple[float | None, ...] = ()
    of_district: float | None = None
    of_all: float | None = None
    p: float | None = None  # how likely so much is by chance

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Against:
        """The comparison as it was kept."""
        return cls(**{**kept, "way": Code(kept["way"]), "each": tuple(kept["each"])})


@dataclass(frozen=True)
class Member:
    """A municipality of a group: how many live there, and how many to a square kilometre."""

    place: str
    people: float
    density: float | None = None


class NoGroup(StrEnum):
    """Why a municipality is compared with none."""

    NO_PEOPLE = "no_people"  # nobody knows how many live there
    TOO_FEW = "too_few"  # too few others to be like
    NO = ""


@dataclass(frozen=True)
class Similar:
    """The municipalities most like one, nearest first, and where it stands against them."""

    why_none: NoGroup = NoGroup.NO
    own: Member | None = None
    members: tuple[Member, ...] = ()
    is_apart: bool = False  # no other is much like it: these are only the nearest there are
    district: str = ""
    since: str = ""  # the first period of the latest year
    lines: tuple[Against, ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Similar:
        """The group as it was kept."""
        own = Member(**kept["own"]) if kept["own"] else None
        return cls(
            NoGroup(kept["why_none"]), own, tuple(Member(**one) for one in kept["members"]),
            kept["is_apart"], kept["district"], kept["since"],
            tuple(Against.from_json(one) for one in kept["lines"]),
        )  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """All lines of an area for one period, in the order of the recipe."""

    period: str
    lines: tuple[Line, ...] = field(default_factory=tuple)
    similar: Similar | None = None  # None in what an older version drew

    def without_names(self) -> Picture:
        """The picture for those who are in no council of the place: not what it named."""
        lines = tuple(replace(one, named=False, stands=False) for one in self.lines)
        return replace(self, lines=lines)

    def as_json(self) -> dict[str, Any]:
        """The picture as it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Picture:
        """The picture as it was kept."""
        similar = kept.get("similar")
        return cls(
            kept["period"], tuple(Line.from_json(one) for one in kept["lines"]),
            Similar.from_json(similar) if similar else None,
        )  # fmt: skip

"""Which of our areas a publisher's code stands for, in which years."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from samrad.knowledge.rules.doubts import LEAVE, Doubt, DoubtKind
from samrad.knowledge.rules.periods import Period
from samrad.knowledge.rules.recipes import AreaRule
from samrad.knowledge.rules.table import Dimension

_NUMBER = re.compile(r"^(?:k-)?[0-9]{2,4}[ .:-]+")
_KIND = re.compile(r" (?:kommune|kommuna|kommun)$")
_YEARS = re.compile(r"\((\d{4})?-(\d{4})?\)\s*$", re.ASCII)


@dataclass(frozen=True)
class Place:
    """One of our areas while it carries a code."""

    ref: str
    name: str
    kind: str
    start: date = date.min
    end: date = date.max

    def is_there_in(self, period: Period) -> bool:
        """Whether it carries the code on any day of the period."""
        return self.start <= period.end and period.start <= self.end


#: Every code of a country, in any of its numberings.
Gazetteer = Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True)
class AreaFound:
    """What a code of the file stands for: places, or only a span in which it was in use."""

    code: str
    name: str
    places: tuple[Place, ...] = ()
    span: tuple[date, date] | None = None

    def place_in(self, period: Period) -> Place | None:
        """The area that carries the code in the period; else the last that did."""
        there = [place for place in self.places if place.is_there_in(period)]
        return (there or self.places or (None,))[-1]

    def was_there_in(self, period: Period) -> bool:
        """Whether the code was in use in the period; yes where nothing is known of it."""
        if self.places:
            return any(place.is_there_in(period) for place in self.places)
        if self.span is None:
            return True
        return self.span[0] <= period.end and period.start <= self.span[1]


@dataclass
class Finder:
    """Looks codes up by the recipe's rule, and gathers what it has to ask."""

    rule: AreaRule
    gazetteer: Gazetteer
    answers: Mapping[str, str]
    doubts: list[Doubt] = field(default_factory=list)

    def find_all(self, dimension: Dimension) -> list[AreaFound]:
        """What every code of the dimension stands for."""
        return [
            self.find(code, label)
            for code, label in zip(dimension.codes, dimension.labels, strict=True)
        ]

    def find(self, code: str, label: str) -> AreaFound:
        """What a code stands for; whoever is asked may say that it has no place of ours."""
        rule = self.rule
        name = label if label != code else ""
        padded = code.zfill(rule.pad) if code.isdigit() else code
        if not rule.country or {code, padded} & rule.no_place:
            return AreaFound(code, name or code)
        found = self._fitting(self.gazetteer.get(padded) or self.gazetteer.get(code) or ())
        if not found and rule.by_name:
            found = self._fitting(self.gazetteer.get(plain_name(code)) or ())
        if found and not _are_two(found):
            return AreaFound(padded, name or found[-1].name, found)
        if years := _YEARS.search(label):
            return AreaFound(padded, name, span=_span(*years.groups()))
        return self._asked(padded, name)

    def _fitting(self, found: Iterable[Place]) -> tuple[Place, ...]:
        kinds = self.rule.kinds
        fitting = [place for place in found if not kinds or place.kind in kinds]
        if not fitting:
            return ()
        first = min((kinds.index(place.kind) for place in fitting), default=0) if kinds else None
        same = [place for place in fitting if first is None or place.kind == kinds[first]]
        return tuple(sorted(same, key=lambda place: place.start))

    def _asked(self, code: str, name: str) -> AreaFound:
        answer = self.answers.get(f"{DoubtKind.AREA}:{code}") or self.answers.get(DoubtKind.AREA)
        if answer is None:
            about = {"code": code, "name": name or code}
            self.doubts.append(Doubt(DoubtKind.AREA, code, about, (LEAVE,)))
        elif answer != LEAVE:
            given = self._fitting(self.gazetteer.get(answer, ()))
            if given:
                return AreaFound(code, name or given[-1].name, given)
            self.doubts.append(Doubt(DoubtKind.AREA, code, {"code": code, "name": name}, (LEAVE,)))
        return AreaFound(code, name or code)


def plain_name(name: str) -> str:
    """A name as it is looked for: without its kind, and without a number before it."""
    return _KIND.sub("", _NUMBER.sub("", " ".join(name.split()).casefold()))


def _are_two(found: Sequence[Place]) -> bool:
    """Whether two areas carry it at the same time, so that nobody knows which is meant."""
    return any(
        one.ref != other.ref and one.start <= other.end and other.start <= one.end
        for one, other in itertools.combinations(found, 2)
    )


def _span(first: str | None, last: str | None) -> tuple[date, date]:
    return (
        date(int(first), 1, 1) if first else date.min,
        date(int(last), 12, 31) if last else date.max,
    )

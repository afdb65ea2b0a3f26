"""Where municipalities stand against those most like them, worked out when pictures are drawn.

Numbers in, plain values out; no database. Whom one is like, and how sure a difference is, is that
of `samrad.analysis.comparison`; what may be said of it, that of `samrad.analysis.words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from samrad.analysis.comparison import FEWEST_MEMBERS, against_group, similar
from samrad.analysis.words import Code, statement
from samrad.knowledge.latest_year import PER
from samrad.knowledge.reckoning import Counted, Floats
from samrad.knowledge.rules.picture import Against, Member, NoGroup, Picture, Similar

MEMBERS = 10
FAR = 1.0  # from the fifth nearest, in deviations of the country's municipalities


@dataclass(frozen=True)
class Surroundings:
    """By place: how many km² it is, and the police district it lies in. What is not there is not
    known."""

    ground: Mapping[str, float] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Year:
    """The latest year by indicator and place (I, P), NaN where nothing is known; people (P,)."""

    indicators: Sequence[str]
    places: Sequence[str]
    counts: Floats
    people: Floats


def with_similar(
    pictures: Mapping[str, Picture], counted: Counted, around: Surroundings
) -> dict[str, Picture]:
    """The pictures, each with where its place stands against those most like it."""
    year = _latest_year(counted)
    since = counted.periods[-counted.a_year] if len(counted.periods) >= counted.a_year else ""
    found = {}
    for at, place in enumerate(year.places):
        group = replace(_group(year, at, around), since=since)
        found[place] = replace(pictures[place], similar=_compared(group, year, at, around))
    return found


def _latest_year(counted: Counted) -> Year:
    span = counted.a_year
    indicators = list(dict.fromkeys(counted.indicators))
    places = list(dict.fromkeys(counted.places))
    counts = np.full((len(indicators), len(places)), np.nan)
    people = np.full(len(places), np.nan)
    row_of = {name: at for at, name in enumerate(indicators)}
    column_of = {name: at for at, name in enumerate(places)}
    is_whole = counted.values.shape[1] >= span
    for row, place in enumerate(counted.places):
        at = column_of[place]
        people[at] = counted.people[row, -span:].mean()
        if is_whole:
            counts[row_of[counted.indicators[row]], at] = counted.values[row, -span:].sum()
    return Year(indicators, places, counts, np.where(people > 0, people, np.nan))


def _group(year: Year, at: int, around: Surroundings) -> Similar:
    """The ten nearest in number of people and in how densely they live, the latter where known."""
    if not np.isfinite(year.people[at]):
        return Similar(NoGroup.NO_PEOPLE)
    ground = np.array([around.ground.get(place) or np.nan for place in year.places])
    density = year.people / ground
    features = [np.log(year.people)]
    if np.isfinite(density[at]):
        features.append(np.log(density))
    table = np.column_stack(features)
    if np.isfinite(table).all(axis=1).sum() <= FEWEST_MEMBERS:
        return Similar(NoGroup.TOO_FEW)
    nearest, far = similar(table, at, k=MEMBERS)
    place = year.places[at]
    return Similar(
        own=_member(year, density, at),
        members=tuple(_member(year, density, one) for one in nearest.tolist()),
        is_apart=bool(far[FEWEST_MEMBERS - 1] > FAR),
        district=around.districts.get(place, ""),
    )


def _member(year: Year, density: Floats, at: int) -> Member:
    people = round(float(year.people[at]))
    return Member(year.places[at], people, _rounded(density[at]))


def _compared(group: Similar, year: Year, at: int, around: Surroundings) -> Similar:
    """The group with every indicator's comparison, where there is one."""
    if group.why_none:
        return group
    column = {place: number for number, place in enumerate(year.places)}
    members = np.array([column[one.place] for one in group.members])
    district = np.array(
        [bool(group.district) and around.districts.get(one) == group.district
         for one in year.places]
    )  # fmt: skip
    lines = [_against(year, row, at, members, district) for row in range(len(year.indicators))]
    return replace(group, lines=tuple(lines))


def _against(
    year: Year, row: int, at: int, members: NDArray[np.int64], district: NDArray[np.bool_]
) -> Against:
    """One indicator of one place beside its group, its district and all municipalities."""
    counts, people = year.counts[row], year.people
    rates = PER * counts / people
    result = against_group(counts[at], people[at], counts[members], people[members])
    said = statement(result).code if result else Code.UNKNOWN
    tells = result is not None and said not in {Code.TOO_FEW, Code.UNKNOWN}
    return Against(
        year.indicators[row], said, _rounded(rates[at]),
        _rounded(_common(counts, people, members)),
        _rounded(result.ratio) if result and tells else None,
        _rounded(result.low) if result and tells else None,
        _rounded(result.high) if result and tells else None,
        tuple(_rounded(one) for one in rates[members]),
        _rounded(_common(counts, people, np.flatnonzero(district), all_known=True)),
        _rounded(_common(counts, people, np.arange(len(people)))),
        round(result.p, 6) if result and tells else None,
    )  # fmt: skip


def _common(
    counts: Floats, people: Floats, which: NDArray[np.int64], *, all_known: bool = False
) -> float:
    """The rate of several places together; NaN where none is known, or not all that must be."""
    known = np.isfinite(counts[which]) & np.isfinite(people[which])
    if not known.any() or (all_known and not known.all()):
        return float("nan")
    return float(PER * counts[which][known].sum() / people[which][known].sum())


def _rounded(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None

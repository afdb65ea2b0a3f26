"""From figures to pictures: what rises, what falls, what is unusual, and where an area stands.

Numbers in, plain values out; no database. Watching is that of `samrad.analysis.alarms`, so every
limit and every alarm on a page is one that the library can be asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from samrad.analysis.alarms import MONTHLY, QUARTERLY, Settings, watch
from samrad.analysis.alarms.ears import LAG, WINDOW
from samrad.analysis.alarms.outcome import Method, Outcome
from samrad.analysis.alarms.settings import careful
from samrad.analysis.change import rate_ratio
from samrad.analysis.comparison import funnel
from samrad.analysis.words import Code, Question, Result, statement
from samrad.knowledge.latest_year import PER, SURE, changes_of
from samrad.knowledge.rules.alarms import Found
from samrad.knowledge.rules.periods import PeriodKind, in_a_year, read_period
from samrad.knowledge.rules.picture import Among, Line, Past, Picture, Unusual

Floats = NDArray[np.float64]

SETTINGS: Mapping[PeriodKind, Settings] = {
    PeriodKind.MONTH: careful(MONTHLY),
    PeriodKind.QUARTER: careful(QUARTERLY),
}
YEARS_SHOWN = 5  # with what was to be expected; older figures stand alone
FEWEST_BEFORE = LAG + WINDOW  # of a short past the few periods before are what is compared with


@dataclass(frozen=True)
class Counted:
    """Counts of S series over T periods, NaN where nothing is known, `nothing` saying why.

    `indicators` (S,) and `places` (S,) say what each row is; `people` (S, T) how many lived there,
    NaN where nobody knows.
    """

    kind: PeriodKind
    periods: Sequence[str]
    indicators: Sequence[str]
    places: Sequence[str]
    values: Floats
    nothing: Sequence[Sequence[str]]
    people: Floats

    @property
    def a_year(self) -> int:
        """How many periods a year has."""
        return in_a_year(self.kind)


@dataclass(frozen=True)
class Reckoned:
    """The picture of every place by its name; every alarm, and the periods that were looked at."""

    pictures: dict[str, Picture]
    alarms: list[Found]
    looked_at: tuple[str, ...]


Named = Mapping[tuple[str, str], date]  # indicators and places, since when


def pictures(counted: Counted) -> dict[str, Picture]:
    """The picture of every place, by its name."""
    return reckon(counted).pictures


def reckon(
    counted: Counted, named: Named | None = None, wholes: Mapping[str, float] | None = None
) -> Reckoned:
    """Pictures and alarms of one look at the figures, so that a page and a proposal agree.

    `named` are those that a council of the place named before the latest period was over, with the
    day: where periods are added up it lies before the first of them was. `wholes` are what
    the latest year comes to by indicator, where it is known of all together and not of each.
    """
    since = [(named or {}).get(key) for key in zip(counted.indicators, counted.places, strict=True)]
    watched = _watched(counted, np.array([day is not None for day in since], dtype=bool))
    beforehand = [_is_beforehand(counted, watched, row, day) for row, day in enumerate(since)]
    past = _pasts(counted, watched)
    survives = watched.stands[:, -1] if watched else np.zeros(len(counted.places), dtype=bool)
    changes, standing = changes_of(counted), _standing(counted, wholes or {})
    lines: dict[str, list[Line]] = {}
    for row, place in enumerate(counted.places):
        lines.setdefault(place, []).append(
            Line(
                counted.indicators[row],
                past[row],
                changes[row],
                standing[row],
                bool(survives[row]),
                beforehand[row],
                bool(watched and beforehand[row] and watched.named[row, -1]),
            )
        )
    drawn = {place: Picture(counted.periods[-1], tuple(own)) for place, own in lines.items()}
    looked_at = [counted.periods[t] for t in watched.at.tolist()] if watched else []
    return Reckoned(drawn, _alarms(counted, watched) if watched else [], tuple(looked_at))


# What was to be expected -----------------------------------------------------------------------


@dataclass(frozen=True)
class Watched:
    """What was to be expected at the places `at` (K,); `stands` (S, K): among all series too."""

    at: NDArray[np.int64]
    seen: Outcome
    stands: NDArray[np.bool_]
    named: NDArray[np.bool_]  # more than expected, among those that were named beforehand as well
    together: int = 1  # how many periods are added up where cases are few

    def over(self, row: int, column: int) -> int:
        """Of how many periods the count is that was judged."""
        return self.together if self.seen.method[row, column] == Method.SUMS else 1


def _watched(counted: Counted, beforehand: NDArray[np.bool_]) -> Watched | None:
    """The latest years of every row; None where the figures do not go back even a year.

    Nor of figures by year: too few of them are alike for anything to be expected of the next.
    """
    if (settings := SETTINGS.get(counted.kind)) is None:
        return None
    last = len(counted.periods)
    first = max(counted.a_year, FEWEST_BEFORE, last - YEARS_SHOWN * counted.a_year)
    at = np.arange(first, last)
    if not at.size:
        return None
    groups = np.unique(np.asarray(counted.indicators), return_inverse=True)[1]
    found = watch(counted.values, at, settings, groups=groups, named=beforehand)
    seen = _beyond_what_is_told(found.outcome)
    falls = (found.falls <= FALSE_SHARE) & seen.fall
    with np.errstate(invalid="ignore"):
        named = (found.named <= FALSE_SHARE) & seen.alarm
    stands = np.asarray(found.survives & seen.alarm | falls)
    return Watched(at, seen, stands, np.asarray(named), settings.enough[1])


def _beyond_what_is_told(seen: Outcome) -> Outcome:
    """With limits that are counts, and unusual only beyond them: a short past has two, one told."""
    upper, lower = np.floor(seen.upper), np.ceil(seen.lower)
    with np.errstate(invalid="ignore"):
        high, low = seen.observed > upper, seen.observed < lower
    return replace(
        seen, upper=upper, lower=lower, alarm=seen.alarm & high, fall=seen.fall & low
    )  # fmt: skip


def _pasts(counted: Counted, watched: Watched | None) -> list[tuple[Past, ...]]:
    """Every period of every row, with its limits where they are known."""
    last = len(counted.periods)
    if watched is None:
        return [tuple(_alone(counted, row, t) for t in range(last)) for row in _rows(counted)]
    rows = []
    for row in _rows(counted):
        own = [_alone(counted, row, t) for t in range(int(watched.at[0]))]
        own += [_judged(counted, watched, row, column) for column in range(watched.at.size)]
        rows.append(tuple(own))
    return rows


def _judged(counted: Counted, watched: Watched, row: int, column: int) -> Past:
    """One period with its limits, which speak of the latest ones together where cases are few."""
    seen, alone = watched.seen, _alone(counted, row, int(watched.at[column]))
    over = watched.over(row, column)
    return replace(
        alone, expected=_number(seen.expected[row, column]), low=_number(seen.lower[row, column]),
        high=_number(seen.upper[row, column]),
        unusual=_unusual(bool(seen.alarm[row, column]), bool(seen.fall[row, column])), over=over,
        together=_number(seen.observed[row, column]) if over > 1 else None,
    )  # fmt: skip


def _alarms(counted: Counted, watched: Watched) -> list[Found]:
    """Every figure outside its limits, in the order of time."""
    seen, found = watched.seen, []
    for column, t in enumerate(watched.at.tolist()):
        for row in np.flatnonzero(seen.alarm[:, column] | seen.fall[:, column]).tolist():
            high = bool(seen.alarm[row, column])
            limit, p = (seen.upper, seen.p_high) if high else (seen.lower, seen.p_low)
            found.append(
                Found(
                    counted.places[row], counted.indicators[row], counted.periods[t],
                    _unusual(high, not high), float(seen.observed[row, column]),
                    round(float(seen.expected[row, column]), 3), float(limit[row, column]),
                    float(np.nan_to_num(p[row, column], nan=1.0)),
                    bool(watched.stands[row, column]),
                )
            )  # fmt: skip
    return found


FALSE_SHARE = 0.1


def _rows(counted: Counted) -> range:
    return range(len(counted.places))


def _is_beforehand(counted: Counted, watched: Watched | None, row: int, day: date | None) -> bool:
    """Whether it was named before any of what the latest period is judged by was over."""
    over = watched.over(row, -1) if watched else 1
    return day is not None and day <= read_period(counted.periods[-over]).end


def _alone(counted: Counted, row: int, t: int) -> Past:
    return Past(counted.periods[t], _number(counted.values[row, t]), counted.nothing[row][t])


def _number(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _unusual(high: bool, low: bool) -> Unusual:
    return Unusual.HIGH if high else Unusual.LOW if low else Unusual.NO


# Among places of its kind ----------------------------------------------------------------------


def _standing(counted: Counted, wholes: Mapping[str, float]) -> list[Among]:
    """The latest year's rate of every row against all places together, by indicator.

    Indirect standardisation with exact Poisson limits at 99.8 %, widened by √φ, where φ is the
    mean of z² with its outer tenths drawn in (Spiegelhalter 2005, *Stat Med* 24:1185).
    """
    span = counted.a_year
    values, people = counted.values[:, -span:].sum(axis=1), counted.people[:, -span:].mean(axis=1)
    known = np.isfinite(values) & np.isfinite(people) & (people > 0)
    found = [Among()] * len(counted.places)
    names = np.asarray(counted.indicators)
    for name in dict.fromkeys(counted.indicators):
        rows = np.flatnonzero(known & (names == name))
        lived = float(np.nansum(people[names == name]))
        all_of_it = (wholes[name], lived) if name in wholes else None
        told = _among(values[rows], people[rows], all_of_it)
        for row, among in zip(rows, told, strict=True):
            found[row] = among
    return found


LEVEL = 0.998  # of the limits among all places


def _among(values: Floats, people: Floats, whole: tuple[float, float] | None = None) -> list[Among]:
    """All places of one indicator; `whole`: what all come to, and how many live there."""
    if not values.size or not values.sum():
        return [Among() for _place in values]
    count, lived = whole or (float(values.sum()), float(people.sum()))
    of_all = count / lived
    found = funnel(values, people * of_all, LEVEL)
    rest = _beside_the_rest(values, people, count, lived)
    least = np.nan_to_num(stats.chi2.ppf(1 - SURE, 2 * values) / 2)  # exact, after Garwood 1936
    most = stats.chi2.ppf(SURE, 2 * values + 2) / 2
    return [
        Among(
            _number(PER * values[at] / people[at]), _number(PER * of_all),
            _number(found.ratio[at]),
            _number(PER * of_all * found.low[at]), _number(PER * of_all * found.high[at]),
            _unusual(
                bool(found.ratio[at] > found.high[at]), bool(found.ratio[at] < found.low[at])
            ),
            *rest[at],
            _number(PER * least[at] / people[at]), _number(PER * most[at] / people[at]),
        )
        for at in range(values.size)
    ]  # fmt: skip


Beside = tuple[Code, float | None, float | None, float | None]
ALONE: Beside = (Code.UNKNOWN, None, None, None)


def _beside_the_rest(
    values: Floats, people: Floats, count: float, all_people: float
) -> list[Beside]:
    """Each place against all others together: what may be said, the ratio and its interval."""
    others, lived = np.maximum(count - values, 0), all_people - people
    if (lived <= 0).any():
        return [ALONE for _place in values]
    found = rate_ratio(values, others, exposure_after=people, exposure_before=lived)
    rows = np.column_stack([found.ratio, found.low, found.high, found.p]).tolist()
    return [_said_of(row, n) for row, n in zip(rows, (values + others).astype(int), strict=True)]


def _said_of(row: Sequence[float], n: int) -> Beside:
    ratio, low, high, p = row
    said = statement(Result(Question.DIFFERENCE, ratio, low, high, p, int(n))).code
    if said not in {Code.HIGHER, Code.LOWER}:
        return said, None, None, None
    return said, _number(ratio), _number(low), _number(high)

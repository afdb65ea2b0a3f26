"""From figures to pictures: what rises, what falls, what is unusual, and where an area stands.

Numbers in, plain values out; no database. Watching is that of `samrad.analysis.alarms`, so every
limit and every alarm on a page is one that the library can be asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from samrad.analysis import poisson
from samrad.analysis.alarms import MONTHLY, QUARTERLY, Settings, watch
from samrad.analysis.alarms.ears import LAG, WINDOW
from samrad.analysis.alarms.outcome import Method, Outcome
from samrad.analysis.alarms.settings import careful
from samrad.analysis.change import rate_ratio
from samrad.analysis.comparison import funnel
from samrad.analysis.words import Code, Question, Result, statement
from samrad.knowledge.rules.alarms import Found
from samrad.knowledge.rules.periods import PeriodKind, in_a_year
from samrad.knowledge.rules.picture import Among, Change, Line, Past, Picture, Unusual

Floats = NDArray[np.float64]

SETTINGS: Mapping[PeriodKind, Settings] = {
    PeriodKind.MONTH: careful(MONTHLY),
    PeriodKind.QUARTER: careful(QUARTERLY),
}
YEARS_SHOWN = 5  # with what was to be expected; older figures stand alone
FEWEST_BEFORE = LAG + WINDOW  # of a short past the few periods before are what is compared with
YEARS_BEFORE = 3
SURE = 0.975
PER = 1000


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


Named = Collection[tuple[str, str]]  # indicators and places


def pictures(counted: Counted) -> dict[str, Picture]:
    """The picture of every place, by its name."""
    return reckon(counted).pictures


def reckon(
    counted: Counted, named: Named = (), wholes: Mapping[str, float] | None = None
) -> Reckoned:
    """Pictures and alarms of one look at the figures, so that a page and a proposal agree.

    `named` are those that a council of the place named beforehand; `wholes` what the latest year
    comes to by indicator, where it is known of all together and not of each.
    """
    beforehand = [key in named for key in zip(counted.indicators, counted.places, strict=True)]
    watched = _watched(counted, np.array(beforehand, dtype=bool))
    past = _pasts(counted, watched)
    survives = watched.stands[:, -1] if watched else np.zeros(len(counted.places), dtype=bool)
    changes, standing = _changes(counted), _standing(counted, wholes or {})
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
                bool(watched and watched.named[row, -1]),
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


def _alone(counted: Counted, row: int, t: int) -> Past:
    return Past(counted.periods[t], _number(counted.values[row, t]), counted.nothing[row][t])


def _number(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _unusual(high: bool, low: bool) -> Unusual:
    return Unusual.HIGH if high else Unusual.LOW if low else Unusual.NO


# The latest year against those before ----------------------------------------------------------


def _changes(counted: Counted) -> list[Change]:
    """The latest year's rate against that of the years before, each season against its own.

    Quasi-Poisson: log E(y) = season + latest + log people; the interval by t with the degrees of
    freedom left (McCullagh & Nelder 1989, ch. 6). Where one side is nought: the exact conditional
    interval of two Poisson counts (Przyborowski & Wilenski 1940).
    """
    a_year = counted.a_year
    years = min(YEARS_BEFORE, counted.values.shape[1] // a_year - 1)
    if years < 1:
        return [Change(Code.UNKNOWN) for _row in counted.places]
    span = (years + 1) * a_year
    values, people = counted.values[:, -span:], counted.people[:, -span:]
    latest = np.arange(span) >= span - a_year
    design = np.column_stack([np.eye(a_year)[np.arange(span) % a_year], latest])
    known = _in_whole_years(np.isfinite(values) & np.isfinite(people) & (people > 0), a_year)
    offset = np.log(np.where(known, people, 1.0))
    fit = poisson.fit(
        np.where(known, values, 0.0), design, weights=known.astype(np.float64), offset=offset
    )
    spread = np.sqrt(np.fmax(1.0, fit.dispersion) * fit.covariance[:, -1, -1])
    reach = stats.t.ppf(SURE, np.maximum(fit.freedom, 1)) * spread
    logs = fit.coefficients[:, -1]
    with np.errstate(over="ignore"):  # nought on one side: said by exact_interval instead
        edges = np.exp(np.column_stack([logs, logs - reach, logs + reach]))
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = 2 * stats.t.sf(np.abs(logs) / spread, np.maximum(fit.freedom, 1))
    found = np.column_stack([edges, chance])
    return [
        _change(Stretch(values[row], people[row], known[row], latest), found[row])
        for row in _rows(counted)
    ]


def _in_whole_years(known: NDArray[np.bool_], a_year: int) -> NDArray[np.bool_]:
    """What is known of years that are known whole: of no other may a yearly average be told."""
    by_year = known.reshape(len(known), -1, a_year)
    return np.asarray((by_year & by_year.all(axis=2, keepdims=True)).reshape(known.shape))


@dataclass(frozen=True)
class Stretch:
    """The periods compared of one row: the latest year, and the years before."""

    values: Floats
    people: Floats
    known: NDArray[np.bool_]
    latest: NDArray[np.bool_]

    @property
    def new(self) -> NDArray[np.bool_]:
        """What is known of the latest year."""
        return self.known & self.latest

    @property
    def old(self) -> NDArray[np.bool_]:
        """What is known of the years before."""
        return self.known & ~self.latest


def _change(row: Stretch, modelled: Floats) -> Change:
    """What may be said of one row, by the one table of `samrad.analysis.words`.

    The years before are those that are known of this row, be it only one of three.
    """
    years = int(row.old.sum() // row.latest.sum())
    if not (years and row.new.any()):
        return Change(Code.UNKNOWN, years=years)
    a, b = float(row.values[row.new].sum()), float(row.values[row.old].sum())
    lived, lived_before = row.people[row.new], row.people[row.old]
    now, before = PER * a / lived.mean(), PER * b / lived_before.mean() / years
    ratio, low, high, p = modelled.tolist()
    if a == 0 or b == 0:
        ratio, low, high, p = _beside_nothing(a, b, float(lived.sum()), float(lived_before.sum()))
    said = statement(Result(Question.CHANGE, ratio, low, high, p, int(a + b)))
    if said.percent_low is None:
        return Change(said.code, round(now, 3), round(before, 3), years=years)
    return Change(
        said.code, round(now, 3), round(before, 3), _number(ratio), _number(low), _number(high),
        years,
    )  # fmt: skip


def _beside_nothing(
    now: float, before: float, lived: float, lived_before: float
) -> tuple[float, float, float, float]:
    """The ratio of rates of which one is nought, its exact interval, and how likely it is."""
    if not now + before:
        return 1.0, 0.0, np.inf, 1.0
    found = rate_ratio(
        np.array(now), np.array(before), exposure_after=lived, exposure_before=lived_before
    )
    return float(found.ratio), float(found.low), float(found.high), float(found.p)


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

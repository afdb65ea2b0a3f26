"""A good guess at what the columns of a file hold, for a person to confirm or change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrad.knowledge.rules.describing import Columns, Use, is_period, may_be_a_mark
from samrad.knowledge.rules.periods import NotAPeriod, PeriodKind, read_period
from samrad.knowledge.rules.places import Gazetteer, plain_name

MOST = 0.6  # of a column's values, for it to be taken for something
ALMOST_ALL = 0.9
MOST_WORDS = 60
HELD_BACK = re.compile(r"[:*x]|x{2,3}|[<>≤].*|[(].*[)]", re.IGNORECASE)
SHARE = re.compile(r"%|andel|prosent|procent|pct|percent|share", re.IGNORECASE)
_COMMA, _POINT = re.compile(r"[-−]?\d+,\d+"), re.compile(r"[-−]?\d+\.\d+")
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|[-−]?\d+(?:[.,]\d+)?")
_PERIOD_NAME = re.compile(r"år|aar|year|period|tid|måned|månad|month|kvartal|quarter|tertial|uke|"
                          r"uge|vecka|week", re.IGNORECASE)  # fmt: skip
_AREA_NAME = re.compile(r"kommun|region|område|area|fylke|län|kode|code|kod$|nr$|nummer|sted|"
                        r"distri[ck]t", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Areas:
    """The codes of a country's areas, and their names as they are looked for."""

    codes: Gazetteer
    names: Gazetteer


def guess(
    header: Sequence[str], column: Mapping[str, Sequence[str]], areas: Mapping[str, Areas]
) -> Columns:
    """What each column seems to hold; a person has the last word."""
    names = [name for name in header if name]
    periods = [name for name in names if is_period(name, None)]
    kinds = Counter(read_period(name).kind for name in periods)
    kind = kinds.most_common(1)[0][0] if kinds else PeriodKind.YEAR
    run = tuple(name for name in periods if is_period(name, kind))
    rest = [name for name in names if name not in run]
    country = max(areas, key=lambda one: _best(rest, column, areas[one]), default="")
    ours = areas.get(country, Areas({}, {}))
    area = _most_like(rest, {name: _area_code(name, column[name], ours) for name in rest})
    found: dict[str, Use] = {area: Use.AREA} if area else {}
    named = _most_like(
        [one for one in rest if one not in found],
        {one: _known(column[one], ours.names, by_name=True) for one in rest},
    )
    if named:
        found[named] = Use.AREA_NAME
    if (period := _period_column(rest, found, column)) is not None:
        found[period] = Use.PERIOD
        kind, run = _kind_of(column[period]), ()
    for name in names:
        if name not in found and name not in run:
            found[name] = _other(column[name], wide=bool(run))
    figures = [*run, *(name for name, use in found.items() if use is Use.FIGURES)]
    cells = [text for name in figures for text in column[name] if text]
    uses = {name: found[name] for name in names if name in found}
    marks = list(dict.fromkeys(one for one in cells if not _NUMBER.fullmatch(one)))
    hidden = tuple(one for one in marks if may_be_a_mark(one) and HELD_BACK.fullmatch(one))
    missing = tuple(one for one in marks if may_be_a_mark(one) and one not in hidden)
    return Columns(uses, run, kind, country, decimal_in(cells), hidden[:10], missing[:10])


def decimal_in(cells: Sequence[str]) -> str:
    """The mark that stands before decimals in more of them."""
    commas = sum(bool(_COMMA.fullmatch(one)) for one in cells)
    return "," if commas > sum(bool(_POINT.fullmatch(one)) for one in cells) else "."


def _best(names: Sequence[str], column: Mapping[str, Sequence[str]], areas: Areas) -> float:
    codes = [_area_code(name, column[name], areas) for name in names]
    called = [_known(column[name], areas.names, by_name=True) for name in names]
    return max([*codes, *called], default=0)


def _area_code(name: str, texts: Sequence[str], areas: Areas) -> float:
    """How likely its values are codes of areas: years may be codes as well, by their digits."""
    known = _known(texts, areas.codes)
    said = _AREA_NAME.search(name) is not None and not _PERIOD_NAME.search(name)
    if all(is_period(one, None) for one in texts if one) and not said:
        return 0.0
    return known + (0.5 if said and known else 0)


def _known(texts: Sequence[str], gazetteer: Gazetteer, *, by_name: bool = False) -> float:
    different = {one for one in texts if one}
    if by_name:
        different = {plain_name(one) for one in different if not one.isdigit()}
        found = sum(one in gazetteer for one in different)
    else:
        found = sum(bool({one, one.zfill(3), one.zfill(4)} & gazetteer.keys()) for one in different)
    return found / len(different) if different else 0.0


def _most_like(names: Sequence[str], likely: Mapping[str, float]) -> str:
    best = max(names, key=lambda one: likely[one], default="")
    return best if best and likely[best] >= MOST else ""


def _period_column(
    names: Sequence[str], taken: Mapping[str, Use], column: Mapping[str, Sequence[str]]
) -> str | None:
    free = [one for one in names if one not in taken]
    fitting = [one for one in free if _share(column[one]) >= ALMOST_ALL]
    named = [one for one in fitting if _PERIOD_NAME.search(one)]
    return next(iter([*named, *fitting]), None)


def _share(texts: Sequence[str]) -> float:
    written = [one for one in texts if one]
    return sum(is_period(one, None) for one in written) / len(written) if written else 0.0


def _kind_of(texts: Sequence[str]) -> PeriodKind:
    kinds: Counter[PeriodKind] = Counter()
    for one in texts:
        try:
            kinds[read_period(one).kind] += 1
        except NotAPeriod:
            continue
    return kinds.most_common(1)[0][0]


def _other(texts: Sequence[str], *, wide: bool) -> Use:
    """Figures, words that say what is counted, or nothing that is needed."""
    written = [one for one in texts if one]
    numbers = sum(bool(_NUMBER.fullmatch(one)) for one in written)
    marks = sum(may_be_a_mark(one) and len(one) <= 3 for one in written)  # noqa: PLR2004
    if not wide and numbers and numbers + marks >= ALMOST_ALL * len(written):
        return Use.FIGURES
    different = set(written)
    is_words = written and len(written) == len(texts) and not numbers
    return Use.COUNTED if is_words and 1 < len(different) <= MOST_WORDS else Use.LEAVE

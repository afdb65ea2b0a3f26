"""What readers who are not signed in are told: worked out of nothing but the figures they read.

Limits of chance, what all places have together, what stands out among all: each of them speaks of
every figure that went into it, also of those that are held back. So what anybody is told is worked
out once more, without these. Brings what computes; only the worker imports it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.knowledge.models import SheetRow
from samrad.knowledge.reckoning import Counted, reckon
from samrad.knowledge.rules.picture import Picture
from samrad.knowledge.rules.table import Nothing
from samrad.knowledge.sheets import MadeSheet

Key = tuple[str, str]  # indicator, place
Held = dict[Key, set[str]]  # the periods that are held back


def pictures_for_anybody(
    counted: Counted, sheets: Sequence[MadeSheet], pictures: Mapping[str, Picture]
) -> dict[str, Picture]:
    """The picture of every place for anybody, with the rows of the sheets told of it.

    Of a row of which anything is held back nothing is told. Nothing at all where nobody reads who
    is not signed in.
    """
    public = [one for one in sheets if one.sheet.is_protected]
    if not public:
        return {}
    place_of = {pk: str(ref) for pk, ref in Area.objects.values_list("pk", "ref")}
    held = _held_back(public, place_of)
    if any(held.values()):
        pictures = reckon(_without(counted, held), wholes=_wholes(counted, public)).pictures
    shown = {place: _told(one, place, held) for place, one in pictures.items()}
    for one in public:
        for row in one.rows:
            place = place_of.get(row.area_id or 0, "")
            row.finding_shown = _finding(shown.get(place), one.sheet.indicator.code)
    return shown


def _held_back(public: Sequence[MadeSheet], place_of: Mapping[int, str]) -> Held:
    """Of every row that anybody reads a part of, by place, be it under several codes in turn."""
    held: Held = {}
    for one in public:
        for row in one.rows:
            key = one.sheet.indicator.code, place_of.get(row.area_id or 0, "")
            held.setdefault(key, set()).update(_periods(row, one.sheet.periods))
    return held


def _wholes(counted: Counted, public: Sequence[MadeSheet]) -> dict[str, float]:
    """What the latest year comes to in the whole country, where anybody reads all of that."""
    nations = set(Area.objects.filter(kind=AreaKind.NATION).values_list("pk", flat=True))
    year = counted.periods[-counted.a_year :]
    found = {}
    for one in public:
        for row in (row for row in one.rows if row.area_id in nations):
            held = _periods(row, one.sheet.periods)
            known = dict(zip(one.sheet.periods, row.values, strict=True))
            values = [None if period in held else known.get(period) for period in year]
            shown = [value for value in values if value is not None]
            if len(shown) == len(year):
                found[one.sheet.indicator.code] = float(sum(shown))
    return found


def _periods(row: SheetRow, periods: Sequence[str]) -> list[str]:
    return [periods[at] for at in row.protected]


def _without(counted: Counted, held: Held) -> Counted:
    """The same counts where what is held back is not known, nor what no public sheet has."""
    values = counted.values.copy()
    nothing = [list(one) for one in counted.nothing]
    for row, key in enumerate(zip(counted.indicators, counted.places, strict=True)):
        hidden = held.get(key, set(counted.periods))
        for at, period in enumerate(counted.periods):
            if period in hidden:
                values[row, at], nothing[row][at] = np.nan, str(Nothing.HIDDEN)
    return replace(counted, values=values, nothing=nothing)


def _told(picture: Picture, place: str, held: Held) -> Picture:
    """The lines of which nothing is held back; what a council named is for those inside."""
    lines = picture.without_names().lines
    whole = [one for one in lines if held.get((one.indicator, place)) == set()]
    return replace(picture, lines=tuple(whole), similar=None)


def _finding(picture: Picture | None, code: str) -> dict[str, object] | None:
    lines = picture.lines if picture else ()
    return next((one.as_finding() for one in lines if one.indicator == code), None)

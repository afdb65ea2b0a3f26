"""What councils named before the figures came: a family of its own among all that is looked at.

Ten thousand figures leave little room for one of them; a handful that somebody named beforehand
leave more. It must be beforehand: of the year the figures are from or one before, and written down
before the latest period was over. Higher apps register what was named; a name that is what an
indicator is called, in any of its languages, names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from samrad.areas.models import Area
from samrad.areas.rules.names import fold
from samrad.knowledge.models import DataSet, Indicator

SHORTEST = 4  # letters: shorter words are part of too many others


class Source(Protocol):
    """Names in the words of councils: the key of the municipality, the name, the day it was named.

    None that was named later than `on`.
    """

    def __call__(self, areas: Iterable[int], *, on: date) -> Iterable[tuple[int, str, date]]: ...


_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(areas, on=…)` tells what has been named, by area."""
    if source not in _sources:
        _sources.append(source)


def named_beforehand(
    data_set: DataSet, areas: Mapping[str, Area], *, on: date
) -> dict[tuple[str, str], date]:
    """The indicators with the places whose councils named them, by the first day that one did."""
    place_of = {area.pk: place for place, area in areas.items()}
    called = {one.code: _words_for(one) for one in data_set.indicators.exclude(base="")}
    found: dict[tuple[str, str], date] = {}
    for source in _sources:
        for area, name, day in source(place_of, on=on):
            said = f" {_plain(name)} "
            for code, words in called.items():
                if area in place_of and any(f" {word} " in said for word in words):
                    key = code, place_of[area]
                    found[key] = min(day, found.get(key, day))
    return found


def _words_for(indicator: Indicator) -> set[str]:
    """What it is called, in every language it has a name in."""
    words = {_plain(str(name)) for name in indicator.name.values()}
    return {one for one in words if len(one) >= SHORTEST}


def _plain(text: str) -> str:
    """Words alone, folded as names are when they are looked for."""
    return " ".join(re.findall(r"\w+", fold(text)))

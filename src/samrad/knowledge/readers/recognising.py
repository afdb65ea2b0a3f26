"""Which recipe a file is for, told by the names in it. No figure is read here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samrad.knowledge.readers.csv_rows import csv_rows
from samrad.knowledge.readers.jsonstat import named_dimensions
from samrad.knowledge.readers.reading import unpacked
from samrad.knowledge.readers.workbook import first_rows
from samrad.knowledge.rules.recipes import IncidentRule, Layout, Recipe
from samrad.knowledge.rules.table import NotRead, Role

_LOOKED_AT = 200_000  # bytes of a text file: its header is long before that
_MOST = 50_000_000  # bytes of a file that is unpacked for its names alone
_ZIP = b"PK"
_UNPACKED = {b"{", _ZIP[:1]}


class TooLarge(Exception):
    """A file that is not unpacked for its names alone."""


@dataclass(frozen=True)
class Seen:
    """The names in a table, and what it calls itself."""

    names: frozenset[str]
    is_cube: bool
    label: str = ""
    bundle: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)


def recipes_for(content: bytes, name: str, recipes: Iterable[Recipe]) -> list[Recipe]:
    """Those that know the most of its names; of equals those whose table it says that it is.

    Raises `TooLarge` where nobody can tell.
    """
    try:
        plain = unpacked(content)
        if len(plain) > _MOST and plain.lstrip()[:1] in _UNPACKED:
            raise TooLarge
        tables = seen_in(plain)
    except NotRead:
        return []
    fitting = [(recipe, best) for recipe in recipes if (best := _best(recipe, tables))]
    most = max((best for _, best in fitting), default=0)
    found = [recipe for recipe, best in fitting if best == most]
    labels = " ".join([name, *(one.label for one in tables)]).casefold()
    telling = [one for one in found if one.table and one.table.casefold() in labels]
    return telling if len(telling) == 1 else found


def seen_in(plain: bytes) -> list[Seen]:
    """What its tables are called by; a workbook's header is one of its first rows."""
    if plain.lstrip()[:1] == b"{":
        return [
            Seen(frozenset(roles), True, label, name, roles)
            for name, label, roles in named_dimensions(plain)
        ]
    if plain.startswith(_ZIP):
        return [Seen(frozenset(row), False) for row in first_rows(plain)]
    beginning = plain[:_LOOKED_AT]
    if len(plain) > _LOOKED_AT:
        beginning = beginning[: beginning.rfind(b"\n") + 1] or beginning
    return [Seen(frozenset(csv_rows(beginning).header), False)]


def _best(recipe: Recipe, tables: Sequence[Seen]) -> int:
    several = len(tables) > 1 and tables[0].is_cube  # then the recipe must say which
    return max((_known(recipe, one) for one in tables if recipe.bundle or not several), default=0)


def _known(recipe: Recipe, seen: Seen) -> int:
    """How many of its names the recipe knows; none where one that the recipe needs lacks."""
    if recipe.incidents is not None:
        return 0 if seen.is_cube else _known_of_incidents(recipe.incidents, seen.names)
    if recipe.area is None or recipe.period is None or recipe.bundle not in ("", seen.bundle):
        return 0
    needed = [*recipe.headings, *recipe.splits, *recipe.values]
    roles = set(seen.roles.values())
    area = bool(set(recipe.area.field.names) & seen.names)
    period = bool(set(recipe.period.field.names) & seen.names)
    is_sound = (
        seen.is_cube == (recipe.layout is Layout.CUBE)
        and all(set(one.names) & seen.names for one in needed)
        and (area or Role.AREA in roles)
        and (period or Role.TIME in roles or recipe.layout is Layout.WIDE)
    )
    return 1 + len(needed) + area + period if is_sound else 0


def _known_of_incidents(rule: IncidentRule, there: frozenset[str]) -> int:
    """A file with addresses is never taken for one that nobody knows, so the others are asked of.

    Its number and its address tell that it is one, and so do most of its columns.
    """
    names = {_plain(name) for name in there}
    known = [one for one in rule.columns if names.intersection(map(_plain, one.names))]
    has_both = rule.key in known and rule.address in known
    return len(known) if has_both or 2 * len(known) > len(rule.columns) else 0


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())

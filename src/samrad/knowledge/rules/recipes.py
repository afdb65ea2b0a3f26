"""A recipe: what the fields of a publisher's file mean, whose it is, and how it may be used.

Recipes are TOML files. `recipe_of` turns what one says into a `Recipe`, or raises `RecipeRefused`
with every place that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from samrad.documents.rules import Classification
from samrad.kernel.multilingual import Words
from samrad.knowledge.rules.asking import FetchRule, Service
from samrad.knowledge.rules.periods import PeriodKind
from samrad.knowledge.rules.quarters import is_quarter
from samrad.knowledge.rules.recipe_parts import (
    AreaRule,
    Direction,
    Field,
    IncidentRule,
    IndicatorRule,
    Layout,
    MeanRule,
    PeriodRule,
    PoliceRule,
    ResponseRule,
    Theme,
)
from samrad.knowledge.rules.recipe_reading import Reader


@dataclass(frozen=True)
class Recipe:
    """Everything there is to know about a publisher's file before it comes."""

    code: str
    title: Words
    publisher: str
    table: str
    licence: str
    citation: str
    layout: Layout
    bundle: str = ""  # which table, where the publisher packs several into one file
    address: str = ""
    schedule: str = ""
    decimal: str = "."
    area: AreaRule | None = None
    period: PeriodRule | None = None
    values: tuple[Field, ...] = ()
    headings: tuple[Field, ...] = ()
    splits: tuple[Field, ...] = ()
    unread: frozenset[str] = frozenset()  # columns beside the periods of a wide table
    hidden: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    whole_numbers: bool = False
    least: float | None = None
    indicators: tuple[IndicatorRule, ...] = ()
    each_as: str = ""  # headings nobody listed become indicators with codes that begin so
    each_unit: str = ""
    each_direction: Direction = Direction.NEITHER
    each_where: Mapping[str, str] = field(default_factory=dict)  # of no others than these
    each_neither: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # no way is better
    whole: str = ""  # the area code that the others add up to
    parts: tuple[str, ...] = ()  # kinds of areas and codes that do
    smallest_shown: int = 0  # counts below this are not published by us
    classification: Classification = Classification.OPEN  # who reads the figures
    country: str = ""  # whose analysts take it in, and whose councils read what is not open
    legal_basis: str = ""  # what it rests on that they are restricted
    incidents: IncidentRule | None = None
    fetch: FetchRule | None = None
    theme: Theme = Theme.CRIME
    notes: Words = field(default_factory=Words)


class RecipeRefused(Exception):
    """A recipe that says something it cannot, with every place."""

    def __init__(self, code: str, places: list[str]) -> None:
        self.code, self.places = code, places
        super().__init__(f"{code}: " + "; ".join(places))


def recipe_of(code: str, said: Mapping[str, Any]) -> Recipe:
    """The recipe that a TOML file says; raises `RecipeRefused`."""
    read, table = Reader(), dict(said)
    layout = read.one_of(table, "layout", Layout, "")
    each = read.part(table, "each") or {}
    check = read.part(table, "check") or {}
    area, incidents = _area(read, table), _incidents(read, table)
    police = incidents.police if incidents else None
    recipe = Recipe(
        code=code,
        title=read.words(table, "title", "", needed=True),
        publisher=read.text(table, "publisher", "", needed=True),
        table=read.text(table, "table", ""),
        licence=read.text(table, "licence", "", needed=True),
        citation=read.text(table, "citation", "", needed=True),
        layout=layout,
        bundle=read.text(table, "bundle", ""),
        address=read.text(table, "address", ""),
        schedule=read.text(table, "schedule", ""),
        decimal=read.text(table, "decimal", "") or ".",
        area=area,
        country=read.text(table, "country", "")
        or (area.country if area else police.country if police else ""),
        period=_period(read, table),
        values=read.fields(table, "values"),
        headings=read.fields(table, "headings"),
        splits=read.fields(table, "splits"),
        unread=frozenset(read.texts(table, "unread", "")),
        hidden=frozenset(read.texts(table, "hidden", "")),
        missing=frozenset(read.texts(table, "missing", "")),
        whole_numbers=table.pop("whole_numbers", False) is True,
        least=table.pop("least", None),
        indicators=tuple(_indicators(read, table)),
        each_as=read.text(each, "code", "each."),
        each_unit=read.text(each, "unit", "each."),
        each_direction=(
            read.one_of(each, "direction", Direction, "each.") if each else Direction.NEITHER
        ),
        each_where={str(name): str(code) for name, code in each.pop("where", {}).items()},
        each_neither={
            str(name): tuple(map(str, codes)) for name, codes in each.pop("neither", {}).items()
        },
        whole=read.text(check, "whole", "check."),
        parts=read.texts(check, "parts", "check."),
        smallest_shown=read.number(table, "smallest_shown", ""),
        classification=(
            read.one_of(table, "classification", Classification, "")
            if "classification" in table
            else Classification.OPEN
        ),
        legal_basis=read.text(table, "legal_basis", ""),
        incidents=incidents,
        fetch=_fetch(read, table),
        theme=read.one_of(table, "theme", Theme, "") if "theme" in table else Theme.CRIME,
        notes=read.words(table, "notes", ""),
    )
    for left, where in ((table, ""), (each, "each"), (check, "check")):
        read.nothing_left(left, where)
    wrong = [*read.wrong, *_what_does_not_fit(recipe)]
    if wrong:
        raise RecipeRefused(code, wrong)
    return recipe


def _area(read: Reader, table: dict[str, Any]) -> AreaRule | None:
    part = read.part(table, "area")
    if part is None:
        return None
    made = AreaRule(
        field=read.field(part.pop("field", None), "area.field"),
        country=read.text(part, "country", "area."),
        pad=read.number(part, "pad", "area."),
        kinds=read.texts(part, "kinds", "area."),
        no_place=frozenset(read.texts(part, "no_place", "area.")),
        zero_before_and_after=part.pop("zero_before_and_after", False) is True,
        by_name=part.pop("by_name", False) is True,
    )
    read.nothing_left(part, "area")
    return made


def _period(read: Reader, table: dict[str, Any]) -> PeriodRule | None:
    part = read.part(table, "period")
    if part is None:
        return None
    made = PeriodRule(
        read.field(part.pop("field", "period"), "period.field"),
        read.one_of(part, "kind", PeriodKind, "period."),
    )
    read.nothing_left(part, "period")
    return made


def _indicators(read: Reader, table: dict[str, Any]) -> Iterator[IndicatorRule]:
    for number, given in enumerate(table.pop("indicator", []), 1):
        part, where = dict(given), f"indicator {number}."
        yield IndicatorRule(
            code=read.text(part, "code", where, needed=True),
            name=read.words(part, "name", where, needed=True),
            where={str(k): str(v) for k, v in part.pop("where", {}).items()},
            unit=read.text(part, "unit", where, needed=True),
            direction=read.one_of(part, "direction", Direction, where),
            base=read.text(part, "base", where),
            part_of=read.text(part, "part_of", where),
            smallest_shown=read.number(part, "smallest_shown", where),
            target=read.decimal(part, "target", where),
            target_source=read.text(part, "target_source", where),
            definition=read.words(part, "definition", where),
        )
        read.nothing_left(part, where.rstrip("."))


def _incidents(read: Reader, table: dict[str, Any]) -> IncidentRule | None:
    part = read.part(table, "incidents")
    if part is None:
        return None
    moments = part.pop("moments", {})
    made = IncidentRule(
        key=read.field(part.pop("key", None), "incidents.key"),
        address=read.field(part.pop("address", None), "incidents.address"),
        district=read.field(part.pop("district", None), "incidents.district"),
        category=read.field(part.pop("category", None), "incidents.category"),
        moments={name: read.field(one, f"incidents.{name}") for name, one in moments.items()},
        moment_format=read.text(part, "moment_format", "incidents.", needed=True),
        zone=read.text(part, "zone", "incidents.", needed=True),
        first=read.text(part, "first", "incidents.", needed=True),
        numbers=read.fields(part, "numbers"),
        keep_days=read.number(part, "keep_days", "incidents."),
        priority=(
            read.field(part.pop("priority"), "incidents.priority") if "priority" in part else None
        ),
        response=_response(read, part),
        police=_police(read, part),
    )
    read.nothing_left(part, "incidents")
    return made


def _response(read: Reader, incidents: dict[str, Any]) -> ResponseRule | None:
    part, where = read.part(incidents, "response"), "incidents.response."
    if part is None:
        return None
    made = ResponseRule(
        start=read.text(part, "start", where, needed=True),
        arrived=read.text(part, "arrived", where, needed=True),
        target=read.number(part, "target", where),
        target_source=read.text(part, "target_source", where),
        nation=read.number(part, "nation", where),
        nation_source=read.text(part, "nation_source", where),
        targets=_means(read, part, "targets"),
        nations=_means(read, part, "nations"),
    )
    read.nothing_left(part, "incidents.response")
    return made


def _means(read: Reader, response: dict[str, Any], key: str) -> tuple[MeanRule, ...]:
    """Means by quarter, the oldest first."""
    where, found = f"incidents.response.{key}", []
    for given in response.pop(key, []):
        part = dict(given)
        one = MeanRule(
            read.text(part, "since", f"{where}.", needed=True),
            read.number(part, "seconds", f"{where}."),
            read.text(part, "source", f"{where}."),
        )
        read.nothing_left(part, where)
        if not is_quarter(one.since):
            read.wrong.append(f"{where}.since: a quarter such as 2010-Q3")
        found.append(one)
    return tuple(sorted(found, key=lambda one: one.since))


def _police(read: Reader, incidents: dict[str, Any]) -> PoliceRule | None:
    part, where = read.part(incidents, "police"), "incidents.police."
    if part is None:
        return None
    made = PoliceRule(
        country=read.text(part, "country", where, needed=True),
        code=read.text(part, "code", where, needed=True),
        categories=read.texts(part, "categories", where),
    )
    read.nothing_left(part, "incidents.police")
    return made


def _fetch(read: Reader, table: dict[str, Any]) -> FetchRule | None:
    part = read.part(table, "fetch")
    if part is None:
        return None
    select, lists = part.pop("select", {}), part.pop("codelists", {})
    made = FetchRule(
        service=read.one_of(part, "service", Service, "fetch."),
        address=read.text(part, "address", "fetch.", needed=True),
        table=read.text(part, "table", "fetch."),
        language=read.text(part, "language", "fetch."),
        select={
            str(code): (wanted,) if isinstance(wanted, str) else tuple(map(str, wanted))
            for code, wanted in select.items()
        },
        codelists={str(code): str(name) for code, name in lists.items()},
        most_cells=read.number(part, "most_cells", "fetch."),
    )
    if not made.address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        read.wrong.append("fetch.address: an address that begins with https is needed")
    read.nothing_left(part, "fetch")
    return made


def _who_reads_is_unclear(recipe: Recipe) -> Iterator[str]:
    if (recipe.classification is Classification.RESTRICTED) != bool(recipe.legal_basis):
        yield "legal_basis: what it rests on that figures are restricted, and only then"
    if recipe.classification is not Classification.OPEN and not recipe.country:
        yield "country: in which country figures are read that are not for everybody"
    police = recipe.incidents.police if recipe.incidents else None
    if police and police.country != recipe.country:
        yield "incidents.police: a district of the recipe's own country"


def _what_does_not_fit(recipe: Recipe) -> Iterator[str]:
    """What is well written and still cannot be."""
    yield from _who_reads_is_unclear(recipe)
    if recipe.layout is Layout.INCIDENTS:
        rule = recipe.incidents
        if rule is None:
            yield "incidents: a table is needed"
        elif rule.first not in rule.moments:
            yield "incidents.first: one of the moments"
        elif rule.keep_days < 1:
            yield "incidents.keep_days: how long they are kept must be said"
        elif rule.response and not {rule.response.start, rule.response.arrived} <= set(
            rule.moments
        ):
            yield "incidents.response: start and arrived are two of the moments"
        return
    if recipe.area is None or recipe.period is None:
        yield "area, period: both are needed"
    if recipe.layout is Layout.LONG and not recipe.values:
        yield "values: the columns with the figures are needed"
    if not recipe.indicators and not recipe.each_as:
        yield "indicator: what is counted must be said"
    if recipe.area and recipe.area.by_name and not recipe.area.country:
        yield "area.by_name: of which country the areas are must be said"
    if recipe.unread and recipe.layout is not Layout.WIDE:
        yield "unread: only a wide table needs it; of others no column is read that is not named"
    if recipe.decimal not in {".", ","}:
        yield "decimal: a point or a comma"
    codes = [one.code for one in recipe.indicators]
    if len(set(codes)) < len(codes):
        yield "indicator: a code stands twice"
    known = {one.name for one in recipe.headings} | ({"value"} if recipe.values else set())
    yield from _is_no_heading(recipe, known)
    yield from _is_part_of_nothing(recipe)


def _is_no_heading(recipe: Recipe, known: set[str]) -> Iterator[str]:
    for one in recipe.indicators:
        if set(one.where) - known:
            yield f"indicator {one.code}: where names a field that is no heading"
        if one.target is not None and one.direction is Direction.NEITHER:
            yield f"indicator {one.code}: target needs a direction that is better"
    if (recipe.each_where.keys() | recipe.each_neither.keys()) - known:
        yield "each: where and neither name fields that are headings"


def _is_part_of_nothing(recipe: Recipe) -> Iterator[str]:
    """A total is an indicator of the same recipe and unit, and in the end part of nothing."""
    by_code = {one.code: one for one in recipe.indicators}
    for one in recipe.indicators:
        above, whole = {one.code}, one.part_of
        while whole in by_code and whole not in above:
            above.add(whole)
            whole = by_code[whole].part_of
        if whole or (one.part_of and by_code[one.part_of].unit != one.unit):
            yield f"indicator {one.code}: part_of is another one of the same unit, in no circle"


__all__ = [
    "AreaRule",
    "Direction",
    "Field",
    "IncidentRule",
    "IndicatorRule",
    "Layout",
    "PeriodRule",
    "Recipe",
    "RecipeRefused",
    "Theme",
    "recipe_of",
]

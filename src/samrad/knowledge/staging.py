"""A file on its way in: kept, read by its recipe, shown, asked about. Nothing counts yet."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from samrad.areas.models import AreaCode
from samrad.areas.rules.kinds import ALWAYS, FOREVER
from samrad.knowledge.models import Release
from samrad.knowledge.readers import read_tables
from samrad.knowledge.rules.difference import Difference, carried_over, difference
from samrad.knowledge.rules.doubts import DROP, KEEP, Doubt, Doubtful, DoubtKind
from samrad.knowledge.rules.figures import Count, Figures
from samrad.knowledge.rules.mapping import Taken, figures_of
from samrad.knowledge.rules.places import Gazetteer, Place
from samrad.knowledge.rules.recipes import IndicatorRule, Recipe
from samrad.knowledge.rules.table import Why, refused
from samrad.knowledge.store.parquet import from_parquet


@dataclass(frozen=True)
class Staged:
    """What a file comes to, before anybody has said yes."""

    recipe: Recipe
    name: str
    content: bytes
    sha256: str
    answers: Mapping[str, str]
    doubts: tuple[Doubt, ...]
    figures: Figures
    indicators: tuple[IndicatorRule, ...] = ()
    difference: Difference = field(default_factory=Difference)
    published: str = ""
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> Count:
        """What was read, in numbers."""
        return Count.of(self.figures)

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is known already."""
        return not self.doubts and self.difference.is_nothing


def stage(*, content: bytes, name: str, recipe: Recipe, answers: Mapping[str, str]) -> Staged:
    """Read a file as far as it goes. Raises `NotRead`; doubts are in the answer."""
    digest = hashlib.sha256(content).hexdigest()
    current = current_release(recipe.code)
    taken, doubts = _taken(content, recipe, answers)
    if taken is None:
        return Staged(recipe, name, content, digest, answers, doubts, Figures())
    before = figures_in(current) if current is not None else None
    figures, vanished = _with_what_vanished(before, taken.figures, answers)
    return Staged(
        recipe, name, content, digest, answers, (*doubts, *vanished), figures,
        taken.indicators, difference(before, figures), taken.updated, taken.notes,
    )  # fmt: skip


def _taken(
    content: bytes, recipe: Recipe, answers: Mapping[str, str]
) -> tuple[Taken | None, tuple[Doubt, ...]]:
    try:
        tables = read_tables(content, recipe, answers)
        if len(tables) != 1:
            raise refused(Why.TWO_TABLES, tables=len(tables))
        country = recipe.area.country if recipe.area else ""
        taken = figures_of(tables[0], recipe, gazetteer_of(country), answers)
    except Doubtful as doubtful:
        return None, doubtful.doubts
    return taken, taken.doubts


def _with_what_vanished(
    before: Figures | None, after: Figures, answers: Mapping[str, str]
) -> tuple[Figures, tuple[Doubt, ...]]:
    """A file may hold the newest periods only; whether the older ones stay is asked."""
    gone = sorted(set(before.period) - set(after.period)) if before is not None else []
    if before is None or not gone:
        return after, ()
    answer = answers.get(DoubtKind.VANISHED)
    if answer == KEEP:
        return carried_over(before, after), ()
    if answer == DROP:
        return after, ()
    said = {"count": len(gone), "first": gone[0], "last": gone[-1]}
    return after, (Doubt(DoubtKind.VANISHED, "", said, (KEEP, DROP)),)


def current_release(code: str) -> Release | None:
    """The release in force of the data set of that code."""
    found = Release.objects.filter(data_set__code=code, is_current=True)
    return found.select_related("data_set").first()


def figures_in(release: Release) -> Figures:
    """The figures of a release, from its file."""
    with release.figures.open("rb") as file:
        return from_parquet(file.read())


def gazetteer_of(country: str) -> Gazetteer:
    """Every code of a country's areas, with the area and the days it holds; one query."""
    found: dict[str, list[Place]] = defaultdict(list)
    codes = AreaCode.objects.filter(area__country=country).select_related("area")
    for code in codes:
        area = code.area
        start = max(code.valid_from or ALWAYS, area.valid_from or ALWAYS)
        end = min(code.valid_to or FOREVER, area.valid_to or FOREVER)
        place = Place(str(area.ref), area.name, area.kind, start, end)
        if place not in found[code.code]:
            found[code.code].append(place)
    return {code: tuple(places) for code, places in found.items()}

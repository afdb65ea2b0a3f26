"""A file on its way in: kept, read by its recipe, shown, asked about. Nothing counts yet."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from samrad.areas.models import Area, AreaCode
from samrad.areas.rules.kinds import ALWAYS, FOREVER
from samrad.knowledge.described import described_anew, of_others
from samrad.knowledge.models import Release
from samrad.knowledge.readers import read_tables
from samrad.knowledge.rules.difference import Difference, difference
from samrad.knowledge.rules.doubts import KEEP, Doubt, Doubtful, DoubtKind
from samrad.knowledge.rules.figures import Count, Figures
from samrad.knowledge.rules.mapping import Taken, figures_of
from samrad.knowledge.rules.places import Gazetteer, Place, plain_name
from samrad.knowledge.rules.recipes import IndicatorRule, Recipe
from samrad.knowledge.rules.table import Why, refused
from samrad.knowledge.rules.vanishing import only_older_ones_vanished, with_what_vanished
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


def stage(
    *, content: bytes, name: str, recipe: Recipe, answers: Mapping[str, str],
    older_are_left_out: bool = False,
) -> Staged:  # fmt: skip
    """Read a file as far as it goes. Raises `NotRead`; doubts are in the answer.

    `older_are_left_out`: we have asked for the newest periods only, so the older ones stay.
    """
    digest = hashlib.sha256(content).hexdigest()
    current = current_release(recipe.code)
    taken, doubts = _taken(content, recipe, answers)
    if taken is None:
        return Staged(recipe, name, content, digest, answers, doubts, Figures())
    for code, others in of_others(taken.indicators, than=recipe.code):
        raise refused(Why.OF_ANOTHER, None, "indicator", code=code, data_set=others)
    before = figures_in(current) if current is not None else None
    if older_are_left_out and only_older_ones_vanished(before, taken.figures):
        answers = {DoubtKind.VANISHED: KEEP, **answers}
    figures, vanished = with_what_vanished(before, taken.figures, answers)
    found = difference(before, figures)
    if before is not None:
        anew = described_anew(taken.indicators, recipe.notes, of=recipe.code)
        found = replace(found, described_anew=anew)
    return Staged(
        recipe, name, content, digest, answers, (*doubts, *vanished), figures,
        taken.indicators, found, taken.updated, taken.notes,
    )  # fmt: skip


def _taken(
    content: bytes, recipe: Recipe, answers: Mapping[str, str]
) -> tuple[Taken | None, tuple[Doubt, ...]]:
    try:
        tables = read_tables(content, recipe, answers)
        if len(tables) != 1:
            raise refused(Why.TWO_TABLES, tables=len(tables))
        taken = figures_of(tables[0], recipe, _gazetteer_for(recipe), answers)
    except Doubtful as doubtful:
        return None, doubtful.doubts
    return taken, taken.doubts


def current_release(code: str) -> Release | None:
    """The release in force of the data set of that code."""
    found = Release.objects.filter(data_set__code=code, is_current=True)
    return found.select_related("data_set").first()


def figures_in(release: Release) -> Figures:
    """The figures of a release, from its file."""
    with release.figures.open("rb") as file:
        return from_parquet(file.read())


def _gazetteer_for(recipe: Recipe) -> Gazetteer:
    country = recipe.area.country if recipe.area else ""
    codes = gazetteer_of(country)
    return {**names_of(country), **codes} if recipe.area and recipe.area.by_name else codes


def names_of(country: str) -> Gazetteer:
    """Every name of a country's areas as it is looked for; one query."""
    found: dict[str, list[Place]] = defaultdict(list)
    for area in Area.objects.filter(country=country):
        start, end = area.valid_from or ALWAYS, area.valid_to or FOREVER
        found[plain_name(area.name)].append(Place(str(area.ref), area.name, area.kind, start, end))
    return {name: tuple(places) for name, places in found.items()}


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

"""A table and its recipe become figures; what cannot be settled becomes doubts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from samrad.kernel.multilingual import Words
from samrad.knowledge.rules.doubts import ACCEPT, LEAVE, Doubt, Doubtful, DoubtKind, names_found
from samrad.knowledge.rules.figures import Count, Figures
from samrad.knowledge.rules.periods import NotAPeriod, Period, PeriodKind, read_period
from samrad.knowledge.rules.places import AreaFound, Finder, Gazetteer
from samrad.knowledge.rules.recipes import Direction, IndicatorRule, PeriodRule, Recipe
from samrad.knowledge.rules.table import (
    MOST_TROUBLES,
    VALUE,
    Dimension,
    Nothing,
    NotRead,
    Number,
    Role,
    Table,
    Trouble,
    Why,
    refused,
)

MOST_HEADINGS = 2_000
LONGEST_CODE = 160  # of an indicator
_NOT_IN_CODES = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ð": "d", "þ": "th"})


@dataclass(frozen=True)
class Taken:
    """What a file comes to: its figures, what they count, and what must be answered first."""

    figures: Figures
    indicators: tuple[IndicatorRule, ...]
    doubts: tuple[Doubt, ...]
    updated: str = ""
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> Count:
        """The counts of the figures."""
        return Count.of(self.figures)


def figures_of(
    table: Table, recipe: Recipe, gazetteer: Gazetteer, answers: Mapping[str, str]
) -> Taken:
    """The figures in a table. Raises `NotRead`, or `Doubtful` when not even a preview is there."""
    return _Mapping(table, recipe, gazetteer, answers).taken()


@dataclass
class _Mapping:
    table: Table
    recipe: Recipe
    gazetteer: Gazetteer
    answers: Mapping[str, str]
    doubts: list[Doubt] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def taken(self) -> Taken:
        recipe, table = self.recipe, self.table
        assert recipe.area is not None  # noqa: S101 (a recipe without them is refused)
        assert recipe.period is not None  # noqa: S101
        headings = [one.name for one in recipe.headings]
        splits = [one.name for one in recipe.splits]
        places = self._places(headings, splits)
        area_at, period_at = places[recipe.area.field.name], places[recipe.period.field.name]
        periods = self._periods(table.dimensions[period_at], recipe.period)
        finder = Finder(recipe.area, self.gazetteer, self.answers, self.doubts)
        areas = finder.find_all(table.dimensions[area_at])
        if any(one.code == VALUE for one in table.dimensions):
            headings = [*headings, VALUE]
        heading = _Headings(self, [places[name] for name in headings], headings)
        split_at = [(places[name], table.dimensions[places[name]].codes) for name in splits]
        rows: list[tuple[object, ...]] = []
        zero_is_nothing = recipe.area.zero_before_and_after
        for number, at, found, found_mark in table.cells():
            indicator = heading.of(at)
            if indicator is None:
                continue
            area, period = areas[at[area_at]], periods[at[period_at]]
            value, nothing = self._standing(number, found, found_mark)
            if period is None:
                code = table.dimensions[period_at].codes[at[period_at]]
                self._wrong(number, Why.NOT_A_PERIOD, recipe.period.field.name, text=code[:40])
                continue
            if not value and (zero_is_nothing or value is None) and not area.was_there_in(period):
                value, nothing = None, Nothing.NOT_THEN
            place = area.place_in(period)
            rows.append((
                indicator.code, "|".join(codes[at[p]] for p, codes in split_at),
                area.code, area.name, place.ref if place else "",
                period.code, period.start, period.end, value, nothing, found_mark,
            ))  # fmt: skip
        if self.troubles:
            raise NotRead(*self.troubles)
        figures = Figures.of(rows)
        if not figures and not self.doubts:
            raise refused(Why.NOTHING_IN_IT)
        self._check_once(figures)
        self._check_totals(figures, areas)
        return Taken(figures, heading.used(), tuple(self.doubts), table.updated, table.notes)

    def _periods(self, dimension: Dimension, rule: PeriodRule) -> list[Period | None]:
        """The periods; None where rows of the file have something else there, which they tell."""
        periods: list[Period | None] = []
        seen = set()
        named = zip(dimension.codes, dimension.labels, strict=True)
        for number, (code, label) in enumerate(named, 1):
            try:
                period = _period(code, label, rule.kind)
            except NotAPeriod as error:
                if self.table.rows is None:
                    why = Why.NOT_A_PERIOD
                    raise refused(why, number, dimension.code, text=code[:40]) from error
                periods.append(None)
                continue
            if period.code in seen:
                raise refused(Why.TWICE, number, dimension.code, key=code[:40])
            seen.add(period.code)
            periods.append(period)
        return periods

    def _places(self, headings: list[str], splits: list[str]) -> dict[str, int]:
        """At which place among the dimensions each field of the recipe lies."""
        recipe = self.recipe
        assert recipe.area is not None  # noqa: S101
        assert recipe.period is not None  # noqa: S101
        there = [one.code for one in self.table.dimensions]
        wanted = [recipe.area.field, recipe.period.field, *recipe.headings, *recipe.splits]
        try:
            names = names_found(there, wanted, self.answers)
        except Doubtful as doubtful:
            names = self._by_roles(there, doubtful)
        places = {name: there.index(held) for name, held in names.items()}
        if VALUE in there:
            places[VALUE] = there.index(VALUE)
        for number, dimension in enumerate(self.table.dimensions):
            if number not in places.values() and len(dimension.codes) > 1:
                raise refused(Why.UNKNOWN_DIMENSION, None, dimension.code)
        return places

    def _by_roles(self, there: list[str], doubtful: Doubtful) -> dict[str, str]:
        """A renamed area or period is known by the role that the publisher gives it."""
        recipe = self.recipe
        assert recipe.area is not None  # noqa: S101
        assert recipe.period is not None  # noqa: S101
        roles = {recipe.area.field.name: Role.AREA, recipe.period.field.name: Role.TIME}
        answers = dict(self.answers)
        for doubt in doubtful.doubts:
            role = roles.get(doubt.about)
            having = [one.code for one in self.table.dimensions if role and one.role is role]
            if len(having) != 1:
                raise doubtful
            answers[doubt.key] = having[0]
        wanted = [recipe.area.field, recipe.period.field, *recipe.headings, *recipe.splits]
        return names_found(there, wanted, answers)

    def _standing(self, number: int, found: Number | None, mark: str) -> tuple[Number | None, str]:
        """The value, or why there is none. What is marked as hidden stays so, whatever it says."""
        recipe = self.recipe
        if mark and mark in recipe.hidden:
            return None, Nothing.HIDDEN
        if found is None:
            return None, Nothing.MISSING
        if recipe.whole_numbers and found != int(found):
            self._wrong(number, Why.NOT_WHOLE, VALUE, text=str(found))
        if recipe.least is not None and found < recipe.least:
            self._wrong(number, Why.BELOW_LEAST, VALUE, text=str(found), least=recipe.least)
        return found, ""

    def _wrong(self, number: int, why: Why, about: str, **values: object) -> None:
        """One row's trouble, under the name that the file has for the field; once for a row."""
        own = self.table.fields.get(about, about)
        trouble = Trouble(why, self.table.row_of(number), own, values)
        if trouble not in self.troubles[-1:]:
            self.troubles.append(trouble)
        if len(self.troubles) >= MOST_TROUBLES:
            raise NotRead(*self.troubles)

    def _check_once(self, figures: Figures) -> None:
        """Two headings that mean the same, or two spellings of a period, would count twice.

        So would two codes that one of our areas had in turn, with a value each for one period.
        """
        seen = set()
        values: dict[tuple[str, ...], Number] = {}
        for number, key in enumerate(figures.keys()):
            if key in seen:
                raise refused(Why.TWICE, self.table.row_of(number), key[0], key=" ".join(key))
            seen.add(key)
            place, value = figures.place[number], figures.value[number]
            if place and value is not None:
                here = (key[0], key[1], place, key[3])
                if values.setdefault(here, value) != value:
                    raise refused(Why.TWICE, self.table.row_of(number), key[0], key=" ".join(key))

    def _check_totals(self, figures: Figures, areas: list[AreaFound]) -> None:
        """Whether the parts add up to the publisher's whole, wherever all of them are numbers."""
        recipe = self.recipe
        if not recipe.whole or self.answers.get(DoubtKind.TOTALS) == ACCEPT:
            return
        parts = {
            area.code
            for area in areas
            if area.code in recipe.parts or any(place.kind in recipe.parts for place in area.places)
        }
        sums: dict[tuple[str, str, str], Number] = defaultdict(int)
        wholes: dict[tuple[str, str, str], Number] = {}
        unknown = set()
        for (indicator, split, area, period), value in zip(
            figures.keys(), figures.value, strict=True
        ):
            about = (indicator, split, period)
            if area == recipe.whole and value is not None:
                wholes[about] = value
            elif area in parts and value is None:
                unknown.add(about)
            elif area in parts and value is not None:
                sums[about] += value
        wrong = [
            about
            for about, whole in wholes.items()
            if about not in unknown and about in sums and abs(sums[about] - whole) > 1e-6  # noqa: PLR2004
        ]
        if wrong:
            about = wrong[0]
            said = {"count": len(wrong), "indicator": about[0], "period": about[2],
                    "parts": sums[about], "whole": wholes[about]}  # fmt: skip
            self.doubts.append(Doubt(DoubtKind.TOTALS, "", said, (ACCEPT,)))


def _period(code: str, label: str, kind: PeriodKind) -> Period:
    """By its code; a publisher whose codes are mere numbers says in the label what they mean."""
    try:
        return read_period(code, kind)
    except NotAPeriod:
        if label == code:
            raise
        return read_period(label, kind)


class _Headings:
    """Which indicator the headings of a cell mean; each combination is looked up once."""

    def __init__(self, mapping: _Mapping, places: list[int], names: list[str]) -> None:
        self.mapping, self.places, self.names = mapping, places, names
        self.known: dict[tuple[int, ...], IndicatorRule | None] = {}

    def of(self, at: tuple[int, ...]) -> IndicatorRule | None:
        """The indicator, or None when the heading is left out or asked about."""
        held = tuple([at[place] for place in self.places])
        if held not in self.known:
            if len(self.known) >= MOST_HEADINGS:
                raise refused(Why.TOO_MANY_CELLS, None, " ".join(self.names))
            self.known[held] = self._looked_up(held)
        return self.known[held]

    def used(self) -> tuple[IndicatorRule, ...]:
        """The indicators met, each once."""
        return tuple({one.code: one for one in self.known.values() if one}.values())

    def _looked_up(self, held: tuple[int, ...]) -> IndicatorRule | None:
        recipe = self.mapping.recipe
        dimensions = [self.mapping.table.dimensions[place] for place in self.places]
        codes = {
            name: one.codes[at] for name, one, at in zip(self.names, dimensions, held, strict=True)
        }
        for rule in recipe.indicators:
            if _are(codes, rule.where):
                return rule
        labels = [
            one.labels[at]
            for one, at, name in zip(dimensions, held, self.names, strict=True)
            if name != VALUE or not recipe.headings
        ]
        if recipe.each_as and _are(codes, recipe.each_where):
            code = fitting(".".join([recipe.each_as, *(code_of(label) for label in labels)]))
            neither = any(codes.get(name) in them for name, them in recipe.each_neither.items())
            better = Direction.NEITHER if neither else recipe.each_direction
            return IndicatorRule(code, Words.same(" – ".join(labels)), {}, recipe.each_unit, better)
        about = "/".join(codes.values())
        if self.mapping.answers.get(f"{DoubtKind.HEADING}:{about}") != LEAVE and (
            self.mapping.answers.get(DoubtKind.HEADING) != LEAVE
        ):
            said = {"code": about, "name": " – ".join(labels)}
            self.mapping.doubts.append(Doubt(DoubtKind.HEADING, about, said, (LEAVE,)))
        return None


def _are(codes: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(codes.get(name) == code for name, code in wanted.items())


def fitting(code: str) -> str:
    """A code no longer than there is room for, the same every time and unlike any other."""
    if len(code) <= LONGEST_CODE:
        return code
    mark = hashlib.sha256(code.encode()).hexdigest()[:8]
    return f"{code[: LONGEST_CODE - len(mark) - 1].rstrip('-.')}-{mark}"


def code_of(label: str) -> str:
    """A heading as part of an indicator's code: `Arson and Criminal Damage` is its words, plain."""
    plain = unicodedata.normalize("NFKD", label.casefold().translate(_LETTERS))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_IN_CODES.sub("-", kept).strip("-") or "none"

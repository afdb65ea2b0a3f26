"""From rows under a header to a table, by what the recipe says of the columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samrad.knowledge.rules.doubts import ACCEPT, Doubt, Doubtful, DoubtKind, names_found
from samrad.knowledge.rules.numbers import number_in
from samrad.knowledge.rules.periods import NotAPeriod, PeriodKind, read_period
from samrad.knowledge.rules.recipes import Layout, Recipe
from samrad.knowledge.rules.table import (
    MOST_TROUBLES,
    VALUE,
    Dimension,
    NotRead,
    Number,
    Role,
    Table,
    Trouble,
    Why,
    check_size,
    refused,
)

Cell = str | Number
LONGEST_CODE = 200


@dataclass(frozen=True)
class Rows:
    """The header and the rows below it, each with its number in the file as a person counts."""

    header: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    is_cut_off: bool = False
    notes: tuple[str, ...] = field(default=())


def table_of(rows: Rows, recipe: Recipe, answers: Mapping[str, str]) -> Table:
    """The table in these rows."""
    if rows.is_cut_off and answers.get(DoubtKind.CUT_OFF) != ACCEPT:
        doubt = Doubt(
            DoubtKind.CUT_OFF, "", {"row": rows.rows[-1][0] if rows.rows else 1}, (ACCEPT,)
        )
        raise Doubtful(doubt)
    _check_header(rows)
    if recipe.layout is Layout.WIDE:
        return _Gathering(recipe, rows, answers).wide()
    return _Gathering(recipe, rows, answers).long()


def _check_header(rows: Rows) -> None:
    seen: set[str] = set()
    for name in rows.header:
        if name and name in seen:
            raise refused(Why.DUPLICATE_NAME, 1, name)
        seen.add(name)


class _Gathering:
    """Reads the rows one by one into coordinates and values, and counts what is wrong."""

    def __init__(self, recipe: Recipe, rows: Rows, answers: Mapping[str, str]) -> None:
        self.recipe, self.rows = recipe, rows
        area, period = recipe.area, recipe.period
        assert area is not None  # noqa: S101 (a recipe without them is refused)
        assert period is not None  # noqa: S101
        self.fields = [area.field, *recipe.headings, *recipe.splits]
        if recipe.layout is Layout.LONG:
            self.fields.append(period.field)
        self.names = names_found(rows.header, [*self.fields, *recipe.values], answers)
        self.columns = [rows.header.index(self.names[one.name]) for one in self.fields]
        self.labels = [
            rows.header.index(one.label) if one.label in rows.header else None
            for one in self.fields
        ]
        self.known: list[dict[str, int]] = [{} for _ in self.fields]
        self.called: list[list[str]] = [[] for _ in self.fields]
        self.marks_known = recipe.hidden | recipe.missing
        self.troubles: list[Trouble] = []
        self.suspects: list[Trouble] = []  # told beside other troubles; alone they are judged later
        self.is_period: dict[int, bool] = {}
        self.at: list[tuple[int, ...]] = []
        self.values: list[Number | None] = []
        self.marks: dict[int, str] = {}
        self.lines: list[int] = []

    def long(self) -> Table:
        """A row for each figure."""
        columns = [(one.name, self.rows.header.index(self.names[one.name]))
                   for one in self.recipe.values]  # fmt: skip
        own = [self.names[one.name] for one in self.recipe.values]
        for line, row in self.rows.rows:
            with_it = self._place(line, row)
            if with_it is not None:
                for number, (_name, column) in enumerate(columns):
                    self._take(line, own[number], row[column], (*with_it, number))
        value = Dimension(
            VALUE, tuple(name for name, _ in columns), tuple(name for name, _ in columns),
            Role.MEASURE,
        )  # fmt: skip
        return self._table([*self._dimensions(), value])

    def wide(self) -> Table:
        """A row for each series, and a column for each period."""
        rule = self.recipe.period
        assert rule is not None  # noqa: S101
        taken = {*self.columns, *(label for label in self.labels if label is not None)}
        columns = []
        for column, name in enumerate(self.rows.header):
            if column not in taken and name and name not in self.recipe.unread:
                try:
                    read_period(name, rule.kind)
                except NotAPeriod as error:
                    raise refused(Why.NOT_A_PERIOD, 1, name, text=name[:40]) from error
                columns.append((name, column))
        for line, row in self.rows.rows:
            with_it = self._place(line, row)
            if with_it is not None:
                for number, (name, column) in enumerate(columns):
                    self._take(line, name, row[column], (*with_it, number))
        names = tuple(name for name, _ in columns)
        time = Dimension(rule.field.name, names, names, Role.TIME)
        return self._table([*self._dimensions(), time])

    def _place(self, line: int, row: Sequence[Cell]) -> tuple[int, ...] | None:
        """Where along each dimension the row belongs; None, and noted, when it cannot be said."""
        if len(row) != len(self.rows.header):
            self._wrong(Trouble(Why.ROW_LENGTH, line, "",
                                {"has": len(row), "wanted": len(self.rows.header)}))  # fmt: skip
            return None
        found = []
        for number, (column, label) in enumerate(zip(self.columns, self.labels, strict=True)):
            code = _code(row[column])
            if not code or len(code) > LONGEST_CODE:
                self._wrong(Trouble(Why.NO_CODE, line, self.rows.header[column]))
                return None
            known = self.known[number]
            at = known.get(code)
            if at is None:
                at = known[code] = len(known)
                self.called[number].append(_code(row[label]) if label is not None else code)
            found.append(at)
            self._suspect_period(number, line, at, code)
        return tuple(found)

    def _take(self, line: int, name: str, cell: Cell, at: tuple[int, ...]) -> None:
        try:
            value, mark = number_in(
                cell, decimal=self.recipe.decimal, marks=self.marks_known, row=line, field=name
            )
        except NotRead as error:
            self._wrong(*error.troubles)
            return
        if mark:
            self.marks[len(self.values)] = mark
        elif value is not None:
            self._suspect_value(line, name, value)
        self.at.append(at)
        self.values.append(value)
        self.lines.append(line)

    def _suspect_period(self, number: int, line: int, at: int, code: str) -> None:
        """Whether what stands in the column of periods is one, noted for every row of it."""
        rule = self.recipe.period
        if rule is None or self.fields[number] is not rule.field:
            return
        if at not in self.is_period:
            self.is_period[at] = _is_period(code, self.called[number][at], rule.kind)
        if not self.is_period[at]:
            own = self.rows.header[self.columns[number]]
            self._suspect(Trouble(Why.NOT_A_PERIOD, line, own, {"text": code[:40]}))

    def _suspect_value(self, line: int, name: str, value: Number) -> None:
        recipe = self.recipe
        if recipe.whole_numbers and value != int(value):
            self._suspect(Trouble(Why.NOT_WHOLE, line, name, {"text": str(value)}))
        if recipe.least is not None and value < recipe.least:
            said = {"text": str(value), "least": recipe.least}
            self._suspect(Trouble(Why.BELOW_LEAST, line, name, said))

    def _suspect(self, trouble: Trouble) -> None:
        """Of millions of rows that are wrong in the same way the first tell enough."""
        if len(self.suspects) < MOST_TROUBLES:
            self.suspects.append(trouble)

    def _wrong(self, *troubles: Trouble) -> None:
        self.troubles += troubles
        if len(self.troubles) >= MOST_TROUBLES:
            raise NotRead(*self.troubles)

    def _dimensions(self) -> list[Dimension]:
        roles = {id(self.recipe.area.field): Role.AREA} if self.recipe.area else {}
        if self.recipe.period is not None:
            roles[id(self.recipe.period.field)] = Role.TIME
        return [
            Dimension(one.name, tuple(known), tuple(called), roles.get(id(one), Role.OTHER))
            for one, known, called in zip(self.fields, self.known, self.called, strict=True)
        ]

    def _table(self, dimensions: list[Dimension]) -> Table:
        if not self.values:
            raise NotRead(*self.troubles) if self.troubles else refused(Why.NOTHING_IN_IT)
        sizes = [len(dimension.codes) for dimension in dimensions]
        check_size(sizes, "")
        steps = [math.prod(sizes[place + 1 :]) for place in range(len(sizes))]
        places = [sum(map(int.__mul__, at, steps)) for at in self.at]
        self._refuse_twice(places)
        order = sorted(range(len(places)), key=places.__getitem__)
        return Table(
            title=self.recipe.title.in_language("en"),
            dimensions=tuple(dimensions),
            places=[places[number] for number in order],
            values=tuple(self.values[number] for number in order),
            marks={places[number]: mark for number, mark in self.marks.items()},
            rows=[self.lines[number] for number in order],
            notes=self.rows.notes,
            fields=self._own_names(),
        )

    def _own_names(self) -> dict[str, str]:
        """What the file calls its fields; its only column of figures too."""
        own = {one.name: self.names[one.name] for one in self.fields}
        values = [self.names[one.name] for one in self.recipe.values]
        return {**own, **({VALUE: values[0]} if len(values) == 1 else {})}

    def _refuse_twice(self, places: list[int]) -> None:
        """Refuse it for everything that was found in any row, of whatever kind, in their order."""
        seen: set[int] = set()
        twice: list[Trouble] = []
        for number, place in enumerate(places):
            if place in seen and len(twice) < MOST_TROUBLES:
                twice.append(Trouble(Why.TWICE, self.lines[number]))
            seen.add(place)
        self.troubles += twice
        if self.troubles:
            found = sorted([*self.troubles, *self.suspects], key=lambda one: one.row or 0)
            raise NotRead(*found[:MOST_TROUBLES])


def _is_period(code: str, label: str, kind: PeriodKind) -> bool:
    """By the code, or by what it is called where codes are mere numbers."""
    for text in (code, label):
        try:
            read_period(text, kind)
        except NotAPeriod:
            continue
        return True
    return False


def _code(cell: Cell) -> str:
    """A code is text; a workbook may hold it as a number."""
    if isinstance(cell, str):
        return cell.strip()
    return str(int(cell)) if cell == int(cell) else str(cell)

"""What is asked of a publisher's service, in questions no larger than it allows.

And the answers joined. Plain Python: no service is called here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from samrad.knowledge.rules.table import Dimension, Number, Table, Why, check_size, refused

ALL = "*"
NEWEST = "newest:"  # newest:8 is the eight latest of a dimension


class Service(StrEnum):
    """The ways publishers answer machines. Codes are stable."""

    PXWEB_1 = "pxweb-1"
    PXWEB_2 = "pxweb-2"
    STATBANK = "statbank"


@dataclass(frozen=True)
class FetchRule:
    """Where a table is asked for, and which part of it.

    `select` gives for each variable the codes wanted, `("*",)` for all there are or `("newest:8",)`
    for the latest; variables it leaves out are those the publisher can sum away itself.
    """

    service: Service
    address: str
    table: str = ""
    language: str = ""
    select: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codelists: Mapping[str, str] = field(default_factory=dict)
    most_cells: int = 0  # where the service does not say itself

    @property
    def asks_for_the_newest(self) -> bool:
        """Whether older periods are left where they are."""
        return any(one.startswith(NEWEST) for codes in self.select.values() for one in codes)


@dataclass(frozen=True)
class Variable:
    """A variable as the service describes it; of some, all values may be summed away."""

    code: str
    codes: tuple[str, ...]
    may_be_left_out: bool = False


Selection = dict[str, tuple[str, ...]]


def wanted(variables: Sequence[Variable], rule: FetchRule) -> Selection:
    """The codes that the rule means, by variable; raises `NotRead` for what is not there."""
    known = {one.code: one for one in variables}
    for name in rule.select:
        if name not in known:
            raise refused(Why.MISSING_FIELD, None, name)
    found: Selection = {}
    for one in variables:
        choice = rule.select.get(one.code)
        if choice is None and one.may_be_left_out:
            continue
        found[one.code] = _chosen(one, choice or (ALL,))
    return found


def _chosen(variable: Variable, choice: tuple[str, ...]) -> tuple[str, ...]:
    if choice == (ALL,):
        return variable.codes
    if len(choice) == 1 and choice[0].startswith(NEWEST):
        return variable.codes[-int(choice[0].removeprefix(NEWEST)) :]
    gone = [code for code in choice if code not in set(variable.codes)]
    if gone:
        raise refused(Why.WRONG_FIELD, None, variable.code, code=gone[0])
    return choice


def questions(selection: Selection, most_cells: int) -> Iterator[Selection]:
    """The selection in boxes of at most that many cells, cut along as few variables as possible.

    Every cell is in exactly one of them, and they come in the order of the variables.
    """
    sizes = {name: len(codes) for name, codes in selection.items()}
    pieces = dict.fromkeys(selection, 1)
    while math.prod(math.ceil(sizes[n] / pieces[n]) for n in sizes) > max(1, most_cells):
        longest = max(sizes, key=lambda name: math.ceil(sizes[name] / pieces[name]))
        pieces[longest] += 1
    cut = [_in_pieces(codes, pieces[name]) for name, codes in selection.items()]
    for parts in product(*cut):
        yield dict(zip(selection, parts, strict=True))


def _in_pieces(codes: tuple[str, ...], count: int) -> list[tuple[str, ...]]:
    length = math.ceil(len(codes) / count)
    return [codes[start : start + length] for start in range(0, len(codes), length)]


def joined(tables: Sequence[Table], selection: Selection) -> Table:
    """One table of the answers to all questions; raises `NotRead` where they do not fit."""
    if len(tables) == 1:
        return tables[0]
    first = tables[0]
    dimensions = tuple(_whole(one.code, tables, selection) for one in first.dimensions)
    size = check_size([len(one.codes) for one in dimensions], "size")
    at = {one.code: {code: n for n, code in enumerate(one.codes)} for one in dimensions}
    steps = [
        math.prod(len(one.codes) for one in dimensions[n + 1 :]) for n in range(len(dimensions))
    ]
    values: dict[int, Number | None] = {}
    marks: dict[int, str] = {}
    for table in tables:
        _same_shape(table, first)
        shifts = [
            [at[one.code][code] * step for code in one.codes]
            for one, step in zip(table.dimensions, steps, strict=True)
        ]
        for _number, where, value, mark in table.cells():
            place = sum(shift[index] for shift, index in zip(shifts, where, strict=True))
            if place in values:
                raise refused(Why.TWICE, place + 1, "value")
            values[place] = value
            if mark:
                marks[place] = mark
    if len(values) > size:
        raise refused(Why.WRONG_SIZE, None, "value", has=len(values), wanted=size)
    places = sorted(values)
    return Table(
        title=first.title, dimensions=dimensions, places=places,
        values=tuple(values[place] for place in places), marks=marks, source=first.source,
        updated=max(table.updated for table in tables), notes=first.notes,
    )  # fmt: skip


def _same_shape(table: Table, first: Table) -> None:
    if [one.code for one in table.dimensions] != [one.code for one in first.dimensions]:
        raise refused(Why.UNKNOWN_DIMENSION, None, "id")


def _whole(code: str, tables: Sequence[Table], selection: Selection) -> Dimension:
    """A dimension with the codes of all answers, in the order they were wanted."""
    found: dict[str, str] = {}
    units: dict[str, str] = {}
    for table in tables:
        one = table.dimension(code)
        found |= dict(zip(one.codes, one.labels, strict=True))
        units |= one.units
    order = [key for key in selection.get(code, ()) if key in found] or list(found)
    codes = (*order, *(key for key in found if key not in set(order)))
    one = tables[0].dimension(code)
    return Dimension(code, codes, tuple(found[key] for key in codes), one.role, one.label, units)

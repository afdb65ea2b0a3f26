"""A table as its publisher gave it, whatever the file looked like; and why a file is refused.

Cells lie in the order of the dimensions, the last one changing first, as in JSON-stat. A cell is
a number, or it is nothing; what a mark beside it means (hidden, missing) is for the recipe to say.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Number = int | float

MOST_CELLS = 20_000_000
MOST_TROUBLES = 1_000  # reasons gathered before a file is given up; a page shows the first
VALUE = "value"  # the dimension of the columns that hold figures
LARGEST = 2**53  # beyond this a double is no longer exactly the number that was written


class Role(StrEnum):
    """What a dimension says of a cell."""

    AREA = "geo"
    TIME = "time"
    MEASURE = "metric"
    OTHER = ""


class Nothing(StrEnum):
    """Why there is no number. Zero is a number."""

    HIDDEN = "hidden"  # the publisher has it and protects somebody
    MISSING = "missing"  # nobody says
    NOT_THEN = "not_then"  # the area or the heading did not exist in the period


def nothing_of(reasons: Iterable[str]) -> str:
    """Why there is no figure of an area that carried several codes: what tells most of these."""
    told = set(reasons)
    return next((one.value for one in Nothing if one.value in told), str(Nothing.MISSING))


class Why(StrEnum):
    """Why a file is refused. The sentences are in `samrad.knowledge.words`."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    ENCODING = "encoding"
    MIXED_ENCODINGS = "mixed_encodings"
    UNKNOWN_FORMAT = "unknown_format"
    ONLY_LINKS = "only_links"
    MISSING_FIELD = "missing_field"
    WRONG_FIELD = "wrong_field"
    TWO_TABLES = "two_tables"
    TOO_MANY_CELLS = "too_many_cells"
    WRONG_SIZE = "wrong_size"
    TWICE = "twice"
    ROW_LENGTH = "row_length"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_TOO_LARGE = "number_too_large"
    NOT_WHOLE = "not_whole"
    BELOW_LEAST = "below_least"
    NOT_A_PERIOD = "not_a_period"
    NO_CODE = "no_code"
    FORMULA = "formula"
    NOT_A_MOMENT = "not_a_moment"
    ABOUT_A_PERSON = "about_a_person"
    TOTAL_DIFFERS = "total_differs"
    NOTHING_IN_IT = "nothing_in_it"
    UNKNOWN_DIMENSION = "unknown_dimension"
    DUPLICATE_NAME = "duplicate_name"
    OF_ANOTHER = "of_another"  # an indicator by that code is another data set's
    NOT_FINISHED = "not_finished"


@dataclass(frozen=True)
class Trouble:
    """One reason: the row in the file (or the cell's number, from 1), the field, and why."""

    why: Why
    row: int | None = None
    field: str = ""
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


class NotRead(Exception):
    """A file that is refused, with every reason found."""

    def __init__(self, *troubles: Trouble) -> None:
        self.troubles = troubles
        super().__init__("; ".join(f"{t.why} (row {t.row}, {t.field})" for t in troubles))


def refused(why: Why, row: int | None = None, field_name: str = "", **values: object) -> NotRead:
    """The exception for a single reason."""
    return NotRead(Trouble(why, row, field_name, values))


@dataclass(frozen=True)
class Dimension:
    """One way the cells are told apart: its codes in order, with what each is called."""

    code: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    role: Role = Role.OTHER
    label: str = ""
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """What a file holds. `places[n]` is where `values[n]` lies; an unlisted cell is missing."""

    title: str
    dimensions: tuple[Dimension, ...]
    places: Sequence[int]
    values: tuple[Number | None, ...]
    marks: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    rows: Sequence[int] | None = None  # the line in the file that each value comes from
    source: str = ""
    updated: str = ""
    notes: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)  # what the file calls them

    @property
    def size(self) -> int:
        """How many cells the dimensions make."""
        return math.prod(len(dimension.codes) for dimension in self.dimensions)

    def dimension(self, code: str) -> Dimension:
        """The dimension of that code."""
        return next(one for one in self.dimensions if one.code == code)

    def row_of(self, number: int) -> int:
        """Where in the file the value of that number stands, as a person counts."""
        return self.rows[number] if self.rows is not None else self.places[number] + 1

    def cells(self) -> Iterator[tuple[int, tuple[int, ...], Number | None, str]]:
        """Every listed cell: its number, the index along each dimension, the value, its mark."""
        sizes = [len(dimension.codes) for dimension in self.dimensions]
        steps = [math.prod(sizes[place + 1 :]) for place in range(len(sizes))]
        ways = list(zip(steps, sizes, strict=True))
        mark = self.marks.get
        for number, (place, value) in enumerate(zip(self.places, self.values, strict=True)):
            at = tuple([place // step % size for step, size in ways])
            yield number, at, value, mark(place, "")


def check_size(sizes: Iterable[int], field_name: str) -> int:
    """How many cells these make; refused when more than anybody publishes in one file."""
    cells = math.prod(sizes)
    if cells > MOST_CELLS:
        raise refused(Why.TOO_MANY_CELLS, None, field_name, cells=cells, most=MOST_CELLS)
    return cells

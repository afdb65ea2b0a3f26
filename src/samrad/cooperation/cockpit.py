"""All councils that somebody keeps, on one screen, by what needs doing.

Apps that stand above register what they know of a council: columns, and for each council the cells
that stand in them. Cells say how much they want somebody; the councils are sorted by that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.ui.pieces import Words
from samrad.ui.sorting import by_name


@dataclass(frozen=True)
class Column:
    """What one column is about."""

    key: str
    title: Words
    order: int = 50


@dataclass(frozen=True)
class Cell:
    """How a council stands in one respect; `weight` is how much it wants somebody, 0 not at all.

    `tone` is neutral, info, success, warning or danger; without one the text stands plain.
    """

    text: Words
    note: Words = ""
    tone: str = ""
    url: str = ""
    weight: int = 0


Cells = Mapping[int, Mapping[str, Cell]]
Source = Callable[[Sequence[Council], Actor, datetime], Cells]
_columns: list[Column] = []
_sources: list[Source] = []


def register(columns: Sequence[Column], source: Source) -> None:
    """`source(councils, actor, at)` gives cells by council and column, in few queries for all."""
    if source not in _sources:
        _sources.append(source)
        _columns.extend(columns)


@dataclass(frozen=True)
class Row:
    """One council with its cells in the columns' order."""

    council: Council
    cells: tuple[tuple[Column, Cell | None], ...]

    @property
    def weight(self) -> int:
        """How much the council wants somebody, all in all."""
        return sum(cell.weight for _column, cell in self.cells if cell)

    @property
    def wants_somebody(self) -> bool:
        """Whether anything in the row needs doing."""
        return self.weight > 0


@dataclass(frozen=True)
class Cockpit:
    """The whole screen."""

    columns: list[Column]
    rows: list[Row]

    @property
    def wanting(self) -> int:
        """In how many councils something needs doing."""
        return sum(row.wants_somebody for row in self.rows)


def cockpit_of(actor: Actor, at: datetime) -> Cockpit:
    """Every council at work that the actor keeps; as many queries for thirteen as for fifty."""
    councils = list(
        Council.objects.kept_by(actor).active().select_related("area").order_by(by_name(), "pk")
    )
    columns = sorted(_columns, key=lambda column: column.order)
    known: defaultdict[int, dict[str, Cell]] = defaultdict(dict)
    for source in _sources if councils else ():
        for key, cells in source(councils, actor, at).items():
            known[key].update(cells)
    rows = [
        Row(one, tuple((column, known[one.pk].get(column.key)) for column in columns))
        for one in councils
    ]
    return Cockpit(columns, sorted(rows, key=lambda row: -row.weight))

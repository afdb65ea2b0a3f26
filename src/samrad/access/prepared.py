"""A query that every request asks: its SQL is made once, and asked again with other values.

Building who somebody is took more time than asking the database about it. What belongs here: asking
the same thing again. What does not: any particular question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

Row = tuple[Any, ...]
# Values that no row has, by which the places of the true ones are known again.
_NO_KEY = 7_000_000_000_000_000_000
_NO_DAY = date(9000, 1, 1).toordinal()


class Prepared:
    """The rows of `ask(value, …)`, a `values_list` whose shape never depends on the values.

    Each value is a key or a day, as given by `kinds` in their order. The SQL is kept for each
    connection and goes with it.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]], *kinds: type[int] | type[date]):
        self._ask = ask
        self._kinds = kinds

    def rows(self, *values: int | date) -> list[Row]:
        """What the database answers for these values."""
        kept = vars(connections[DEFAULT_DB_ALIAS]).setdefault("prepared_by_samrad", {})
        if self not in kept:
            kept[self] = _Statement(self._ask, self._stand_ins())
        rows: list[Row] = kept[self].rows(values)
        return rows

    def _stand_ins(self) -> list[int | date]:
        return [
            _NO_KEY + place if kind is int else date.fromordinal(_NO_DAY + place)
            for place, kind in enumerate(self._kinds)
        ]


class _Statement:
    """SQL for one connection, where in its parameters each value goes, and how rows are read."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]], stand_ins: Sequence[int | date]):
        self._compiler = ask(*stand_ins).query.get_compiler(connection=connection)
        self._sql, self._parameters = self._compiler.as_sql()
        self._compiler.setup_query()
        place_of = {_adapted(value): place for place, value in enumerate(stand_ins)}
        self._places = [place_of.get(one) for one in self._parameters]
        columns = [expression for expression, _sql, _alias in self._compiler.select or ()]
        self._converters = self._compiler.get_converters(columns)

    def rows(self, values: Sequence[int | date]) -> list[Row]:
        adapted = [_adapted(value) for value in values]
        parameters = [
            kept if place is None else adapted[place]
            for kept, place in zip(self._parameters, self._places, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            found: Iterable[Any] = cursor.fetchall()
        return [tuple(row) for row in self._compiler.apply_converters(found, self._converters)]


def _adapted(value: int | date) -> Any:
    """A value as it stands among the parameters of this database."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value

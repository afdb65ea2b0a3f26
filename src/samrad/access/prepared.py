"""Queries that are asked again and again: their SQL is made once, and asked with other values.

    @prepared
    def tasks_of(actor: Actor, on: date) -> QuerySet[Task]: ...

    tasks_of(request.actor, today())  # a list, read from the database now

Making SQL out of a query takes many times as long as a database takes to answer it. So the function
is called with stand-ins for every key, moment and reference, and the SQL that comes of it is kept
for all questions of the same shape: an actor with the same roles in as many councils. Only SQL is
kept, never an answer, and each question is asked with its own values, the actor's own among them.

What the function may do: compare keys, look at days and words as they are, add to moments. Days and
words stay in the shape, so nothing is kept beyond a day. It must not ask the database itself.
Whatever cannot be followed from a stand-in into the SQL is asked as it was written.
"""

from __future__ import annotations

import copy
import inspect
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from samrad.access.shapes import NotFollowed, Places, Shape, shape_of
from samrad.kernel.clock import held_at, now

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
MOST = 512  # statements kept in a process; the oldest goes first

_kept: dict[Any, _Statement | None] = {}


@dataclass(frozen=True)
class Beside(Generic[R]):
    """A queryset, and what else follows from the shape of a question."""

    rows: QuerySet[Any, R]
    beside: Any


class Prepared(Generic[P, R]):
    """A function that gives a queryset, asked with SQL that is made once for each shape."""

    def __init__(self, ask: Callable[P, QuerySet[Any, R] | Beside[R]]) -> None:
        self.ask = ask
        self._names = tuple(inspect.signature(ask).parameters)
        update_wrapper(self, ask)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """What the database answers to that, now."""
        return self.both(*args, **kwargs)[0]

    def both(self, *args: P.args, **kwargs: P.kwargs) -> tuple[list[R], Any]:
        """The same, and what the function gave beside it."""
        shape = shape_of([*zip(self._names, args, strict=False), *kwargs.items()], at=now())
        statement = self._statement(shape)
        if statement is None:
            found = _beside(self.ask(*args, **kwargs))
            return list(found.rows), found.beside
        return list(statement.asked(shape)), statement.beside

    def _statement(self, shape: Shape) -> _Statement | None:
        # A list by name is in the alphabet of its reader, so the language is part of the SQL.
        key = (self, connections[DEFAULT_DB_ALIAS].vendor, get_language(), shape.key)
        try:
            return _kept[key]
        except KeyError:
            if len(_kept) >= MOST:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = made = self._made(shape)
            return made

    def _made(self, shape: Shape) -> _Statement | None:
        values, places = shape.stand_ins()
        given = dict(values)
        try:
            with held_at(places.moment), _no_questions():
                return _Statement(_beside(self.ask(**given)), places)  # type: ignore[call-arg]
        except NotFollowed as error:
            log.warning("query is not kept", extra={"query": self.__name__, "why": str(error)})  # type: ignore[attr-defined]
            return None


def prepared(ask: Callable[P, QuerySet[Any, R] | Beside[R]]) -> Prepared[P, R]:
    """A decorator for a function that gives a queryset: its rows, by SQL that is made once."""
    return Prepared(ask)


def _beside(found: QuerySet[Any, R] | Beside[R]) -> Beside[R]:
    return found if isinstance(found, Beside) else Beside(found, None)


class _Statement:
    """SQL, where in its parameters each value goes, and how rows become what was asked for."""

    def __init__(self, found: Beside[Any], places: Places) -> None:
        self._rows, self.beside = found.rows, found.beside
        connection = connections[DEFAULT_DB_ALIAS]
        self._compiler: Any = self._rows.query.get_compiler(connection=connection)
        try:
            self._sql, parameters = self._compiler.as_sql()
        except EmptyResultSet:  # nobody of this shape is shown anything
            self._sql, parameters = "", ()
        self._compiler.setup_query()
        places.see(self._sql)
        _refuse_what_follows(self._rows)
        self._compiler.connection = None  # a connection is its thread's; each question has its own
        self._parameters = [places.of(one) for one in parameters]

    def asked(self, shape: Shape) -> QuerySet[Any, Any]:
        """The queryset, with the values of that question in its SQL."""
        connection = connections[DEFAULT_DB_ALIAS]
        parameters = tuple(one(shape, connection) for one in self._parameters)
        compiler: Any = copy.copy(self._compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self._sql, parameters)
        return _asking(self._rows, _Made(self._rows.query, compiler))


def _refuse_what_follows(rows: Any) -> None:
    """A further query given with the rows is made with stand-ins too, and nobody would know."""
    for one in rows._prefetch_related_lookups:
        if isinstance(one, Prefetch) and one.queryset is not None:
            message = "A query of its own is to follow."
            raise NotFollowed(message)


class _Made:
    """Stands where a queryset has its query, and gives the SQL that was made."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def _asking(rows: Any, made: Any) -> QuerySet[Any, Any]:
    fresh = rows.__class__(model=rows.model, query=made, using=rows._db, hints=rows._hints)
    for name in ("_iterable_class", "_fields", "_prefetch_related_lookups"):
        setattr(fresh, name, getattr(rows, name))
    return cast("QuerySet[Any, Any]", fresh)


@contextmanager
def _no_questions() -> Iterator[None]:
    """Answers about stand-ins would be kept for those they stand for."""

    def refuse(*_: Any) -> None:
        message = "A prepared query asks the database while its SQL is made."
        raise NotFollowed(message)

    with connections[DEFAULT_DB_ALIAS].execute_wrapper(refuse):
        yield

"""Queries that are asked with SQL made before are held against the one made for the question.

The first two times of each shape in a process, the second with other values as a rule, and one in
so many after that: a test asks the same thing a hundred times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection

from samrad.access import prepared
from samrad.access.shapes import shape_of
from samrad.kernel.clock import held_at, now

AS_IT_IS = prepared.Prepared.both
FIRST_TIMES, THEN_ONE_IN = 2, 200


@contextmanager
def held_against_each_other() -> Iterator[None]:
    """Inside, a prepared query that is not word for word the plain one fails whoever asks it."""

    times: Counter[Any] = Counter()

    def compared(self: Any, *args: Any, **kwargs: Any) -> Any:
        shape = shape_of([*zip(self._names, args, strict=False), *kwargs.items()], at=now())
        times[self, shape.key] += 1
        if times[self, shape.key] > FIRST_TIMES and times[self, shape.key] % THEN_ONE_IN:
            return AS_IT_IS(self, *args, **kwargs)
        with held_at(now()):
            wanted = statement_of(prepared._beside(self.ask(*args, **kwargs)).rows)
            assert statement_made(self, args, kwargs) == wanted
            return AS_IT_IS(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared.Prepared, "both", compared)
        yield


def statement_made(query: Any, args: Any, kwargs: Any) -> tuple[str, list[str]]:
    """What a prepared query asks with these arguments."""
    shape = shape_of([*zip(query._names, args, strict=False), *kwargs.items()], at=now())
    made = query._statement(shape)
    assert made is not None, f"{query.__name__} is not kept"
    return statement_of(made.asked(shape))


def statement_of(rows: Any) -> tuple[str, list[str]]:
    """SQL and values of a queryset; keys of a set have no order."""
    try:
        sql, values = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return "", []
    return sql, sorted(map(str, values))

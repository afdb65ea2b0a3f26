"""Rows are locked alone: a join must not lock what it only reads.

Without `of`, PostgreSQL locks every joined row. A locked council keeps everybody else from writing
in it, and two people who lock in different order wait for each other until one is thrown out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import SOURCES, nodes_of, product

pytestmark = pytest.mark.once


def calls_in(chain: ast.expr) -> Iterator[ast.Call]:
    """The calls of `a.b().c().d()`, outermost first."""
    while isinstance(chain, ast.Call):
        yield chain
        chain = chain.func.value if isinstance(chain.func, ast.Attribute) else chain.func


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def locks_what_it_joins(chain: ast.expr) -> bool:
    calls = {name_of(call): call for call in calls_in(chain)}
    lock = calls.get("select_for_update")
    if lock is None or "select_related" not in calls:
        return False
    return not any(word.arg == "of" for word in lock.keywords)


def test_no_query_locks_the_rows_it_joins() -> None:
    found = [
        f"{path.relative_to(SOURCES)}:{node.lineno}"
        for path in product()
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and locks_what_it_joins(node)
    ]
    assert found == []


def test_the_search_sees_such_a_query() -> None:
    seen = ast.parse("A.objects.select_for_update().select_related('b').get(pk=1)", mode="eval")
    fine = ast.parse(
        "A.objects.select_for_update(of=('self',)).select_related('b').get(pk=1)", mode="eval"
    )
    assert locks_what_it_joins(seen.body)
    assert not locks_what_it_joins(fine.body)

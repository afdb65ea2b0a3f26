"""A moment's day is the local one: in UTC it is still yesterday for an hour or two after midnight.

`.date()` therefore stands only after `.astimezone(…)`, or on a moment that was made local by name
just before, which the places below are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest

from tests.house.sources import SOURCES, nodes_of, product

MADE_LOCAL = {
    ("ui/formats.py", "value"),  # a moment without a zone: nothing to convert
    ("work/rules.py", "local"),
}

pytestmark = pytest.mark.once


def receiver_of_date(node: ast.AST) -> ast.expr | None:
    """What `.date()` is asked of, unless that was just made local."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return None
    if node.func.attr != "date" or node.args or node.keywords:
        return None
    asked = node.func.value
    is_local = isinstance(asked, ast.Call) and (
        isinstance(asked.func, ast.Attribute) and asked.func.attr == "astimezone"
    )
    return None if is_local else asked


def utc_days_in(source: str) -> list[tuple[int, str]]:
    return utc_days_among(ast.walk(ast.parse(source)))


def utc_days_among(nodes: Iterable[ast.AST]) -> list[tuple[int, str]]:
    asked = [receiver_of_date(node) for node in nodes]
    return [(one.lineno, ast.unparse(one)) for one in asked if one is not None]


def test_no_day_is_taken_from_a_moment_in_utc() -> None:
    found = {
        (path.relative_to(SOURCES).as_posix(), named): line
        for path in product()
        for line, named in utc_days_among(nodes_of(path))
    }

    assert {where: line for where, line in found.items() if where not in MADE_LOCAL} == {}
    assert set(found) == MADE_LOCAL


def test_the_search_sees_such_a_day() -> None:
    assert utc_days_in("due = at.date()") == [(1, "at")]
    assert utc_days_in("due = meeting.starts_at.date()") == [(1, "meeting.starts_at")]
    assert utc_days_in("due = now().date()") == [(1, "now()")]
    assert utc_days_in("due = at.astimezone(zone).date()") == []

"""An empty database gets the very tables that all migrations lead to, names and all."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate as as_everywhere
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from samrad.site import foundation
from samrad.site.management.commands import migrate as ours

pytestmark = pytest.mark.slow

SQLITE = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
POSTGRESQL = """
    SELECT 'column ' || table_name || '.' || column_name,
           concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default,
                     is_identity, collation_name)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


@pytest.fixture
def two_empty(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> Iterator[tuple[str, str]]:
    """Two more databases of the kind the tests run on."""
    aliases = ("laid", "migrated")
    with django_db_blocker.unblock():
        for alias in aliases:
            connections.databases[alias] = copy.deepcopy(connections.databases["default"])
            connections.databases[alias]["NAME"] = made(f"foundation_{alias}", tmp_path)
        yield aliases
        for alias in aliases:
            connections[alias].close()
            del connections[alias]
            del connections.databases[alias]


def made(name: str, folder: Path) -> str:
    """An empty database beside the one of the tests."""
    if connections["default"].vendor == "sqlite":
        return str(folder / name)
    own = f"{name}_{connections['default'].settings_dict['NAME']}"
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{own}"')
        cursor.execute(f'CREATE DATABASE "{own}"')
    return own


def tables(alias: str) -> dict[str, Any]:
    """Everything in the database by its name; columns of a table in whatever order."""
    vendor = connections[alias].vendor
    with connections[alias].cursor() as cursor:
        cursor.execute(SQLITE if vendor == "sqlite" else POSTGRESQL)
        found = dict(cursor.fetchall())
    return {name: parts(sql) if vendor == "sqlite" else sql for name, sql in found.items()}


def parts(sql: str | None) -> Any:
    """The columns and constraints of a table, or an index or trigger as it is."""
    if not sql or not sql.startswith("CREATE TABLE"):
        return sql
    depth, held, found = 0, "", []
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found.append(held.strip())
            held = ""
        else:
            held += letter
    return sorted([*found, held.strip()])


def test_both_ways_lead_to_the_same_tables(two_empty: tuple[str, str]) -> None:
    laid, migrated = two_empty
    call_command(ours.Command(), database=laid, verbosity=0)
    call_command(as_everywhere.Command(), database=migrated, verbosity=0)

    one, other = tables(laid), tables(migrated)

    assert {name: one.get(name) for name in other if one.get(name) != other[name]} == {
        name: other[name] for name in other if one.get(name) != other[name]
    }
    assert set(one) == set(other)
    assert len(one) > 100


def test_what_was_laid_counts_as_migrated(two_empty: tuple[str, str]) -> None:
    laid, _ = two_empty
    assert foundation.is_empty(laid)

    call_command(ours.Command(), database=laid, verbosity=0)

    assert not foundation.is_empty(laid)
    call_command(as_everywhere.Command(), database=laid, verbosity=0, check_unapplied=True)
    assert ("search", "0001_texts_that_are_found") in MigrationRecorder(
        connections[laid]
    ).applied_migrations()


def test_who_asks_for_a_part_gets_the_migrations_themselves(two_empty: tuple[str, str]) -> None:
    laid, _ = two_empty

    call_command(ours.Command(), "areas", database=laid, verbosity=0)

    applied = {label for label, _ in MigrationRecorder(connections[laid]).applied_migrations()}
    assert "areas" in applied
    assert "meetings" not in applied


def test_nothing_is_laid_when_it_does_not_come_to_an_end(
    two_empty: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    laid, _ = two_empty

    def fail(*_: Any) -> Iterator[Any]:
        raise LookupError

    monkeypatch.setattr(foundation, "_of_use_to_empty_tables", fail)
    with pytest.raises(LookupError):
        foundation.lay(laid)

    with connections[laid].cursor() as cursor:
        left = connections[laid].introspection.table_names(cursor)
    assert left in ([], ["django_migrations"])
    assert foundation.is_empty(laid)
    monkeypatch.undo()
    call_command(ours.Command(), database=laid, verbosity=0)
    assert "django_session" in str(tables(laid))

"""Rows as JSON lines: read from one moment of a database, written to empty tables of another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.sql import InsertQuery

from samrad.search.database import is_own_table

BATCH = 500
# People sign in again; sessions are signed with another key, and attempts are counted anew.
LEFT_OUT = {"sessions.session", "access.sharedvalue"}
FIRST_FILLED = ("people.Person", "people.User", "people.Organisation", "cooperation.Council")
Model = type[models.Model]


def kept_models() -> list[Model]:
    """Every table of the installation, tables between tables included, in a fixed order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    kept = [model for model in found if model._meta.label_lower not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def migrations_applied(using: str) -> list[str]:
    """The shape of the database, as the migrations that made it."""
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


@contextmanager
def one_moment(of: str = "default") -> Iterator[str]:
    """The alias of a connection that sees `of` as it is now, however much is written meanwhile."""
    alias = f"{of}_one_moment"
    settings = deepcopy(connections[of].settings_dict)
    if connections[of].vendor == "sqlite":
        settings["OPTIONS"] = {"transaction_mode": "DEFERRED", "timeout": 20}
    else:
        repeatable = "-c default_transaction_isolation=repeatable\\ read"
        options = f"{repeatable} -c default_transaction_read_only=on"
        settings["OPTIONS"] = {**settings["OPTIONS"], "options": options}
    connections.databases[alias] = settings
    try:
        with transaction.atomic(using=alias):
            yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def rows_of(model: Model, using: str) -> Iterator[list[Any]]:
    """Every row as a list of JSON values, in the order of its key."""
    fields = model._meta.concrete_fields
    queryset = model._base_manager.using(using).order_by("pk")
    for row in queryset.values_list(*(f.attname for f in fields)).iterator(chunk_size=2_000):
        yield [_plain(field, value) for field, value in zip(fields, row, strict=True)]


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def line(row: list[Any]) -> bytes:
    """A row as one canonical line."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(model: Model, using: str) -> dict[str, Any]:
    """How many rows a table has, and a hash over all of them."""
    mark, count = hashlib.sha256(), 0
    for row in rows_of(model, using):
        mark.update(line(row) + b"\n")
        count += 1
    return {"rows": count, "sha256": mark.hexdigest()}


def fingerprints(using: str = "default") -> dict[str, dict[str, Any]]:
    """Of every table."""
    return {model._meta.label_lower: fingerprint(model, using) for model in kept_models()}


def is_in_use(using: str) -> bool:
    """Whether anything lies in the database that a restore would bury, whatever version made it."""
    there = connections[using].introspection.table_names()
    models_in_use = [apps.get_model(label) for label in FIRST_FILLED]
    return any(
        model._base_manager.using(using).exists()
        for model in models_in_use
        if model._meta.db_table in there
    )


def tables_of_others(using: str) -> set[str]:
    """Tables that no version of this program made."""
    introspection = connections[using].introspection
    ours = {*introspection.django_table_names(), MigrationRecorder.Migration._meta.db_table}
    return {
        name for name in introspection.table_names() if name not in ours and not is_own_table(name)
    }


def write_all(tables: Iterable[tuple[Model, Iterable[list[Any]]]], using: str) -> None:
    """Fill the tables, all or nothing; what migrations had put there goes first."""
    connection = connections[using]
    with transaction.atomic(using=using):
        _empty(using)
        for model, rows in tables:
            _write(model, iter(rows), using)
        reset = connection.ops.sequence_reset_sql(no_style(), kept_models())
        with connection.cursor() as cursor:
            for statement in reset:
                cursor.execute(statement)


def _empty(using: str) -> None:
    connection = connections[using]
    names = [connection.ops.quote_name(model._meta.db_table) for model in kept_models()]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - names of our own tables


def _write(model: Model, rows: Iterator[list[Any]], using: str) -> None:
    fields = model._meta.concrete_fields
    while batch := list(islice(rows, BATCH)):
        objects = [
            model(**{f.attname: _value(f, v) for f, v in zip(fields, row, strict=True)})
            for row in batch
        ]
        query = InsertQuery(model)
        query.insert_values(fields, objects, raw=True)
        for statement, parameters in query.get_compiler(using=using).as_sql():
            with connections[using].cursor() as cursor:
                cursor.execute(statement, parameters)


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    return field.to_python(value)

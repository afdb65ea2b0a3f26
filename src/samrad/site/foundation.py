"""An empty database gets its tables as they are today, without all that once led there.

Seventy migrations one after the other took most of the first start, of every restore and of every
move, and on an empty database they lead to what the models say anyway. What a migration does beside
that, and does not call `elidable` (only of use to rows that are there already), is done here too.
That both ways end at the same tables is a test.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connections
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder


def is_empty(alias: str) -> bool:
    """Whether the database has no table at all, or only the list of migrations and none in it.

    A first try that was broken off leaves that list behind.
    """
    recorder = MigrationRecorder(connections[alias])
    with connections[alias].cursor() as cursor:
        tables = set(connections[alias].introspection.table_names(cursor))
    if tables == {recorder.Migration._meta.db_table}:
        return not recorder.applied_migrations()
    return not tables


def lay(alias: str) -> None:
    """Make every table, and note every migration as done; all of it or nothing."""
    executor = MigrationExecutor(connections[alias])
    plan = [one for one, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    executor.recorder.ensure_schema()
    today = executor.loader.project_state()
    with connections[alias].schema_editor() as editor:
        for model in today.apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        for label, act in _of_use_to_empty_tables(plan):
            act.database_forwards(label, editor, today, today)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)


def _of_use_to_empty_tables(plan: list[Migration]) -> Iterator[tuple[str, Operation]]:
    """What is more than tables; libraries put only their older rows in order that way."""
    for migration in plan:
        if migration.__module__.startswith("samrad."):
            for act in migration.operations:
                if isinstance(act, RunPython | RunSQL) and not act.elidable:
                    yield migration.app_label, act

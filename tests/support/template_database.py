"""The empty test database, migrated once and copied afterwards.

Migrating takes seconds that every test process, and every installation a test begins, would pay. On
SQLite the result is kept beside the environment, under a fingerprint of everything migrations are
made from, and copied. A fresh clone migrates once; on PostgreSQL every process does.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.components import ROOT

FOLDER = ROOT / ".venv" / "test-databases"
SHAPING_PACKAGES = ("django", "django-allauth")


def copy_instead_of_migrating(connection: Any) -> None:
    """Make `create_test_db` of this connection use the kept database, or keep a new one."""
    creation = connection.creation
    migrate = creation.create_test_db

    def create_test_db(**options: Any) -> str:
        with one_at_a_time():
            kept = kept_database()
            if not kept.exists():
                name: str = migrate(**options)
                keep(connection, kept)
                return name
        return copy(connection, kept)

    creation.create_test_db = create_test_db


def kept_database() -> Path:
    """Where the migrated database is, once there is one."""
    return FOLDER / f"{fingerprint()}.sqlite3"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of several processes that begin together, one migrates and the others wait for it."""
    if not FOLDER.parent.is_dir():
        yield
        return
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy(connection: Any, kept: Path) -> str:
    """Point Django at an empty database in memory and fill it."""
    from django.conf import settings

    name: str = connection.creation._get_test_db_name()
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    source = sqlite3.connect(kept)
    source.backup(connection.connection)
    source.close()
    return name


def keep(connection: Any, kept: Path) -> None:
    """Write the migrated database aside, whole or not at all, and drop older ones."""
    if not FOLDER.parent.is_dir():
        return
    unfinished = kept.with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(unfinished)
    connection.connection.backup(target)
    target.close()
    for older in FOLDER.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    unfinished.replace(kept)


def fingerprint() -> str:
    """Changes when a migration, a model or a package that brings tables does."""
    digest = hashlib.sha256()
    for package in SHAPING_PACKAGES:
        digest.update(importlib.metadata.version(package).encode())
    source = ROOT / "src/samrad"
    shaping = [
        *source.glob("*/migrations/*.py"),
        *source.glob("*/models.py"),
        *source.glob("*/models/*.py"),
    ]  # fmt: skip
    for file in sorted(shaping):
        digest.update(file.relative_to(source).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:24]

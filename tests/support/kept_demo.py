"""The demo, loaded once in a run of tests and copied for whoever else needs it.

Loading it takes seconds, a copy none. On SQLite the loaded database and its mail are kept in the
data folder of the run, which all its processes share; on PostgreSQL it is loaded each time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import override_settings

from samrad.site.demo import loader


def bring(countries: Sequence[str], mail: Path) -> int:
    """The demo of these countries in the empty test database, its mail in a folder.

    Returns how many steps were told.
    """
    if connection.vendor != "sqlite":
        return load(countries, mail)
    with place_of(countries) as kept:
        told = kept / "told"
        if not told.exists():
            keep(kept, mail, told=load(countries, mail))
        else:
            copy(kept, mail)
        return int(told.read_text())


def load(countries: Sequence[str], mail: Path) -> int:
    """As `samrad demo` does, with only some of the countries."""
    mail.mkdir(exist_ok=True)
    kept_in = {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(mail),
    }
    with pytest.MonkeyPatch.context() as patch, override_settings(**kept_in):
        patch.setattr(loader, "COUNTRIES", tuple(countries))
        return loader.load()


@contextmanager
def place_of(countries: Sequence[str]) -> Iterator[Path]:
    """Where these countries are kept; of several processes one loads and the others wait."""
    place = Path(os.environ["SAMRAD_DATA"]) / "kept-demo" / "-".join(countries)
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place


def keep(place: Path, mail: Path, *, told: int) -> None:
    """Write the loaded database and its mail aside; `told` last: it says that all is there."""
    target = sqlite3.connect(place / "demo.sqlite3")
    connection.connection.backup(target)
    target.close()
    shutil.copytree(mail, place / "mail", dirs_exist_ok=True)
    (place / "told").write_text(str(told))


def copy(place: Path, mail: Path) -> None:
    """Fill the test database and the folder of mail with what was kept."""
    connection.ensure_connection()
    source = sqlite3.connect(place / "demo.sqlite3")
    source.backup(connection.connection)
    source.close()
    shutil.copytree(place / "mail", mail, dirs_exist_ok=True)
    ContentType.objects.clear_cache()

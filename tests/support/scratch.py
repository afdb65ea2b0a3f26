"""A database of its own for a campaign or a benchmark, which run outside the test runner."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


def fresh_installation(*, database_url: str = "sqlite:///", quiet: bool = True) -> Path:
    """Point the settings at an empty folder, start Django and make the tables; the folder."""
    folder = Path(tempfile.mkdtemp(prefix="samrad-scratch-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["SAMRAD_DATA"] = str(folder)
    os.environ["SAMRAD_DATABASE_URL"] = database_url
    os.environ["SAMRAD_HTTPS"] = "no"
    os.environ["DJANGO_SETTINGS_MODULE"] = "samrad.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
    return folder


@contextmanager
def from_noon_of_the_cast() -> Iterator[None]:
    """Inside the block it is noon on the cast's day at first, and time goes on from there."""
    from samrad.kernel import clock
    from tests.cast import NOON

    before, ahead = clock.present, NOON - datetime.now(UTC)
    clock.present = lambda: datetime.now(UTC) + ahead
    try:
        yield
    finally:
        clock.present = before

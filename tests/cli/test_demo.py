"""The demo keeps to a database of its own: anybody else's is refused before it is touched."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import management
from django.db import connection

from samrad.cli import demo, server
from samrad.cli.trouble import Trouble
from samrad.kernel.clock import now
from samrad.people.models import DemoMarker, Person
from tests.support.components import ROOT
from tests.support.program import free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been done to the database, which is behind by a migration."""
    done: list[str] = []
    monkeypatch.setattr(server, "waiting_migrations", lambda: 1)
    monkeypatch.setattr(management, "call_command", lambda name, **_words: done.append(name))
    monkeypatch.setattr(demo, "load_apart", lambda: done.append("load_demo, apart"))
    return done


@pytest.mark.django_db
def test_an_installation_that_people_use_is_refused_before_it_is_migrated(
    called: list[str],
) -> None:
    Person.objects.create(name="Kari Eksempel")

    with pytest.raises(Trouble, match="an installation that people use, not the demo"):
        demo.bring_database_up()
    assert called == []


@pytest.mark.django_db
def test_the_database_of_another_program_is_refused(called: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebody_elses (id integer)")

    with pytest.raises(Trouble, match="tables of another program"):
        demo.bring_database_up()
    assert called == []


@pytest.mark.django_db
def test_the_demos_own_database_is_brought_to_this_version(called: list[str]) -> None:
    DemoMarker.objects.create(loaded_at=now())
    Person.objects.create(name="Kari Eksempel")
    demo.bring_database_up()

    assert called == ["migrate"]


@pytest.mark.django_db
def test_an_empty_database_becomes_the_demos(called: list[str]) -> None:
    demo.bring_database_up()

    assert called == ["migrate", "load_demo, apart"]


@pytest.mark.once
def test_what_keeps_the_demo_from_being_loaded_is_said_by_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        assert command[1:] == ["-m", "samrad", "manage", "load_demo"]
        return subprocess.CompletedProcess(command, 1, "", "CommandError: Somebody uses it.\n")

    monkeypatch.setattr(subprocess, "run", refused)
    with pytest.raises(Trouble, match=r"^Somebody uses it\.$"):
        demo.load_apart()


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "told"),
    [("another program", "tables of another program"), ("no database", "does not answer")],
)
def test_the_command_says_why_and_leaves_the_file_as_it_was(
    tmp_path: Path, content: str, told: str
) -> None:
    file = tmp_path / "samrad.sqlite3"
    if content == "another program":
        with sqlite3.connect(file) as theirs:
            theirs.execute("CREATE TABLE letters (words text)")
            theirs.execute("INSERT INTO letters VALUES ('dear')")
        theirs.close()
    else:
        file.write_text("no database at all " * 100)
    before = rows_of(file)

    environment: dict[str, Any] = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("SAMRAD_DATABASE_URL", None)
    done = subprocess.run(
        [
            sys.executable, "-m", "samrad", "demo",
            "--port", str(free_port()), "--data", str(tmp_path),
        ],
        env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert rows_of(file) == before


def rows_of(file: Path) -> list[Any] | bytes:
    """What the file holds: its tables, or its bytes when it is no database."""
    try:
        with sqlite3.connect(file) as opened:
            return opened.execute("SELECT sql FROM sqlite_master").fetchall()
    except sqlite3.DatabaseError:
        return file.read_bytes()

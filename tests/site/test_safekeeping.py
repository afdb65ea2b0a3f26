"""What is backed up comes back: every row, every file, the whole record, on either database."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import Cluster
from tests.support.template_database import kept_database

ROOT = Path(__file__).resolve().parents[2]
SQLITE = "sqlite:///"

# Each begins the database it is about.
pytestmark = [pytest.mark.slow, pytest.mark.once]


def environment(folder: Path, database: str = SQLITE) -> dict[str, str]:
    return {
        **os.environ,
        "SAMRAD_DATA": str(folder),
        "SAMRAD_DATABASE_URL": database,
        "SAMRAD_HTTPS": "no",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def samrad(*words: str, folder: Path, database: str = SQLITE) -> subprocess.CompletedProcess[str]:
    """Run a command of the product on the installation in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "samrad", *words],
        env=environment(folder, database),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


@contextmanager
def somebody_writing(folder: Path, database: str = SQLITE) -> Iterator[list[int]]:
    """An installation with people in it, written to inside the block; then how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    if database == SQLITE and kept_database().exists():
        shutil.copy(kept_database(), folder / "samrad.sqlite3")
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.site.a_working_installation"],
        env=environment(folder, database),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert writer.stdout is not None
    assert writer.stdin is not None
    assert writer.stdout.readline().strip() == "ready"
    written: list[int] = []
    yield written
    writer.stdin.close()
    written.append(int(writer.stdout.readline()))
    assert writer.wait(timeout=30) == 0


def an_installation(folder: Path) -> Path:
    """One with people and files in it, where nobody writes; begun once in a run, then copied."""
    kept = Path(os.environ["SAMRAD_DATA"]) / "kept-installation"
    kept.mkdir(exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "whole").exists():
            with somebody_writing(kept / "unfinished"):
                pass
            (kept / "unfinished").rename(kept / "whole")
    return shutil.copytree(kept / "whole", folder, dirs_exist_ok=True)


def succeeded(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout) if done.stdout.startswith("{") else done.stdout


def databases(kind: str, request: pytest.FixtureRequest) -> tuple[str, str]:
    """Two empty databases of a kind."""
    if kind == "sqlite":
        return SQLITE, SQLITE
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    return cluster.create_database("from_here"), cluster.create_database("to_there")


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_a_backup_taken_while_people_write_comes_back_elsewhere(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    here, there = databases(kind, request)
    with somebody_writing(tmp_path / "here", here) as written:
        words = ("backup", str(tmp_path / "b.zip"), "--json")
        made = samrad(*words, folder=tmp_path / "here", database=here)
    manifest = succeeded(made)
    assert written[0] > 20, "nothing was written meanwhile"
    (tmp_path / "there").mkdir()

    restored = samrad("restore", str(tmp_path / "b.zip"), folder=tmp_path / "there", database=there)
    assert "every table equals the backup" in succeeded(restored)

    again = samrad(
        "backup", str(tmp_path / "again.zip"), "--json", folder=tmp_path / "there", database=there
    )
    second = succeeded(again)
    assert second["tables"] == manifest["tables"]
    assert second["files"] == manifest["files"]
    assert second["trail_heads"] == manifest["trail_heads"]
    assert manifest["tables"]["people.person"]["rows"] > 20
    assert manifest["tables"]["meetings.paper"]["rows"] == 1
    kept = [one.read_bytes() for one in (tmp_path / "there" / "files").rglob("*.txt")]
    assert b"Et sakspapir" in kept
    assert "whole" in succeeded(
        samrad("trail", "verify", folder=tmp_path / "there", database=there)
    )


@pytest.mark.postgresql
def test_an_installation_moves_from_sqlite_to_postgresql_equal_in_every_row(
    tmp_path: Path, postgres_cluster: Cluster
) -> None:
    to = postgres_cluster.create_database("moved")
    an_installation(tmp_path / "here")
    made = samrad("backup", str(tmp_path / "b.zip"), "--json", folder=tmp_path / "here")
    before = succeeded(made)

    moved = succeeded(samrad("move", "--to", to, "--json", folder=tmp_path / "here"))

    assert moved == before["tables"]
    after = succeeded(
        samrad("backup", str(tmp_path / "a.zip"), "--json", folder=tmp_path / "here", database=to)
    )
    assert after["tables"] == before["tables"]
    assert after["files"] == before["files"]
    verified = samrad("trail", "verify", "--json", folder=tmp_path / "here", database=to)
    assert succeeded(verified)["whole"] is True
    refused = samrad("move", "--to", to, folder=tmp_path / "here")
    assert refused.returncode != 0
    assert "not empty" in refused.stderr


def test_a_restore_never_buries_an_installation_unasked(tmp_path: Path) -> None:
    an_installation(tmp_path / "here")
    succeeded(samrad("backup", str(tmp_path / "b.zip"), folder=tmp_path / "here"))

    refused = samrad("restore", str(tmp_path / "b.zip"), folder=tmp_path / "here")
    assert refused.returncode != 0
    assert "already an installation" in refused.stderr

    with somebody_writing(tmp_path / "here"):
        pass
    succeeded(samrad("restore", str(tmp_path / "b.zip"), "--over", folder=tmp_path / "here"))
    with zipfile.ZipFile(tmp_path / "b.zip") as backup:
        kept = {name for name in backup.namelist() if name.startswith("files/")}
    left = {one.relative_to(tmp_path / "here").as_posix()
            for one in (tmp_path / "here/files").rglob("*.txt")}  # fmt: skip
    assert left == kept, "what the buried installation had lies on the disk"


def test_a_damaged_backup_leaves_what_it_was_to_replace(tmp_path: Path) -> None:
    an_installation(tmp_path / "here")
    succeeded(samrad("backup", str(tmp_path / "b.zip"), folder=tmp_path / "here"))
    spoil(tmp_path / "b.zip", tmp_path / "spoilt.zip")

    refused = samrad("restore", str(tmp_path / "spoilt.zip"), "--over", folder=tmp_path / "here")

    assert refused.returncode != 0
    assert "rows/people.person.jsonl in the backup is damaged" in refused.stderr
    name = "rows/people.person.jsonl"
    succeeded(samrad("backup", str(tmp_path / "c.zip"), folder=tmp_path / "here"))
    with zipfile.ZipFile(tmp_path / "b.zip") as one, zipfile.ZipFile(tmp_path / "c.zip") as other:
        assert other.read(name) == one.read(name)


def test_nobody_but_its_owner_reads_a_backup(tmp_path: Path) -> None:
    an_installation(tmp_path / "here")
    succeeded(samrad("backup", str(tmp_path / "b.zip"), folder=tmp_path / "here"))
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    an_installation(tmp_path / "here")
    succeeded(samrad("backup", str(tmp_path / "b.zip"), folder=tmp_path / "here"))
    spoil(tmp_path / "b.zip", tmp_path / "spoilt.zip")
    (tmp_path / "not.zip").write_text("not a backup")
    (tmp_path / "there").mkdir()

    for name, told in (("not.zip", "not a backup of Samråd"), ("spoilt.zip", "")):
        refused = samrad("restore", str(tmp_path / name), folder=tmp_path / "there")
        assert refused.returncode != 0
        assert told in refused.stderr
        assert "Traceback" not in refused.stderr

    assert not (tmp_path / "there/samrad.sqlite3").exists()


def test_a_database_of_another_version_is_not_backed_up_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()

    refused = samrad("backup", str(tmp_path / "b.zip"), folder=tmp_path / "here")

    assert refused.returncode != 0
    assert "samrad manage migrate" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "b.zip").exists()


def spoil(backup: Path, spoilt: Path) -> None:
    """The same backup with one person's name changed."""
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "rows/people.person.jsonl":
                content = content.replace("Ærlig".encode(), "Uærlig".encode(), 1)
            target.writestr(name, content)

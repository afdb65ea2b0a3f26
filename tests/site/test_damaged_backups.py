"""However a backup is damaged, that is said in words, and nothing is half done."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from samrad.people.models import Person
from samrad.site.safekeeping import archive, rows
from samrad.site.safekeeping.reading import Unusable, read_through
from tests.site.test_safekeeping import an_installation, environment, samrad, succeeded

PEOPLE = "rows/people.person.jsonl"


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole backup of an installation with people and files."""
    folder = an_installation(tmp_path_factory.mktemp("installation"))
    succeeded(samrad("backup", str(folder / "b.zip"), folder=folder))
    return folder / "b.zip"


def damaged(
    backup: Path, to: Path, change: Callable[[str, bytes], bytes | None] = lambda _name, had: had
) -> Path:
    """The same backup, each part as `change` makes it; None leaves the part out."""
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return to


def without(lost: str, name: str, had: bytes) -> bytes | None:
    return None if name == lost else had


def with_a_wrong_byte(backup: Path, to: Path, member: str) -> Path:
    """The same file with a byte in the middle of a part turned: its checksum fails."""
    content = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as opened:
        info = opened.getinfo(member)
    extra = int.from_bytes(content[info.header_offset + 28 : info.header_offset + 30], "little")
    begins = info.header_offset + 30 + len(member) + extra
    content[begins + info.compress_size // 2] ^= 0x55
    to.write_bytes(content)
    return to


def files_in(backup: Path) -> list[str]:
    with zipfile.ZipFile(backup) as opened:
        return sorted(name for name in opened.namelist() if name.startswith("files/"))


pytestmark = [pytest.mark.slow, pytest.mark.once]


def test_a_whole_backup_is_found_whole(backup: Path) -> None:
    assert read_through(backup)["tables"]["people.person"]["rows"] > 20


def test_a_part_that_is_missing_is_named(backup: Path, tmp_path: Path) -> None:
    for lost in (PEOPLE, files_in(backup)[-1]):
        less = damaged(
            backup,
            tmp_path / "less.zip",
            lambda name, had, lost=lost: had if name != lost else None,
        )
        with pytest.raises(Unusable, match=f"{lost} in the backup is missing or damaged"):
            read_through(less)


@pytest.mark.parametrize("part", ["rows", "file"])
def test_a_byte_that_fell_over_is_found_and_named(backup: Path, tmp_path: Path, part: str) -> None:
    member = PEOPLE if part == "rows" else files_in(backup)[-1]
    spoilt = with_a_wrong_byte(backup, tmp_path / "spoilt.zip", member)

    with pytest.raises(Unusable, match="damaged"):
        read_through(spoilt)


def test_no_damage_anywhere_makes_it_fall_over(backup: Path, tmp_path: Path) -> None:
    chance = random.Random(11)
    whole = backup.read_bytes()
    found = 0
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.choice([1, 4, 400])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.2:
            del content[chance.randrange(len(content)) :]
        (tmp_path / "x.zip").write_bytes(content)
        try:
            read_through(tmp_path / "x.zip")
        except Unusable:
            found += 1
    assert found > 40  # a byte of a date or of padding may be any


@pytest.mark.parametrize(
    "manifest",
    [
        [], {}, "x", None, {"format": 2}, {"format": 1, "tables": []},
        {"format": 1, "version": "0", "made_at": "", "migrations": [], "tables": {}, "files": {},
         "trail_heads": []},
    ],
)  # fmt: skip
def test_a_manifest_that_is_none_is_refused(backup: Path, tmp_path: Path, manifest: Any) -> None:
    text = json.dumps(manifest).encode()
    odd = damaged(
        backup, tmp_path / "odd.zip", lambda name, had: text if name == "manifest.json" else had
    )
    with pytest.raises(Unusable):
        read_through(odd)


@pytest.mark.parametrize("name", ["../../outside.txt", "/outside.txt"])
def test_a_file_outside_its_place_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    def elsewhere(part: str, had: bytes) -> bytes:
        if part != "manifest.json":
            return had
        manifest = json.loads(had)
        manifest["files"][name] = "0" * 64
        return json.dumps(manifest).encode()

    with pytest.raises(Unusable, match="outside its place"):
        read_through(damaged(backup, tmp_path / "out.zip", elsewhere))


def test_the_command_says_so_and_leaves_an_empty_folder_empty(backup: Path, tmp_path: Path) -> None:
    spoilt = with_a_wrong_byte(backup, tmp_path / "spoilt.zip", files_in(backup)[-1])
    (tmp_path / "there").mkdir()

    refused = samrad("restore", str(spoilt), folder=tmp_path / "there")

    assert_said_in_words(refused, "damaged")
    assert not list((tmp_path / "there").glob("files/**/*.*"))
    assert not (tmp_path / "there/samrad.sqlite3").exists()


def assert_said_in_words(done: subprocess.CompletedProcess[str], told: str) -> None:
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_files_are_put_back_as_they_were_when_the_rows_do_not_fit(
    backup: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    first, *_others = (name.removeprefix("files/") for name in files_in(backup))
    (settings.MEDIA_ROOT / first).parent.mkdir(parents=True)
    (settings.MEDIA_ROOT / first).write_text("what was here")
    Person.objects.create(name="Kari Eksempel")

    def unlike(*_words: Any) -> dict[str, Any]:
        return {}

    monkeypatch.setattr(archive, "fingerprints", unlike)
    with pytest.raises(Unusable, match="These tables differ after the restore"):
        archive.restore(backup, over=True)

    left = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert [path.read_text() for path in left] == ["what was here"]
    assert [person.name for person in Person.objects.all()] == ["Kari Eksempel"]


@pytest.mark.django_db
def test_rows_that_the_database_refuses_are_told_without_their_words(
    backup: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"

    def with_odd_rows(tables: Any, using: str) -> None:
        rows.write_all(((model, [["odd"]]) for model, _rows in tables), using)

    monkeypatch.setattr(archive, "write_all", with_odd_rows)
    with pytest.raises(Unusable, match=r"would not take the rows as they are \(\w+\)"):
        archive.restore(backup)
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


@pytest.mark.django_db
def test_no_file_is_put_in_place_before_the_rows_are_committed(
    backup: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    there: list[Path] = []
    rows_or_nothing = archive.rows_or_nothing

    @contextmanager
    def full_disk(using: str) -> Iterator[None]:
        with rows_or_nothing(using):
            yield
            there.extend(one for one in settings.MEDIA_ROOT.rglob("*.*") if one.is_file())
            raise Unusable("The disk is full.")

    monkeypatch.setattr(archive, "rows_or_nothing", full_disk)
    with pytest.raises(Unusable, match="disk is full"):
        archive.restore(backup)

    assert {one.suffix for one in there} <= {".restoring"}
    assert not [one for one in settings.MEDIA_ROOT.rglob("*.*") if one.is_file()]


# Moving -------------------------------------------------------------------------------------------


MOVE_AND_LOSE_ONE = """
import sys
import django
django.setup()
from samrad.people.models import Person
from samrad.settings import database
from samrad.site.safekeeping import archive, rows

write = rows._write

def losing_one(model, some, using):
    if model is Person:
        next(some)
    write(model, some, using)

rows._write = losing_one
try:
    archive.move(database(sys.argv[1]))
except archive.Unusable as reason:
    print(reason)
"""


def rows_of_people(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        return int(opened.execute("SELECT count(*) FROM people_person").fetchone()[0])


def test_a_move_that_loses_a_row_moves_nothing_and_can_be_done_again(
    backup: Path, tmp_path: Path
) -> None:
    here, target = backup.parent, tmp_path / "other.sqlite3"

    told = subprocess.run(
        [sys.executable, "-c", MOVE_AND_LOSE_ONE, f"sqlite:///{target}"],
        env={**environment(here), "DJANGO_SETTINGS_MODULE": "samrad.settings"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "These tables differ after the move: people.person"
    assert rows_of_people(target) == 0

    succeeded(samrad("move", "--to", f"sqlite:///{target}", folder=here))
    assert rows_of_people(target) == rows_of_people(here / "samrad.sqlite3")


def test_a_database_with_anything_in_it_is_not_moved_into(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(target)) as theirs:
        theirs.execute("CREATE TABLE letters (words text)")

    refused = samrad("move", "--to", f"sqlite:///{target}", folder=backup.parent)

    assert_said_in_words(refused, "not empty")
    with closing(sqlite3.connect(target)) as theirs:
        assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("letters",)]

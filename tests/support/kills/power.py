"""Cutting the power under SQLite: only what was synced is sure to be there afterwards.

The statements of real saves are run through a file system of our own that notes every write and
every sync. Then, for moments chosen at random, the files are made as a disk would hold them: all
up to each file's last sync, and of what came after a random part, each sector for itself.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw
from django.conf import settings
from django.db import connection, transaction

from tests.support.kills.ground import Ground, save

SAVES = 40
SECTOR = 512
Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Act:
    """A write, a truncation or a sync of one file, in the order they happened."""

    file: str
    kind: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Recorded:
    """Everything the disk was asked to do, and after how much of it each save was acknowledged."""

    acts: list[Act] = field(default_factory=list)
    acknowledged: list[tuple[int, str]] = field(default_factory=list)


def cut_the_power(
    folder: Path, ground: Ground, chance: random.Random, cuts: int
) -> dict[str, dict[str, int]]:
    """The same saves and the same cuts with our settings, and with the control's."""
    saves = captured_saves(ground)
    base = folder / "before.sqlite3"
    connection.close()
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.execute("VACUUM INTO ?", (str(base),))
    with sqlite3.connect(base) as copy:
        copy.execute("PRAGMA journal_mode=WAL")  # now, so that no other journal is needed later
    ours = settings.DATABASES["default"]["OPTIONS"]["init_command"]
    theirs = re.sub(r"synchronous=\w+", "synchronous=NORMAL", ours)
    assert theirs != ours
    return {
        "ours": outcome(base, ours, saves, chance, cuts),
        "control": outcome(base, theirs, saves, chance, cuts),
    }


def captured_saves(ground: Ground) -> list[tuple[str, list[Statement]]]:
    """What real saves say to the database; they are undone, so that the base lacks them."""
    captured: list[tuple[str, list[Statement]]] = []
    with transaction.atomic():
        for number in range(SAVES):
            statements: list[Statement] = []
            token = f"power-{number}."

            def note(*asked: Any, statements: list[Statement] = statements) -> Any:
                execute, sql, params, many, context = asked
                if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not many:
                    statements.append((sql.replace("%s", "?"), tuple(params or ())))
                return execute(sql, params, many, context)

            with connection.execute_wrapper(note):
                save(ground, 0, token)
            captured.append((token, statements))
        transaction.set_rollback(True)
    return captured


def outcome(
    base: Path, pragmas: str, saves: list[tuple[str, list[Statement]]], chance: random.Random,
    cuts: int,
) -> dict[str, int]:  # fmt: skip
    """How many cuts lost something acknowledged, left half a save, or broke the database."""
    with tempfile.TemporaryDirectory(prefix="samrad-power-") as place:
        recorded = run_saves(Path(place), base, pragmas, saves)
        counts = Counter(cuts=cuts, acts=len(recorded.acts), lost=0, half_written=0, damaged=0)
        parts = {token: len(statements) for token, statements in saves}
        for number in range(cuts):
            moment = chance.randrange(1, len(recorded.acts) + 1)
            image = Path(place) / f"cut-{number}"
            image.mkdir()
            shutil.copy(base, image / "db")
            after_the_cut(image, recorded.acts[:moment], chance)
            counts += judged(image / "db", recorded, moment, list(parts))
            shutil.rmtree(image)
    return {name: counts[name] for name in ("cuts", "acts", "lost", "half_written", "damaged")}


def run_saves(
    place: Path, base: Path, pragmas: str, saves: list[tuple[str, list[Statement]]]
) -> Recorded:
    """Run the saves on a copy of the base, noting all that the disk was asked to do."""
    recorded = Recorded()
    shutil.copy(base, place / "db")
    vfs = NotingFiles(recorded.acts)
    database = apsw.Connection(str(place / "db"), vfs=vfs.vfs_name)
    for _row in database.execute(pragmas):
        pass
    for number, (token, statements) in enumerate(saves):
        database.execute("BEGIN IMMEDIATE")
        for sql, params in statements:
            database.execute(sql, params)
        database.execute("COMMIT")
        recorded.acknowledged.append((len(recorded.acts), token))
        if number % 10 == 9:
            for _row in database.execute("PRAGMA wal_checkpoint(PASSIVE)"):
                pass
    assert {act.file for act in recorded.acts} <= {"db", "db-wal"}
    return recorded


class NotingFiles(apsw.VFS):
    """The system's files, with every write, truncation and sync noted."""

    def __init__(self, acts: list[Act]) -> None:
        self.acts = acts
        self.vfs_name = f"noting-{id(acts)}"
        super().__init__(self.vfs_name, "")

    def xOpen(self, name: Any, flags: list[int]) -> NotingFile:  # noqa: N802 (SQLite's names)
        return NotingFile(self.acts, name, flags)


class NotingFile(apsw.VFSFile):
    """One file of them."""

    def __init__(self, acts: list[Act], name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self.acts, self.name = acts, Path(path).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self.acts.append(Act(self.name, "write", offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self.acts.append(Act(self.name, "truncate", newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self.acts.append(Act(self.name, "sync"))


def after_the_cut(image: Path, acts: list[Act], chance: random.Random) -> None:
    """Make the files as the disk would hold them."""
    last_sync = {act.file: number for number, act in enumerate(acts) if act.kind == "sync"}
    share = chance.choice([0.0, 0.5, 1.0])  # of what was not synced: none, some, all
    for number, act in enumerate(acts):
        surely = number <= last_sync.get(act.file, -1)
        path = image / act.file
        path.touch()
        with path.open("r+b") as file:
            if act.kind == "truncate" and (surely or chance.random() < share):
                file.truncate(act.offset)
            if act.kind == "write":
                for start in range(0, len(act.data), SECTOR):
                    if surely or chance.random() < share:
                        file.seek(act.offset + start)
                        file.write(act.data[start : start + SECTOR])


def judged(path: Path, recorded: Recorded, moment: int, tokens: list[str]) -> Counter[str]:
    """What an ordinary SQLite finds when the power is back."""
    acknowledged = {token for acts, token in recorded.acknowledged if acts <= moment}
    found: Counter[str] = Counter()
    try:
        with sqlite3.connect(path) as database:
            if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return Counter(damaged=1)
            texts = _tokens(database, "SELECT text FROM meetings_minutesrevision")
            decisions = _tokens(database, "SELECT text FROM followup_decision")
    except sqlite3.DatabaseError:
        return Counter(damaged=1)
    whole = texts & decisions
    found["lost"] = int(bool(acknowledged - whole))
    found["half_written"] = int(bool((texts ^ decisions) & set(tokens)))
    return found


def _tokens(database: sqlite3.Connection, query: str) -> set[str]:
    return {text.rpartition(" ")[2] for (text,) in database.execute(query)}

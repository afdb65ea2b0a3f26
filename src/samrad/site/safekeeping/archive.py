"""A backup is one ZIP file: a manifest, the rows of every table, and every stored file.

Making one, restoring one and moving are here; how one is read and found whole is in `reading`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.models import FileField

from samrad import __version__
from samrad.kernel.clock import now
from samrad.site.safekeeping.reading import (
    FORMAT,
    MANIFEST,
    Unusable,
    read_through,
    row_file,
    tables_in,
)
from samrad.site.safekeeping.rows import (
    Model,
    fingerprints,
    is_in_use,
    kept_models,
    line,
    migrations_applied,
    one_moment,
    rows_of,
    tables_of_others,
    write_all,
)
from samrad.trail.verify import verify


def back_up(path: Path) -> dict[str, Any]:
    """Write a backup of this moment, complete or not at all; its manifest."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with (
            open(part, "xb", opener=_for_its_owner) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            with one_moment() as alias:
                tables = {model: _write_table(archive, model, alias) for model in kept_models()}
                migrations = migrations_applied(alias)
                ends = _heads(alias)
                names = _file_names(alias)
            manifest = {
                "format": FORMAT,
                "version": __version__,
                "made_at": now().isoformat(),
                "migrations": migrations,
                "tables": {model._meta.label_lower: mark for model, mark in tables.items()},
                "files": {name: _write_file(archive, name) for name in names},
                "trail_heads": ends,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _for_its_owner(name: str, flags: int) -> int:
    """A backup holds everything, keys to accounts among it: nobody else reads it."""
    return os.open(name, flags, 0o600)


def _heads(alias: str) -> list[dict[str, Any]]:
    from samrad.trail.models import ChainHead  # noqa: PLC0415

    rows = ChainHead.objects.using(alias).order_by("chain").values("chain", "sequence", "hash")
    return [dict(row) for row in rows]


def _write_table(archive: zipfile.ZipFile, model: Model, alias: str) -> dict[str, Any]:
    mark, count = hashlib.sha256(), 0
    with archive.open(row_file(model), "w", force_zip64=True) as out:
        names = [field.attname for field in model._meta.concrete_fields]
        out.write(json.dumps(names).encode() + b"\n")
        for row in rows_of(model, alias):
            text = line(row) + b"\n"
            mark.update(text)
            out.write(text)
            count += 1
    return {"rows": count, "sha256": mark.hexdigest()}


def _file_names(alias: str) -> list[str]:
    """Every file that a kept row speaks of, whichever app keeps it."""
    names: set[str] = set()
    for model in kept_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                names.update(model._default_manager.using(alias).values_list(field.name, flat=True))
    return sorted(names - {""})


def _write_file(archive: zipfile.ZipFile, name: str) -> str:
    mark = hashlib.sha256()
    stored = Path(settings.MEDIA_ROOT) / name
    with stored.open("rb") as source, archive.open(f"files/{name}", "w", force_zip64=True) as out:
        while chunk := source.read(1 << 20):
            mark.update(chunk)
            out.write(chunk)
    return mark.hexdigest()


def restore(path: Path, *, over: bool = False) -> dict[str, Any]:
    """Fill this installation from a backup: everything or nothing, checked row by row.

    The backup is read through before anything here is touched. Refused where people already are,
    unless `over` says that they may go.
    """
    manifest = read_through(path)
    if is_in_use("default") and not over:
        message = (
            "There is already an installation here. Restore into an empty data folder, "
            "or say --over to replace what is here."
        )
        raise Unusable(message)
    call_command("migrate", verbosity=0, interactive=False)
    buried = _files_here()
    with (
        zipfile.ZipFile(path) as archive,
        files_or_nothing(archive, manifest["files"]),
        rows_or_nothing("default"),
    ):
        write_all(tables_in(archive), "default")
        _require_equal(manifest)
    for name in buried - set(manifest["files"]):
        (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)
    return manifest


def _files_here() -> set[str]:
    """The files that rows speak of, or spoke of until a moment ago."""
    from samrad.documents.models import DiscardedFile  # noqa: PLC0415

    return {*_file_names("default"), *DiscardedFile.objects.values_list("content", flat=True)}


def _require_equal(manifest: dict[str, Any]) -> None:
    """Asked before the restore is committed: what was here stays when something differs."""
    require_same_tables(manifest["tables"], fingerprints(), "after the restore")
    if not verify(manifest["trail_heads"]).whole:
        message = "The record in the backup has been tampered with."
        raise Unusable(message)


def require_same_tables(wanted: dict[str, Any], found: dict[str, Any], when: str) -> None:
    """Every table has the rows it should have."""
    wrong = [name for name, mark in wanted.items() if found.get(name) != mark]
    if wrong:
        message = f"These tables differ {when}: {', '.join(wrong)}"
        raise Unusable(message)


@contextmanager
def rows_or_nothing(using: str) -> Iterator[None]:
    """One transaction; whatever the database says against a row is said without the row's words."""
    try:
        with transaction.atomic(using=using):
            yield
    except (DatabaseError, ValidationError, ValueError, TypeError) as problem:
        message = (
            "The database would not take the rows as they are "
            f"({type(problem).__name__}). Nothing was changed."
        )
        raise Unusable(message) from problem


@contextmanager
def files_or_nothing(archive: zipfile.ZipFile, marks: dict[str, str]) -> Iterator[None]:
    """Put the files beside their places first, and into them when the block has ended well.

    The rows are committed within the block: no file is in place before they are.
    """
    root = Path(settings.MEDIA_ROOT).resolve()
    beside = {root / name: root / f"{name}.restoring" for name in marks}
    try:
        for name, (place, aside) in zip(marks, beside.items(), strict=True):
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(f"files/{name}") as source, aside.open("wb") as out:
                shutil.copyfileobj(source, out)
        yield
        for place, aside in beside.items():
            aside.replace(place)
    finally:
        for aside in beside.values():
            aside.unlink(missing_ok=True)


def move(to: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Copy every row into the empty database `to` (Django's description); the fingerprints.

    Files stay where they are. The old database is left as it was.
    """
    connections.databases["moved_to"] = connections.configure_settings({"default": to})["default"]
    try:
        if is_in_use("moved_to") or tables_of_others("moved_to"):
            message = "The other database is not empty. Move into an empty one."
            raise Unusable(message)
        call_command("migrate", database="moved_to", verbosity=0, interactive=False)
        with one_moment() as alias, rows_or_nothing("moved_to"):
            write_all(((model, rows_of(model, alias)) for model in kept_models()), "moved_to")
            after = fingerprints("moved_to")
            require_same_tables(fingerprints(alias), after, "after the move")
    finally:
        connections["moved_to"].close()
        del connections["moved_to"]
        del connections.databases["moved_to"]
    return after

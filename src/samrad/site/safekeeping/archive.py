"""A backup is one ZIP file: a manifest, the rows of every table, and every stored file."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from samrad import __version__
from samrad.kernel.clock import now
from samrad.site.safekeeping.rows import (
    Model,
    fingerprints,
    has_people,
    kept_models,
    line,
    migrations_applied,
    one_moment,
    rows_of,
    write_all,
)
from samrad.trail.verify import verify

MANIFEST = "manifest.json"
FORMAT = 1


class Unusable(Exception):
    """The backup cannot be used, or must not be used here; the message says why."""


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
    with archive.open(f"rows/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as out:
        names = [field.attname for field in model._meta.concrete_fields]
        out.write(json.dumps(names).encode() + b"\n")
        for row in rows_of(model, alias):
            text = line(row) + b"\n"
            mark.update(text)
            out.write(text)
            count += 1
    return {"rows": count, "sha256": mark.hexdigest()}


def _file_names(alias: str) -> list[str]:
    from samrad.documents.models import StoredFile  # noqa: PLC0415

    names = StoredFile.objects.using(alias).values_list("content", flat=True)
    return sorted(set(names))


def _write_file(archive: zipfile.ZipFile, name: str) -> str:
    mark = hashlib.sha256()
    stored = Path(settings.MEDIA_ROOT) / name
    with stored.open("rb") as source, archive.open(f"files/{name}", "w", force_zip64=True) as out:
        while chunk := source.read(1 << 20):
            mark.update(chunk)
            out.write(chunk)
    return mark.hexdigest()


def read_manifest(path: Path) -> dict[str, Any]:
    """What a backup says of itself; Unusable when it is not one of ours."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as problem:
        message = f"{path} is not a backup of Samråd, or it is damaged: {problem}"
        raise Unusable(message) from problem
    if manifest.get("format") != FORMAT:
        message = f"{path} is a backup of format {manifest.get('format')}; this reads {FORMAT}."
        raise Unusable(message)
    return manifest


def restore(path: Path, *, over: bool = False) -> dict[str, Any]:
    """Fill this installation from a backup: everything or nothing, checked row by row.

    Refused where people already are, unless `over` says that they may go.
    """
    manifest = read_manifest(path)
    call_command("migrate", verbosity=0, interactive=False)
    if has_people("default") and not over:
        message = (
            "There is already an installation here. Restore into an empty data folder, "
            "or say --over to replace what is here."
        )
        raise Unusable(message)
    _require_same_shape(manifest)
    with zipfile.ZipFile(path) as archive, transaction.atomic():
        _restore_files(archive, manifest["files"])
        write_all(_tables_in(archive, path), "default")
        _require_equal(manifest)
    return manifest


def _require_equal(manifest: dict[str, Any]) -> None:
    """Asked before the restore is committed: what was here stays when the backup is not whole."""
    found = fingerprints()
    wrong = [name for name, mark in manifest["tables"].items() if found.get(name) != mark]
    if wrong:
        message = f"These tables differ from the backup: {', '.join(wrong)}"
        raise Unusable(message)
    if not verify(manifest["trail_heads"]).whole:
        message = "The record in the backup has been tampered with."
        raise Unusable(message)


def _require_same_shape(manifest: dict[str, Any]) -> None:
    if manifest["migrations"] == migrations_applied("default"):
        return
    message = (
        f"The backup was made by version {manifest['version']} with another shape of database "
        f"than this version, {__version__}. Install {manifest['version']}, restore there, "
        "and upgrade."
    )
    raise Unusable(message)


def _tables_in(archive: zipfile.ZipFile, path: Path) -> Iterator[tuple[Model, Iterable[list[Any]]]]:
    for model in kept_models():
        name = f"rows/{model._meta.label_lower}.jsonl"
        if name not in archive.namelist():
            message = f"{path} lacks {name}."
            raise Unusable(message)
        with archive.open(name) as file:
            lines = io.TextIOWrapper(file, encoding="utf-8")
            columns = json.loads(next(lines))
            if columns != [field.attname for field in model._meta.concrete_fields]:
                message = f"{path}: {name} has other columns than this version."
                raise Unusable(message)
            yield model, (json.loads(text) for text in lines)


def _restore_files(archive: zipfile.ZipFile, marks: dict[str, str]) -> None:
    root = Path(settings.MEDIA_ROOT).resolve()
    for name, mark in marks.items():
        target = (root / name).resolve()
        if not target.is_relative_to(root):
            message = f"The backup holds a file outside its place: {name}"
            raise Unusable(message)
        content = archive.read(f"files/{name}")
        if hashlib.sha256(content).hexdigest() != mark:
            message = f"The file {name} in the backup is damaged."
            raise Unusable(message)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def move(to: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Copy every row into the empty database `to` (Django's description); the fingerprints.

    Files stay where they are. The old database is left as it was.
    """
    connections.databases["moved_to"] = connections.configure_settings({"default": to})["default"]
    try:
        call_command("migrate", database="moved_to", verbosity=0, interactive=False)
        if has_people("moved_to"):
            message = "The other database is not empty. Move into an empty one."
            raise Unusable(message)
        with one_moment() as alias:
            write_all(((model, rows_of(model, alias)) for model in kept_models()), "moved_to")
            before = fingerprints(alias)
        after = fingerprints("moved_to")
    finally:
        connections["moved_to"].close()
        del connections["moved_to"]
        del connections.databases["moved_to"]
    wrong = [name for name in before if before[name] != after[name]]
    if wrong:
        message = f"These tables differ after the move: {', '.join(wrong)}"
        raise Unusable(message)
    return after

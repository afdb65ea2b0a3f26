"""Reading a backup: it is found whole, or said in words to be unusable, before it is used.

A file that has lain on a disk or travelled may be damaged anywhere; whatever goes wrong while it is
read is damage, and no reason to fall over.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.db.migrations.loader import MigrationLoader

from samrad import __version__
from samrad.site.safekeeping.rows import Model, kept_models

MANIFEST = "manifest.json"
FORMAT = 1
SHAPE = {
    "version": str, "made_at": str, "migrations": list, "tables": dict, "files": dict,
    "trail_heads": list,
}  # fmt: skip
PIECE = 1 << 20


class Unusable(Exception):
    """The backup cannot be used, or must not be used here; the message says why."""


def row_file(model: Model) -> str:
    """Where the rows of a table lie in a backup."""
    return f"rows/{model._meta.label_lower}.jsonl"


def columns_of(model: Model) -> list[str]:
    """The first line of that file: what the values of a row are."""
    return [field.attname for field in model._meta.concrete_fields]


def read_through(path: Path) -> dict[str, Any]:
    """The manifest of a backup that this version can restore and whose every byte is as written."""
    with _damage_in_words(path), zipfile.ZipFile(path) as archive:
        manifest = _manifest(archive, path)
        for model in kept_models():
            _require_whole_rows(archive, model, manifest)
        for name, mark in manifest["files"].items():
            _require_whole_file(archive, name, mark)
    return manifest


def tables_in(archive: zipfile.ZipFile) -> Iterator[tuple[Model, Iterable[list[Any]]]]:
    """Every table with its rows, of a backup that was read through."""
    for model in kept_models():
        with archive.open(row_file(model)) as file:
            file.readline()
            lines = io.TextIOWrapper(file, encoding="utf-8")
            yield model, (json.loads(text) for text in lines)


@contextmanager
def _damage_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except Unusable:
        raise
    except Exception as problem:
        message = f"{path} is not a backup of Samråd, or it is damaged: {problem}"
        raise Unusable(message) from problem


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        message = f"{path} is a backup of format {manifest['format']}; this reads {FORMAT}."
        raise Unusable(message)
    lacking = [name for name, kind in SHAPE.items() if not isinstance(manifest[name], kind)]
    if lacking:
        message = f"{path} is damaged: its manifest does not say {', '.join(lacking)}."
        raise Unusable(message)
    if set(manifest["migrations"]) != _migrations_here():
        message = (
            f"The backup was made by version {manifest['version']} with another shape of database "
            f"than this version, {__version__}. Install {manifest['version']}, restore there, "
            "and upgrade."
        )
        raise Unusable(message)
    return manifest


def _migrations_here() -> set[str]:
    """The shape that `migrate` gives a database in this version."""
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _require_whole_rows(archive: zipfile.ZipFile, model: Model, manifest: dict[str, Any]) -> None:
    name = row_file(model)
    mark, count = hashlib.sha256(), 0
    with _member(archive, name) as file:
        if json.loads(file.readline()) != columns_of(model):
            message = f"{name} in the backup has other columns than this version."
            raise Unusable(message)
        for text in file:
            mark.update(text)
            count += 1
    if manifest["tables"][model._meta.label_lower] != {"rows": count, "sha256": mark.hexdigest()}:
        message = f"{name} in the backup is damaged: its rows differ from what the manifest says."
        raise Unusable(message)


def _require_whole_file(archive: zipfile.ZipFile, name: str, mark: str) -> None:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\\" in name:
        message = f"The backup holds a file outside its place: {name}"
        raise Unusable(message)
    digest = hashlib.sha256()
    with _member(archive, f"files/{name}") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    if digest.hexdigest() != mark:
        message = f"The file {name} in the backup is damaged."
        raise Unusable(message)


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A part of the backup; what is wrong with it is said with its name."""
    try:
        with archive.open(name) as file:
            yield file
    except Unusable:
        raise
    except Exception as problem:
        message = f"{name} in the backup is missing or damaged: {problem}"
        raise Unusable(message) from problem

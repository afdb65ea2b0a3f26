"""The one way in: what the file is, told by its bytes, and the reader for it."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping

from samrad.knowledge.readers.columns import Rows, table_of
from samrad.knowledge.readers.csv_rows import csv_rows
from samrad.knowledge.readers.jsonstat import read_jsonstat
from samrad.knowledge.readers.workbook import workbook_rows
from samrad.knowledge.rules.recipes import Layout, Recipe
from samrad.knowledge.rules.table import NotRead, Table, Why, refused

MOST_BYTES = 200_000_000
MOST_RATIO = 200
_GZIP, _ZIP = b"\x1f\x8b", b"PK"


def read_tables(data: bytes, recipe: Recipe, answers: Mapping[str, str]) -> list[Table]:
    """The tables of a file; all but a JSON-stat bundle hold one."""
    plain = unpacked(data)
    if recipe.layout is Layout.CUBE:
        return read_jsonstat(plain, recipe.bundle)
    return [table_of(rows_of(plain, recipe), recipe, answers)]


def rows_of(plain: bytes, recipe: Recipe) -> Rows:
    """The rows of a text file or of the first sheet of a workbook."""
    if plain.startswith(_ZIP):
        return workbook_rows(plain, recipe)
    if plain.startswith((b"{", b"[")) or plain.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(Why.UNKNOWN_FORMAT)
    return csv_rows(plain)


def unpacked(data: bytes) -> bytes:
    """The file itself, out of its gzip envelope where it has one; never more than is allowed."""
    if not data:
        raise refused(Why.EMPTY)
    if len(data) > MOST_BYTES:
        raise refused(Why.TOO_LARGE, bytes=len(data), most=MOST_BYTES)
    if not data.startswith(_GZIP):
        return data
    most = min(MOST_BYTES, max(MOST_RATIO * len(data), 10_000_000))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            plain = packed.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refused(Why.BROKEN, reason=str(error)[:80]) from error
    if len(plain) > most:
        raise refused(Why.TOO_LARGE, most=most)
    if not plain:
        raise refused(Why.EMPTY)
    return plain


__all__ = ["NotRead", "read_tables", "rows_of", "unpacked"]

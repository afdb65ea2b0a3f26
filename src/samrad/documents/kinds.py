"""What an uploaded file is, told by its bytes and never by its name, and what it may be called."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from samrad.kernel.text import normalise_line

LONGEST_NAME = 150


@dataclass(frozen=True)
class FileKind:
    """A kind of file that can be kept."""

    ending: str
    content_type: str
    is_picture: bool = False


PDF = FileKind("pdf", "application/pdf")
DOCX = FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX = FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
TEXT = FileKind("txt", "text/plain; charset=utf-8")
PNG = FileKind("png", "image/png", is_picture=True)
JPEG = FileKind("jpg", "image/jpeg", is_picture=True)
KINDS = (PDF, DOCX, XLSX, TEXT, PNG, JPEG)

_PDF_WITHIN = 1024
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def kind_of(data: bytes) -> FileKind | None:
    """The kind of this content; None for anything that is not kept."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK"):
        return _office_kind(data)
    return TEXT if _is_text(data) else None


def _office_kind(data: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return None
    if "[Content_Types].xml" not in names or any("vbaproject" in name.lower() for name in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _is_text(data: bytes) -> bool:
    """Text in UTF-8, or in an older alphabet of one byte, holds no control characters."""
    beginning = data.lstrip()[:200].lower()
    looks_like_a_page = beginning.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"{\\rtf"))
    return not looks_like_a_page and data.translate(None, _CONTROL) == data


def as_utf_8(data: bytes) -> bytes:
    """A text file in UTF-8; older ones are taken to be in the Nordic countries' usual alphabet."""
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    return data


def tidy_name(name: str, kind: FileKind) -> str:
    """A file's name without folders or signs that trip a file system, with its true ending."""
    last = PurePosixPath(normalise_line(name).replace("\\", "/")).name
    stem = "".join(" " if sign in '<>:"/\\|?*\t\n' else sign for sign in last)
    for ending in (kind.ending, "jpeg", "jpg", "txt", "text", "csv", "md"):
        stem = stem[: -len(ending) - 1] if stem.lower().endswith(f".{ending}") else stem
    stem = normalise_line(stem).strip(". ")[: LONGEST_NAME - len(kind.ending) - 1].strip(". ")
    return f"{stem or 'document'}.{kind.ending}"

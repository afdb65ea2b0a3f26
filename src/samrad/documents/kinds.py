"""What an uploaded file is, told by its bytes and never by its name, and what it may be called."""

from __future__ import annotations

import io
import re
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

    @property
    def name(self) -> str:
        """What people call it."""
        return self.ending.upper()


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
PDF = FileKind("pdf", "application/pdf")
DOCX = FileKind("docx", f"{_OOXML}wordprocessingml.document")
XLSX = FileKind("xlsx", f"{_OOXML}spreadsheetml.sheet")
PPTX = FileKind("pptx", f"{_OOXML}presentationml.presentation")
ODT = FileKind("odt", f"{_ODF}text")
ODS = FileKind("ods", f"{_ODF}spreadsheet")
TEXT = FileKind("txt", "text/plain; charset=utf-8")
CSV = FileKind("csv", "text/csv; charset=utf-8")
PNG = FileKind("png", "image/png", is_picture=True)
JPEG = FileKind("jpg", "image/jpeg", is_picture=True)
WEBP = FileKind("webp", "image/webp", is_picture=True)
KINDS = (PDF, DOCX, XLSX, PPTX, ODT, ODS, TEXT, CSV, PNG, JPEG, WEBP)

_BY_TYPE = {kind.content_type: kind for kind in KINDS}
_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_PICTURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), WEBP),
)
_LONGEST_TYPE = 200
_PDF_WITHIN = 1024
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def kind_with_type(content_type: str) -> FileKind | None:
    """The kind that is kept under this content type."""
    return _BY_TYPE.get(content_type)


def kind_of(data: bytes, name: str = "") -> FileKind | None:
    """The kind of this content; None for anything that is not kept.

    The name is asked in one case only: whether a text is a table, which its bytes do not say.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return PDF
    if data.startswith(b"PK"):
        return _office_kind(data)
    picture = next((kind for sign, kind in _PICTURES if sign.match(data)), None)
    if picture or not is_text(data):
        return picture
    return CSV if name.lower().rstrip(". ").endswith(".csv") else TEXT


def _office_kind(data: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            said = b""
            if "mimetype" in names and "[Content_Types].xml" not in names:
                with archive.open("mimetype") as part:
                    said = part.read(_LONGEST_TYPE)
    except Exception:
        # Whatever a hostile archive provokes in the library, the answer is the same.
        return None
    return office_kind(names, said)


def office_kind(names: set[str], said: bytes) -> FileKind | None:
    """The kind of an office file by its parts, or by what its part `mimetype` says."""
    if any("vbaproject" in name.lower() for name in names):
        return None
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
    kind = kind_with_type(said.decode("ascii", errors="replace").strip())
    return kind if kind in {ODT, ODS} and "content.xml" in names else None


def is_text(data: bytes) -> bool:
    """Text in UTF-8, or in an older alphabet of one byte, holds no control characters."""
    if data.startswith(_UTF_16):
        return _is_utf_16(data)
    beginning = data.lstrip()[:200].lower()
    looks_like_a_page = beginning.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"{\\rtf"))
    return not looks_like_a_page and data.translate(None, _CONTROL) == data


def _is_utf_16(data: bytes) -> bool:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return False
    return is_text(text.encode())


def as_utf_8(data: bytes) -> bytes:
    """A text file in UTF-8; older ones are taken to be in the Nordic countries' usual alphabet."""
    wide = ("utf-16",) if data.startswith(_UTF_16) else ()
    for encoding in (*wide, "utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding).encode()
        except UnicodeError:
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

"""What kind of file this is, told by its bytes and never by its name."""

import io
import re
import zipfile
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePath

from samrad.reading.lines import Source
from samrad.reading.unreadable import Note, Trouble, Unreadable

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM\xfa")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PDF_WITHIN = 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.01
_LOOKED_AT = 100_000
_MOSTLY = 0.8


class Kind(StrEnum):
    """The kinds of file that can be read."""

    TEXT = "txt"
    DOCX = "docx"
    PDF = "pdf"

    def noted(self, source: Source, filename: str) -> Source:
        """The source, with a note when the file is called something else than it is."""
        ending = PurePath(filename).suffix.lower().lstrip(".")
        known = {"docx", "pdf", "txt", "doc", "docm", "rtf", "odt"}
        if ending not in known or ending == self:
            return source
        note = (Note.NOT_WHAT_IT_IS_CALLED, {"ending": ending, "kind": str(self)})
        return replace(source, notes=(*source.notes, note))


def kind_of(data: bytes) -> Kind:
    """The kind of this file; raises `Unreadable` with what to do about any other kind."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Kind.PDF
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(_OLD_OFFICE):
        encrypted = _ENCRYPTED_OFFICE in data[: 4 * _LOOKED_AT]
        raise Unreadable(Trouble.PASSWORD if encrypted else Trouble.OLD_WORD)
    if data.startswith(_PICTURES):
        raise Unreadable(Trouble.PICTURE)
    if data.startswith(b"{\\rtf"):
        raise Unreadable(Trouble.OTHER_FORMAT, format="RTF")
    if _is_html(data):
        raise Unreadable(Trouble.OTHER_FORMAT, format="HTML")
    if not data.startswith(_UTF_16) and _is_binary(data[:_LOOKED_AT]):
        raise Unreadable(Trouble.BINARY)
    return Kind.TEXT


def _kind_of_archive(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise Unreadable(Trouble.BROKEN, format="DOCX") from None
    if "word/document.xml" in names:
        return Kind.DOCX
    if "content.xml" in names:
        raise Unreadable(Trouble.OTHER_FORMAT, format="ODT")
    if "[Content_Types].xml" in names:
        raise Unreadable(Trouble.OTHER_FORMAT, format="Office")
    raise Unreadable(Trouble.OTHER_FORMAT, format="ZIP")


def _is_html(data: bytes) -> bool:
    beginning = data[:500].lstrip().lower()
    return beginning.startswith((b"<!doctype html", b"<html", b"<?xml"))


def _is_binary(data: bytes) -> bool:
    """Control characters that no text has; text in UTF-16 without a mark has every second one."""
    control = len(_CONTROL.findall(data))
    if control <= max(2, len(data) * _MOST_CONTROL):
        return False
    even, odd = data[0::2], data[1::2]
    return not (_is_half_empty(even, odd) or _is_half_empty(odd, even))


def _is_half_empty(zeros: bytes, letters: bytes) -> bool:
    """Whether one byte of every pair is nought and the other a letter: Latin text in UTF-16."""
    control = len(_CONTROL.findall(letters))
    empty = zeros.count(0) > _MOSTLY * len(zeros)
    return empty and control <= max(2, len(letters) * _MOST_CONTROL)

"""From bytes that somebody sent to a file that can be kept, whatever the bytes are."""

from __future__ import annotations

from collections.abc import Callable

from samrad.documents.intake.answer import Examined, NotTaken, Trouble
from samrad.documents.intake.office import examine_office
from samrad.documents.intake.pdf import examine_pdf
from samrad.documents.kinds import CSV, JPEG, PDF, PNG, TEXT, WEBP, FileKind, as_utf_8, kind_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"dex\n", b"\x00asm",
)  # fmt: skip
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")
_PICTURES = (b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x01\x00")
_HEIF = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif", b"ftyphevc")

Examiner = Callable[[bytes], Examined]


def examine(data: bytes, name: str = "") -> Examined:
    """The file as it is kept; raises `NotTaken` for anything that is not."""
    if not data or data.isspace():
        raise NotTaken(Trouble.EMPTY)
    try:
        return _examined(data, name)
    except NotTaken:
        raise
    except (Exception, RecursionError):
        # The libraries that open files raise whatever a hostile or damaged one provokes.
        raise NotTaken(Trouble.BROKEN) from None


def _examined(data: bytes, name: str) -> Examined:
    if data.startswith(_PROGRAMS):
        raise NotTaken(Trouble.PROGRAM)
    if data.startswith(b"PK"):
        return examine_office(data)
    kind = kind_of(data, name)
    if kind is None:
        raise NotTaken(_why_not(data))
    if kind in {TEXT, CSV}:
        return _text(data, kind)
    return _EXAMINERS[kind](data)


def _text(data: bytes, kind: FileKind) -> Examined:
    content = as_utf_8(data)
    return Examined(kind, content, content.decode())


def _picture(data: bytes) -> Examined:
    from samrad.documents.intake.pictures import (  # noqa: PLC0415 - heavy, and only pictures need it
        examine_picture,
    )

    return examine_picture(data)


_EXAMINERS: dict[FileKind, Examiner] = {
    PDF: examine_pdf, PNG: _picture, JPEG: _picture, WEBP: _picture,
}  # fmt: skip


def _why_not(data: bytes) -> Trouble:
    """The nearest word for what this is instead."""
    if data.startswith(_OLE):
        return Trouble.PASSWORD if _ENCRYPTED_OFFICE in data else Trouble.OLD_OFFICE
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        return Trouble.ARCHIVE
    if data.startswith(_PICTURES) or data[4:12] in _HEIF:
        return Trouble.OTHER_PICTURE
    return Trouble.OTHER

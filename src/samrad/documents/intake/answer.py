"""What comes of looking through a file: what is kept, or why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samrad.documents.kinds import FileKind


class Trouble(StrEnum):
    """Why a file is not taken in."""

    EMPTY = "empty"
    BROKEN = "broken"
    PASSWORD = "password"  # noqa: S105 - a reason, not a secret
    PROGRAM = "program"
    MACROS = "macros"
    EMBEDDED = "embedded"
    ARCHIVE = "archive"
    NESTED = "nested"
    BOMB = "bomb"
    OLD_OFFICE = "old_office"
    OTHER_PICTURE = "other_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    ACTIVE = "active"
    OTHER = "other"


class Note(StrEnum):
    """What somebody who hands a file in should know about it. Codes are stored with the file."""

    COMMENTS = "comments"
    CHANGES = "changes"
    HIDDEN = "hidden"
    SPEAKER_NOTES = "speaker_notes"
    ATTACHMENTS = "attachments"
    SIGNED = "signed"
    NO_TEXT = "no_text"
    NOT_ALL_READ = "not_all_read"
    FIRST_PICTURE = "first_picture"


class NotTaken(Exception):
    """A file that is not taken in; the code says why."""

    def __init__(self, code: Trouble, *, most: int = 0) -> None:
        super().__init__(str(code))
        self.code, self.most = code, most


@dataclass(frozen=True)
class Examined:
    """A file as it is kept: without what it says about its maker, and with the text in it."""

    kind: FileKind
    content: bytes
    text: str = ""
    notes: tuple[Note, ...] = ()

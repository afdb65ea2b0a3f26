"""The demo's mailbox: the mails that the demo would have sent, read from the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

BETWEEN = b"\n" + b"-" * 79 + b"\n"  # how the file backend parts the mails of one file
NEWEST = 400


@dataclass(frozen=True)
class Letter:
    """One mail as its recipient would have read it."""

    to: str
    subject: str
    language: str
    sent_at: datetime
    text: str


def letters(*, to: str = "") -> list[Letter]:
    """The latest mails, newest first; those to one address when it is given."""
    found = sorted(_all(), key=lambda letter: letter.sent_at, reverse=True)
    return [letter for letter in found if not to or letter.to == to][:NEWEST]


def _all() -> Iterator[Letter]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "")
    for path in folder.glob("*.log"):
        for part in path.read_bytes().split(BETWEEN):
            if part.strip():
                yield _read(part)


def _read(content: bytes) -> Letter:
    mail = message_from_bytes(content.lstrip(), policy=policy.default)
    body = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
    return Letter(
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        language=str(mail["Content-Language"] or ""),
        sent_at=parsedate_to_datetime(str(mail["Date"])),
        text=body.get_content() if body else "",
    )

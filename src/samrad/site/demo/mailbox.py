"""The demo's mailbox: the mails that the demo would have sent, read from the data folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path

from django.conf import settings

BETWEEN = b"\n" + b"-" * 79 + b"\n"  # how the file backend parts the mails of one file
NEWEST = 400
_TO = re.compile(rb"^To: (.+?)\r?$", re.MULTILINE)
_DATE = re.compile(rb"^Date: (.+?)\r?$", re.MULTILINE)


class Letter:
    """One mail as its recipient would have read it; taken apart only when it is shown."""

    def __init__(self, content: bytes) -> None:
        self._content = content.lstrip()
        head = self._content.partition(b"\n\n")[0]
        to, date = _TO.search(head), _DATE.search(head)
        self.to = to[1].decode() if to else ""
        self.sent_at: datetime = parsedate_to_datetime(date[1].decode() if date else "")

    @cached_property
    def _mail(self) -> EmailMessage:
        return message_from_bytes(self._content, policy=policy.default)

    @property
    def subject(self) -> str:
        """What it is about."""
        return str(self._mail["Subject"] or "")

    @property
    def language(self) -> str:
        """The language it is written in."""
        return str(self._mail["Content-Language"] or "")

    @cached_property
    def text(self) -> str:
        """Its words, as plain text."""
        body = self._mail.get_body(("plain",))
        return str(body.get_content()) if body else ""


def letters(*, to: str = "") -> list[Letter]:
    """The latest mails, newest first; those to one address when it is given."""
    found = sorted(_all(), key=lambda letter: letter.sent_at, reverse=True)
    return [letter for letter in found if not to or letter.to == to][:NEWEST]


def _all() -> Iterator[Letter]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "")
    for path in folder.glob("*.log"):
        for part in path.read_bytes().split(BETWEEN):
            if part.strip():
                yield Letter(part)

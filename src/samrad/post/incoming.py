"""A mail that came in, taken apart: what it answers, what it reports. Plain Python, never raises.

What a stranger sent is looked at here and nowhere else. Of the mail as such nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail

from samrad.post.addresses import tags_in

LARGEST = 1024 * 1024
LARGEST_CALENDAR = 64 * 1024
DEEPEST = 6
MOST_PARTS = 50
ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
CALENDARS = {"text/calendar", "application/ics"}
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class Report:
    """What a mail server says of one recipient: failed, delayed, delivered; and its code."""

    action: str
    status: str


@dataclass(frozen=True)
class Incoming:
    """What is of use in a mail: its tags, calendars, delivery reports, and what it returns."""

    tags: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    returned: tuple[str, ...] = ()  # Message-IDs of mails that came back
    is_automatic: bool = False


def read_mail(raw: bytes, recipient: str = "") -> Incoming | None:
    """What the mail holds for us; None when it cannot be read as a mail at all.

    `recipient` is the address on the envelope, where the mail server tells it.
    """
    try:
        mail = message_from_bytes(raw)
        parts = list(_parts(mail))
        addressed = " ".join([recipient, *(_header(mail, name) for name in ADDRESSED)])
        return Incoming(
            tags=tuple(tags_in(addressed)),
            calendars=tuple(filter(None, map(_calendar, parts))),
            reports=tuple(report for part in parts for report in _reports(part)),
            returned=tuple(one for part in parts for one in _returned(part)),
            is_automatic=_is_automatic(mail),
        )
    except Exception:
        return None


def _header(mail: Mail, name: str) -> str:
    return " ".join(str(value)[:4000] for value in (mail.get_all(name) or [])[:5])


def _parts(mail: Mail, depth: int = 0) -> Iterator[Mail]:
    """The mail and its parts; not what lies within a mail that is itself passed on."""
    yield mail
    if depth >= DEEPEST or mail.get_content_maintype() != "multipart":
        return
    below = mail.get_payload()
    for part in below[:MOST_PARTS] if isinstance(below, list) else []:
        if isinstance(part, Mail):
            yield from _parts(part, depth + 1)


def _calendar(part: Mail) -> str:
    """A calendar that travels with the mail, as text."""
    if part.get_content_type() not in CALENDARS:
        return ""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or len(content) > LARGEST_CALENDAR:
        return ""
    return content.decode("utf-8", errors="replace")


def _reports(part: Mail) -> Iterator[Report]:
    if part.get_content_type() != "message/delivery-status":
        return
    blocks = part.get_payload()
    for block in blocks[:MOST_PARTS] if isinstance(blocks, list) else []:
        if isinstance(block, Mail) and block["Action"]:
            found = STATUS.search(str(block["Status"] or ""))
            action = str(block["Action"]).strip().lower()
            yield Report(action, found.group() if found else "5.0.0")


def _returned(part: Mail) -> Iterator[str]:
    """The Message-ID of a mail that came back, whole or only its headers."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inside = part.get_payload()
        mail = inside[0] if isinstance(inside, list) and inside else None
    elif kind == "text/rfc822-headers":
        content = part.get_payload(decode=True)
        mail = message_from_bytes(content) if isinstance(content, bytes) else None
    else:
        return
    if isinstance(mail, Mail) and mail["Message-ID"]:
        yield str(mail["Message-ID"]).strip()


def _is_automatic(mail: Mail) -> bool:
    """Sent by a program: an absence, a confirmation, a bounce."""
    said = str(mail["Auto-Submitted"] or "no").strip().lower()
    return not said.startswith("no") or str(mail["Return-Path"] or "").strip() == "<>"

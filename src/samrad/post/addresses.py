"""The installation's own mailbox, and what stands behind the plus in its address.

What is sent asks for its answer, or its bounce, at NAME+TAG@HOST; the tag says what it is about.
Nothing is an address here until an operator has set `SAMRAD_MAIL_INBOX`.
"""

from __future__ import annotations

import re
from email.utils import parseaddr

from django.conf import settings

LONGEST_TAG = 60


def tagged(tag: str) -> str:
    """The mailbox's address with a tag, or nothing where there is no such mailbox."""
    name, _at, host = settings.MAIL_INBOX.partition("@")
    return f"{name}+{tag}@{host}" if name and host else ""


def sender_address() -> str:
    """The bare address that mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def tags_in(text: str) -> list[str]:
    """Every tag that some words, such as the headers of a mail, address the mailbox with."""
    name, _at, host = settings.MAIL_INBOX.partition("@")
    if not name or not host:
        return []
    pattern = (
        rf"(?<![\w.+-]){re.escape(name)}\+(?P<tag>[a-z0-9.]{{1,{LONGEST_TAG}}})@{re.escape(host)}"
    )
    found = re.findall(pattern, text, re.IGNORECASE)
    return list(dict.fromkeys(tag.lower() for tag in found))

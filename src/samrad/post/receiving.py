"""What becomes of a mail that comes in: a registered reader takes it, or nobody does.

A mail is never a source of rights: it can say what the one who was asked answers, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samrad.kernel.choices import Choices
from samrad.post.incoming import LARGEST, Incoming, read_mail


class Outcome(Choices):
    """What became of it. Ignored: sent by a program, which must not be answered."""

    TAKEN_IN = "taken_in"
    IGNORED = "ignored"
    NOT_UNDERSTOOD = "not_understood"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    STALE = "stale"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class Receipt:
    """The outcome, and a line for whoever sent the mail or tends the mail server."""

    outcome: Outcome
    line: object


Reader = Callable[[Incoming, datetime], Receipt | None]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """`reader(mail, at)` takes the mail and says how it went, or None when it is not for it."""
    if reader not in _readers:
        _readers.append(reader)


def receive(raw: bytes, *, at: datetime, recipient: str = "") -> Receipt:
    """Take in one mail as it came. Nothing of it is kept but what a reader writes down."""
    if len(raw) > LARGEST:
        return Receipt(Outcome.TOO_LARGE, _("This mail is too large. Nothing of it was kept."))
    mail = read_mail(raw, recipient)
    if mail is None:
        return Receipt(Outcome.NOT_UNDERSTOOD, _("This could not be read as a mail."))
    for reader in _readers:
        receipt = reader(mail, at)
        if receipt is not None:
            return receipt
    if mail.is_automatic:
        return Receipt(Outcome.IGNORED, _("An automatic mail; it was not kept."))
    return Receipt(
        Outcome.NOT_UNDERSTOOD,
        _(
            "Nobody reads mail to this address. It takes answers that a calendar sends to an "
            "invitation; for anything else, write to the secretary of the council."
        ),
    )

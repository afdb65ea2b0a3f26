"""A mail came back: the one it was is found, and those who sent it see that it did not arrive."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import SYSTEM
from samrad.post.events import MAIL_BOUNCED
from samrad.post.incoming import Incoming
from samrad.post.models import MAIL_TAG, Message
from samrad.post.receiving import Outcome, Receipt
from samrad.post.rules import MessageState
from samrad.trail.api import record

FAILED = "failed"


def read_bounce(mail: Incoming, at: datetime) -> Receipt | None:
    """A delivery report (RFC 3464); one that only tells of a delay changes nothing."""
    if not mail.reports:
        return None
    failed = [one for one in mail.reports if one.action == FAILED]
    if not failed:
        return Receipt(Outcome.IGNORED, _("A report that nothing has failed."))
    return note_bounce(mail=mail, status=failed[0].status, at=at)


@transaction.atomic
def note_bounce(*, mail: Incoming, status: str, at: datetime) -> Receipt:
    """The mail that came back is marked so, once."""
    messages = Message.objects.select_for_update(of=("self",)).select_related("person")
    message = messages.filter(_which(mail)).first()
    if message is None or message.state not in {MessageState.SENT, MessageState.QUEUED}:
        return Receipt(Outcome.IGNORED, _("No mail is waiting for this report."))
    if message.state == MessageState.QUEUED:  # the server was quicker than our own note of it
        return Receipt(Outcome.NOT_NOW, _("The mail is still being sent. Try again soon."))
    message.state, message.error, message.settled_at = MessageState.BOUNCED, f"DSN {status}", at
    message.save(update_fields=["state", "error", "settled_at"])
    record(MAIL_BOUNCED, about=message, by=SYSTEM, at=at, to=message.recipient, error=message.error)
    return Receipt(Outcome.TAKEN_IN, _("The mail is noted as not arrived."))


def _which(mail: Incoming) -> Q:
    """By the address it came back to, or by the Message-ID of what it returns."""
    prefix = f"{MAIL_TAG}."
    refs = []
    for tag in mail.tags:
        if tag.startswith(prefix):
            try:
                refs.append(UUID(tag.removeprefix(prefix)))
            except ValueError:
                continue
    return Q(ref__in=refs) | Q(message_id__in=mail.returned)

"""The outgoing mail as those who tend it see it: to whom, why, how it went, never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samrad.access.actor import Actor
from samrad.kernel.clock import now
from samrad.kernel.verdict import Verdict
from samrad.post.causes import cause_of
from samrad.post.models import Message
from samrad.post.permissions import may_retry_message
from samrad.post.rules import NOT_ARRIVED, MessageState
from samrad.post.words import MESSAGE_STATES, MESSAGE_TONES
from samrad.ui.pieces import Words
from samrad.work.api import Job, QueueFigures, heartbeat_age, queue_figures

SHOWN = 50
A_WORKER_IS_LATE = 60.0


@dataclass(frozen=True)
class Row:
    """One mail in the list; of one that did not arrive also why it cannot be sent again."""

    message: Message
    cause: Words
    state: object
    tone: str
    failed: bool
    may_retry: Verdict


@dataclass(frozen=True)
class Outbox:
    """How the queue stands, and the mails and jobs that want somebody's attention first."""

    figures: QueueFigures
    worker_seen: datetime | None
    worker_is_late: bool
    troubled: list[Row]
    recent: list[Row]
    letters: list[Job]


def outbox(actor: Actor, at: datetime | None = None) -> Outbox:
    """Everything the page shows, in five queries."""
    at = at or now()
    age = heartbeat_age(at)
    messages = Message.objects.visible_to(actor).remembered().select_related("person")
    return Outbox(
        figures=queue_figures(at),
        worker_seen=None
        if age is None
        else datetime.fromtimestamp(at.timestamp() - age, at.tzinfo),
        worker_is_late=age is None or age > A_WORKER_IS_LATE,
        troubled=[_row(actor, one) for one in messages.troubled()[:SHOWN]],
        recent=[_row(actor, one) for one in messages[:SHOWN]],
        letters=list(Job.objects.visible_to(actor).dead()[:SHOWN]),
    )


def _row(actor: Actor, message: Message) -> Row:
    state = MessageState(message.state)
    return Row(
        message=message,
        cause=cause_of(message.template),
        state=MESSAGE_STATES[state],
        tone=MESSAGE_TONES[state],
        failed=state in NOT_ARRIVED,
        may_retry=may_retry_message(actor, message),
    )

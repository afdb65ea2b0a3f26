"""Whether what a mail says of a task still stands when the mail of the day is put together."""

from __future__ import annotations

from uuid import UUID

from samrad.followup.models import LaterDeadline, Task
from samrad.post.api import Message


def still_to_be_done(message: Message, ref: UUID) -> bool:
    """Open, not somebody else's by now, and due on the day the mail speaks of."""
    task = Task.objects.given().open().filter(ref=ref).first()
    if task is None or task.responsible_person_id not in {None, message.person_id}:
        return False
    return not message.key or f":{task.deadline_date}:" in message.key


def still_asked(message: Message, ref: UUID) -> bool:
    """A wish for a later deadline is told of until it is answered; the answer always is."""
    if not message.template.endswith("later_asked"):
        return True
    return LaterDeadline.objects.waiting().filter(ref=ref).exists()

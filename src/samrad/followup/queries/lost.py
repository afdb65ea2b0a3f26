"""Steps that were taken and reached nobody: the mail failed, came back or was held back."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from samrad.kernel.clock import now
from samrad.post.api import NOT_HAD, Message

LOOKED_BACK = timedelta(days=400)
# Of which task, with which deadline, what, and who had the task: nobody where it was an
# organisation's, None in keys of before it was written there.
Step = tuple[UUID, str, str, str | None]


def steps_lost() -> dict[Step, list[Message]]:
    """The mails of those steps none of whose mails arrived: two queries, one where all is well."""
    reminders = Message.objects.filter(
        key__startswith="task:", queued_at__gte=now() - LOOKED_BACK
    ).exclude(key__contains=":lost:")
    gone = list(reminders.filter(state__in=NOT_HAD).select_related("person"))
    if not gone:
        return {}
    others = reminders.exclude(state__in=NOT_HAD).filter(about_ref__in={m.about_ref for m in gone})
    arrived = {_step(key) for key in others.values_list("key", flat=True)}
    found: defaultdict[Step, list[Message]] = defaultdict(list)
    for message in gone:
        if _step(message.key) not in arrived:
            found[_step(message.key)].append(message)
    return dict(found)


def _step(key: str) -> Step:
    """As `letters.remind` writes it."""
    _task, ref, deadline, reminder, *whose = key.split(":")
    return UUID(ref), deadline, reminder, whose[0] if len(whose) > 1 else None

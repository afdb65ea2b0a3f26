"""Counting afterwards: is everything acknowledged there, whole, once, and with its effects?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import connection

from samrad.followup.events import DECISION_TAKEN
from samrad.followup.models import Decision
from samrad.meetings.models import AgendaItem, MinutesRevision
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.trail.models import TrailEntry
from samrad.trail.verify import verify
from samrad.work.models import Job
from samrad.work.rules import JobState
from tests.support.kills.ground import FOLLOW_UP, Ground

TAKEN = DECISION_TAKEN.code


def reckon(ground: Ground, acknowledged: set[str]) -> dict[str, int]:
    """Everything that must be 0, and how much was looked at."""
    texts = Counter(_tokens(MinutesRevision.objects.values_list("text", flat=True)))
    decisions = {_token(text): ref for text, ref in Decision.objects.values_list("text", "ref")}
    counted = Counter(_tokens(Decision.objects.values_list("text", flat=True)))
    taken, followed = _entries(TAKEN), _entries(FOLLOW_UP)
    mails = Counter(Message.objects.values_list("about_ref", flat=True))
    everything = set(texts) | set(decisions) | acknowledged

    def once(token: str) -> dict[str, int]:
        ref = decisions.get(token)
        return {
            "text": texts[token], "decision": counted[token], "trail": taken[str(ref)],
            "effect": followed[str(ref)], "mail": mails[ref],
        }  # fmt: skip

    found = {token: once(token) for token in everything}
    return {
        "acknowledged": len(acknowledged),
        "lost": sum(not (found[one]["text"] and found[one]["decision"]) for one in acknowledged),
        "doubled": sum(max(parts.values()) > 1 for parts in found.values()),
        "half_written": sum(len({bool(n) for n in parts.values()}) > 1 for parts in found.values()),
        "texts_out_of_step": sum(_out_of_step(item) for item in ground.items),
        "trail_breaks": len(verify().breaks),
        "trail_entries": TrailEntry.objects.count(),
        "jobs": Job.objects.count(),
        "jobs_taken_over": Job.objects.filter(attempts__gt=1).count(),
        "jobs_lost_or_dead": Job.objects.exclude(state=JobState.DONE).count(),
        "mails_not_sent": Message.objects.exclude(state=MessageState.SENT).count(),
        "database_damaged": int(not _is_sound()),
    }  # fmt: skip


def _token(text: str) -> str:
    return text.rpartition(" ")[2]


def _tokens(texts: Any) -> list[str]:
    return [_token(text) for text in texts]


def _entries(event: str) -> Counter[str]:
    return Counter(TrailEntry.objects.filter(event=event).values_list("about_ref", flat=True))


def _out_of_step(key: int) -> bool:
    """An item's text is its last revision, and its versions count from one without a gap."""
    item = AgendaItem.objects.get(pk=key)
    versions = list(item.revisions.order_by("version").values_list("version", "text"))
    numbers = [version for version, _text in versions]
    last = versions[-1] if versions else (0, "")
    in_step = last == (item.minutes_version, item.minutes_text)
    return not in_step or numbers != list(range(1, len(numbers) + 1))


def _is_sound() -> bool:
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchone()[0] == "ok")

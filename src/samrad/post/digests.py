"""What the mail of the day says: put together anew each time somebody tries to send it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from samrad.people.models import Person
from samrad.people.rules import MailKind
from samrad.people.words import MAIL_KINDS
from samrad.post import guards
from samrad.post.choices import DIGEST, choice_url, kinds_of_the_day
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.post.writing import absolute_url, subject_and_text


@dataclass(frozen=True)
class Group:
    """What came of one kind; a line, or two, for each mail."""

    name: object
    lines: list[str]


def words_of_digest(person: Person, parts: Sequence[Message]) -> dict[str, Any]:
    """The lines by kind, in the order of the kinds; what was said twice stands there once."""
    groups = []
    for kind in MailKind:
        lines = list(dict.fromkeys(part.text for part in parts if part.kind == kind and part.text))
        if lines:
            groups.append(Group(MAIL_KINDS[kind], lines))
    return {
        "groups": groups,
        "number": sum(len(group.lines) for group in groups),
        "account_url": absolute_url(reverse("people:mail")),
        "choice_url": choice_url(person, kinds_of_the_day(person, parts)),
    }


@transaction.atomic
def put_together(digest: Message, at: datetime) -> bool:
    """Leave out what its reader is not to have any more; whether anything is left to send.

    The words are made of what is left each time, also when an earlier try left something out.
    """
    gathered = digest.parts.filter(state=MessageState.GATHERED).select_related("person")
    parts = list(gathered.order_by("queued_at", "pk"))
    for part in parts:
        guards.say_less(part)
    left = [part for part in parts if guards.is_still_for(part, at)]
    gone = [part.pk for part in parts if part not in left]
    Message.objects.filter(pk__in=gone).update(state=MessageState.WITHHELD, text="", bare_text="")
    if digest.person is None or not any(part.text for part in left):
        return False
    words = {"recipient": digest.person, **words_of_digest(digest.person, left)}
    digest.subject, digest.text = subject_and_text(DIGEST, words, digest.language)
    digest.save(update_fields=["subject", "text"])
    return True

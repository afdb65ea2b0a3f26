"""What the children of a campaign work on: a council in its meeting, with a secretary writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from samrad.access.actor import SYSTEM, Actor
from samrad.followup.api import take_decision
from samrad.followup.models import Decision
from samrad.kernel.clock import now, today
from samrad.meetings.actions.minutes import Saved, begin_minutes, save_text
from samrad.meetings.models import AgendaItem, Meeting
from samrad.meetings.rules import MeetingState
from samrad.people.models import Person
from samrad.post.api import send
from samrad.trail.api import record
from samrad.trail.events import event
from samrad.work.api import enqueue, task

FOLLOW_UP = "campaign.follow_up"
FOLLOWED_UP = event(FOLLOW_UP, "%(by)s followed up %(about)s")


@dataclass(frozen=True)
class Ground:
    """The secretary, the member who gets mail, and one item for each writer."""

    secretary: Actor
    member: Person
    items: list[int]

    def item(self, number: int) -> AgendaItem:
        """The item a writer writes on, as it is now."""
        return AgendaItem.objects.select_related("meeting__council").get(pk=self.items[number])


def lay_ground(writers: int) -> Ground:
    """Invented people, a council, a meeting of today whose minutes are being written."""
    from tests.cast import actor_of_person, build_cast

    cast = build_cast()
    secretary = actor_of_person(cast.secretary.person, today())
    meeting = Meeting.objects.create(
        council=cast.council,
        starts_at=now() - timedelta(hours=1),
        ends_at=now(),
        called_at=now(),
        state=MeetingState.CALLED,
    )
    begin_minutes(meeting=meeting, by=secretary, at=now())
    items = [
        AgendaItem.objects.create(meeting=meeting, order=number, title=f"Sak {number}").pk
        for number in range(1, writers + 1)
    ]
    return Ground(secretary, cast.police_member.person, items)


def save(ground: Ground, number: int, token: str) -> Saved:
    """What one request of the minutes does, and more: text, decision, trail and a job follow."""
    item = ground.item(number)
    saved = save_text(
        item=item, text=f"Rådet drøftet {token}", expected=item.minutes_version,
        by=ground.secretary, at=now(),
    )  # fmt: skip
    assert isinstance(saved, Saved)
    decision = take_decision(
        council=item.meeting.council, text=f"Vedtak {token}", decided_date=today(),
        by=ground.secretary, at=now(), source=item,
    )  # fmt: skip
    enqueue(FOLLOW_UP, decision=decision.pk, member=ground.member.pk)
    return saved


@task(FOLLOW_UP)
def follow_up(decision: int, member: int) -> None:
    """What a worker does: an effect in the database, and a mail that another job delivers."""
    found: Any = Decision.objects.select_related("council").get(pk=decision)
    record(FOLLOWED_UP, about=found, by=SYSTEM, at=now())
    url = f"https://samrad.example.org/{found.ref}"
    send(
        to=Person.objects.get(pk=member), template="post/mail/link",
        context={"url": url}, about=found,
    )  # fmt: skip

"""Who is called to a meeting, and what each of them may read of its agenda."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samrad.access.vocabulary import PERMISSIONS_OF, Permission, Role
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.documents.rules import Classification
from samrad.kernel.clock import day_of
from samrad.meetings.models import AgendaItem, Meeting, Paper
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.sending import (
    INTERNAL,
    OPEN,
    Reader,
    Readers,
    SentItem,
    Snapshot,
    fingerprint,
    snapshot,
)
from samrad.people.models import Person


@dataclass(frozen=True)
class Recipient:
    """Somebody who is called, with the seats they fill."""

    person: Person
    reader: Reader
    is_yet_to_come: bool = False  # to the seat, by the day of the meeting

    @property
    def is_reached(self) -> bool:
        """Whether there is an address to send to."""
        return bool(self.person.email)


def recipients_of(meeting: Meeting, on: date) -> list[Recipient]:
    """Everybody who fills a permanent seat that day, and a guest seat that is asked to come."""
    invited = set(meeting.guests.values_list("pk", flat=True))
    return recipients_among(seats_filled(meeting.council, on), invited)


def recipients_among(filled: Sequence[FilledSeat], invited: Collection[int]) -> list[Recipient]:
    """The same of seats that are known, with the keys of those guests that are asked to come."""
    return _by_person([one for one in filled if not one.is_guest or one.seat.pk in invited])


def called_to(meeting: Meeting, on: date) -> list[Recipient]:
    """Whoever is called to it: who sits there today, and who will on the day of the meeting."""
    invited = set(meeting.guests.values_list("pk", flat=True))
    day = day_of(meeting.starts_at, meeting.council.zone)
    filled = seats_filled(meeting.council, on)
    then = seats_filled(meeting.council, day) if day > on else filled
    return called_among(filled, then, invited)


def called_among(
    filled: Sequence[FilledSeat], then: Sequence[FilledSeat], invited: Collection[int]
) -> list[Recipient]:
    """The same of seats as they are filled today, and as they will be when the council meets.

    Whoever has not come to the seat yet is called all the same, as soon as it is known. What is
    restricted they read from their own day on.
    """
    now = recipients_among(filled, invited)
    known = {one.person.pk for one in now}
    coming = [one for one in recipients_among(then, invited) if one.person.pk not in known]
    return now + [
        Recipient(one.person, Reader(is_permanent=one.reader.is_permanent), is_yet_to_come=True)
        for one in coming
    ]


def permanent_among(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Those who sit there for good: guests are for the secretary to choose."""
    return [one for one in recipients if one.reader.is_permanent]


def called_by_mail(meeting: Meeting) -> int:
    """How many hear of it by mail when a meeting that was called is moved or cancelled."""
    if meeting.state != MeetingState.CALLED:
        return 0
    return meeting.called.exclude(person__email="").count()


def recipient_among(recipients: Iterable[Recipient], person: Person) -> Recipient | None:
    """The person as one of those called, if they are."""
    return next((one for one in recipients if one.person.pk == person.pk), None)


def _by_person(called: Sequence[FilledSeat]) -> list[Recipient]:
    found: dict[int, Recipient] = {}
    for one in called:
        permissions = PERMISSIONS_OF[Role(one.seat.function)]
        for person in one.persons:
            before = found.get(person.pk, Recipient(person, Reader(is_permanent=False)))
            reader = replace(
                before.reader,
                seats=[*before.reader.seats, one.seat.pk],
                is_permanent=before.reader.is_permanent or Permission.INTERNAL_SEE in permissions,
                keeps_restricted=before.reader.keeps_restricted
                or Permission.RESTRICTED_KEEP in permissions,
            )
            found[person.pk] = Recipient(person, reader)
    return list(found.values())


def items_to_send(meeting: Meeting) -> list[AgendaItem]:
    """The whole agenda in order, with its presenters and audiences, in two queries."""
    items = meeting.items.select_related("presenter").prefetch_related("audience")
    return list(items.order_by("order", "pk"))


def papers_to_send(meeting: Meeting) -> list[Paper]:
    """Every paper that counts, with its versions and audience, in three queries at the most."""
    papers = meeting.papers.filter(withdrawn_at=None).prefetch_related("versions", "audience")
    return list(papers.order_by("order", "pk"))


def readers_of(item: AgendaItem | Paper) -> Readers:
    """Whom the item or paper is for, as a sending remembers it."""
    if item.classification == Classification.OPEN:
        return OPEN
    if item.classification == Classification.INTERNAL:
        return INTERNAL
    return sorted(seat.pk for seat in item.audience.all())


def snapshot_of(meeting: Meeting, items: Sequence[AgendaItem], papers: Sequence[Paper]) -> Snapshot:
    """What the meeting, its agenda and its papers say now."""
    sent = [
        SentItem(
            ref=str(item.ref),
            print=fingerprint(
                item.title, item.text, item.kind, item.duration_minutes, item.presenter_id
            ),
            readers=readers_of(item),
            title=item.title,
        )
        for item in items
    ]
    return snapshot(
        starts=meeting.starts_at.isoformat(),
        ends=meeting.ends_at.isoformat(),
        place=meeting.place,
        items=sent,
        papers=[
            SentItem(
                ref=str(paper.ref),
                print=fingerprint(paper.title, paper.item_id, _version(paper)),
                readers=readers_of(paper),
                title=paper.title,
            )
            for paper in papers
        ],
    )


def _version(paper: Paper) -> int:
    return paper.current.number if paper.current else 0

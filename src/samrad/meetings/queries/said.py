"""What minutes say as the tables stand, and the names that go with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch, Value, prefetch_related_objects
from django.utils.functional import lazy

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Seat
from samrad.followup.models import Decision, Task
from samrad.meetings.models import (
    AgendaItem,
    Attendance,
    Correction,
    CorrectionApproval,
    Meeting,
    Minutes,
    MinutesApproval,
)
from samrad.meetings.queries.minutes import MinutesItem, who_was_there
from samrad.meetings.rules import CorrectionState, PartKind
from samrad.meetings.rules.said import (
    Said,
    SaidApproval,
    SaidDecision,
    SaidHeld,
    SaidItem,
    SaidSeat,
    SaidTask,
)
from samrad.people.models import Organisation, Person
from samrad.ui.pieces import Words

WITHHELD = lazy(lambda: Person(name_withheld=True).label, str)()


@dataclass(frozen=True)
class Names:
    """What the references in minutes are called, as they may be called today."""

    persons: dict[str, Words] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, Words] = field(default_factory=dict)

    def person(self, ref: str) -> str:
        """What somebody is called, or in the language that is active that this is withheld."""
        return str(self.persons.get(ref, ""))

    def responsible(self, who: str) -> str:
        """Who has a task."""
        kind, _colon, ref = who.partition(":")
        return self.person(ref) if kind == "p" else str(self.organisations.get(ref, ""))

    def sitter(self, one: SaidSeat) -> str:
        """Whose seat it was: the person's name, or the seat's."""
        return self.person(one.person) or self.seats.get(one.seat, "")


def everything_said(minutes: Minutes) -> Said:
    """All of the minutes, whoever may read it: to be kept as a version, never to be shown."""
    items = list(minutes.meeting.items.order_by("order", "pk"))
    tasks = Task.objects.select_related("responsible_person", "responsible_organisation")
    decisions = (
        Decision.objects.filter(
            source_kind=AgendaItem.trail_kind, source_ref__in=[item.ref for item in items]
        )
        .prefetch_related(Prefetch("tasks", tasks.order_by("pk")))
        .order_by("pk")
    )
    under: dict[object, list[Decision]] = {}
    for decision in decisions:
        under.setdefault(decision.source_ref, []).append(decision)
    rows = [
        MinutesItem(number, item, under.get(item.ref, []))
        for number, item in enumerate(items, start=1)
    ]
    return _said(minutes, rows, who_was_there(minutes.meeting), _approvals(minutes))


def said_as_they_stand(
    minutes: Minutes, items: Sequence[MinutesItem], seats: Sequence[Attendance], *, inside: bool
) -> Said:
    """What minutes that were never corrected say, with what this reader may read of them."""
    approvals = MinutesApproval.objects.select_related("person").order_by("approved_at", "pk")
    prefetch_related_objects([minutes], Prefetch("approvals", approvals))
    said = _said(minutes, items, seats, minutes.approvals.all())
    return said if inside else replace(said, could_decide_note="")


def is_inside(actor: Actor, minutes: Minutes) -> bool:
    """Whether the reader belongs to the council, rather than overseeing it."""
    return actor.holds(Permission.COUNCIL_SEE, in_council=minutes.meeting.council_id)


def corrected_said(correction: Correction, said: Said) -> Said:
    """What the minutes would say with the correction."""
    parts = {(part.kind, str(part.about_ref)): part.text for part in correction.parts.all()}
    return replace(
        said,
        seats=tuple(
            seat.as_in(parts.get((PartKind.SEAT, seat.seat), seat.as_text)) for seat in said.seats
        ),
        items=tuple(
            replace(
                item,
                text=parts.get((PartKind.TEXT, item.ref), item.text),
                decisions=tuple(
                    replace(one, text=parts.get((PartKind.DECISION, one.ref), one.text))
                    for one in item.decisions
                ),
            )
            for item in said.items
        ),
        held=said.held
        and said.held.as_in(parts.get((PartKind.HELD, said.held.meeting), said.held.as_text)),
    )


def names_in(*several: Said) -> Names:
    """What everybody named in these is called: at most two queries."""
    persons, seats, organisations = set[str](), set[str](), set[str]()
    for said in several:
        persons |= {one.person for one in said.seats if one.person}
        persons |= {one.person for one in said.approvals}
        seats |= {one.seat for one in said.seats}
        whos = {task.who for decision in said.decisions for task in decision.tasks}
        persons |= {who[2:] for who in whos if who.startswith("p:")}
        organisations |= {who[2:] for who in whos if who.startswith("o:")}
    called = _called(persons, organisations)
    return Names(called, _seats(seats), called)


def _called(persons: set[str], organisations: set[str]) -> dict[str, Words]:
    """Persons, whose names may be withheld, and organisations: one query, none for nobody.

    That a name is withheld is said when it is read: mails are in many languages.
    """
    if not persons | organisations:
        return {}
    found = (
        Person.objects.filter(ref__in=persons)
        .order_by()
        .values_list("ref", "name", "name_withheld")
        .union(
            Organisation.objects.filter(ref__in=organisations)
            .order_by()
            .values_list("ref", "name", Value(value=False)),
            all=True,
        )
    )
    return {str(ref): WITHHELD if is_withheld else name for ref, name, is_withheld in found}


def _seats(refs: set[str]) -> dict[str, str]:
    if not refs:
        return {}
    found = Seat.objects.select_related("council", "organisation").filter(ref__in=refs)
    return {str(one.ref): str(one) for one in found}


def _approvals(minutes: Minutes) -> Iterable[MinutesApproval | CorrectionApproval]:
    """Those of the latest correction, or of the minutes where there is none."""
    corrected = minutes.corrections.filter(state=CorrectionState.APPROVED)
    latest = corrected.order_by("closed_at", "pk").last()
    given = latest.approvals if latest else minutes.approvals
    return given.select_related("person").order_by("approved_at", "pk")


def _said(
    minutes: Minutes,
    items: Sequence[MinutesItem],
    seats: Iterable[Attendance],
    approvals: Iterable[MinutesApproval | CorrectionApproval],
) -> Said:
    return Said(
        could_decide=minutes.could_decide,
        could_decide_note=minutes.could_decide_note,
        seats=tuple(_seat(one) for one in seats if one.seat),
        items=tuple(_item(one) for one in items),
        approvals=tuple(SaidApproval(str(one.person.ref), one.approved_at) for one in approvals),
        held=said_held(minutes.meeting),
    )


def said_held(meeting: Meeting) -> SaidHeld:
    """When and where it was, as it stands."""
    return SaidHeld(str(meeting.ref), meeting.starts_at, meeting.ends_at, meeting.place)


def _seat(noted: Attendance) -> SaidSeat:
    return SaidSeat(
        seat=str(noted.seat.ref) if noted.seat else "",
        person=str(noted.person.ref) if noted.person else "",
        presence=noted.presence,
        stand_in=noted.stand_in,
        came=noted.from_item.order if noted.from_item else None,
        left=noted.until_item.order if noted.until_item else None,
    )


def _item(one: MinutesItem) -> SaidItem:
    return SaidItem(
        ref=str(one.item.ref),
        title=one.item.title,
        kind=one.item.kind,
        text=one.item.minutes_text,
        order=one.item.order,
        mandate=one.item.mandate_there if one.asks_for_decision else "",
        decisions=tuple(said_decision(decision) for decision in one.decisions),
    )


def said_decision(decision: Decision) -> SaidDecision:
    """A decision with its tasks, which have been fetched ahead."""
    tasks = tuple(said_task(task) for task in decision.tasks.all())
    return SaidDecision(str(decision.ref), decision.text, tasks)


def said_task(task: Task) -> SaidTask:
    """Who does what by when, as it stands."""
    return SaidTask(task.title, _who(task), task.deadline_date, str(task.ref))


def _who(task: Task) -> str:
    if task.responsible_person:
        return f"p:{task.responsible_person.ref}"
    return f"o:{task.responsible_organisation.ref}" if task.responsible_organisation else ""

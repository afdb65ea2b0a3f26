"""Minutes as a reader may see them: item by item, with decisions and tasks, and who approves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.cooperation.seats import (
    FilledSeat,
    holders_by_function,
    seats_filled,
    seats_filled_in,
)
from samrad.followup.models import Decision, Task
from samrad.meetings.models import AgendaItem, Attendance, Meeting, Minutes
from samrad.meetings.permissions import minutes_of
from samrad.meetings.queries.agenda import agenda_of
from samrad.meetings.rules import CouldDecide, ItemKind, Mandate, Presence
from samrad.meetings.rules.attendance import Stay, stay_among
from samrad.meetings.rules.invitations import Answer
from samrad.meetings.rules.minutes import (
    MEMBER,
    ApprovalSlot,
    ItemFacts,
    Shortcoming,
    TaskFacts,
    approval_slots,
    shortcomings_of,
)
from samrad.people.models import Person
from samrad.profiles.model import Rule
from samrad.profiles.reader import profile

ABLE_TO_DECIDE = "able_to_decide"  # the topic of a rule that says when a council can decide


@dataclass(frozen=True)
class MinutesItem:
    """An item with what was decided under it, numbered as this reader sees it."""

    number: int
    item: AgendaItem
    decisions: list[Decision] = field(default_factory=list)

    @property
    def asks_for_decision(self) -> bool:
        """Whether the council was to decide."""
        return self.item.kind == ItemKind.DECISION


@dataclass(frozen=True)
class SeatAttendance:
    """A seat, who fills it, what is noted about it; and who was to come instead, when told."""

    filled: FilledSeat
    noted: Attendance | None = None
    told: str = ""


def minutes_seen(meeting: Meeting, actor: Actor) -> Minutes | None:
    """The meeting's minutes, if there are any that the actor may open."""
    if minutes_of(meeting) is None:
        return None
    return Minutes.objects.visible_to(actor).filter(meeting=meeting).first()


def items_with_decisions(meeting: Meeting, actor: Actor) -> list[MinutesItem]:
    """The agenda with its decisions and tasks, as the actor may read them: three queries."""
    numbered = agenda_of(meeting, actor)
    by_item = _decisions_under([one.item for one in numbered], actor)
    return [MinutesItem(one.number, one.item, by_item[one.item.ref]) for one in numbered]


def decisions_at(items: Sequence[AgendaItem], actor: Actor) -> list[Decision]:
    """What was decided under these items, with those of its tasks that the actor may read."""
    tasks = Task.objects.visible_to(actor).select_related(
        "responsible_person", "responsible_organisation"
    )
    return list(
        Decision.objects.visible_to(actor)
        .filter(source_kind=AgendaItem.trail_kind, source_ref__in=[item.ref for item in items])
        .prefetch_related(Prefetch("tasks", tasks.order_by("pk")))
        .order_by("pk")
    )


def _decisions_under(items: Sequence[AgendaItem], actor: Actor) -> dict[UUID, list[Decision]]:
    found: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in decisions_at(items, actor):
        if decision.source_ref:
            found[decision.source_ref].append(decision)
    return found


def attendance_of(meeting: Meeting) -> list[SeatAttendance]:
    """Every seat of the council on the day of the meeting, with what is noted: four queries.

    Guest seats are listed when they were asked to come or are noted.
    """
    rows = meeting.attendance.select_related("person", "from_item", "until_item")
    noted = {row.seat_id: row for row in rows}
    invited = set(meeting.guests.values_list("pk", flat=True))
    told = stand_ins_told(meeting)
    return [
        SeatAttendance(one, noted.get(one.seat.pk), stand_in_of(one, told))
        for one in seats_filled(meeting.council, day_of(meeting))
        if not one.is_guest or one.seat.pk in invited or one.seat.pk in noted
    ]


def stand_ins_told(meeting: Meeting) -> dict[int, str]:
    """Who comes instead of whom, by the person's key, as those say who do not come: one query."""
    declined = meeting.called.filter(answer=Answer.DECLINED)
    return dict(declined.values_list("person_id", "stand_in"))


def stand_in_of(filled: FilledSeat, told: dict[int, str]) -> str:
    """Who comes for a seat, once all who hold it have said that they do not."""
    if any(person.pk not in told for person in filled.persons):
        return ""
    return next((told[person.pk] for person in filled.persons if told[person.pk]), "")


def who_was_there(meeting: Meeting) -> list[Attendance]:
    """What is noted, in the order of the seats, without asking who fills them now: one query."""
    rows = list(
        meeting.attendance.select_related(
            "person", "seat__organisation", "from_item", "until_item"
        ).order_by("seat__order", "seat_id")
    )
    for row in rows:
        if row.seat:
            row.seat.council = meeting.council
    return rows


def stay_of(noted: Attendance, items: Sequence[MinutesItem]) -> Stay:
    """From which item and until which somebody was there, as this reader numbers the items."""
    return stay_among(
        [one.item.order for one in items],
        noted.from_item.order if noted.from_item else None,
        noted.until_item.order if noted.until_item else None,
    )


def ability_rule(council: Council) -> Rule | None:
    """What the country's profile asks for when a council decides, where a source says something."""
    return next(
        (
            rule
            for rule in profile(council.country).rules
            if rule.topic == ABLE_TO_DECIDE and (not rule.tiers or council.tier in rule.tiers)
        ),
        None,
    )


def shortcomings(
    items: Sequence[MinutesItem],
    attendance: Sequence[SeatAttendance],
    could_decide: str = CouldDecide.YES,
) -> list[Shortcoming]:
    """What these minutes lack; flagged on the page, and partly in the way of sending them out."""
    facts = [
        ItemFacts(
            label=f"{one.number}. {one.item.title}",
            ref=str(one.item.ref),
            asks_for_decision=one.asks_for_decision,
            needs_no_task=one.item.needs_no_task,
            decisions=[
                [_facts_of(task, one.number) for task in decision.tasks.all()]
                for decision in one.decisions
            ],
            mandate_is_said=one.item.mandate_there != Mandate.UNKNOWN,
        )
        for one in items
    ]
    present = sum(
        1 for one in attendance if one.noted and (
            one.noted.presence == Presence.PRESENT or one.noted.stand_in
        )
    )  # fmt: skip
    waiting = [one.filled.names for one in attendance if one.filled.persons and not one.noted]
    return shortcomings_of(
        facts, present=present, not_noted=waiting, could_decide=CouldDecide(could_decide)
    )


def _facts_of(task: Task, number: int) -> TaskFacts:
    return TaskFacts(
        label=f"{number}. {task.title}",
        ref=str(task.ref),
        has_responsible=task.responsible is not None,
        deadline=task.deadline_date,
    )


def slots_of(minutes: Minutes, on: date) -> list[ApprovalSlot]:
    """The approvals these minutes need by the country's profile, and those given."""
    return slots_among(minutes, seats_filled(minutes.meeting.council, on))


def slots_of_all(several: Sequence[Minutes], on: date) -> list[list[ApprovalSlot]]:
    """The same for several minutes, in two queries; their approvals have been fetched ahead."""
    filled = seats_filled_in((minutes.meeting.council for minutes in several), on)
    return [slots_among(minutes, filled[minutes.meeting.council_id]) for minutes in several]


def approvers_of(minutes: Minutes, on: date) -> list[Person]:
    """Everybody who could give one of the approvals that are still missing."""
    filled = seats_filled(minutes.meeting.council, on)
    waiting = {slot.function for slot in slots_among(minutes, filled) if not slot.is_given}
    persons = {
        person.pk: person
        for one in filled
        if one.seat.function in waiting or (MEMBER in waiting and not one.is_guest)
        for person in one.persons
        if person.pk != minutes.written_by_id
    }
    return list(persons.values())


def slots_among(
    minutes: Minutes, filled: Sequence[FilledSeat], given: Mapping[str, int] | None = None
) -> list[ApprovalSlot]:
    """The same of seats that are known, and of approvals by function where these are too."""
    council = minutes.meeting.council
    required = [str(one) for one in profile(council.country).minutes_approval.approvers]
    if given is None:
        given = {one.function: one.person_id for one in minutes.approvals.all()}
    return approval_slots(
        required, holders=holders_by_function(filled), writer=minutes.written_by_id, given=given
    )


def day_of(meeting: Meeting) -> date:
    """The day of the meeting in its council's zone."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.council.zone)).date()

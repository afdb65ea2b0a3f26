"""What must hold of the demo, however much of it is loaded."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from samrad.cooperation.models import Agreement, Commitment, Council
from samrad.documents.rules import Classification
from samrad.followup.models import Decision, PoliceRequest, ProgressNote, Task, Told
from samrad.followup.rules import DecisionState, PoliceState, Reminder, TaskState
from samrad.kernel.clock import now, today
from samrad.kernel.identity import find_identity_numbers
from samrad.meetings.models import AgendaItem, Meeting, Minutes, Proposal
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.people.models import Organisation, Person
from samrad.trail.models import TrailEntry


def check_meetings() -> None:
    """Every meeting has what its state says it has."""
    for meeting in Meeting.objects.select_related("council", "minutes"):
        minutes = getattr(meeting, "minutes", None)
        if meeting.starts_at > now():
            assert minutes is None, meeting
            assert meeting.state in {MeetingState.PLANNED, MeetingState.CALLED}, meeting
            assert (meeting.state == MeetingState.CALLED) == meeting.sendings.exists(), meeting
            continue
        assert minutes is not None, meeting
        assert meeting.items.exists(), meeting
        assert meeting.attendance.filter(presence="present").exists(), meeting
        assert meeting.called_at is not None, meeting
        assert meeting.called_at < meeting.starts_at, meeting
        assert (meeting.state == MeetingState.HELD) == (minutes.state == MinutesState.APPROVED)
        if minutes.state != MinutesState.DRAFT:
            check_what_was_written(minutes)


def check_what_was_written(minutes: Minutes) -> None:
    """Something was said on every item, and every decision has somebody who carries it out."""
    for item in minutes.meeting.items.all():
        assert len(item.minutes_text) > 60 or item.source_kind, item
        for decision in Decision.objects.filter(source_ref=item.ref):
            assert decision.tasks.exists(), decision
            provisional = decision.state == DecisionState.PROVISIONAL
            assert provisional == (minutes.state != MinutesState.APPROVED), decision
    assert minutes.circulated_at is not None
    if minutes.state == MinutesState.APPROVED:
        assert not minutes.approvals.filter(person=minutes.written_by).exists(), minutes
        assert minutes.approved_at is not None
        assert minutes.approved_at > minutes.circulated_at > minutes.meeting.starts_at, minutes


def check_tasks() -> None:
    """Every task has somebody and a day, and what is done says what came of it."""
    for task in Task.objects.select_related("decision", "responsible_person"):
        assert task.responsible, task
        assert task.deadline_date, task
        if task.state == TaskState.DONE:
            assert task.outcome, task
            assert task.closed_at, task
            assert task.closed_at < now(), task
    assert Task.objects.overdue(today()).exists()
    assert Task.objects.open().filter(deadline_date__gt=today()).exists()
    assert Task.objects.filter(state=TaskState.DONE).exists()


def check_what_was_followed_up() -> None:
    """Something was put off, escalated, taken up again, and handed over to the police."""
    assert Task.objects.filter(postponements__gt=0).exists()
    assert Told.objects.filter(reminder=Reminder.TO_CHAIR).exists()
    assert ProgressNote.objects.exists()
    assert PoliceRequest.objects.filter(state=PoliceState.HANDED_OVER).exists()
    assert AgendaItem.objects.filter(source_kind=Decision.trail_kind).exists()


def check_nobody_is_real() -> None:
    """Addresses and numbers reach nobody; no text holds anything like an identity number."""
    for person in Person.objects.all():
        assert person.email.endswith("@example.org"), person
        assert not person.phone.replace(" ", "").replace("-", "").strip("0123"), person
        assert (
            person.phone.replace(" ", "").replace("-", "").startswith("00000") or not person.phone
        )
    for text in _texts():
        assert not find_identity_numbers(text), text


def _texts() -> Iterator[str]:
    for model, fields in (
        (Council, ("name", "purpose", "slt_relation")),
        (Organisation, ("name",)),
        (Agreement, ("title",)),
        (Commitment, ("title", "rhythm")),
        (AgendaItem, ("title", "text", "minutes_text")),
        (Proposal, ("title", "reason", "answer")),
        (Decision, ("text",)),
        (Task, ("title", "outcome")),
    ):
        for row in model._default_manager.values_list(*fields):
            yield from row


def check_the_record() -> None:
    """Whatever was done was done by somebody, before now, and restricted items have a basis."""
    assert not TrailEntry.objects.filter(at__gt=now()).exists()
    actors = TrailEntry.objects.exclude(event__startswith="area").filter(actor_ref="")
    # Two councils whose coordinator chairs them came with the installation, seats and all.
    events = list(actors.values_list("event", flat=True))
    assert events.count("council.set_up") <= 2, events
    # The demo's mail is delivered at its end, when some of what it tells is over.
    begun = ("council.set_up", "seat.", "task.told", "post.withheld")
    assert sum(not event.startswith(begun) for event in events) <= 5, events
    restricted = AgendaItem.objects.filter(classification=Classification.RESTRICTED)
    assert not restricted.filter(Q(legal_basis="") | Q(audience=None)).exists()
    assert restricted.exists()

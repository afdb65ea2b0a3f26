"""What others have been shown stays as they saw it, and what was restricted stays untold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.followup.models import Task
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.agenda import remove_item
from samrad.meetings.actions.minutes_page import (
    DecisionNote,
    TaskNote,
    TaskWords,
    save_task,
    save_wording,
    task_mark,
    wording_mark,
)
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.models import AgendaItem
from samrad.meetings.rules import ItemKind, MeetingState
from samrad.meetings.rules.sending import Reader, SentItem, changes_between, snapshot
from samrad.people.actions.appointments import end_appointment
from samrad.people.models import Appointment
from samrad.trail.api import history_of
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import (
    called,
    circulated,
    decide,
    planned,
    restricted_on,
    sent_out,
    written,
)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def decision(cast):
    minutes = written(cast)
    return decide(cast, minutes.meeting.items.get())


def test_no_word_changes_once_the_minutes_are_out_however_late_the_save_arrives(cast, decision):
    item = AgendaItem.objects.get(ref=decision.source_ref)
    meeting, by = item.meeting, cast.secretary.actor
    task = decision.tasks.get()
    sent_out(minutes=meeting.minutes, by=by, at=NOON)

    words = TaskWords("Noe annet", person=cast.chair.person)
    note = DecisionNote(decision, "Noe annet.", wording_mark(decision.text))
    with pytest.raises(Refused, match="out for approval"):
        save_wording(meeting, note, by=by, at=NOON)
    with pytest.raises(Refused, match="out for approval"):
        save_task(meeting, TaskNote(task, words, task_mark(task)), by=by, at=NOON)

    decision.refresh_from_db()
    assert (decision.text, decision.tasks.get().title) == ("Lyset rettes.", "Rette lyset")


def test_a_meeting_whose_minutes_are_out_is_neither_moved_nor_cancelled(cast):
    meeting, by = circulated(cast).meeting, cast.secretary.actor
    later = meeting.starts_at + timedelta(days=1)

    with pytest.raises(Refused, match="out for approval"):
        api.cancel_meeting(meeting=meeting, reason="Likevel ikke", by=by, at=NOON)
    with pytest.raises(Refused, match="out for approval"):
        api.move_meeting(
            meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=1), place="",
            by=by, at=NOON,
        )  # fmt: skip

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED


def test_an_item_something_was_decided_under_stays_so_that_the_decision_comes_to_bind(cast):
    meeting, by = called(cast), cast.secretary.actor
    api.begin_minutes(meeting=meeting, by=by, at=NOON)
    item = meeting.items.get()
    api.record_decision(item=item, text="Lyset rettes.", by=by, at=NOON)

    with pytest.raises(Refused, match="stays on the agenda"):
        remove_item(item=item, by=by, at=NOON)

    assert meeting.items.count() == 1


def test_whoever_has_left_the_table_keeps_a_task_when_the_whole_page_is_saved(
    cast, decision, client
):
    item = AgendaItem.objects.get(ref=decision.source_ref)
    task = decision.tasks.get()
    post = Appointment.objects.get(person=cast.station_chief.person)
    end_appointment(
        appointment=post, to_date=TODAY - timedelta(days=1), by=cast.administrator.actor, at=NOON
    )
    url = reverse("meetings:minutes", args=[item.meeting.ref])

    answer = signed_in(client, cast.secretary).post(
        url,
        {
            f"version-{item.ref}": "1",
            f"text-{item.ref}": "Om nattlivet, igjen.",
            f"decision-{decision.ref}": decision.text,
            f"decision-{decision.ref}-was": wording_mark(decision.text),
            f"task-{task.ref}-was": task_mark(task),
            f"task-{task.ref}-title": "Rette alt lyset",
            f"task-{task.ref}-who": f"p:{cast.station_chief.person.ref}",
            f"task-{task.ref}-by": str(task.deadline_date),
        },
    )

    assert answer.status_code == 302
    task = Task.objects.get(pk=task.pk)
    assert (task.title, task.responsible_person) == ("Rette alt lyset", cast.station_chief.person)


def test_what_an_item_was_called_while_restricted_is_not_told_after_it_is_opened(cast):
    by = cast.secretary.actor
    item = restricted_on(planned(cast), by, "KANARI-SKJERMET")
    assert "KANARI-SKJERMET" in history_of(item)[0].text

    api.change_item(
        item=item, title="Trygghet", kind=ItemKind.DISCUSSION,
        classification=Classification.OPEN, by=by, at=NOON,
    )  # fmt: skip

    item.refresh_from_db()
    told = [happening.text for happening in history_of(item)]
    assert "Trygghet" in told[0]
    assert cast.secretary.name in told[1]
    assert "(restricted)" in told[1]
    assert not any("KANARI" in text for text in told)


def test_the_title_of_an_item_restricted_since_the_last_mail_is_not_repeated_in_the_next():
    def said(readers):
        item = SentItem(ref="a", print="1", readers=readers, title="KANARI")
        return snapshot(starts="s", ends="e", place="p", items=[item])

    changes = changes_between(said("open"), said([7]), Reader())

    assert changes.removed == ()
    assert changes.further == 1


def test_showing_nothing_restricted_writes_nothing_and_opens_no_transaction(
    cast, django_assert_num_queries
):
    items = list(called(cast).items.select_related("meeting__council"))
    actor = cast.police_member.actor
    with django_assert_num_queries(0):
        record_reading(items=items, by=actor, at=NOON)

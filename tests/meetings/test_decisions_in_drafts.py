"""What is decided stays with the minutes until these go out, and comes back with them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from samrad.followup.api import change_task, reword_decision
from samrad.followup.models import Decision, Task
from samrad.kernel.clock import day_of, held_at
from samrad.meetings import api
from samrad.meetings.actions.minutes_page import (
    DecisionNote,
    PageChanges,
    save_page,
    wording_mark,
)
from samrad.trail.api import event_codes_of
from tests.cast import NOON, signed_in
from tests.meetings.bricks import IN_THREE_WEEKS, decide, planned, planned_after, sent_out, written

MIGRATION = import_module("samrad.meetings.migrations.0003_decisions_of_drafts_are_drafted")


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def state_of(decision):
    return Decision.objects.get(pk=decision.pk).state


def test_decisions_go_out_come_back_and_bind_with_their_minutes(cast):
    minutes = written(cast)
    decision, by = decide(cast, minutes.meeting.items.get()), cast.secretary.actor
    assert state_of(decision) == "drafted"

    sent_out(minutes=minutes, by=by, at=NOON)
    assert state_of(decision) == "provisional"
    api.send_back_minutes(minutes=minutes, comment="Feil navn.", by=cast.chair.actor, at=NOON)
    assert state_of(decision) == "drafted"
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)

    assert state_of(decision) == "binding"
    assert event_codes_of(decision) == [
        "decision.taken", "decision.put_forward", "decision.taken_back", "decision.put_forward",
        "decision.binding",
    ]  # fmt: skip


def test_a_member_meets_a_drafted_decision_nowhere(cast, client):
    minutes = written(cast)
    decision = decide(cast, minutes.meeting.items.get(), "KANARI-VEDTAK", title="KANARI-OPPGAVE")
    signed_in(client, cast.station_chief)  # whose task it will be
    pages = [
        reverse("home"),
        reverse("followup:my_tasks"),
        reverse("followup:register", args=[cast.council.ref]),
        cast.council.get_absolute_url(),
        minutes.meeting.get_absolute_url(),
        reverse("meetings:history", args=[minutes.meeting.ref]),
    ]

    found = [client.get(page) for page in pages]

    assert [page.status_code for page in found] == [200] * len(pages)
    assert not [page for page in found if "KANARI" in page.text]
    for thing in (decision, decision.tasks.get()):
        assert client.get(thing.get_absolute_url()).status_code == 404
    register = signed_in(client, cast.secretary).get(pages[2])
    assert "KANARI-VEDTAK" in register.text
    assert "In draft minutes" in register.text


def test_what_stood_in_the_draft_is_told_to_nobody_else_after_it_has_gone_out(cast, client):
    minutes, by = written(cast), cast.secretary.actor
    decision = decide(cast, minutes.meeting.items.get(), "KANARI-VEDTAK", title="KANARI-OPPGAVE")
    task = decision.tasks.get()
    sent_out(minutes=minutes, by=by, at=NOON)
    api.send_back_minutes(minutes=minutes, comment="Feil navn.", by=cast.chair.actor, at=NOON)
    reword_decision(decision=decision, text="Lyset rettes.", by=by, at=NOON)
    change_task(
        task=task, title="Rette lyset", person=cast.station_chief.person,
        deadline_date=task.deadline_date, by=by, at=NOON,
    )  # fmt: skip
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    pages = [
        decision.get_absolute_url(),
        task.get_absolute_url(),
        reverse("meetings:history", args=[minutes.meeting.ref]),
    ]

    def told(who):
        signed_in(client, who)
        return [client.get(page).text for page in pages]

    assert not [page for page in told(cast.station_chief) if "KANARI" in page]
    assert all("went out" in page for page in told(cast.station_chief))
    assert all("KANARI" in page for page in told(cast.secretary))


def test_the_page_is_saved_although_a_decision_on_it_was_dropped_by_an_earlier_version(cast):
    minutes = written(cast)
    decision = decide(cast, minutes.meeting.items.get())
    Decision.objects.update(state="dropped")
    decision.refresh_from_db()
    note = DecisionNote(decision, decision.text, wording_mark(decision.text))

    conflicts = save_page(
        meeting=minutes.meeting, changes=PageChanges(decisions=[note]),
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    assert not conflicts
    assert state_of(decision) == "dropped"


def test_a_drafted_decision_is_not_carried_over_to_the_next_agenda(cast):
    decide(cast, written(cast).meeting.items.get())

    assert not api.add_unfinished(meeting=planned_after(cast), by=cast.secretary.actor, at=NOON)


def test_decisions_of_drafts_that_were_there_before_become_drafted_and_no_others(cast):
    by = cast.secretary.actor
    later = IN_THREE_WEEKS + timedelta(days=7)
    draft, out = written(cast), written(cast, "Skoleveien", starts_at=later)
    drafted, sent = (decide(cast, one.meeting.items.get()) for one in (draft, out))
    sent_out(minutes=out, by=by, at=NOON)
    Decision.objects.update(state="provisional")  # as the last release left them
    before = list(Task.objects.values("pk", "state"))

    MIGRATION.draft(apps, SimpleNamespace(connection=connection))

    assert (state_of(drafted), state_of(sent)) == ("drafted", "provisional")
    assert list(Task.objects.values("pk", "state")) == before
    MIGRATION.undraft(apps, SimpleNamespace(connection=connection))
    assert state_of(drafted) == "provisional"


def test_what_is_drafted_for_a_meeting_moves_with_it_to_another_day(cast):
    minutes, by = written(cast), cast.secretary.actor
    meeting, decision = minutes.meeting, decide(cast, minutes.meeting.items.get())
    later = timedelta(days=7)

    api.move_meeting(
        meeting=meeting, starts_at=meeting.starts_at + later, ends_at=meeting.ends_at + later,
        place=meeting.place, by=by, at=NOON,
    )  # fmt: skip

    decision.refresh_from_db()
    meeting.refresh_from_db()
    assert decision.decided_date == day_of(meeting.starts_at, cast.council.zone)


def test_what_another_meeting_decided_keeps_its_day(cast):
    other = decide(cast, written(cast).meeting.items.get())
    meeting, by = planned(cast, starts_at=NOON + timedelta(days=40)), cast.secretary.actor

    api.move_meeting(
        meeting=meeting, starts_at=NOON + timedelta(days=50), ends_at=NOON + timedelta(days=51),
        place="", by=by, at=NOON,
    )  # fmt: skip

    assert Decision.objects.get(pk=other.pk).decided_date == other.decided_date

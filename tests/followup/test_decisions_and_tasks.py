"""Decisions bind, tasks are done, and what is not done does not vanish."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.documents.rules import Classification
from samrad.followup import events
from samrad.followup.actions import (
    change_task,
    close_decision,
    give_task,
    make_binding,
    note_reading,
    put_forward,
    report_task,
    reword_decision,
    take_back,
    take_decision,
    withdraw_decision,
    withdraw_task,
)
from samrad.followup.forms import CloseForm
from samrad.followup.models import Decision, Task
from samrad.followup.queries import tasks_of, unfinished_for
from samrad.followup.rules import (
    NEXT_DECISION_STATES,
    NEXT_TASK_STATES,
    DecisionState,
    TaskState,
)
from samrad.kernel.verdict import Refused
from samrad.people.actions.appointments import replace_holder
from samrad.trail.api import event_codes_of
from samrad.trail.models import TrailEntry
from tests.cast import NOON, TODAY, Cast

pytestmark = pytest.mark.django_db


def decided(
    cast: Cast, text: str = "Trygghetsvandring i sentrum i mai", **more: object
) -> Decision:
    """A decision in the draft minutes of the council."""
    return take_decision(
        council=cast.council,
        text=text,
        decided_date=TODAY,
        by=cast.secretary.actor,
        at=NOON,
        **more,
    )


def put_out(cast: Cast, **more: object) -> Decision:
    """A decision of minutes that wait for approval."""
    decision = decided(cast, **more)
    put_forward(decisions=[decision], by=cast.secretary.actor, at=NOON)
    decision.refresh_from_db()
    return decision


def bound(cast: Cast, **more: object) -> Decision:
    """A decision of approved minutes."""
    decision = put_out(cast, **more)
    make_binding(decisions=[decision], by=cast.chair.actor, at=NOON)
    decision.refresh_from_db()
    return decision


def given_to(cast: Cast, who: object, decision: Decision | None = None) -> Task:
    """A task for somebody of the cast, due in a month."""
    return give_task(
        council=cast.council,
        title="Lag rute og kalle inn",
        person=who.person,  # type: ignore[attr-defined]
        deadline_date=TODAY + timedelta(days=30),
        decision=decision,
        by=cast.secretary.actor,
        at=NOON,
    )


def test_only_the_secretary_or_chair_records_decisions(cast: Cast) -> None:
    with pytest.raises(Refused, match="secretary or chair"):
        take_decision(
            council=cast.council, text="x", decided_date=TODAY, by=cast.police_member.actor, at=NOON
        )


def test_the_secretary_of_the_next_council_is_a_stranger_here(cast: Cast) -> None:
    decision = bound(cast)
    task = given_to(cast, cast.police_member, decision)

    assert not Decision.objects.visible_to(cast.stranger.actor).exists()
    assert not Task.objects.visible_to(cast.stranger.actor).exists()
    with pytest.raises(Refused):
        report_task(task=task, to=TaskState.DONE, by=cast.stranger.actor, at=NOON)


def test_a_decision_goes_the_way_its_minutes_go(cast: Cast) -> None:
    decision = decided(cast)
    by, states = cast.secretary.actor, [decision.state]

    for step in (put_forward, take_back, make_binding, put_forward, make_binding):
        step(decisions=[decision], by=by, at=NOON)
        decision.refresh_from_db()
        states.append(decision.state)

    assert states == ["drafted", "provisional", "drafted", "drafted", "provisional", "binding"]
    assert event_codes_of(decision) == [
        "decision.taken", "decision.put_forward", "decision.taken_back", "decision.put_forward",
        "decision.binding",
    ]  # fmt: skip


# Who sees a decision of draft minutes, and a task under it, also when it is their own.
DRAFT_READERS = {
    "chair": True,
    "secretary": True,
    "director": False,
    "police_member": False,
    "station_chief": False,
    "guest": False,
    "analyst": False,
    "stranger": False,
}


def test_what_stands_in_draft_minutes_is_for_those_who_write_or_approve_them(cast: Cast) -> None:
    decision = decided(cast, classification=Classification.OPEN)
    task = given_to(cast, cast.police_member, decision)

    def seen() -> list[dict[str, bool]]:
        actors = {name: getattr(cast, name).actor for name in DRAFT_READERS}
        return [
            {
                name: type(thing).objects.visible_to(actor).filter(pk=thing.pk).exists()  # type: ignore[attr-defined]
                for name, actor in actors.items()
            }
            for thing in (decision, task)
        ]

    assert seen() == [DRAFT_READERS, DRAFT_READERS]

    put_forward(decisions=[decision], by=cast.secretary.actor, at=NOON)

    members = dict.fromkeys(DRAFT_READERS, True) | {
        "guest": False, "analyst": False, "stranger": False,
    }  # fmt: skip
    assert seen() == [members, members]
    take_back(decisions=[decision], by=cast.secretary.actor, at=NOON)
    assert seen() == [DRAFT_READERS, DRAFT_READERS]


def test_a_vice_chair_who_approves_reads_the_draft_but_not_what_is_restricted(cast: Cast) -> None:
    cast.council.seats.filter(role="municipal_director").update(function="vice_chair")
    internal = decided(cast)
    decided(cast, classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 23")

    assert list(Decision.objects.visible_to(cast.director.actor)) == [internal]


def test_a_task_in_draft_minutes_is_on_nobodys_list_and_on_no_agenda(cast: Cast) -> None:
    decision = decided(cast)
    task = given_to(cast, cast.secretary, decision)

    assert not tasks_of(cast.secretary.actor).exists()
    assert not len(unfinished_for(cast.council, cast.secretary.actor))
    with pytest.raises(Refused, match="draft minutes"):
        report_task(task=task, to=TaskState.DONE, by=cast.secretary.actor, at=NOON)

    put_forward(decisions=[decision], by=cast.secretary.actor, at=NOON)

    assert list(tasks_of(cast.secretary.actor)) == [task]
    assert unfinished_for(cast.council, cast.secretary.actor).decisions == [decision]
    report_task(task=task, to=TaskState.DONE, by=cast.secretary.actor, at=NOON)


def test_what_is_out_for_approval_is_not_changed_behind_the_approvers_back(cast: Cast) -> None:
    decision = put_out(cast)
    task = given_to(cast, cast.police_member, decision)
    by = cast.secretary.actor

    with pytest.raises(Refused, match="out for approval"):
        reword_decision(decision=decision, text="Andre ord", by=by, at=NOON)
    with pytest.raises(Refused, match="out for approval"):
        withdraw_decision(decision=decision, by=by, at=NOON)
    with pytest.raises(Refused, match="out for approval"):
        withdraw_task(task=task, by=by, at=NOON)


@pytest.mark.parametrize("to", [DecisionState.DONE, DecisionState.DROPPED])
def test_a_decision_that_is_out_for_approval_is_neither_done_nor_dropped(
    cast: Cast, to: DecisionState
) -> None:
    decision = put_out(cast)
    by = cast.secretary.actor

    assert not CloseForm(actor=by, decision=decision).is_offered
    with pytest.raises(Refused, match="out for approval"):
        close_decision(decision=decision, to=to, by=by, at=NOON, reason="Likevel ikke")

    decision.refresh_from_db()
    assert decision.state == DecisionState.PROVISIONAL


def test_the_words_a_decision_has_already_are_no_change_whatever_its_state(cast: Cast) -> None:
    decision = bound(cast)

    reword_decision(decision=decision, text=decision.text, by=cast.secretary.actor, at=NOON)

    assert events.DECISION_REWORDED.code not in event_codes_of(decision)


@pytest.mark.parametrize("to", [DecisionState.DRAFTED, DecisionState.BINDING])
def test_nobody_moves_a_decision_past_its_minutes_by_closing_it(
    cast: Cast, to: DecisionState
) -> None:
    with pytest.raises(Refused, match="cannot go"):
        close_decision(decision=put_out(cast), to=to, by=cast.secretary.actor, at=NOON)


def test_draft_words_can_be_changed_but_binding_ones_cannot(cast: Cast) -> None:
    decision = decided(cast)
    reword_decision(decision=decision, text="Bedre ord", by=cast.secretary.actor, at=NOON)
    decision.refresh_from_db()
    assert decision.text == "Bedre ord"

    put_forward(decisions=[decision], by=cast.secretary.actor, at=NOON)
    make_binding(decisions=[decision], by=cast.chair.actor, at=NOON)
    with pytest.raises(Refused, match="binding"):
        reword_decision(decision=decision, text="Andre ord", by=cast.secretary.actor, at=NOON)


def test_a_decision_taken_out_of_the_draft_takes_its_tasks_with_it(cast: Cast) -> None:
    decision = decided(cast)
    task = given_to(cast, cast.police_member, decision)

    withdraw_decision(decision=decision, by=cast.secretary.actor, at=NOON)

    assert not Decision.objects.exists()
    assert not Task.objects.exists()
    assert event_codes_of(decision)[-1] == "decision.withdrawn"
    assert event_codes_of(task)[-1] == "task.withdrawn"


def test_the_whole_text_of_a_decision_taken_out_stays_in_the_trail(cast: Cast) -> None:
    decision = decided(cast, text="Lyset rettes. " * 20)

    withdraw_decision(decision=decision, by=cast.secretary.actor, at=NOON)

    entry = TrailEntry.objects.get(event="decision.withdrawn")
    assert entry.values_kept.get(name="text").value == decision.text


def test_what_somebody_has_taken_out_is_refused_in_words(cast: Cast) -> None:
    decision = decided(cast)
    task = given_to(cast, cast.police_member, decision)
    gone = Decision.objects.get(pk=decision.pk), Task.objects.get(pk=task.pk)
    by = cast.secretary.actor
    withdraw_decision(decision=decision, by=by, at=NOON)

    for act in (
        lambda: reword_decision(decision=gone[0], text="Ny", by=by, at=NOON),
        lambda: withdraw_decision(decision=gone[0], by=by, at=NOON),
        lambda: close_decision(decision=gone[0], to=DecisionState.DONE, by=by, at=NOON),
        lambda: withdraw_task(task=gone[1], by=by, at=NOON),
        lambda: report_task(task=gone[1], to=TaskState.DONE, by=by, at=NOON),
    ):
        with pytest.raises(Refused, match="taken this out"):
            act()


def test_the_responsible_ticks_the_task_off_and_says_what_came_of_it(cast: Cast) -> None:
    task = given_to(cast, cast.police_member, bound(cast))

    report_task(
        task=task, to=TaskState.DONE, by=cast.police_member.actor, at=NOON, note="Ruta er klar."
    )

    task.refresh_from_db()
    assert task.state == TaskState.DONE
    assert task.outcome == "Ruta er klar."
    assert task.closed_by == cast.police_member.person
    assert events.TASK_DONE.code in event_codes_of(task)


def test_another_member_cannot_tick_off_somebody_elses_task(cast: Cast) -> None:
    task = given_to(cast, cast.police_member)

    with pytest.raises(Refused, match="Only whoever has the task"):
        report_task(task=task, to=TaskState.DONE, by=cast.station_chief.actor, at=NOON)


def test_an_organisations_task_is_its_peoples_until_somebody_has_it_by_name(cast: Cast) -> None:
    task = give_task(
        council=cast.council,
        title="Belysning i parken",
        organisation=cast.no.kommune,
        by=cast.secretary.actor,
        at=NOON,
    )

    assert task in tasks_of(cast.director.actor)
    assert task not in tasks_of(cast.police_member.actor)
    report_task(task=task, to=TaskState.DONE, by=cast.director.actor, at=NOON)


def test_a_task_needs_somebody_responsible(cast: Cast) -> None:
    with pytest.raises(Refused, match="somebody responsible"):
        give_task(council=cast.council, title="x", by=cast.secretary.actor, at=NOON)


def test_dropping_takes_a_reason_and_the_secretary(cast: Cast) -> None:
    task = given_to(cast, cast.police_member)
    with pytest.raises(Refused, match="Say why"):
        report_task(task=task, to=TaskState.DROPPED, by=cast.secretary.actor, at=NOON)
    with pytest.raises(Refused, match="drops tasks"):
        report_task(
            task=task, to=TaskState.DROPPED, by=cast.police_member.actor, at=NOON, note="Nei"
        )

    report_task(
        task=task, to=TaskState.DROPPED, by=cast.secretary.actor, at=NOON, note="Løst på annen måte"
    )
    task.refresh_from_db()
    assert task.state == TaskState.DROPPED


def test_a_decision_with_open_tasks_is_not_carried_out(cast: Cast) -> None:
    decision = bound(cast)
    task = given_to(cast, cast.police_member, decision)
    with pytest.raises(Refused, match="still open"):
        close_decision(decision=decision, to=DecisionState.DONE, by=cast.chair.actor, at=NOON)

    report_task(task=task, to=TaskState.DONE, by=cast.police_member.actor, at=NOON)
    close_decision(decision=decision, to=DecisionState.DONE, by=cast.chair.actor, at=NOON)

    assert not unfinished_for(cast.council, cast.secretary.actor).decisions


def test_dropping_a_decision_drops_its_tasks_with_the_same_reason(cast: Cast) -> None:
    decision = bound(cast)
    task = given_to(cast, cast.police_member, decision)

    close_decision(
        decision=decision,
        to=DecisionState.DROPPED,
        by=cast.secretary.actor,
        at=NOON,
        reason="Kommunestyret sa nei.",
    )

    task.refresh_from_db()
    assert (task.state, task.outcome) == (TaskState.DROPPED, "Kommunestyret sa nei.")


def test_what_is_unfinished_is_counted_once(cast: Cast) -> None:
    decision = bound(cast)
    given_to(cast, cast.police_member, decision)
    loose = given_to(cast, cast.station_chief)

    unfinished = unfinished_for(cast.council, cast.secretary.actor)

    assert unfinished.decisions == [decision]
    assert unfinished.tasks == [loose]


def test_a_restricted_decision_is_for_the_seats_it_names_and_its_keepers(cast: Cast) -> None:
    police_seat = cast.council.seats.get(role="police_contact")
    decision = bound(
        cast,
        classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven § 23",
        audience=[police_seat],
    )
    task = given_to(cast, cast.station_chief, decision)

    def sees(who: object) -> bool:
        actor = who.actor  # type: ignore[attr-defined]
        return Decision.objects.visible_to(actor).filter(pk=decision.pk).exists()

    assert {
        "chair": sees(cast.chair),
        "secretary": sees(cast.secretary),
        "police_member": sees(cast.police_member),
        "station_chief": sees(cast.station_chief),
        "guest": sees(cast.guest),
        "analyst": sees(cast.analyst),
        "national_officer": sees(cast.national_officer),
        "administrator": sees(cast.administrator),
    } == {
        "chair": True,
        "secretary": True,
        "police_member": True,
        "station_chief": False,
        "guest": False,
        "analyst": False,
        "national_officer": False,
        "administrator": False,
    }
    assert Task.objects.visible_to(cast.station_chief.actor).get() == task


def test_the_covering_level_reads_open_binding_decisions_and_no_tasks(cast: Cast) -> None:
    binding = bound(cast, classification=Classification.OPEN)
    decided(cast, text="Utkast", classification=Classification.OPEN)
    bound(cast, text="Intern", classification=Classification.INTERNAL)
    given_to(cast, cast.police_member, binding)

    assert list(Decision.objects.visible_to(cast.analyst.actor)) == [binding]
    assert list(Decision.objects.visible_to(cast.other_analyst.actor)) == []
    assert not Task.objects.visible_to(cast.analyst.actor).exists()


def test_changing_a_task_says_who_and_when_in_its_history(cast: Cast) -> None:
    task = given_to(cast, cast.police_member)

    change_task(
        task=task,
        title=task.title,
        person=cast.station_chief.person,
        deadline_date=date(2027, 1, 15),
        by=cast.secretary.actor,
        at=NOON,
    )

    task.refresh_from_db()
    assert task.responsible_person == cast.station_chief.person
    assert events.TASK_CHANGED.code in event_codes_of(task)


@pytest.mark.parametrize("table", [NEXT_DECISION_STATES, NEXT_TASK_STATES])
def test_every_state_has_its_line_in_the_table(table: dict[object, frozenset[object]]) -> None:
    states = set(type(next(iter(table))))
    assert set(table) == states
    assert all(following <= states for following in table.values())


@given(days=st.integers(min_value=-400, max_value=400))
def test_a_task_is_overdue_from_the_day_after_its_deadline(days: int) -> None:
    task = Task(state=TaskState.OPEN, deadline_date=TODAY + timedelta(days=days))
    assert task.is_overdue(TODAY) == (days < 0)
    assert not Task(state=TaskState.DONE, deadline_date=TODAY - timedelta(1)).is_overdue(TODAY)


def test_a_new_mayor_takes_over_the_old_ones_tasks_with_the_office(cast: Cast) -> None:
    task = given_to(cast, cast.chair)
    elsewhere = given_to(cast, cast.police_member)
    assert cast.chair.appointment is not None

    replace_holder(
        appointment=cast.chair.appointment,
        person=cast.director.person,
        from_date=TODAY,
        by=cast.administrator.actor,
        at=NOON,
    )

    task.refresh_from_db()
    elsewhere.refresh_from_db()
    assert task.responsible_person == cast.director.person
    assert elsewhere.responsible_person == cast.police_member.person
    assert events.TASK_HANDED_OVER.code in event_codes_of(task)


def test_reading_what_is_restricted_is_recorded_once_a_person_a_calendar_day(cast: Cast) -> None:
    decision = bound(
        cast, classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 23"
    )
    late = NOON.replace(hour=22)  # 23 o'clock where the reader is

    for at in (NOON, late, late + timedelta(hours=2), late + timedelta(hours=3)):
        note_reading(decision, by=cast.chair.actor, at=at)
    note_reading(decision, by=cast.secretary.actor, at=NOON)
    note_reading(bound(cast), by=cast.chair.actor, at=NOON)

    assert event_codes_of(decision).count("followup.restricted_read") == 3


def test_a_task_under_a_decision_that_has_ended_is_not_opened_again(cast):
    decision = bound(cast)
    task = give_task(
        council=cast.council, title="Be om tall", decision=decision, by=cast.secretary.actor,
        at=NOON, person=cast.director.person,
    )  # fmt: skip
    report_task(task=task, to=TaskState.DONE, by=cast.director.actor, at=NOON)
    close_decision(decision=decision, to=DecisionState.DONE, by=cast.secretary.actor, at=NOON)

    with pytest.raises(Refused, match="come to an end"):
        report_task(task=task, to=TaskState.OPEN, by=cast.secretary.actor, at=NOON)

    close_decision(decision=decision, to=DecisionState.BINDING, by=cast.secretary.actor, at=NOON)
    report_task(task=task, to=TaskState.OPEN, by=cast.secretary.actor, at=NOON)
    assert Task.objects.get(pk=task.pk).state == TaskState.OPEN

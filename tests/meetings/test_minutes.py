"""Minutes are written by several at once and nothing is lost (D4, D5)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samrad.followup.actions import (
    change_task,
    report_task,
    reword_decision,
    withdraw_decision,
)
from samrad.followup.models import Decision, Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.models import Attendance, MinutesRevision
from samrad.meetings.rules import MinutesState, Presence
from samrad.meetings.rules.minutes import ItemFacts, Lack, TaskFacts, shortcomings_of
from samrad.trail.api import event_codes_of
from samrad.trail.models import TrailEntry
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import begun, called, circulated, decide, sent_out, written
from tests.meetings.the_minutes_page import autosave, filled_in, page_of, save


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def item(cast):
    meeting = called(cast)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    return meeting.items.get()


def test_every_acknowledged_text_is_kept_as_a_revision(cast, item):
    assert save(item, "Først", 0, cast.secretary) == api.Saved(1, "Først", NOON)
    assert save(item, "Så", 1, cast.chair).version == 2

    kept = MinutesRevision.objects.filter(item=item).values_list("version", "text", "saved_by")
    assert list(kept) == [
        (1, "Først", cast.secretary.person.pk), (2, "Så", cast.chair.person.pk)
    ]  # fmt: skip


def test_a_stale_text_is_answered_with_the_other_and_overwrites_nothing(cast, item):
    save(item, "Saras", 0, cast.secretary)

    answer = save(item, "Majas", 0, cast.chair)

    assert answer == api.Stale(1, "Saras", NOON, "Sara Eksempelsen")
    item.refresh_from_db()
    assert item.minutes_text == "Saras"
    assert save(item, "Begges", answer.version, cast.chair).version == 2


def test_a_repeated_save_whose_answer_was_lost_is_fine(cast, item):
    save(item, "Tekst", 0, cast.secretary)

    assert save(item, "Tekst", 0, cast.secretary) == api.Saved(1, "Tekst", NOON)
    assert MinutesRevision.objects.count() == 1


EDITS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["type", "save", "take_theirs", "reload"]),
        st.text("abc", max_size=4),
    ),
    max_size=40,
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_however_editors_interleave_no_acknowledged_text_is_lost(cast, item, edits):
    MinutesRevision.objects.filter(item=item).delete()
    type(item).objects.filter(pk=item.pk).update(minutes_text="", minutes_version=0)
    editors = [{"text": "", "version": 0} for _ in range(3)]
    acknowledged = []
    for who, act, words in edits:
        mine = editors[who]
        if act == "type":
            mine["text"] += words
        elif act == "reload":
            item.refresh_from_db()
            mine.update(text=item.minutes_text, version=item.minutes_version)
        else:
            before = type(item).objects.get(pk=item.pk)
            answer = save(item, mine["text"], mine["version"], cast.secretary)
            after = type(item).objects.get(pk=item.pk)
            if isinstance(answer, api.Stale):
                assert (after.minutes_text, after.minutes_version) == (
                    before.minutes_text, before.minutes_version
                ), "a stale save changes nothing"  # fmt: skip
                mine["version"] = answer.version
                if act == "take_theirs":
                    mine["text"] = answer.text
            else:
                acknowledged.append(answer.text)
                mine["version"] = answer.version

    item.refresh_from_db()
    kept = set(MinutesRevision.objects.filter(item=item).values_list("text", flat=True))
    assert set(acknowledged) <= kept | {""}
    versions = list(MinutesRevision.objects.filter(item=item).values_list("version", flat=True))
    assert versions == list(range(1, item.minutes_version + 1))


@pytest.mark.parametrize("who", ["police_member", "guest", "analyst", "stranger"])
def test_only_secretary_and_chair_write(cast, item, who):
    with pytest.raises(Refused):
        save(item, "x", 0, getattr(cast, who))


def test_minutes_follow_an_agenda_that_was_sent(cast):
    from tests.meetings.bricks import planned

    with pytest.raises(Refused, match="Send the agenda first"):
        api.begin_minutes(meeting=planned(cast), by=cast.secretary.actor, at=NOON)


def test_no_text_slips_in_after_the_minutes_have_gone_out(cast):
    minutes = circulated(cast)

    with pytest.raises(Refused, match="out for approval"):
        save(minutes.meeting.items.get(), "For sent", 1, cast.secretary)


def test_attendance_says_who_came_and_who_came_instead(cast):
    meeting = called(cast)
    seat = cast.council.seats.get(role="station_chief")
    note = {"meeting": meeting, "seat": seat, "by": cast.secretary.actor, "at": NOON}

    mark = api.note_attendance(presence=Presence.EXCUSED, stand_in="Vidar Tenktmann", **note)

    noted = Attendance.objects.get()
    assert (noted.person, noted.stand_in) == (cast.station_chief.person, "Vidar Tenktmann")
    assert mark == "excused|Vidar Tenktmann"
    other = api.note_attendance(presence=Presence.PRESENT, stand_in="", expected="|", **note)
    assert other == mark, "somebody else noted it first: it stays"


def test_everybody_present_is_one_act_and_leaves_earlier_notes_alone(cast):
    meeting = called(cast)
    seat = cast.council.seats.get(role="station_chief")
    by = cast.secretary.actor
    api.note_attendance(
        meeting=meeting, seat=seat, presence=Presence.ABSENT, stand_in="", by=by, at=NOON
    )

    api.note_everybody_present(meeting=meeting, by=by, at=NOON)

    assert dict(Attendance.objects.values_list("seat__role", "presence")) == {
        "mayor": "present", "municipal_director": "present", "prevention_coordinator": "present",
        "station_chief": "absent", "police_contact": "present",
    }  # fmt: skip


def facts(*, asks=True, needs_no_task=False, deadlines=()):
    tasks = [
        [TaskFacts("1. Rette lyset", "t", has_responsible=True, deadline=day) for day in days]
        for days in deadlines
    ]
    return ItemFacts("1. Lyset", "r", asks, needs_no_task, tasks)


@pytest.mark.parametrize(
    ("item", "lacks", "blocks"),
    [
        (facts(asks=False), [], False),
        (facts(deadlines=[[TODAY]]), [], False),
        (facts(), [Lack.NO_DECISION], True),
        (facts(deadlines=[[]]), [Lack.NO_TASK], True),
        (facts(asks=False, deadlines=[[]]), [Lack.NO_TASK], True),
        (facts(deadlines=[[None]]), [Lack.NO_DEADLINE], True),
        (facts(needs_no_task=True, deadlines=[[None]]), [Lack.NO_DEADLINE], True),
        (facts(deadlines=[[TODAY], []]), [Lack.NO_TASK], True),
        (facts(needs_no_task=True), [], False),
        (facts(needs_no_task=True, deadlines=[[]]), [], False),
    ],
)
def test_what_minutes_lack(item, lacks, blocks):
    found = shortcomings_of([item], present=3, not_noted=0)

    assert [one.lack for one in found] == lacks
    assert any(one.is_blocking for one in found) is blocks


def test_minutes_without_anybody_present_do_not_go_out(cast):
    meeting = called(cast)
    minutes = api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)

    with pytest.raises(Refused, match="not complete"):
        sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)


def test_a_decision_without_a_task_holds_the_minutes_back_until_somebody_says_so(cast):
    minutes = written(cast)
    item, by = minutes.meeting.items.get(), cast.secretary.actor
    api.record_decision(item=item, text="Vi er enige.", by=by, at=NOON)

    with pytest.raises(Refused, match="not complete"):
        sent_out(minutes=minutes, by=by, at=NOON)
    api.set_needs_no_task(item=item, value=True, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON)

    minutes.refresh_from_db()
    assert minutes.state == MinutesState.CIRCULATED


def test_a_decision_is_for_the_same_readers_as_its_item(cast):
    from tests.meetings.bricks import planned, restricted_on

    meeting, by = planned(cast), cast.secretary.actor
    seat = cast.council.seats.get(role="station_chief")
    item = restricted_on(meeting, by, "Skjermet", seat)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    decide(cast, item)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON)

    for model in (Decision, Task):
        assert model.objects.visible_to(cast.station_chief.actor).exists()
        assert not model.objects.visible_to(cast.police_member.actor).exists()
        assert not model.objects.visible_to(cast.guest.actor).exists()


# The page without scripts ------------------------------------------------------------------------


def test_one_save_saves_everything(cast, client, item):
    meeting = item.meeting
    signed_in(client, cast.secretary)
    seat = cast.council.seats.get(role="mayor")
    data = filled_in(
        page_of(client, meeting),
        **{
            f"text-{item.ref}": "Det ble sagt mye.",
            f"new_decision-{item.ref}": "Lyset rettes.",
            f"new_task-{item.ref}-title": "Rette lyset",
            f"new_task-{item.ref}-who": f"p:{cast.director.person.ref}",
            f"new_task-{item.ref}-by": "2027-01-15",
            f"seat-{seat.ref}-presence": "present",
        },
    )

    answer = client.post(reverse("meetings:minutes", args=[meeting.ref]), data)

    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.minutes_text == "Det ble sagt mye."
    task = Task.objects.get()
    assert (task.title, task.responsible_person) == ("Rette lyset", cast.director.person)
    assert str(task.deadline_date) == "2027-01-15"
    assert task.decision.text == "Lyset rettes."
    assert Attendance.objects.get().seat == seat


def test_saving_stale_minutes_shows_both_texts_and_saves_the_rest(cast, client):
    meeting = written(cast, "Nattlivet", "Skoleveien").meeting
    first, second = meeting.items.all()
    signed_in(client, cast.secretary)
    data = filled_in(
        page_of(client, meeting),
        **{f"text-{first.ref}": "Saras linje.", f"text-{second.ref}": "Saras andre."},
    )
    save(first, "Majas linje.", 1, cast.chair)

    answer = client.post(reverse("meetings:minutes", args=[meeting.ref]), data)

    assert answer.status_code == 409
    assert "Saras linje." in answer.text
    assert "Majas linje." in answer.text
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.minutes_text == "Majas linje."
    assert second.minutes_text == "Saras andre."
    again = filled_in(answer, **{f"text-{first.ref}": "Majas og Saras linje."})
    url = reverse("meetings:minutes", args=[meeting.ref])
    assert client.post(url, again).status_code == 302
    first.refresh_from_db()
    assert first.minutes_text == "Majas og Saras linje."


def test_a_page_opened_early_and_left_alone_overwrites_nothing(cast, client):
    meeting = written(cast, "Nattlivet", "Skoleveien").meeting
    first, second = meeting.items.all()
    signed_in(client, cast.secretary)
    data = filled_in(page_of(client, meeting), **{f"text-{second.ref}": "Nytt."})
    save(first, "Majas linje.", 1, cast.chair)

    answer = client.post(reverse("meetings:minutes", args=[meeting.ref]), data)

    assert answer.status_code == 302, "what was not touched is no conflict"
    first.refresh_from_db()
    assert first.minutes_text == "Majas linje."


def test_a_wrong_field_saves_nothing_and_keeps_everything_typed(cast, client, item):
    signed_in(client, cast.secretary)
    data = filled_in(
        page_of(client, item.meeting),
        **{
            f"text-{item.ref}": "Mye tekst.",
            f"new_decision-{item.ref}": "Vi gjør det.",
            f"new_task-{item.ref}-title": "Uten ansvarlig",
        },
    )

    answer = client.post(reverse("meetings:minutes", args=[item.meeting.ref]), data)

    assert answer.status_code == 422
    for words in ("Mye tekst.", "Vi gjør det.", "Uten ansvarlig"):
        assert words in answer.text
    item.refresh_from_db()
    assert item.minutes_text == ""
    assert not Decision.objects.exists()


def test_identity_numbers_do_not_get_into_minutes(cast, client, item):
    number = "01010750160"
    signed_in(client, cast.secretary)
    data = filled_in(page_of(client, item.meeting), **{f"text-{item.ref}": f"Han heter {number}"})

    page = client.post(reverse("meetings:minutes", args=[item.meeting.ref]), data)
    part = autosave(client, "save_text", item, {"text": f"Han heter {number}"}, "0")

    assert (page.status_code, part.status_code) == (422, 422)
    assert number not in page.text + part.text
    item.refresh_from_db()
    assert item.minutes_text == ""


def test_decisions_and_tasks_are_reworded_and_taken_out(cast, client):
    meeting = written(cast).meeting
    decision = decide(cast, meeting.items.get())
    task = decision.tasks.get()
    url = reverse("meetings:minutes", args=[meeting.ref])
    signed_in(client, cast.secretary)
    changed = {f"decision-{decision.ref}": "Lyset skiftes.", f"task-{task.ref}-title": "Skifte"}
    client.post(url, filled_in(page_of(client, meeting), **changed))
    decision.refresh_from_db()
    task.refresh_from_db()
    assert (decision.text, task.title) == ("Lyset skiftes.", "Skifte")

    client.post(url, filled_in(page_of(client, meeting), withdraw=str(task.ref)))
    assert not Task.objects.exists()
    client.post(url, filled_in(page_of(client, meeting), withdraw=str(decision.ref)))
    assert not Decision.objects.exists()


def test_a_decision_reworded_and_taken_out_in_one_press_keeps_its_last_words(cast, client):
    meeting = written(cast).meeting
    decision = decide(cast, meeting.items.get())
    signed_in(client, cast.secretary)
    last = {f"decision-{decision.ref}": "Lyset skiftes.", "withdraw": str(decision.ref)}

    client.post(
        reverse("meetings:minutes", args=[meeting.ref]), filled_in(page_of(client, meeting), **last)
    )

    assert not Decision.objects.exists()
    assert event_codes_of(decision)[-2:] == ["decision.reworded", "decision.withdrawn"]
    taken_out = TrailEntry.objects.get(event="decision.withdrawn")
    assert taken_out.values_kept.get(name="text").value == "Lyset skiftes."


def test_a_decision_emptied_and_taken_out_in_one_press_is_taken_out(cast, client):
    meeting = written(cast).meeting
    decision = decide(cast, meeting.items.get())
    signed_in(client, cast.secretary)
    emptied = {f"decision-{decision.ref}": "", "withdraw": str(decision.ref)}

    answer = client.post(
        reverse("meetings:minutes", args=[meeting.ref]),
        filled_in(page_of(client, meeting), **emptied),
    )

    assert answer.status_code == 302
    assert not Decision.objects.exists()


def test_a_decision_somebody_reworded_meanwhile_is_not_taken_out_unread(cast, client):
    meeting = written(cast).meeting
    decision = decide(cast, meeting.items.get())
    task = decision.tasks.get()
    signed_in(client, cast.secretary)
    url = reverse("meetings:minutes", args=[meeting.ref])
    data = filled_in(page_of(client, meeting))
    reword_decision(decision=decision, text="Majas ord.", by=cast.chair.actor, at=NOON)
    change_task(
        task=task, title="Majas", person=cast.chair.person, by=cast.chair.actor, at=NOON
    )  # fmt: skip

    answers = [client.post(url, data | {"withdraw": str(one.ref)}) for one in (decision, task)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "Majas ord." in answers[0].text
    assert Decision.objects.exists()
    assert Task.objects.exists()


def test_a_tick_somebody_set_meanwhile_is_not_cleared_by_a_page_opened_before(cast, client):
    item = written(cast).meeting.items.get()
    decide(cast, item)
    signed_in(client, cast.secretary)
    url = reverse("meetings:minutes", args=[item.meeting.ref])
    mark = f"settled-{item.ref}-was"
    opened_early = filled_in(page_of(client, item.meeting), **{mark: "|unknown"})
    api.set_needs_no_task(item=item, value=True, by=cast.chair.actor, at=NOON)

    client.post(url, opened_early)
    item.refresh_from_db()
    assert item.needs_no_task

    assert f'name="{mark}" value="on|unknown"' in page_of(client, item.meeting).text
    client.post(url, filled_in(page_of(client, item.meeting), **{mark: "on|unknown"}))
    item.refresh_from_db()
    assert not item.needs_no_task
    assert event_codes_of(item)[-2:] == ["minutes.no_task", "minutes.task_after_all"]


def test_minutes_with_a_task_that_was_done_before_they_came_back_can_be_saved(cast, client):
    minutes = written(cast)
    task = decide(cast, minutes.meeting.items.get()).tasks.get()
    by = cast.secretary.actor
    sent_out(minutes=minutes, by=by, at=NOON)
    report_task(task=task, to=TaskState.DONE, by=cast.station_chief.actor, at=NOON)
    api.send_back_minutes(minutes=minutes, comment="Feil navn.", by=cast.chair.actor, at=NOON)
    signed_in(client, cast.secretary)

    answer = client.post(
        reverse("meetings:minutes", args=[minutes.meeting.ref]),
        filled_in(page_of(client, minutes.meeting)),
    )

    assert answer.status_code == 302


def test_a_part_somebody_has_taken_out_is_answered_in_words(cast, client, monkeypatch):
    meeting = written(cast).meeting
    decision = decide(cast, meeting.items.get())
    task = decision.tasks.get()
    signed_in(client, cast.secretary)
    row = page_of(client, meeting).context["form"].rows[0].decisions[0]
    words = {"title": "Ny", "who": f"p:{cast.director.person.ref}", "by": ""}
    looked_up = {type(one): one for one in (decision, task)}
    withdraw_decision(
        decision=Decision.objects.get(pk=decision.pk), by=cast.secretary.actor, at=NOON
    )
    monkeypatch.setattr(  # it was there when the request came in
        "samrad.meetings.views.autosave.visible_or_404",
        lambda things, *_rest, **_more: looked_up[getattr(things, "model", things)],
    )

    answers = [
        autosave(client, "save_wording", decision, {"text": "Nye ord."}, row.mark),
        autosave(client, "save_task", task, words, row.tasks[0].mark),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("taken this out" in answer.json()["error"] for answer in answers)


def test_one_button_saves_and_sends_for_approval(cast, client):
    minutes = written(cast)
    begun(minutes.meeting)
    meeting, item = minutes.meeting, minutes.meeting.items.get()
    signed_in(client, cast.secretary)
    url = reverse("meetings:minutes", args=[meeting.ref])

    client.post(
        url,
        filled_in(page_of(client, meeting), **{f"text-{item.ref}": "Sist.", "circulate": "yes"}),
    )

    item.refresh_from_db()
    minutes.refresh_from_db()
    assert (item.minutes_text, minutes.state) == ("Sist.", MinutesState.CIRCULATED)

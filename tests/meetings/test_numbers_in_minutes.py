"""Digits that could be a person's are asked about in minutes too, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.followup.models import Decision
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Attendance
from samrad.trail.api import event_codes_of
from tests.cast import NOON, signed_in
from tests.documents.test_forms import CERTAIN, SUSPECT
from tests.meetings.bricks import called, decide, written
from tests.meetings.the_minutes_page import autosave, filled_in, page_of, save

ANSWER = {"number_is_harmless": "on", "number_reason": "Et journalnummer"}
OVERRIDDEN = "documents.identity_warning_overridden"
CONFIRMED = "documents.identity_number_confirmed"


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def item(cast):
    meeting = called(cast)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    return meeting.items.get()


def post(client, meeting, **changes):
    data = filled_in(page_of(client, meeting), **changes)
    return client.post(reverse("meetings:minutes", args=[meeting.ref]), data)


def test_a_page_with_suspect_digits_is_asked_about_and_kept_as_typed(cast, client, item):
    signed_in(client, cast.secretary)
    typed = {f"text-{item.ref}": f"Se {SUSPECT}.", f"new_decision-{item.ref}": "Lyset rettes."}

    asked = post(client, item.meeting, **typed)

    assert asked.status_code == 422
    assert "number_is_harmless" in asked.text
    assert "number_reason" in asked.text
    assert SUSPECT in asked.text
    assert "Lyset rettes." in asked.text
    item.refresh_from_db()
    assert item.minutes_text == ""
    assert not Decision.objects.exists()

    answered = post(client, item.meeting, **typed, **ANSWER)

    assert answered.status_code == 302
    item.refresh_from_db()
    assert item.minutes_text == f"Se {SUSPECT}."
    assert event_codes_of(item.meeting.minutes)[-1] == OVERRIDDEN
    assert post(client, item.meeting).status_code == 302, "what stands there is not asked again"


@pytest.mark.parametrize(
    "name",
    ["new_decision-{item}", "decision-{decision}", "task-{task}-title", "seat-{seat}-stand_in"],
)
def test_every_text_of_the_page_is_looked_through(cast, client, name):
    item = written(cast).meeting.items.get()
    decision = decide(cast, item)
    refs = {
        "item": item.ref, "decision": decision.ref, "task": decision.tasks.get().ref,
        "seat": cast.council.seats.get(role="mayor").ref,
    }  # fmt: skip
    signed_in(client, cast.secretary)

    asked = post(client, item.meeting, **{name.format(**refs): f"Se {SUSPECT}"})

    assert asked.status_code == 422
    assert "number_is_harmless" in asked.text


def test_a_part_that_saves_itself_is_answered_with_the_question(cast, client, item):
    signed_in(client, cast.secretary)
    values = {"text": f"Se {SUSPECT}."}

    asked = autosave(client, "save_text", item, values, "0")

    assert asked.status_code == 422
    assert SUSPECT not in asked.text
    assert [(one["name"], one["tick"]) for one in asked.json()["questions"]] == [
        ("number_is_harmless", True), ("number_reason", False)
    ]  # fmt: skip
    unreasoned = autosave(client, "save_text", item, values | {"number_is_harmless": "on"}, "0")
    assert unreasoned.status_code == 422
    assert "Say what the number is" in unreasoned.json()["error"]
    item.refresh_from_db()
    assert item.minutes_text == ""

    assert autosave(client, "save_text", item, values | ANSWER, "0").status_code == 200

    item.refresh_from_db()
    assert item.minutes_text == values["text"]
    assert event_codes_of(item)[-1] == OVERRIDDEN
    more = {"text": f"{values['text']} Mer."}
    assert autosave(client, "save_text", item, more, "1").status_code == 200


def test_decisions_tasks_and_attendance_ask_too(cast, client):
    meeting = written(cast).meeting
    decision = decide(cast, meeting.items.get())
    task, seat = decision.tasks.get(), cast.council.seats.get(role="mayor")
    signed_in(client, cast.secretary)
    form = page_of(client, meeting).context["form"]
    row = form.rows[0].decisions[0]
    was = {str(one.filled.seat.ref): one.mark for one in form.seats}[str(seat.ref)]
    words = {"title": f"Se {SUSPECT}", "who": f"p:{cast.director.person.ref}", "by": ""}
    noted = {"presence": "excused", "stand_in": f"Se {SUSPECT}"}
    parts = [
        ("save_wording", decision, {"text": f"Se {SUSPECT}"}, row.mark),
        ("save_task", task, words, row.tasks[0].mark),
        ("save_attendance", meeting, noted, was, seat.ref),
    ]

    for name, thing, values, *rest in parts:
        asked = autosave(client, name, thing, values, *rest)
        assert (asked.status_code, bool(asked.json()["questions"])) == (422, True), name
        assert autosave(client, name, thing, values | ANSWER, *rest).status_code == 200, name

    assert [event_codes_of(one)[-1] for one in (decision, task, meeting)] == [OVERRIDDEN] * 3
    assert Attendance.objects.get(seat=seat).stand_in == f"Se {SUSPECT}"


def test_an_answer_that_came_too_late_records_nothing(cast, client, item):
    save(item, "Majas", 0, cast.chair)
    signed_in(client, cast.secretary)

    late = autosave(client, "save_text", item, {"text": f"Se {SUSPECT}"} | ANSWER, "0")

    assert late.status_code == 409
    assert OVERRIDDEN not in event_codes_of(item)


def test_a_certain_number_takes_somebody_elses_word(cast, client, item):
    signed_in(client, cast.secretary)
    values = {"text": f"Varenummer {CERTAIN}"}

    asked = autosave(client, "save_text", item, values, "0")
    assert {one["name"] for one in asked.json()["questions"]} == {
        "number_asked_by", "number_reason"
    }  # fmt: skip
    confirmed = {"number_asked_by": cast.police_member.name, "number_reason": "Et varenummer"}

    assert autosave(client, "save_text", item, values | confirmed, "0").status_code == 200
    assert event_codes_of(item)[-1] == CONFIRMED

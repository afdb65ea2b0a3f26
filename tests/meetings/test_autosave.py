"""Minutes whose parts save themselves: what is answered, what is stale, what is refused."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings import api
from tests.cast import NOON, signed_in
from tests.meetings.bricks import called, circulated, decide, written
from tests.meetings.the_minutes_page import autosave, filled_in, page_of, save

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def item(cast):
    meeting = called(cast)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    return meeting.items.get()


def test_a_text_saves_itself_and_says_when(cast, client, item):
    signed_in(client, cast.secretary)

    answer = autosave(client, "save_text", item, {"text": "Levende"}, "0")

    assert answer.status_code == 200
    assert answer.json() == {"mark": "1", "at": "12:00"}


def test_a_stale_text_is_answered_409_with_the_other(cast, client, item):
    save(item, "Majas", 0, cast.chair)
    signed_in(client, cast.secretary)

    answer = autosave(client, "save_text", item, {"text": "Saras"}, "0")

    assert answer.status_code == 409
    assert answer.json() == {
        "mark": "1", "values": {"text": "Majas"}, "by": "Maja Prøvestad", "at": "12:00"
    }  # fmt: skip


def test_attendance_decisions_and_tasks_save_themselves(cast, client):
    meeting = written(cast).meeting
    decision = decide(cast, meeting.items.get())
    task = decision.tasks.get()
    seat = cast.council.seats.get(role="mayor")
    signed_in(client, cast.secretary)
    form = page_of(client, meeting).context["form"]
    row = form.rows[0].decisions[0]
    was = {str(one.filled.seat.ref): one.mark for one in form.seats}

    assert autosave(
        client, "save_wording", decision, {"text": "Nye ord."}, row.mark
    ).status_code == 200  # fmt: skip
    words = {"title": "Ny", "who": f"o:{cast.no.kommune.ref}", "by": "2027-02-01"}
    assert autosave(client, "save_task", task, words, row.tasks[0].mark).status_code == 200
    noted = {"presence": "excused", "stand_in": ""}
    first = autosave(client, "save_attendance", meeting, noted, was[str(seat.ref)], seat.ref)
    assert first.status_code == 200

    decision.refresh_from_db()
    task.refresh_from_db()
    assert decision.text == "Nye ord."
    assert (task.title, task.responsible_organisation) == ("Ny", cast.no.kommune)
    stale = [
        autosave(client, "save_wording", decision, {"text": "Andre ord."}, row.mark),
        autosave(client, "save_task", task, {**words, "title": "Annen"}, row.tasks[0].mark),
        autosave(
            client, "save_attendance", meeting, {"presence": "absent", "stand_in": ""},
            was[str(seat.ref)], seat.ref,
        ),
    ]  # fmt: skip
    assert [answer.status_code for answer in stale] == [409, 409, 409]
    assert stale[0].json()["values"] == {"text": "Nye ord."}
    assert stale[1].json()["values"] == words
    assert stale[2].json()["values"] == {**noted, "came": "", "left": ""}


@pytest.mark.parametrize("version", ["9" * 5000, "-1", "x", ""])
def test_a_version_no_page_of_ours_writes_is_stale_or_unreadable(cast, client, item, version):
    save(item, "Majas", 0, cast.chair)
    signed_in(client, cast.secretary)

    part = autosave(client, "save_text", item, {"text": "x"}, version)
    data = filled_in(
        page_of(client, item.meeting), **{f"text-{item.ref}": "x", f"version-{item.ref}": version}
    )
    page = client.post(reverse("meetings:minutes", args=[item.meeting.ref]), data)

    assert part.status_code in {400, 409}
    assert page.status_code == 409
    item.refresh_from_db()
    assert item.minutes_text == "Majas"


NESTED = "[" * 100_000


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"values": 3, "expected": 0}',
        "nonsense",
        pytest.param(NESTED, id="nested"),
        pytest.param(f'{{"values": {{"text": {NESTED}', id="nested in a value"),
    ],
)
def test_what_is_no_part_of_minutes_is_answered_400(cast, client, item, body):
    signed_in(client, cast.secretary)

    answer = client.post(
        reverse("meetings:save_text", args=[item.ref]), body, content_type="application/json"
    )

    assert answer.status_code == 400


def test_a_refusal_is_answered_with_its_reason(cast, client):
    minutes = circulated(cast)
    signed_in(client, cast.secretary)

    answer = autosave(client, "save_text", minutes.meeting.items.get(), {"text": "x"}, "1")

    assert answer.status_code == 403
    assert answer.json()["error"]


def test_signed_out_is_a_way_to_sign_in_not_an_answer(cast, client, item):
    answer = autosave(client, "save_text", item, {"text": "x"}, "0")

    assert answer.status_code == 302

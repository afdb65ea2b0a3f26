"""What the wheel is told by other pages, and what can be taken back in it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings.actions.taking_back import take_plan_back
from samrad.meetings.models import Meeting
from samrad.meetings.queries.plans import plan_back
from samrad.trail.api import event_codes_of
from samrad.wheel.api import mark_occasion
from samrad.wheel.forms import TakeUpForm
from samrad.wheel.models import Activity, Occasion, Wheel
from samrad.wheel.rules import Mark, Stand, windows_in
from tests.cast import NOON, Cast, signed_in
from tests.meetings.bricks import called, planned
from tests.wheel.bricks import entry, in_use

pytestmark = pytest.mark.django_db
EVALUATION, PLAN = "2026-year_evaluation-1", "2026-meeting_plan-1"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with held_at(NOON):
        yield


def stand(cast: Cast, key: str) -> Stand:
    return entry(cast.council, cast.secretary.actor, key).stand


def page(name: str, cast: Cast, key: str) -> str:
    return reverse(f"wheel:{name}", args=[cast.council.ref, key])


def test_the_next_meeting_is_chosen_and_those_held_stand_apart(cast: Cast) -> None:
    held, coming = planned(cast), planned(cast, starts_at=NOON + timedelta(days=40))
    Meeting.objects.filter(pk=held.pk).update(
        starts_at=NOON - timedelta(days=240),
        ends_at=NOON - timedelta(days=240) + timedelta(hours=2),
    )
    meetings = list(cast.council.meetings.order_by("starts_at").select_related("council"))

    field = TakeUpForm(meetings=meetings)["meeting"]

    assert field.initial == str(coming.ref)
    assert [name for name, _group in field.field.choices] == [
        "It is taken up at", "It was taken up at",
    ]  # fmt: skip
    only_held = TakeUpForm(meetings=[one for one in meetings if one.pk == held.pk])["meeting"]
    assert only_held.initial == ""
    assert only_held.field.choices[0] == ("", "Choose a meeting")


def test_a_meeting_chosen_by_mistake_is_taken_back_and_stays_itself(
    cast: Cast, client: Any
) -> None:
    in_use(cast.council)
    meeting = called(cast)
    signed_in(client, cast.secretary).post(
        page("take_up", cast, EVALUATION), {"meeting": meeting.ref}
    )
    assert stand(cast, EVALUATION) is Stand.ARRANGED
    with held_at(meeting.ends_at + timedelta(days=1)):
        assert "Undo: not at that meeting" in client.get(page("occasion", cast, EVALUATION)).text

    told = client.post(page("again", cast, EVALUATION), follow=True)

    assert "no longer tied to that meeting" in told.text
    assert stand(cast, EVALUATION) is Stand.DUE
    assert Meeting.objects.filter(pk=meeting.pk).exists()
    assert event_codes_of(Occasion.objects.get())[-1] == "occasion.loosened"
    assert client.post(page("again", cast, EVALUATION)).status_code == 403


def year_sent_in(cast: Cast, client: Any, days: int) -> Any:
    url = reverse("meetings:plan", args=[cast.council.ref])
    rows = {
        f"form-{n}-{name}": value
        for n in range(days)
        for name, value in (("day", f"2027-0{n + 2}-11"), ("starts", "09:00"), ("ends", "11:00"))
    }
    count = {"form-TOTAL_FORMS": days, "form-INITIAL_FORMS": 0}
    return signed_in(client, cast.secretary).post(
        url, {**rows, **count, "year": 2027, "do": "plan"}
    )


def test_a_year_that_is_planned_ticks_off_that_it_is_to_be_planned(cast: Cast, client: Any) -> None:
    in_use(cast.council)
    assert stand(cast, PLAN) is Stand.DUE

    assert year_sent_in(cast, client, 4).status_code == 302

    assert stand(cast, PLAN) is Stand.DONE


def test_taking_the_plan_back_leaves_what_somebody_ticked_off_by_hand(
    cast: Cast, client: Any
) -> None:
    in_use(cast.council)
    by = cast.secretary.actor
    ticked = entry(cast.council, by, PLAN)
    mark_occasion(entry=ticked, to=Mark.DONE, note="Datoene er avtalt muntlig.", by=by, at=NOON)
    year_sent_in(cast, client, 4)

    taken_back(cast)

    kept = Occasion.objects.get()
    assert (kept.mark, kept.note) == (Mark.DONE, "Datoene er avtalt muntlig.")
    mark_occasion(entry=entry(cast.council, by, PLAN), to=Mark.NONE, by=by, at=NOON)
    year_sent_in(cast, client, 4)
    assert stand(cast, PLAN) is Stand.DONE
    taken_back(cast)
    assert stand(cast, PLAN) is Stand.DUE


def taken_back(cast: Cast) -> None:
    by, meeting = cast.secretary.actor, Meeting.objects.latest("pk")
    shown = plan_back(meeting, by, NOON).mark
    take_plan_back(meeting=meeting, by=by, at=NOON, shown=shown)


def test_the_same_year_is_planned_further_once_its_plan_is_ticked_off(
    cast: Cast, client: Any
) -> None:
    in_use(cast.council)
    year_sent_in(cast, client, 4)
    Meeting.objects.latest("starts_at").delete()

    more = {"form-0-day": "2027-09-14", "form-0-starts": "09:00", "form-0-ends": "11:00"}
    count = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "year": 2027, "do": "plan"}
    answer = client.post(reverse("meetings:plan", args=[cast.council.ref]), {**more, **count})

    assert answer.status_code == 302, answer.content.decode()
    assert Meeting.objects.count() == 4
    assert stand(cast, PLAN) is Stand.DONE


def test_a_wheel_that_is_not_in_use_is_left_alone(cast: Cast, client: Any) -> None:
    assert year_sent_in(cast, client, 4).status_code == 302

    assert not Wheel.objects.exists()


def test_what_comes_every_quarter_has_four_months(cast: Cast, client: Any) -> None:
    given = {
        "title": "Vandring", "text": "", "rhythm": "quarterly", "part": "whole",
        "first_year": "2026", "calls_for": "nothing", "classification": "internal",
    }  # fmt: skip
    add = reverse("wheel:add", args=[cast.council.ref])
    wrong = signed_in(client, cast.secretary).post(add, {**given, "months": ["1", "4", "7"]})
    assert "Choose four months." in wrong.text

    assert client.post(add, {**given, "months": ["1", "4", "7", "10"]}).status_code == 302
    due = [window.due_date.month for window in windows_in(Activity.objects.get().when, 2027)]
    assert due == [1, 4, 7, 10]


def test_the_address_of_a_calendar_is_copied_and_how_to_follow_it_comes_with_it(
    cast: Cast, client: Any
) -> None:
    page = signed_in(client, cast.secretary).get(reverse("wheel:calendar")).text
    assert "How to follow it" not in page, "there is nothing to follow yet"

    page = client.post(reverse("wheel:address"), follow=True).text

    assert "How to follow it" in page
    [copied] = re.findall(r'data-copy="([^"]+)"', page)
    assert f"<code>{copied}</code>" in page

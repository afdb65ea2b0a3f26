"""The pages of the wheel: drawn, listed, pressed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.cooperation.models import Council
from samrad.followup.models import Task
from samrad.gatherings.models import ThemeDay
from samrad.kernel.clock import held_at
from samrad.meetings.models import Meeting
from samrad.wheel import api
from samrad.wheel.models import Activity, Occasion, Wheel
from samrad.wheel.rules import Mark
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import planned
from tests.wheel.bricks import entry, of, open_activity, own_activity

EVALUATION = "2026-year_evaluation-1"


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def url(name, *refs):
    return reverse(f"wheel:{name}", args=refs)


def test_everything_on_the_wheel_stands_in_the_list_with_the_same_number(cast, client):
    planned(cast)
    open_activity(cast)

    page = signed_in(client, cast.secretary).get(url("wheel", cast.council.ref))

    sheet = page.context["sheet"]
    listed = [item.mark for month in sheet.months for item in month.items]
    assert {id(one) for one in (*sheet.marks, *sheet.meetings)} == {id(one) for one in listed}
    numbers = [one.label for one in listed if one.kind != "council_meeting"]
    assert sorted(numbers, key=int) == [str(n + 1) for n in range(len(numbers))]
    html = page.content.decode()
    assert html.count("<h1") == 1
    assert "style=" not in html


def test_a_wheel_is_taken_into_use_by_one_press(cast, client):
    page = url("wheel", cast.council.ref)
    assert "Take the wheel into use" in signed_in(client, cast.chair).get(page).content.decode()
    assert "Take the wheel" not in signed_in(client, cast.director).get(page).content.decode()

    signed_in(client, cast.chair).post(url("start", cast.council.ref))

    html = client.get(page).content.decode()
    assert "Take the wheel into use" not in html
    assert "Due now" in html
    assert Wheel.objects.get().from_date == TODAY


def test_a_reader_sees_the_wheel_without_its_internal_activities_and_buttons(cast, client):
    own_activity(cast, "Internt påfunn")
    open_activity(cast, "Åpent påfunn")

    for who in (cast.guest, cast.analyst):
        html = signed_in(client, who).get(url("wheel", cast.council.ref)).content.decode()
        assert "Åpent påfunn" in html
        assert "Internt" not in html
        assert url("add", cast.council.ref) not in html


def test_what_was_said_is_for_members_and_how_it_stands_for_whoever_sees_the_council(cast, client):
    by = cast.secretary.actor
    api.mark_occasion(
        entry=entry(cast.council, by, EVALUATION), to=Mark.DONE, note="Internt sagt", by=by, at=NOON
    )
    page = url("occasion", cast.council.ref, EVALUATION)

    for who, reads in ((cast.police_member, True), (cast.guest, False), (cast.analyst, False)):
        html = signed_in(client, who).get(page).content.decode()
        assert ("Internt sagt" in html) is reads
        assert "Done" in html


def test_a_meeting_is_planned_from_the_wheel(cast, client):
    signed_in(client, cast.secretary)
    page = url("plan_meeting", cast.council.ref, EVALUATION)

    wrong = client.post(page, {"day": "2026-12-25", "starts": "09:00", "ends": "08:00"})
    assert wrong.status_code == 422
    assert "public holiday" in wrong.content.decode()
    assert not Meeting.objects.exists()

    right = client.post(
        page, {"day": "2026-12-10", "starts": "09:00", "ends": "11:00", "place": ""}
    )
    assert right.status_code == 302
    meeting = Meeting.objects.get()
    html = client.get(right.url).content.decode()
    assert meeting.get_absolute_url() in html
    assert "Arranged" in html
    assert 'name="starts"' not in html


def test_a_task_is_given_from_the_wheel(cast, client):
    signed_in(client, cast.secretary)
    activity = open_activity(cast)
    page = url("give_task", cast.council.ref, of(activity, 2027))

    wrong = client.post(page, {"title": "", "responsible": "", "deadline_date": "i morgen"})
    assert wrong.status_code == 422
    assert not Task.objects.exists()

    given = {
        "title": "Ordne dagen",
        "responsible": f"p:{cast.police_member.person.ref}",
        "deadline_date": "2027-05-01",
    }
    assert client.post(page, given).status_code == 302
    task = Task.objects.get()
    assert (task.title, task.responsible) == ("Ordne dagen", cast.police_member.person)


def test_a_theme_day_is_planned_from_the_wheel(cast, client, django_assert_max_num_queries):
    dk = cast.dk
    signed_in(client, dk.secretary)
    key = "2028-theme_day_strategic-1"
    page = url("plan_theme_day", dk.kredsraad.ref, key)
    client.get(url("occasion", dk.kredsraad.ref, key))
    with django_assert_max_num_queries(12):
        html = client.get(url("occasion", dk.kredsraad.ref, key)).content.decode()
    assert page in html
    assert 'value="2028-10-31"' in html, "the day it is due stands there already"

    given = {"title": "Nattelivet", "starts": "09:00", "ends": "15:00", "day": "2028-10-04"}
    wrong = client.post(page, {**given, "nominate_by": "2028-11-01"})
    assert wrong.status_code == 422
    assert "Nattelivet" in wrong.content.decode()
    assert not ThemeDay.objects.exists()

    right = client.post(
        page, {**given, "nominate_by": "2028-09-04", "invited": [str(dk.lokalraad.ref)]}
    )
    day = ThemeDay.objects.get()
    assert right.url == day.get_absolute_url()
    assert list(day.invited.all()) == [dk.lokalraad]
    html = client.get(url("occasion", dk.kredsraad.ref, key)).content.decode()
    assert day.get_absolute_url() in html
    assert "Being planned" in html
    assert 'name="nominate_by"' not in html

    mayor = signed_in(client, dk.mayor).get(url("occasion", dk.kredsraad.ref, key))
    assert "Arranged" in mayor.content.decode()
    assert "Nattelivet" not in mayor.content.decode(), "those who arrange it alone know it yet"


def test_an_activity_is_added_through_the_form_and_mistakes_lose_nothing(cast, client):
    signed_in(client, cast.secretary)
    page = url("add", cast.council.ref)
    given = {
        "title": "Trygghetsvandring", "text": "Med elevrådet.", "rhythm": "tertial",
        "months": ["2", "6"], "part": "late", "first_year": "2026", "calls_for": "task",
        "classification": "open",
    }  # fmt: skip

    wrong = client.post(page, given)
    assert wrong.status_code == 422
    assert "Choose three months." in wrong.content.decode()
    assert "Med elevrådet." in wrong.content.decode()

    assert client.post(page, {**given, "months": ["2", "6", "10"]}).status_code == 302
    activity = Activity.objects.get()
    assert (activity.months, activity.classification) == ([2, 6, 10], "open")
    assert Wheel.objects.filter(council=cast.council).exists()


@pytest.mark.parametrize("field", ["title", "text"])
def test_an_identity_number_is_not_taken_into_the_wheel(cast, client, field):
    signed_in(client, cast.secretary)
    given = {
        "title": "Vandring", "text": "", "rhythm": "monthly", "part": "whole", "first_year": "2026",
        "calls_for": "nothing", "classification": "internal", field: "Om 13097248022",
    }  # fmt: skip

    response = client.post(url("add", cast.council.ref), given)

    assert response.status_code == 422
    assert "13097248022" not in response.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "key",
    ["2026-nothing_such-1", "2026-year_evaluation-2", "26-x-1", "x", "0000-self_evaluation-1"],
)
def test_an_address_of_nothing_is_not_there(cast, client, key):
    signed_in(client, cast.secretary)

    assert client.get(url("occasion", cast.council.ref, key)).status_code == 404


@pytest.mark.parametrize("year", ["1999", "2200", "0", "-1", "x", "9" * 30, ""])
def test_a_strange_year_is_this_year(cast, client, year):
    page = signed_in(client, cast.secretary).get(url("wheel", cast.council.ref), {"year": year})

    assert page.context["sheet"].year == 2026


def test_a_council_without_activities_is_helped_on(cast, client):
    council = Council.objects.create(
        country="no", tier="arbeidsgruppe", name="Gruppe", area=cast.no.home
    )
    seat = cast.council.seats.get(function="secretary")
    seat.council = council
    seat.save()

    html = signed_in(client, cast.secretary).get(url("wheel", council.ref)).content.decode()

    assert "Nothing in the wheel yet" in html
    assert url("add", council.ref) in html


def test_the_wheel_of_a_full_year_asks_little(cast, client, django_assert_max_num_queries):
    by = cast.secretary.actor
    for days in range(1, 30):
        planned(cast, starts_at=NOON + timedelta(days=days))
    for number in range(12):
        activity = open_activity(cast, f"Påfunn {number}")
        api.mark_occasion(entry=entry(cast.council, by, of(activity)), to=Mark.DONE, by=by, at=NOON)
    signed_in(client, cast.secretary)
    client.get(url("wheel", cast.council.ref))

    with django_assert_max_num_queries(10):
        assert client.get(url("wheel", cast.council.ref)).status_code == 200
    with django_assert_max_num_queries(12):
        key = EVALUATION
        assert client.get(url("occasion", cast.council.ref, key)).status_code == 200
    assert Occasion.objects.count() == 12
    assert TODAY.year == 2026


def test_the_council_page_leads_there(cast, client):
    for who in (cast.secretary, cast.guest, cast.analyst):
        html = signed_in(client, who).get(cast.council.get_absolute_url()).content.decode()
        assert url("wheel", cast.council.ref) in html


def test_the_wheel_is_printed_from_a_page_that_is_nothing_but_the_sheet(cast, client):
    """The link leads there without scripts; with them the print dialog opens at once."""
    planned(cast)
    page = url("wheel", cast.council.ref)
    html = signed_in(client, cast.guest).get(page, {"year": 2026}).content.decode()
    assert f'data-print href="{page}?year=2026&amp;print=1"' in html

    sheet = client.get(page, {"year": 2026, "print": 1}).content.decode()
    assert 'class="s-wheel"' in sheet
    assert "s-header" not in sheet
    assert sheet.count("<h1") == 1
    assert signed_in(client, cast.stranger).get(page, {"print": 1}).status_code == 404


def test_nothing_is_offered_for_print_when_the_wheel_is_empty(cast, client):
    cast.council.activities.all().delete()
    Council.objects.filter(pk=cast.council.pk).update(tier="nettverk")
    page = url("wheel", cast.council.ref)

    html = signed_in(client, cast.chair).get(page, {"year": 2020}).content.decode()

    assert "Nothing in the wheel yet" in html
    assert "data-print" not in html


def test_a_council_lets_what_comes_every_other_year_fall_in_other_years(cast, client):
    se, key = cast.se.council, "2027-picture_followed_up-1"
    page = signed_in(client, cast.se.secretary).get(url("occasion", se.ref, key))
    assert "2028, 2030, 2032 and so on; its time in 2026 has passed" in page.content.decode()

    wrong = client.post(url("years", se.ref, key), {"first_year": "2031"})
    assert wrong.status_code == 422
    assert "<details open" in wrong.content.decode() or "open>" in wrong.content.decode()
    told = client.post(url("years", se.ref, key), {"first_year": "2026"}, follow=True)

    assert "It comes in 2028 and every other year after that." in told.content.decode()
    assert client.get(url("occasion", se.ref, "2026-picture_followed_up-1")).status_code == 200
    assert client.get(url("occasion", se.ref, key)).status_code == 404


def test_what_comes_every_year_offers_no_other_years(cast, client):
    page = url("occasion", cast.council.ref, EVALUATION)
    html = signed_in(client, cast.secretary).get(page).content.decode()

    assert "Let it fall in other years" not in html

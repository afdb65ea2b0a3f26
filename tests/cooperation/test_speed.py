"""Pages of councils ask a bounded number of questions, for whoever opens them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.cooperation.models import Agreement, Council, FocusArea
from samrad.kernel.clock import held_at
from samrad.meetings.models import Meeting
from samrad.people.models import Absence, ContactPost
from tests.cast import NOON, SINCE, TODAY, Cast, seat, signed_in
from tests.meetings.bricks import (
    called,
    circulated,
    decide,
    item_on,
    planned,
    restricted_on,
    sent_out,
    written,
)

pytestmark = pytest.mark.slow

AT_MOST = 12


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def agreed(council: Council, state: str = "in_force", **given: Any) -> Agreement:
    return Agreement.objects.create(
        council=council, title="Oppdiktet avtale", state=state, profile_version="1",
        from_date=SINCE, **given,
    )  # fmt: skip


def been(meeting: Meeting, *, days: int) -> None:
    """Time has passed since."""
    starts_at = NOON - timedelta(days=days)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )


@pytest.fixture
def busy(cast: Cast) -> Council:
    """The Norwegian council with something in every part of its page."""
    by = cast.secretary.actor
    minutes = written(cast, "Sak")
    decide(cast, minutes.meeting.items.get(), title="Skifte pærer")
    sent_out(minutes=minutes, by=by, at=NOON)
    been(minutes.meeting, days=3)
    coming = called(cast, "Nattlivet", starts_at=NOON + timedelta(days=20))
    restricted_on(coming, by, "Skjermet", cast.council.seats.get(role="station_chief"))
    item_on(coming, by, "Kom til etter utsendingen")
    for days in (40, 60, 80):
        planned(cast, starts_at=NOON + timedelta(days=days))
    agreed(cast.council)
    for order in range(5):
        FocusArea.objects.create(council=cast.council, title=f"Mål {order}", year=2026, order=order)
    for number in range(5):
        Council.objects.create(
            country="no", tier="politiraad", name=f"Under {number}", area=cast.no.home,
            parent=cast.council,
        )  # fmt: skip
    return cast.council


def test_a_councils_page_for_everybody_who_opens_it(
    cast: Cast, busy: Council, client: Any, django_assert_max_num_queries: Any
) -> None:
    opened = set()
    for name, who in cast.everybody.items():
        signed_in(client, who)
        with django_assert_max_num_queries(AT_MOST, info=name):
            page = client.get(busy.get_absolute_url())
        if page.status_code == 200:
            opened.add(name)

    assert opened == {
        "chair", "director", "secretary", "station_chief", "police_member", "guest", "analyst",
        "national_officer",
    }  # fmt: skip


def test_a_chair_who_waits_for_another_approval_sees_what_the_next_meeting_needs(
    cast: Cast, busy: Council, client: Any, django_assert_max_num_queries: Any
) -> None:
    minutes = busy.meetings.get(minutes__state="circulated").minutes
    minutes.approvals.create(function="chair", person=cast.chair.person, approved_at=NOON)
    signed_in(client, cast.chair)

    with django_assert_max_num_queries(AT_MOST):
        page = client.get(busy.get_absolute_url())

    assert page.context["step"].label == "Send the agenda again"


def test_a_councils_page_says_what_it_lives_by(cast: Cast, busy: Council, client: Any) -> None:
    agreed(busy, "draft", renewal_date=date(2030, 1, 1))
    FocusArea.objects.create(council=busy, title="I fjor", year=2025)
    FocusArea.objects.create(council=busy, title="For lenge siden", year=2024)

    page = signed_in(client, cast.chair).get(busy.get_absolute_url())

    in_force = Agreement.objects.get(council=busy, state="in_force")
    assert page.context["agreement"].get_absolute_url() == in_force.get_absolute_url()
    assert "In force from 1 Jan 2024" in page.content.decode()
    assert "To be renewed" not in page.content.decode()
    assert page.context["focus_areas"] == [*(f"Mål {n}" for n in range(5)), "I fjor"]
    assert page.context["step"].label == "Read and approve the minutes"
    assert [one.starts_at.day for one in page.context["panels"][0].context["coming"]] == [
        11,
        31,
        20,
    ]


def test_a_council_with_nothing_yet_has_a_page(cast: Cast, client: Any) -> None:
    page = signed_in(client, cast.stranger).get(cast.sibling.get_absolute_url())

    assert page.context["agreement"] is None
    assert page.context["focus_areas"] == []
    assert page.context["children"] == []


def test_below_a_council_stand_those_at_work_that_the_reader_may_see(
    cast: Cast, client: Any
) -> None:
    Council.objects.create(
        country="dk", tier="lokalraad", name="Nedlagt", area=cast.dk.home, state="ended",
        parent=cast.dk.kredsraad,
    )  # fmt: skip
    url = cast.dk.kredsraad.get_absolute_url()

    page = signed_in(client, cast.dk.police_director).get(url)
    assert page.context["children"] == [cast.dk.lokalraad]

    page = signed_in(client, cast.dk.mayor).get(url)
    assert page.context["children"] == []
    assert signed_in(client, cast.dk.coordinator).get(url).status_code == 404


def test_the_police_contact_is_offered_to_those_who_work_there(cast: Cast, client: Any) -> None:
    """Also to somebody from a unit in another municipality that stands in the chain."""
    seat(cast.council, cast.no.next_station, "police_contact")
    police = cast.no.stranger_police
    link = reverse("people:contact", args=[cast.no.home.ref])
    url = cast.council.get_absolute_url()

    for who in (cast.chair, cast.guest, cast.analyst, cast.national_officer):
        assert link in signed_in(client, who).get(url).content.decode()
    assert link not in signed_in(client, police).get(url).content.decode()

    ContactPost.objects.create(
        area=cast.no.home, organisation=cast.no.next_station, role="police_contact", order=3
    )
    assert link in signed_in(client, police).get(url).content.decode()


def test_whom_to_call_stands_before_everything_else_on_the_page(cast: Cast, client: Any) -> None:
    """A name, a number to press and who answers in whose stead."""
    person = cast.no.station_chief.person
    person.phone = "64 00 00 11"
    person.save()
    ContactPost.objects.filter(area=cast.no.home, order=1).update(role="station_chief")

    page = signed_in(client, cast.chair).get(cast.council.get_absolute_url()).content.decode()
    assert person.name in page[: page.index("Who sits here")]
    assert page.index('href="tel:64000011"') < page.index("Who sits here")

    Absence.objects.create(person=person, from_date=SINCE, to_date=date(2026, 12, 1))
    page = client.get(cast.council.get_absolute_url()).content.decode()
    assert f"Stands in for {person.name}" in page
    assert "tel:64000011" not in page


# Lists ------------------------------------------------------------------------------------------


def more_councils(cast: Cast, number: int) -> None:
    Council.objects.bulk_create(
        Council(country="no", tier="politiraad", name=f"Oppdiktet råd {n:03}", area=cast.no.home)
        for n in range(number)
    )


def queries(client: Any, url: str, count: Any, **asked: str) -> int:
    with count(100, exact=False) as seen:
        assert client.get(url, asked).status_code == 200
    return len(seen)


@pytest.fixture
def count(django_assert_max_num_queries: Any) -> Any:
    return lambda most, **_rest: django_assert_max_num_queries(most)


@pytest.mark.parametrize("who", ["analyst", "national_officer", "chair", "administrator"])
def test_the_list_of_councils_costs_the_same_for_ten_and_for_hundreds(
    cast: Cast, client: Any, count: Any, who: str
) -> None:
    url = reverse("cooperation:councils")
    signed_in(client, cast.everybody[who])
    more_councils(cast, 10)
    few = queries(client, url, count)
    more_councils(cast, 200)

    assert queries(client, url, count) == few <= AT_MOST
    assert queries(client, url, count, q="as", page="2") <= AT_MOST


def test_fifty_councils_stand_on_a_page_and_a_search_is_kept(cast: Cast, client: Any) -> None:
    more_councils(cast, 120)
    Council.objects.filter(name="Oppdiktet råd 007").update(area=cast.no.next_door)
    url = reverse("cooperation:councils")

    page = signed_in(client, cast.analyst).get(url, {"q": "oppdiktet", "page": "2"})
    assert [one.name for one in page.context["page"]] == [
        f"Oppdiktet råd {n:03}" for n in range(50, 100)
    ]
    assert "120 councils" in page.content.decode()
    assert "q=oppdiktet&amp;page=3" in page.content.decode()

    page = client.get(url, {"q": "nordre follo"})  # the area's name
    assert [one.name for one in page.context["page"]] == [
        "Oppdiktet råd 007", "Politirådet i Nordre Follo",
    ]  # fmt: skip
    assert "2 councils" in page.content.decode()


@pytest.mark.parametrize("who", ["analyst", "national_officer"])
def test_home_shows_ten_councils_at_most_and_first_those_that_lack_something(
    cast: Cast, client: Any, count: Any, who: str
) -> None:
    for council in (cast.council, cast.sibling):
        agreed(council)
    approved = circulated(cast)
    been(approved.meeting, days=30)
    planned(cast)  # so that only its old minutes want a look
    more_councils(cast, 12)
    lacking = list(Council.objects.filter(name__startswith="Oppdiktet").order_by("name"))
    for council in lacking[2:]:
        agreed(council)
        council.meetings.create(
            starts_at=NOON + timedelta(days=9), ends_at=NOON + timedelta(days=10)
        )
    signed_in(client, cast.everybody[who])

    assert queries(client, reverse("home"), count) <= AT_MOST
    page = client.get(reverse("home"))
    names = [one.council.name for one in page.context["overseen"]]
    assert names[:5] == [
        *(one.name for one in lacking[:2]), cast.sibling.name, cast.council.name, lacking[2].name,
    ]  # fmt: skip
    assert len(names) == 10
    assert [one.wants_a_look for one in page.context["overseen"]] == [True] * 4 + [False] * 6
    assert "All councils (14)" in page.content.decode()

    approved.state = "approved"
    approved.save()
    assert client.get(reverse("home")).context["overseen"][3].council == lacking[2]


@pytest.mark.parametrize(
    ("tier", "meetings", "asked"),
    [("politiraad", None, True), ("prosjektgruppe", None, False), ("arbeidsgruppe", 4, True)],
)
def test_only_who_meets_through_the_year_is_asked_to_plan_one(
    cast: Cast, client: Any, tier: str, meetings: int | None, asked: bool
) -> None:
    """A project group with nine days left was asked to plan a year before its final report."""
    council = cast.council
    council.tier, council.meetings_per_year = tier, meetings
    council.planned_end_date = TODAY if tier == "prosjektgruppe" else None
    council.save()

    step = signed_in(client, cast.secretary).get(council.get_absolute_url()).context["step"]

    assert (step is not None and step.label == "Plan the year's meetings") is asked

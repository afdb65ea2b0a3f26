"""Whom to turn to about what (A5), and who represents us where (A7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.cooperation import actions
from samrad.cooperation.actions import WantedContact, WantedRepresentation
from samrad.cooperation.models import ContactPoint, Representation
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.actions.persons import person_leaves
from samrad.trail.api import history_of
from tests.cast import NOON, TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def contact(cast: Cast, **given: Any) -> ContactPoint:
    wanted = {"theme": "school", "organisation": cast.no.station, "role": "police_contact"}
    return actions.add_contact_point(
        area=cast.no.home, wanted=WantedContact(**wanted | given), by=cast.secretary.actor, at=NOON
    )


def sent(cast: Cast, forum: str = "Beredskapsrådet", **given: Any) -> Representation:
    wanted = {
        "forum": forum, "person": cast.police_member.person, "from_date": TODAY,
        "stand_in": cast.station_chief.person,
    }  # fmt: skip
    return actions.send_representative(
        council=cast.council, wanted=WantedRepresentation(**wanted | given),
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


# Contacts by theme -------------------------------------------------------------------------------


def test_a_role_is_answered_by_whoever_holds_it_and_is_vacant_when_nobody_does(
    cast: Cast, client: Any
) -> None:
    contact(cast)
    url = reverse("cooperation:contacts", args=[cast.no.home.ref])
    page = signed_in(client, cast.guest).get(url).content.decode()
    assert "Pia Påfunn" in page
    assert "Schools and kindergartens" in page

    person_leaves(
        person=cast.police_member.person, left_date=TODAY - timedelta(days=1),
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    page = client.get(url).content.decode()
    assert "Pia Påfunn" not in page
    assert "Nobody at present" in page


def test_a_withheld_name_stays_withheld_on_both_pages(cast: Cast, client: Any) -> None:
    person = cast.police_member.person
    contact(cast, role="", person=person)
    person.name_withheld = True
    person.save(update_fields=["name_withheld"])
    for who in (cast.chair, cast.analyst):
        signed_in(client, who)
        for url in (
            reverse("cooperation:contacts", args=[cast.no.home.ref]),
            cast.no.home.get_absolute_url(),
        ):
            page = client.get(url).content.decode()
            assert person.name not in page
            assert "Name withheld" in page


def test_contacts_stand_on_the_areas_page_and_end_there(cast: Cast, client: Any) -> None:
    point = contact(cast)
    area = cast.no.home.get_absolute_url()
    assert "Contacts by theme" in signed_in(client, cast.secretary).get(area).content.decode()
    assert "Contacts by theme" not in signed_in(client, cast.stranger).get(area).content.decode()
    signed_in(client, cast.secretary)
    assert client.post(reverse("cooperation:end_contact", args=[point.ref])).status_code == 302
    assert "Contacts by theme" not in client.get(area).content.decode()


def test_a_contact_is_a_role_or_a_person_and_a_theme_has_words(cast: Cast, client: Any) -> None:
    url = reverse("cooperation:add_contact", args=[cast.no.home.ref])
    answers = {"theme": "other", "organisation": str(cast.no.station.ref), "note": "Kveldstid"}
    page = signed_in(client, cast.secretary).post(url, answers)

    assert set(page.context["form"].errors) == {"role", "own_theme"}
    assert "Kveldstid" in page.content.decode()
    answers |= {"own_theme": "Snøscooter", "role": "station_chief"}
    assert client.post(url, answers).status_code == 302
    assert ContactPoint.objects.get().theme_name == "Snøscooter"
    with pytest.raises(Refused):
        actions.add_contact_point(
            area=cast.no.home,
            wanted=WantedContact("school", cast.no.station, "police_contact"),
            by=cast.stranger.actor,
            at=NOON,
        )


# Representation ----------------------------------------------------------------------------------


def test_one_person_in_many_forums_is_found_by_name(
    cast: Cast, client: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(11):
        sent(cast, f"Kommisjon {number:02}")
    sent(cast, "Miljøforum", person=cast.director.person, stand_in=None)
    url = reverse("cooperation:representation", args=[cast.council.ref])
    signed_in(client, cast.chair)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert len(page.context["forums"].shown) == 12
    page = client.get(url, {"person": str(cast.police_member.person.ref)})
    assert len(page.context["forums"].shown) == 11
    assert "Pia Påfunn (11)" in page.content.decode()
    assert "Miljøforum" not in page.content.decode()


def test_whoever_sits_there_notes_what_came_of_it(cast: Cast, client: Any) -> None:
    one = sent(cast)
    url = reverse("cooperation:note_representation", args=[one.ref])
    answers = {"noted_date": str(TODAY), "text": "Øvelse i mars"}
    assert signed_in(client, cast.station_chief).post(url, answers).status_code == 302
    assert signed_in(client, cast.director).post(url, answers).status_code == 403
    page = signed_in(client, cast.chair).get(one.get_absolute_url()).content.decode()

    assert page.count("Øvelse i mars") == 1
    with pytest.raises(Refused, match="afterwards"):
        actions.note_representation(
            representation=one, noted_date=TODAY + timedelta(days=1), text="Så",
            by=cast.chair.actor, at=NOON,
        )  # fmt: skip


def test_what_has_ended_is_kept_and_shown_when_asked_for(cast: Cast, client: Any) -> None:
    sent(cast, from_date=date(2020, 1, 1), to_date=date(2025, 1, 1))
    url = reverse("cooperation:representation", args=[cast.council.ref])
    signed_in(client, cast.chair)
    assert "Beredskapsrådet" not in client.get(url).content.decode()
    assert "Beredskapsrådet" in client.get(url, {"past": "1"}).content.decode()


def test_the_history_covers_a_name_that_is_withheld_later(cast: Cast) -> None:
    one = sent(cast)
    person = cast.police_member.person
    assert "Pia Påfunn" in str(history_of(one)[0].text)
    person.name_withheld = True
    person.save(update_fields=["name_withheld"])
    assert "Pia Påfunn" not in str(history_of(one)[0].text)


def test_nobody_stands_in_for_themselves(cast: Cast) -> None:
    with pytest.raises(Refused, match="somebody else"):
        sent(cast, stand_in=cast.police_member.person)

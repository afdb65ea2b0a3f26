"""Somebody who left comes back; one address belongs to one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.api import (
    appoint,
    change_person,
    invite_administrator,
    person_leaves,
    person_returns,
    register_person,
)
from samrad.people.events import PERSON_RETURNED
from samrad.people.models import Person
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, account_of, actor_of_person, signed_in

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with held_at(NOON):
        yield


@pytest.fixture
def gone(cast):
    """The police member, who left yesterday."""
    person = cast.police_member.person
    person_leaves(person=person, left_date=YESTERDAY, by=cast.secretary.actor, at=NOON)
    person.refresh_from_db()
    return person


def register(cast, email):
    return register_person(
        name="Ny Nyansatt", email=email, organisation=cast.no.station, role="police_contact",
        from_date=TODAY, by=cast.secretary.actor, at=NOON,
    ).person  # fmt: skip


def test_somebody_who_left_is_found_taken_back_and_given_a_role(cast, gone, client):
    signed_in(client, cast.secretary)
    appoint_page = reverse("people:appoint", args=[cast.no.station.ref])
    found = client.get(appoint_page, {"q": gone.name}).content.decode()
    assert gone.get_absolute_url() in found
    assert "Left on" in found
    back = reverse("people:returned", args=[gone.ref])
    assert back in client.get(gone.get_absolute_url()).content.decode()

    client.post(back)
    client.post(
        appoint_page,
        {"person": str(gone.ref), "role": "police_contact", "from_date": TODAY.isoformat()},
    )

    gone.refresh_from_db()
    assert gone.left_date is None
    assert PERSON_RETURNED.code in event_codes_of(gone)
    assert not actor_of_person(gone).is_anonymous


def test_coming_back_gives_no_role_by_itself(cast, gone):
    person_returns(person=gone, by=cast.secretary.actor, at=NOON)

    assert actor_of_person(gone).is_anonymous


def test_only_those_who_kept_the_person_take_them_back(cast, gone):
    for who in (cast.stranger, cast.chair, cast.dk.secretary):
        with pytest.raises(Refused):
            person_returns(person=gone, by=who.actor, at=NOON)


def test_somebody_who_is_here_cannot_come_back(cast):
    with pytest.raises(Refused, match="has not left"):
        person_returns(person=cast.guest.person, by=cast.administrator.actor, at=NOON)


def test_a_role_for_somebody_who_left_is_still_refused(cast, gone):
    with pytest.raises(Refused, match="has left"):
        appoint(
            person=gone, organisation=cast.no.station, role="police_contact", from_date=TODAY,
            by=cast.secretary.actor, at=NOON,
        )  # fmt: skip


# One address, one person ------------------------------------------------------------------------


@pytest.mark.parametrize("change", [str, str.upper])
def test_an_address_in_use_is_refused_for_somebody_new(cast, change):
    with pytest.raises(Refused, match="Somebody here has this e-mail address"):
        register(cast, change(cast.chair.person.email))

    assert not Person.objects.filter(name="Ny Nyansatt").exists()


def test_the_address_of_somebody_who_left_leads_to_that_person(cast, gone):
    with pytest.raises(Refused, match="say on their page that they are back"):
        register(cast, gone.email)


def test_an_account_that_is_left_over_keeps_its_address(cast):
    signed_up = account_of(cast.guest.person).email
    Person.objects.filter(pk=cast.guest.person.pk).update(email="")

    with pytest.raises(Refused, match="Another account"):
        register(cast, signed_up)


def test_an_address_in_use_is_refused_when_details_are_corrected(cast, client):
    signed_in(client, cast.administrator)
    url = reverse("people:details", args=[cast.guest.person.ref])
    page = client.post(url, {"name": "Gjest", "email": cast.chair.person.email})

    assert "Somebody here has this e-mail address" in page.content.decode()
    change_person(
        person=cast.guest.person, name="Gjest Gjestesen", email=cast.guest.person.email,
        by=cast.administrator.actor, at=NOON,
    )  # fmt: skip


def test_two_administrators_do_not_share_an_address(cast):
    with pytest.raises(Refused, match="Somebody here"):
        invite_administrator(
            name="Ada To", email=cast.chair.person.email, from_date=TODAY,
            by=cast.administrator.actor, at=NOON,
        )  # fmt: skip


@pytest.mark.parametrize("email", ["01010750160@example.org", "ola.01010750160@example.org"])
def test_a_persons_number_in_an_address_is_refused_and_covered(cast, client, email):
    signed_in(client, cast.secretary)
    page = client.post(
        reverse("people:appoint", args=[cast.no.station.ref]),
        {"name": "Ny", "email": email, "role": "police_contact", "from_date": TODAY.isoformat()},
    ).content.decode()

    assert "identity number" in page
    assert "01010750160" not in page

"""Pages that keep organisations and roles by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.access.vocabulary import Role
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.api import end_grant, grant_role
from samrad.people.events import ORGANISATION_ADDED, ORGANISATION_CHANGED
from samrad.people.models import ExplicitGrant, Organisation
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, actor_of_person, signed_in

NEW = "/organisations/new/"


@pytest.fixture(autouse=True)
def clock():
    with held_at(NOON):
        yield


def in_area(area):
    return f"{NEW}?area={area.ref}"


# Organisations ----------------------------------------------------------------------------------


def test_a_coordinator_adds_a_service_in_their_own_municipality(cast, client):
    signed_in(client, cast.secretary)
    page = client.post(
        in_area(cast.no.home),
        {
            "kind": "municipal_sector",
            "name": "Ås barnevern",
            "parent": str(cast.no.kommune.ref),
            "phone": "64 00 00 00",
        },
    )

    added = Organisation.objects.get(name="Ås barnevern")
    assert page["Location"] == added.get_absolute_url()
    assert (added.area, added.parent, added.country) == (cast.no.home, cast.no.kommune, "no")
    assert event_codes_of(added) == [ORGANISATION_ADDED.code]


def test_a_coordinator_finds_and_opens_no_area_but_their_own(cast, client):
    signed_in(client, cast.secretary)

    found = client.get(NEW).context["places"]
    assert [one.area for one in found] == [cast.no.home]
    assert client.get(in_area(cast.no.next_door)).status_code == 404
    assert client.get(f"{NEW}?area=x").status_code == 404


def test_the_same_organisation_is_not_added_twice(cast, client):
    signed_in(client, cast.administrator)
    page = client.post(in_area(cast.no.home), {"kind": "municipality", "name": "Ås kommune"})

    assert page.status_code == 200
    assert "here already" in page.content.decode()


def test_choosing_an_area_is_bounded(cast, client, django_assert_max_num_queries):
    signed_in(client, cast.administrator)
    with django_assert_max_num_queries(12):
        page = client.get(NEW, {"q": "as"})

    assert cast.no.home in [one.area for one in page.context["places"]]


def test_an_organisation_is_corrected(cast, client, django_assert_max_num_queries):
    signed_in(client, cast.secretary)
    url = reverse("people:change_organisation", args=[cast.no.kommune.ref])
    with django_assert_max_num_queries(12):
        assert client.get(url).context["form"].initial["name"] == "Ås kommune"
    client.post(url, {"name": "Ås og Vestby kommune", "short_name": "Ås", "phone": ""})

    cast.no.kommune.refresh_from_db()
    assert cast.no.kommune.name == "Ås og Vestby kommune"
    assert ORGANISATION_CHANGED.code in event_codes_of(cast.no.kommune)


# Roles by name ----------------------------------------------------------------------------------


def give(client, person, query="", **answers):
    url = reverse("people:give_role", args=[person.ref])
    return client.post(url + query, {"reason": "Prøve", "from_date": TODAY.isoformat(), **answers})


def test_an_administrator_gives_and_ends_a_role_for_an_area(
    cast, client, django_assert_max_num_queries
):
    signed_in(client, cast.administrator)
    guest = cast.guest.person
    page = give(client, guest, f"?area={cast.no.next_door.ref}", role="coordinator")

    assert page["Location"] == guest.get_absolute_url()
    grant = ExplicitGrant.objects.get(person=guest)
    assert (grant.role, grant.area) == (Role.COORDINATOR, cast.no.next_door)
    client.get(guest.get_absolute_url())  # what was to be said once has been said
    with django_assert_max_num_queries(12):
        shown = client.get(guest.get_absolute_url()).content.decode()
    end = reverse("people:end_given_role", args=[grant.ref])
    assert end in shown
    with django_assert_max_num_queries(12):
        client.get(end)
    client.post(end, {"to_date": TODAY.isoformat()})
    grant.refresh_from_db()
    assert grant.to_date == TODAY


def test_an_administrator_makes_another(cast, client, django_assert_max_num_queries):
    signed_in(client, cast.administrator)
    url = reverse("people:give_role", args=[cast.guest.person.ref])
    for query in ("", "?reach=everything"):
        with django_assert_max_num_queries(12):
            client.get(url + query)
    give(client, cast.guest.person, "?reach=everything", role="coordinator")

    assert actor_of_person(cast.guest.person).manages_installation


def test_without_an_area_no_role_is_given_that_needs_one(cast, client):
    signed_in(client, cast.administrator)
    give(client, cast.guest.person, role="coordinator")

    assert not ExplicitGrant.objects.filter(person=cast.guest.person).exists()


def test_the_last_administrator_cannot_shut_everybody_out(cast, client):
    signed_in(client, cast.administrator)
    own = ExplicitGrant.objects.get(person=cast.administrator.person)
    page = client.post(
        reverse("people:end_given_role", args=[own.ref]), {"to_date": TODAY.isoformat()}
    )

    assert page.status_code == 403
    own.refresh_from_db()
    assert own.to_date is None


def test_an_ended_role_by_name_does_not_come_back_by_ending_it_later(cast):
    given = grant_role(
        person=cast.guest.person, role=Role.COVERING, area=cast.no.home, reason="Prøve",
        from_date=TODAY - timedelta(days=9), to_date=TODAY - timedelta(days=2),
        by=cast.administrator.actor, at=NOON,
    )  # fmt: skip

    with pytest.raises(Refused, match="only be brought forward"):
        end_grant(grant=given, to_date=TODAY, by=SYSTEM, at=NOON)

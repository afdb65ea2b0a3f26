"""A4: everybody in the municipality can see whom to call at the police, now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.api import (
    end_absence,
    end_appointment,
    record_absence,
    set_contact_chain,
    who_to_call_now,
    withhold_name,
)
from samrad.people.events import ABSENCE_RECORDED, CONTACT_CHAIN_SET
from samrad.people.models import ContactPost
from samrad.people.permissions import may_see_contact
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, signed_in

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(autouse=True)
def clock():
    with held_at(NOON):
        yield


def away(who, **span):
    return record_absence(
        person=who.person, by=who.actor, at=NOON,
        **{"from_date": TODAY, "to_date": TODAY + WEEK, **span},
    )  # fmt: skip


def test_ordinarily_the_police_contact_answers(cast):
    contact = who_to_call_now(cast.no.home, TODAY)

    assert contact.now.name == "Pia Påfunn"
    assert contact.stands_in_for == ()
    assert contact.leader.name == "Stein Oppdiktet"


def test_the_deputy_answers_while_the_contact_is_away_and_says_for_whom(cast):
    away(cast.police_member)

    contact = who_to_call_now(cast.no.home, TODAY)
    assert contact.now.name == "Vidar Tenktmann"
    assert [(place.name, place.away_until) for place in contact.stands_in_for] == [
        ("Pia Påfunn", TODAY + WEEK)
    ]
    assert who_to_call_now(cast.no.home, TODAY + WEEK + timedelta(days=1)).now.name == "Pia Påfunn"


def test_a_vacancy_is_skipped_and_named(cast):
    end_appointment(
        appointment=cast.police_member.appointment,
        to_date=TODAY - timedelta(days=1),
        by=cast.secretary.actor,
        at=NOON,
    )

    contact = who_to_call_now(cast.no.home, TODAY)
    assert contact.now.name == "Vidar Tenktmann"
    assert [place.role for place in contact.vacancies] == ["police_contact"]


def test_when_nobody_answers_the_leader_is_still_named(cast):
    away(cast.police_member)
    away(cast.vice_police)

    contact = who_to_call_now(cast.no.home, TODAY)
    assert contact.now is None
    assert contact.leader.name == "Stein Oppdiktet"


def test_a_municipality_without_a_chain_says_so(cast):
    contact = who_to_call_now(cast.no.next_door, TODAY)

    assert not contact.is_set
    assert contact.now is contact.leader is None
    assert contact.arrangement.required


def test_a_withheld_name_leaves_role_and_number(cast):
    withhold_name(
        person=cast.police_member.person, withheld=True, by=cast.police_member.actor, at=NOON
    )

    now = who_to_call_now(cast.no.home, TODAY).now
    assert (now.name, now.role_name, now.phone) == (
        "",
        "police contact (politikontakt)",
        "00000000",
    )


def test_the_chain_follows_the_countrys_rule(cast):
    posts = set_contact_chain(
        area=cast.no.next_door,
        organisation=cast.no.next_station,
        by=cast.stranger.actor,
        at=NOON,
    )

    assert [post.role for post in posts] == [
        "police_contact", "prevention_section_leader", "section_leader",
    ]  # fmt: skip
    assert who_to_call_now(cast.no.next_door, TODAY).now.name == "Nils Nabodal"
    assert event_codes_of(cast.no.next_station) == [CONTACT_CHAIN_SET.code]


def test_only_those_who_keep_the_municipality_set_its_chain(cast):
    with pytest.raises(Refused):
        set_contact_chain(
            area=cast.no.home, organisation=cast.no.next_station, by=cast.stranger.actor, at=NOON
        )
    with pytest.raises(Refused, match="police unit"):
        set_contact_chain(
            area=cast.no.home, organisation=cast.no.kommune, by=cast.secretary.actor, at=NOON
        )

    assert set(
        ContactPost.objects.filter(area=cast.no.home).values_list("organisation", flat=True)
    ) == {cast.no.station.pk}


def test_coming_back_early_ends_the_absence(cast):
    absence = away(cast.police_member)
    end_absence(
        absence=absence, to_date=TODAY - timedelta(days=1), by=cast.police_member.actor, at=NOON
    )

    assert who_to_call_now(cast.no.home, TODAY).now.name == "Pia Påfunn"
    assert event_codes_of(cast.police_member.person)[0] == ABSENCE_RECORDED.code


def test_two_absences_never_overlap(cast):
    away(cast.police_member)

    with pytest.raises(Refused, match="already"):
        away(cast.police_member, from_date=TODAY + WEEK, to_date=TODAY + 2 * WEEK)


def test_who_sees_whom_a_municipality_calls(cast):
    sees = {
        name
        for name, who in cast.everybody.items()
        if may_see_contact(who.actor, cast.no.home) and who.actor.person_id
    }

    assert sees == {
        "chair", "director", "secretary", "station_chief", "police_member", "vice_police", "guest",
        "analyst", "national_officer", "administrator",
    }  # fmt: skip


def test_the_answer_takes_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        who_to_call_now(cast.no.home, TODAY)


# Where it is told ---------------------------------------------------------------------------------


def test_the_areas_page_says_who_answers_now_to_those_who_work_there(cast, client):
    page = signed_in(client, cast.director).get(cast.no.home.get_absolute_url())
    assert "Pia Påfunn, police contact (politikontakt)" in page.content.decode()

    away(cast.police_member)
    page = signed_in(client, cast.director).get(cast.no.home.get_absolute_url()).content.decode()
    assert "Vidar Tenktmann" in page
    assert "Pia Påfunn" not in page

    page = signed_in(client, cast.stranger).get(cast.no.home.get_absolute_url()).content.decode()
    assert "Whom to call" not in page
    assert "Vidar Tenktmann" not in page


def test_the_police_contacts_own_page_says_who_answers_now(
    cast, client, django_assert_max_num_queries
):
    away(cast.police_member)
    contact = cast.police_member.person.get_absolute_url()

    signed_in(client, cast.director).get(contact)
    with django_assert_max_num_queries(10):
        page = client.get(contact).content.decode()
    assert "Whom to call at the police in Ås" in page
    assert page.count("Vidar Tenktmann") >= 1
    assert "tel:00000000" in page

    page = signed_in(client, cast.stranger).get(contact).content.decode()
    assert "Whom to call" not in page
    assert "Vidar Tenktmann" not in page


def test_a_unit_that_serves_several_municipalities_shows_ones_own(cast, client):
    set_contact_chain(
        area=cast.no.next_door, organisation=cast.no.station, by=cast.stranger.actor, at=NOON
    )
    contact = cast.police_member.person.get_absolute_url()

    for who, where in ((cast.director, "Ås"), (cast.stranger, "Nordre Follo")):
        page = signed_in(client, who).get(contact).content.decode()
        assert f"Whom to call at the police in {where}" in page

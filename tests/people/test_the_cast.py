"""The recurring cast is who the other tests take it for."""

from __future__ import annotations

from samrad.access.vocabulary import Permission, Role
from samrad.cooperation.models import Council


def test_everybody_holds_the_roles_their_seats_and_appointments_give(cast):
    expected = {
        "chair": {Role.CHAIR},
        "secretary": {Role.SECRETARY, Role.COORDINATOR},
        "station_chief": {Role.MEMBER},
        "police_member": {Role.MEMBER, Role.ADDRESS_READER},
        "vice_police": set(),
        "guest": {Role.GUEST},
        "stranger": {Role.SECRETARY, Role.COORDINATOR},
        "analyst": {Role.COVERING, Role.ANALYST, Role.ADDRESS_READER},
        "national_officer": {Role.COVERING, Role.ANALYST},
        "administrator": {Role.ADMINISTRATOR},
        "dk.police_director": {Role.CHAIR, Role.COVERING},
        "dk.mayor": {Role.VICE_CHAIR},
        "se.secretary": {Role.SECRETARY, Role.COORDINATOR},
    }
    held = {name: {h.role for h in cast.everybody[name].actor.held} for name in expected}

    assert held == expected


def test_a_seat_gives_rights_in_its_own_council_only(cast):
    assert cast.chair.actor.holds(Permission.MINUTES_APPROVE, in_council=cast.council)
    assert not cast.chair.actor.holds(Permission.COUNCIL_SEE, in_council=cast.sibling)
    assert not cast.analyst.actor.holds_anywhere(Permission.COUNCIL_SEE)


def test_who_sees_which_councils(cast):
    seen = {
        name: set(Council.objects.visible_to(who.actor).values_list("name", flat=True))
        for name, who in cast.everybody.items()
    }

    assert seen["chair"] == {"Politirådet i Ås"}
    assert seen["stranger"] == {"Politirådet i Nordre Follo"}
    assert seen["analyst"] == {"Politirådet i Ås", "Politirådet i Nordre Follo"}
    assert seen["national_officer"] == seen["analyst"]
    assert seen["other_analyst"] == seen["vice_police"] == set()
    assert seen["dk.police_director"] == {"Kredsrådet i Vestkredsen", "Lokalrådet i Viborg"}
    assert seen["dk.mayor"] == {"Kredsrådet i Vestkredsen"}


def test_finding_out_who_somebody_is_takes_two_queries(cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert cast.secretary.actor.organisation_ids == {cast.no.kommune.pk}

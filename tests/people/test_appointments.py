"""A3: people hold roles from a day to a day; changing the mayor is one act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samrad.access.vocabulary import Permission, Role
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people import handover
from samrad.people.actions.appointments import hand_over_due
from samrad.people.api import (
    appoint,
    end_appointment,
    grant_role,
    person_leaves,
    register_person,
    replace_holder,
    withhold_name,
)
from samrad.people.events import (
    APPOINTED,
    APPOINTMENT_ENDED,
    HANDED_OVER,
    HOLDER_REPLACED,
    PERSON_LEFT,
)
from samrad.people.models import Appointment, Person
from samrad.trail.api import event_codes_of, history_of
from tests.cast import NOON, TODAY, account_of, actor_of_person

TOMORROW = TODAY + timedelta(days=1)
NEXT_MONTH = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def clock():
    with held_at(NOON):
        yield


@pytest.fixture
def newcomer(db):
    person = Person.objects.create(name="Ny Nyvalgt", email="ny@example.org")
    account_of(person)
    return person


@pytest.fixture
def handed_over():
    calls = []

    def note(*, before, after, by, at):
        calls.append((before.person.name, after.person.name, by.label))

    handover.register(note)
    yield calls
    handover._registered.remove(note)


def change_of_mayor(cast, newcomer, *, from_date=TODAY, by=None):
    return replace_holder(
        appointment=cast.chair.appointment,
        person=newcomer,
        from_date=from_date,
        by=(by or cast.secretary).actor,
        at=NOON,
    )


def test_a_change_of_mayor_is_one_act_and_seat_and_access_follow(cast, newcomer):
    change_of_mayor(cast, newcomer)

    assert actor_of_person(newcomer).has_role(Role.CHAIR, in_council=cast.council)
    assert cast.chair.actor.is_anonymous
    cast.chair.appointment.refresh_from_db()
    assert cast.chair.appointment.to_date == TODAY - timedelta(days=1)


def test_the_old_mayor_chairs_until_the_new_one_begins(cast, newcomer):
    change_of_mayor(cast, newcomer, from_date=NEXT_MONTH)

    last_day = NEXT_MONTH - timedelta(days=1)
    for day, expected in ((last_day, [True, False]), (NEXT_MONTH, [False, True])):
        chairs = [
            actor_of_person(person, day).holds(Permission.MINUTES_APPROVE, in_council=cast.council)
            for person in (cast.chair.person, newcomer)
        ]
        assert chairs == expected


def test_history_says_in_words_who_followed_whom(cast, newcomer):
    after = change_of_mayor(cast, newcomer)

    told = [line.text for line in history_of(after)]
    assert (
        "Sara Eksempelsen recorded that Ny Nyvalgt follows Maja Prøvestad as ordfører"
        " at Ås kommune from 21 Nov 2026." in told
    )
    assert event_codes_of(after) == [HOLDER_REPLACED.code, HANDED_OVER.code]


def test_what_was_open_is_handed_over_on_the_first_day(cast, newcomer, handed_over):
    change_of_mayor(cast, newcomer)

    assert handed_over == [("Maja Prøvestad", "Ny Nyvalgt", "Sara Eksempelsen")]


def test_a_change_recorded_ahead_hands_over_once_when_its_day_comes(cast, newcomer, handed_over):
    change_of_mayor(cast, newcomer, from_date=NEXT_MONTH)

    assert hand_over_due(on=NEXT_MONTH - timedelta(days=1), at=NOON) == 0
    assert handed_over == []
    assert hand_over_due(on=NEXT_MONTH, at=NOON) == 1
    assert hand_over_due(on=NEXT_MONTH, at=NOON) == 0
    assert handed_over == [("Maja Prøvestad", "Ny Nyvalgt", "Samråd")]


def test_somebody_can_follow_only_once(cast, newcomer):
    change_of_mayor(cast, newcomer)

    with pytest.raises(Refused, match="already followed"):
        change_of_mayor(cast, cast.director.person)


def test_the_new_holder_begins_after_the_old_one(cast, newcomer):
    with pytest.raises(Refused, match="must begin after"):
        change_of_mayor(cast, newcomer, from_date=cast.chair.appointment.from_date)

    assert Appointment.objects.filter(person=newcomer).count() == 0
    cast.chair.appointment.refresh_from_db()
    assert cast.chair.appointment.to_date is None


def test_nobody_holds_the_same_role_twice_on_one_day(cast):
    again = {
        "person": cast.director.person,
        "organisation": cast.no.kommune,
        "role": "municipal_director",
        "by": cast.administrator.actor,
        "at": NOON,
    }
    for from_date, to_date in ((TODAY, None), (date(2020, 1, 1), date(2024, 1, 1))):
        with pytest.raises(Refused, match="already"):
            appoint(**again, from_date=from_date, to_date=to_date)

    earlier = appoint(**again, from_date=date(2020, 1, 1), to_date=date(2023, 12, 31))
    assert event_codes_of(earlier) == [APPOINTED.code]


def test_an_ended_role_gives_nothing_the_day_after(cast):
    end_appointment(
        appointment=cast.director.appointment, to_date=TODAY, by=cast.secretary.actor, at=NOON
    )

    assert actor_of_person(cast.director.person, TODAY).seat_ids
    assert actor_of_person(cast.director.person, TOMORROW).is_anonymous
    assert event_codes_of(cast.director.appointment) == [APPOINTMENT_ENDED.code]


def test_somebody_new_comes_with_the_role_that_brings_them(cast):
    appointment = register_person(
        name="Ny Kollega",
        email="NY.kollega@example.org",
        organisation=cast.no.kommune,
        role="sector_head",
        from_date=TODAY,
        by=cast.secretary.actor,
        at=NOON,
    )

    assert appointment.person.email == "ny.kollega@example.org"
    assert actor_of_person(appointment.person).organisation_ids == {cast.no.kommune.pk}


def test_a_person_who_leaves_loses_every_role_with_the_day(cast):
    grant = grant_role(
        person=cast.director.person,
        role=Role.COVERING,
        area=cast.no.home,
        reason="Stands in for the analyst.",
        from_date=TODAY,
        by=cast.administrator.actor,
        at=NOON,
    )
    person_leaves(
        person=cast.director.person, left_date=TODAY, by=cast.administrator.actor, at=NOON
    )

    grant.refresh_from_db()
    assert grant.to_date == TODAY
    assert actor_of_person(cast.director.person, TOMORROW).is_anonymous
    assert event_codes_of(cast.director.person) == [PERSON_LEFT.code]


def test_somebody_who_begins_something_later_cannot_have_left_before(cast):
    appoint(
        person=cast.director.person, organisation=cast.no.kommune, role="sector_head",
        from_date=NEXT_MONTH, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    with pytest.raises(Refused, match="begins after"):
        person_leaves(
            person=cast.director.person, left_date=TODAY, by=cast.secretary.actor, at=NOON
        )


# Who keeps whom -----------------------------------------------------------------------------------

WHO_APPOINTS_WHERE = {
    "administrator": {"kommune", "station", "police", "next_kommune", "directorate"},
    "secretary": {"kommune", "station"},
    "stranger": {"next_kommune"},
    "chair": set(),
    "analyst": set(),
    "national_officer": set(),
}
A_ROLE_THERE = {
    "kommune": "sector_head",
    "station": "section_leader",
    "police": "district_analyst",
    "next_kommune": "sector_head",
    "directorate": "national_officer",
}


@pytest.mark.parametrize("who", WHO_APPOINTS_WHERE)
def test_coordinators_appoint_inside_their_own_area_and_nowhere_else(cast, newcomer, who):
    allowed = set()
    for where, role in A_ROLE_THERE.items():
        try:
            appoint(
                person=newcomer, organisation=cast.no.organisations[where], role=role,
                from_date=TODAY, by=cast.everybody[who].actor, at=NOON,
            )  # fmt: skip
            allowed.add(where)
        except Refused:
            pass

    assert allowed == WHO_APPOINTS_WHERE[who]
    assert Appointment.objects.filter(person=newcomer).count() == len(allowed)


def test_a_coordinator_cannot_make_themselves_mayor(cast):
    with pytest.raises(Refused, match="Somebody else"):
        change_of_mayor(cast, cast.secretary.person)


def test_a_role_must_exist_at_such_an_organisation(cast, newcomer):
    with pytest.raises(Refused, match="does not exist at such"):
        appoint(
            person=newcomer, organisation=cast.no.kommune, role="station_chief",
            from_date=TODAY, by=cast.secretary.actor, at=NOON,
        )  # fmt: skip


def test_somebody_who_also_works_elsewhere_is_not_changed_by_one_side(cast):
    """Otherwise a coordinator could appoint a neighbour and take the account over."""
    neighbour = cast.stranger_chair.person
    appoint(
        person=neighbour, organisation=cast.no.kommune, role="sector_head",
        from_date=TODAY, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    with pytest.raises(Refused, match="works where you do not"):
        person_leaves(person=neighbour, left_date=TODAY, by=cast.secretary.actor, at=NOON)


def test_a_withheld_name_is_seen_by_those_who_keep_the_person(cast):
    withhold_name(person=cast.police_member.person, withheld=True, by=cast.secretary.actor, at=NOON)

    seen_by = {
        name
        for name, who in cast.everybody.items()
        if Person.objects.visible_to(who.actor).filter(pk=cast.police_member.person.pk).exists()
    }
    assert seen_by == {"police_member", "secretary", "administrator"}


def test_anybody_may_withhold_their_own_name_but_not_a_colleagues(cast):
    withhold_name(person=cast.guest.person, withheld=True, by=cast.guest.actor, at=NOON)

    with pytest.raises(Refused):
        withhold_name(person=cast.chair.person, withheld=True, by=cast.guest.actor, at=NOON)


# What has ended stays ended -----------------------------------------------------------------------


def test_an_ended_role_does_not_come_back_by_ending_it_later(cast):
    mine = cast.station_chief.appointment
    end_appointment(
        appointment=mine, to_date=TODAY - timedelta(days=9), by=cast.secretary.actor, at=NOON
    )

    with pytest.raises(Refused, match="only be brought forward"):
        end_appointment(appointment=mine, to_date=NEXT_MONTH, by=cast.secretary.actor, at=NOON)

    mine.refresh_from_db()
    assert mine.to_date == TODAY - timedelta(days=9)
    end_appointment(
        appointment=mine, to_date=TODAY - timedelta(days=20), by=cast.secretary.actor, at=NOON
    )


def test_nobody_ends_their_own_role_but_may_say_who_follows(cast, newcomer):
    own = cast.secretary.appointment

    with pytest.raises(Refused, match="Somebody else must end your role"):
        end_appointment(appointment=own, to_date=TODAY, by=cast.secretary.actor, at=NOON)
    replace_holder(
        appointment=own, person=newcomer, from_date=TODAY, by=cast.secretary.actor, at=NOON
    )

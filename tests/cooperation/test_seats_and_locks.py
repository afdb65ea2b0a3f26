"""Nobody seats themselves higher than they sit, and what is written is read anew under a lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.cooperation import actions
from samrad.cooperation.actions import WantedAgreement, WantedCouncil, WantedSeat
from samrad.cooperation.models import Agreement, Council, FocusArea, Seat
from samrad.kernel.verdict import Refused
from samrad.people.actions.roles import set_contact_chain
from samrad.people.models import Appointment
from samrad.trail.api import event_codes_of, history_of
from tests.cast import NOON, TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db


def own_seat(cast: Cast, function: str) -> WantedSeat:
    """A seat for the role that the secretary holds; a coordinator of the municipality as well."""
    return WantedSeat(
        role="prevention_coordinator", organisation=cast.no.kommune, side="municipality",
        function=function,
    )  # fmt: skip


def add(cast: Cast, wanted: WantedSeat, by: Actor | None = None) -> Seat:
    return actions.add_seat(
        council=cast.council, wanted=wanted, by=by or cast.secretary.actor, at=NOON
    )


def test_the_secretary_does_not_give_their_own_role_the_chair(cast: Cast) -> None:
    before = cast.council.seats.count()
    with pytest.raises(Refused, match="somebody else gives it"):
        add(cast, own_seat(cast, "chair"))
    own = cast.council.seats.get(role="prevention_coordinator")
    with pytest.raises(Refused, match="somebody else gives it"):
        actions.change_seat(seat=own, function="vice_chair", by=cast.secretary.actor, at=NOON)

    assert cast.council.seats.count() == before
    own.refresh_from_db()
    assert own.function == "secretary"


def test_a_coordinator_does_not_take_a_seat_in_a_council_that_has_its_secretary(
    cast: Cast,
) -> None:
    cast.council.seats.filter(role="prevention_coordinator").update(
        to_date=TODAY - timedelta(days=1)
    )
    coordinator = cast.secretary.actor
    assert not coordinator.seat_ids
    for function in ("chair", "secretary", "member", "guest"):
        with pytest.raises(Refused, match="somebody else gives it"):
            add(cast, own_seat(cast, function), coordinator)


def test_a_role_that_begins_tomorrow_is_ones_own_today(cast: Cast) -> None:
    Appointment.objects.create(
        person=cast.secretary.person, organisation=cast.no.kommune, role="mayor",
        from_date=TODAY + timedelta(days=1),
    )  # fmt: skip
    wanted = WantedSeat(
        role="mayor", organisation=cast.no.kommune, side="municipality", function="vice_chair"
    )
    with pytest.raises(Refused, match="somebody else gives it"):
        add(cast, wanted)


def test_whoever_sets_a_council_up_can_be_its_first_secretary(cast: Cast) -> None:
    wanted = WantedCouncil(tier="politiraad", name="SLT-rådet i Ås", area=cast.no.home)
    council = actions.set_up_council(wanted=wanted, by=cast.secretary.actor, at=NOON)
    given: dict[str, Any] = {"council": council, "by": cast.secretary.actor, "at": NOON}

    seat = actions.add_seat(wanted=own_seat(cast, "secretary"), **given)

    assert cast.secretary.actor.has_role(seat.function, in_council=council)
    with pytest.raises(Refused):
        actions.add_seat(wanted=own_seat(cast, "chair"), **given)


def test_the_chair_gives_the_seat_and_the_history_says_which(cast: Cast) -> None:
    seat = cast.council.seats.get(role="police_contact")
    actions.change_seat(seat=seat, function="vice_chair", by=cast.chair.actor, at=NOON)

    assert event_codes_of(seat)[-1] == "seat.function"
    assert str(history_of(seat)[0].text).endswith("Nestleder.")


@pytest.mark.parametrize("function", ["chair", "vice_chair", "member", "guest"])
def test_nobody_sets_a_council_up_with_a_higher_seat_of_their_own(
    function: str, cast: Cast
) -> None:
    wanted = WantedCouncil(
        tier="politiraad", name="Eget råd", area=cast.no.home, seats=(own_seat(cast, function),)
    )
    with pytest.raises(Refused, match="somebody else gives it"):
        actions.set_up_council(wanted=wanted, by=cast.secretary.actor, at=NOON)

    assert not Council.objects.filter(name="Eget råd").exists()


def test_a_council_is_set_up_with_the_chair_for_another_and_the_secretary_for_oneself(
    cast: Cast,
) -> None:
    mayor = WantedSeat("mayor", cast.no.kommune, "municipality", function="chair")
    wanted = WantedCouncil(
        tier="politiraad", name="Nytt råd", area=cast.no.home,
        seats=(mayor, own_seat(cast, "secretary")),
    )  # fmt: skip
    council = actions.set_up_council(wanted=wanted, by=cast.secretary.actor, at=NOON)

    assert set(council.seats.values_list("function", flat=True)) == {"chair", "secretary"}


def end(seat: Seat, by: Actor, last_date: date) -> None:
    actions.end_seat(seat=seat, last_date=last_date, by=by, at=NOON)


def test_an_ended_seat_of_ones_own_does_not_come_back_by_a_later_last_day(cast: Cast) -> None:
    own = cast.council.seats.get(role="prevention_coordinator")
    yesterday, in_a_year = TODAY - timedelta(days=1), TODAY + timedelta(days=365)
    end(own, cast.secretary.actor, yesterday)

    with pytest.raises(Refused):
        end(own, cast.secretary.actor, in_a_year)
    own.refresh_from_db()
    assert own.to_date == yesterday

    end(own, cast.chair.actor, in_a_year)
    own.refresh_from_db()
    assert own.to_date == in_a_year


def test_the_last_day_of_ones_own_seat_is_brought_forward_but_not_put_off(cast: Cast) -> None:
    own = cast.council.seats.get(role="prevention_coordinator")
    soon, later = TODAY + timedelta(days=30), TODAY + timedelta(days=60)
    end(own, cast.secretary.actor, later)
    end(own, cast.secretary.actor, soon)

    with pytest.raises(Refused, match="somebody else must put off its last day"):
        end(own, cast.secretary.actor, later)


def test_what_somebody_took_out_meanwhile_is_refused_in_words(cast: Cast) -> None:
    seat = cast.council.seats.get(role="police_contact")
    Seat.objects.filter(pk=seat.pk).delete()

    with pytest.raises(Refused, match="taken this out meanwhile"):
        end(seat, cast.chair.actor, TODAY)


def test_a_council_set_up_after_midnight_is_established_on_that_day(cast: Cast) -> None:
    wanted = WantedCouncil(tier="politiraad", name="Natterådet", area=cast.no.home)
    after_midnight = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    council = actions.set_up_council(wanted=wanted, by=cast.secretary.actor, at=after_midnight)
    actions.end_council(council=council, reason="", by=cast.secretary.actor, at=after_midnight)

    council.refresh_from_db()
    assert council.established_date == council.ended_date == date(2026, 11, 21)


# Locks --------------------------------------------------------------------------------------------

WRITING: dict[str, Callable[[Cast, Council], object]] = {
    "a seat": lambda cast, council: actions.add_seat(
        council=council,
        wanted=WantedSeat("service_head", cast.no.kommune, "municipality"),
        by=cast.chair.actor,
        at=NOON,
    ),
    "focus areas": lambda cast, council: actions.set_focus_areas(
        council=council, titles=["Ungdom"], year=2026, by=cast.chair.actor, at=NOON
    ),
    "an agreement": lambda cast, council: actions.bring_into_force(
        council=council,
        wanted=WantedAgreement(title="Avtale", from_date=TODAY),
        by=cast.chair.actor,
        at=NOON,
    ),
}


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> list[type]:
    """The models whose rows are locked, on either database."""
    found: list[type] = []
    plainly = QuerySet.select_for_update

    def noted(queryset: Any, *args: Any, **options: Any) -> Any:
        found.append(queryset.model)
        return plainly(queryset, *args, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    return found


@pytest.mark.parametrize("what", WRITING)
def test_the_council_is_read_anew_under_a_lock(what: str, cast: Cast, locked: list[type]) -> None:
    page = Council.objects.get(pk=cast.council.pk)
    actions.end_council(council=cast.council, reason="Slått sammen", by=cast.chair.actor, at=NOON)
    seats = Seat.objects.count()
    locked.clear()

    with pytest.raises(Refused, match="ended"):
        WRITING[what](cast, page)

    assert locked == [Council]
    assert not FocusArea.objects.exists()
    assert not Agreement.objects.exists()
    assert Seat.objects.count() == seats


def test_one_chain_is_set_at_a_time(cast: Cast, locked: list[type]) -> None:
    posts = set_contact_chain(
        area=cast.no.home, organisation=cast.no.station, by=cast.secretary.actor, at=NOON
    )

    assert Area in locked
    assert [post.order for post in posts] == list(range(1, len(posts) + 1))


def test_the_page_of_a_seat_leads_to_where_somebody_else_takes_over(
    cast: Cast, client: Client
) -> None:
    """A seat follows its role, and the role is given to another where it is held."""
    seat = cast.council.seats.filter(organisation=cast.no.station)[0]
    page = signed_in(client, cast.secretary).get(reverse("cooperation:seat", args=[seat.ref]))

    told = page.text.partition("Another person takes over where the role is held:")[2]
    link = f'<a href="{cast.no.station.get_absolute_url()}">'
    assert told.lstrip().startswith(link)

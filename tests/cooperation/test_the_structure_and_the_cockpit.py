"""The structure under a council is what one may see of it; a secretariat has one screen for all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.cooperation.cockpit import Cockpit, cockpit_of
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.structure import structure_of
from samrad.kernel.clock import held_at
from samrad.meetings import api as meetings
from samrad.meetings.models import Meeting
from tests.cast import NOON, SINCE, TODAY, Cast, signed_in
from tests.meetings.bricks import called, circulated, planned, sent_out, written

pytestmark = pytest.mark.django_db
AT_MOST = 12


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def body(cast: Cast, parent: Council, tier: str, name: str, **given: Any) -> Council:
    """A Danish body below another."""
    return Council.objects.create(
        country="dk", tier=tier, name=name, area=given.pop("area", cast.dk.home), parent=parent,
        established_date=SINCE, **given,
    )  # fmt: skip


def names(cast: Cast, who: Any, **given: Any) -> list[str]:
    drawn = structure_of(cast.dk.kredsraad, who.actor, TODAY, **given)
    return [one.council.name for one in drawn.all()]


# The chart --------------------------------------------------------------------------------------


def test_the_chart_shows_each_body_under_the_one_it_reports_to(cast: Cast, client: Any) -> None:
    top, local = cast.dk.kredsraad, cast.dk.lokalraad
    body(cast, local, "arbejdsgruppe", "Natteliv")
    body(cast, top, "sekretariat", "Sekretariatet", area=cast.dk.district)
    body(cast, top, "netvaerk", "Banderåd", state="considered")
    drawn = structure_of(top, cast.dk.secretary.actor, TODAY)

    assert [one.council.name for one in drawn.all()] == [
        "Kredsrådet i Vestkredsen", "Sekretariatet", "Lokalrådet i Viborg", "Natteliv", "Banderåd",
    ]  # fmt: skip
    assert drawn.number == 3, "one that is only considered is none yet"
    page = signed_in(client, cast.dk.secretary).get(
        reverse("cooperation:structure", args=[top.ref])
    )
    told = page.content.decode()
    assert told.index("Natteliv") > told.index("Lokalrådet i Viborg")
    assert "Ditte Opdigtet" in told  # who leads it
    assert "Considered" in told


def test_what_one_may_not_see_is_neither_drawn_nor_counted(cast: Cast, client: Any) -> None:
    body(cast, cast.dk.lokalraad, "arbejdsgruppe", "Hemmeligt natteliv")
    url = reverse("cooperation:structure", args=[cast.dk.kredsraad.ref])

    assert names(cast, cast.dk.mayor) == ["Kredsrådet i Vestkredsen"]
    for shown in ("chart", "table"):
        page = signed_in(client, cast.dk.mayor).get(url, {"as": shown}).content.decode()
        assert "0 bodies below" in page
        assert "Viborg" not in page.split("<main")[1]
    assert signed_in(client, cast.chair).get(url).status_code == 404


def test_a_body_that_hangs_on_one_unseen_does_not_hang_in_the_air(cast: Cast) -> None:
    group = body(cast, cast.dk.lokalraad, "arbejdsgruppe", "Natteliv")
    Seat.objects.create(
        council=group, organisation=cast.dk.kommune, role="mayor", side="municipality"
    )

    assert group in Council.objects.visible_to(cast.dk.mayor.actor)
    assert names(cast, cast.dk.mayor) == ["Kredsrådet i Vestkredsen"]


def test_what_has_ended_is_left_out_unless_something_hangs_on_it_or_it_is_asked_for(
    cast: Cast,
) -> None:
    local = cast.dk.lokalraad
    Council.objects.filter(pk=local.pk).update(state="ended")
    assert names(cast, cast.dk.secretary) == ["Kredsrådet i Vestkredsen"]
    assert len(names(cast, cast.dk.secretary, with_ended=True)) == 2
    body(cast, local, "arbejdsgruppe", "Natteliv")
    assert names(cast, cast.dk.secretary)[1:] == ["Lokalrådet i Viborg", "Natteliv"]


@pytest.mark.parametrize("number", [5, 40])
def test_the_chart_costs_the_same_for_many(
    cast: Cast, client: Any, django_assert_max_num_queries: Any, number: int
) -> None:
    for one in range(number):
        local = body(cast, cast.dk.kredsraad, "lokalraad", f"Lokalråd {one}")
        body(cast, local, "arbejdsgruppe", f"Gruppe {one}")
    signed_in(client, cast.dk.secretary)
    for shown in ("chart", "table"):
        url = reverse("cooperation:structure", args=[cast.dk.kredsraad.ref])
        with django_assert_max_num_queries(AT_MOST, info=shown):
            page = client.get(url, {"as": shown})
        assert page.context["body"].number == 2 * number + 1


def test_the_chart_is_printed_from_a_page_that_is_nothing_but_the_sheet(
    cast: Cast, client: Any
) -> None:
    local = body(cast, cast.dk.kredsraad, "lokalraad", "Lokalrådet i Skive")
    url = reverse("cooperation:structure", args=[cast.dk.kredsraad.ref])
    html = signed_in(client, cast.dk.secretary).get(url).content.decode()
    assert 'data-print href="?as=chart&amp;print=1"' in html
    assert "data-print" not in client.get(url, {"as": "table"}).content.decode()

    sheet = client.get(url, {"print": 1}).content.decode()
    assert local.name in sheet
    assert "s-header" not in sheet
    seen_below = signed_in(client, cast.dk.mayor).get(url, {"print": 1}).content.decode()
    assert local.name not in seen_below


# One screen -------------------------------------------------------------------------------------


def screen(cast: Cast, who: Any = None) -> Cockpit:
    return cockpit_of((who or cast.secretary).actor, NOON)


def cells(cockpit: Cockpit, council: Council) -> dict[str, str]:
    row = next(one for one in cockpit.rows if one.council == council)
    return {column.key: str(cell.text) for column, cell in row.cells if cell}


def been(meeting: Meeting, *, days: int) -> None:
    starts_at = NOON - timedelta(days=days)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )


def test_a_council_without_a_meeting_says_so_and_a_group_meets_at_need(cast: Cast) -> None:
    group = Council.objects.create(
        country="no", tier="arbeidsgruppe", name="Gruppe", area=cast.no.home, parent=cast.council
    )
    assert cells(screen(cast), cast.council)["next"] == "None planned"
    assert cells(screen(cast), group)["next"] == "When needed"


@pytest.mark.parametrize(("days", "told"), [(40, "Not yet"), (19, "Soon"), (9, "Late")])
def test_whether_it_is_time_to_call(cast: Cast, days: int, told: str) -> None:
    planned(cast, starts_at=NOON + timedelta(days=days))
    assert cells(screen(cast), cast.council)["called"] == told


def test_a_called_meeting_has_its_agenda_out_with_the_days_ahead(cast: Cast) -> None:
    called(cast, "Sak", starts_at=NOON + timedelta(days=9))
    found = screen(cast)

    assert cells(found, cast.council) | {"called": "Called", "agenda": "Out"} == cells(
        found, cast.council
    )
    row = next(one for one in found.rows if one.council == cast.council)
    assert not row.wants_somebody


def test_the_days_ahead_are_those_of_the_first_sending_and_of_the_day_it_is_held(
    cast: Cast,
) -> None:
    by = cast.secretary.actor
    meeting = called(cast, "Sak", starts_at=NOON + timedelta(days=20))
    meetings.send_agenda(meeting=meeting, by=by, at=NOON + timedelta(days=19))
    assert agenda_note(cast) == "20 days ahead"

    start = NOON + timedelta(days=27)
    meetings.move_meeting(
        meeting=meeting, starts_at=start, ends_at=start + timedelta(hours=2), place="",
        by=by, at=NOON + timedelta(days=19),
    )  # fmt: skip
    assert agenda_note(cast) == "27 days ahead"


def agenda_note(cast: Cast) -> str:
    row = next(one for one in screen(cast).rows if one.council == cast.council)
    return next(str(cell.note) for column, cell in row.cells if cell and column.key == "agenda")


def test_minutes_and_the_approvals_they_lack(cast: Cast) -> None:
    minutes = written(cast, "Sak")
    been(minutes.meeting, days=3)
    assert cells(screen(cast), cast.council)["minutes"] == "Being written"
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    found = cells(screen(cast), cast.council)
    assert found["minutes"] == "Out for approval"
    assert found["approvals"] == "Chair"


def test_those_that_need_somebody_stand_first(cast: Cast) -> None:
    well = Council.objects.create(
        country="no", tier="arbeidsgruppe", name="Aktiv gruppe", area=cast.no.home
    )
    minutes = circulated(cast, "Sak")
    been(minutes.meeting, days=30)
    minutes.circulated_at = NOON - timedelta(days=20)
    minutes.save(update_fields=["circulated_at"])
    found = screen(cast)

    assert [one.council for one in found.rows] == [cast.council, well]
    assert found.wanting == 1


def test_one_sees_on_the_screen_what_one_keeps_and_nothing_else(cast: Cast, client: Any) -> None:
    url = reverse("cooperation:cockpit")
    kept = {
        who: {row.council.name for row in screen(cast, character).rows}
        for who, character in cast.everybody.items()
    }
    assert kept["secretary"] == kept["chair"] == {"Politirådet i Ås"}
    assert kept["stranger"] == {"Politirådet i Nordre Follo"}
    assert kept["dk.secretary"] == {"Kredsrådet i Vestkredsen", "Lokalrådet i Viborg"}
    assert kept["analyst"] == kept["guest"] == set()
    for who in (cast.analyst, cast.police_member, cast.guest):
        assert signed_in(client, who).get(url).status_code == 404
    assert "Politirådet i Ås" in signed_in(client, cast.secretary).get(url).content.decode()


@pytest.mark.parametrize("number", [13, 50])
def test_the_screen_costs_the_same_for_thirteen_councils_and_for_fifty(
    cast: Cast, client: Any, django_assert_max_num_queries: Any, number: int
) -> None:
    for one in range(number - 2):
        council = body(cast, cast.dk.kredsraad, "lokalraad", f"Lokalråd {one}")
        for days in (-40, 30):
            starts_at = NOON + timedelta(days=days)
            Meeting.objects.create(
                council=council, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
                state="called", called_at=NOON,
            )  # fmt: skip
    signed_in(client, cast.dk.secretary)
    with django_assert_max_num_queries(AT_MOST):
        page = client.get(reverse("cooperation:cockpit"))

    assert len(page.context["cockpit"].rows) == number

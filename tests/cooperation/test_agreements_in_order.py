"""One agreement is in force at a time, whichever order they are read in (C4)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samrad.cooperation import actions
from samrad.cooperation.actions import WantedAgreement
from samrad.cooperation.models import Agreement, AgreementReading, Council
from samrad.cooperation.rules import AgreementState, ReadingState
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.models import Organisation
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.cooperation.test_reading_in_the_browser import as_proposed, handed_over

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OWN = Path(__file__).resolve().parents[1] / "reading" / "agreements"


def in_force(cast: Cast, start: date, **more: Any) -> Agreement:
    return actions.bring_into_force(
        council=cast.council,
        wanted=WantedAgreement(title=f"Avtale fra {start.year}", from_date=start, **more),
        by=cast.chair.actor,
        at=NOON,
    )


def staged_by(client: Client, cast: Cast) -> AgreementReading:
    upload = SimpleUploadedFile("avtale.txt", (OWN / "no_klarspraak.txt").read_bytes())
    assert handed_over(client, cast, upload.read()).status_code == 302
    return AgreementReading.objects.get()


def confirm(client: Client, staged: AgreementReading, **changed: Any) -> Any:
    data = as_proposed(client, staged, **{"from_date": "2026-02-01", **changed})
    return client.post(reverse("cooperation:confirm", args=[staged.ref]), data)


def test_an_older_agreement_becomes_an_earlier_one_that_has_ended(cast: Cast) -> None:
    newer = in_force(cast, date(2024, 1, 1), focus_areas=("Ungdom",), focus_year=2026)
    older = in_force(cast, date(2019, 3, 1), focus_areas=("Trafikk",), focus_year=2026)
    between = in_force(cast, date(2021, 3, 1))

    newer.refresh_from_db()
    assert newer.state == AgreementState.IN_FORCE
    assert newer.to_date is None
    assert older.state == between.state == AgreementState.ENDED
    assert older.to_date == between.to_date == date(2023, 12, 31)
    assert event_codes_of(older)[-1] == "agreement.kept"
    assert [one.title for one in cast.council.focus_areas.all()] == ["Ungdom"]


def test_an_agreement_that_ended_by_itself_keeps_its_own_last_day(cast: Cast) -> None:
    newer = in_force(cast, date(2023, 1, 1), to_date=date(2024, 12, 31))
    older = in_force(cast, date(2016, 1, 1), to_date=date(2019, 12, 31))
    longer = in_force(cast, date(2021, 1, 1), to_date=date(2030, 12, 31))
    in_force(cast, date(2026, 1, 1))

    newer.refresh_from_db()
    assert newer.to_date == date(2024, 12, 31)
    assert older.to_date == date(2019, 12, 31)
    assert longer.to_date == date(2022, 12, 31)


def test_an_agreement_that_ran_out_keeps_its_day_when_the_council_ends_after_it(cast: Cast) -> None:
    ran_out = in_force(cast, date(2023, 1, 1), to_date=date(2024, 12, 31))

    actions.end_council(council=cast.council, reason="Slått sammen", by=cast.chair.actor, at=NOON)

    ran_out.refresh_from_db()
    assert (ran_out.state, ran_out.to_date) == (AgreementState.ENDED, date(2024, 12, 31))


def test_a_newer_agreement_ends_the_one_before_it_the_day_before(cast: Cast) -> None:
    before = in_force(cast, date(2024, 1, 1))
    after = in_force(cast, date(2026, 1, 1))

    before.refresh_from_db()
    assert (before.state, before.to_date) == (AgreementState.ENDED, date(2025, 12, 31))
    assert after.state == AgreementState.IN_FORCE


def test_an_agreement_that_names_no_focus_areas_leaves_those_there_are(cast: Cast) -> None:
    in_force(cast, date(2026, 1, 1), focus_areas=("Ungdom", "Trafikk"))
    in_force(cast, date(2026, 6, 1))

    assert cast.council.focus_areas.filter(year=2026).count() == 2


def test_an_agreement_from_a_day_to_come_waits_for_its_day(client: Client, cast: Cast) -> None:
    staged = staged_by(client, cast)
    tomorrow = TODAY + timedelta(days=1)
    wanted = WantedAgreement(title="Ny avtale", from_date=tomorrow)
    given: dict[str, Any] = {"reading": staged, "council": cast.council, "agreement": wanted}

    with pytest.raises(Refused, match="does not hold before Sunday, 22 November 2026"):
        actions.confirm_reading(**given, by=cast.secretary.actor, at=NOON)
    staged.refresh_from_db()
    assert staged.state == ReadingState.WAITING

    later = NOON + timedelta(days=1)
    found = actions.confirm_reading(**given, by=cast.secretary.actor, at=later)
    assert found.state == AgreementState.IN_FORCE


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("0001-01-01", "Write the year with four digits, 1950 or later."),
        ("9999-12-31", "Write a year up to 2100."),
        ("2027-06-01", "does not hold before Tuesday, 1 June 2027"),
    ],
)
def test_a_first_day_that_cannot_be_is_refused_at_its_field(
    day: str, said: str, client: Client, cast: Cast
) -> None:
    in_force(cast, date(2024, 1, 1))
    staged = staged_by(client, cast)
    with held_at(NOON):
        response = confirm(client, staged, council=str(cast.council.ref), from_date=day)

    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors["from_date"])
    assert cast.council.agreements.count() == 1


def test_the_page_asks_which_council_and_what_only_a_new_one_needs_apart(
    client: Client, cast: Cast
) -> None:
    staged = staged_by(client, cast)
    page = client.get(staged.get_absolute_url())

    there = page.context["form"].fields["council"].choices
    assert [value for value, _ in there] == [str(cast.council.ref), "new"]
    of_new, _, of_any = page.text.partition('name="title"')
    assert of_new.rindex("data-new-council") < of_new.index('name="seats-0-role"')
    assert 'name="name"' not in of_any


def test_nobody_sets_up_a_second_council_by_not_choosing(client: Client, cast: Cast) -> None:
    staged = staged_by(client, cast)
    councils = Council.objects.count()

    response = confirm(client, staged, council="")

    told = response.context["form"].errors
    assert told == {"council": ["Choose the council that the agreement is for."]}
    assert Council.objects.count() == councils


def test_where_there_is_no_council_nothing_is_asked(client: Client, cast: Cast) -> None:
    staged = staged_by(client, cast)
    Council.objects.filter(area=staged.area).update(state="ended")
    page = client.get(staged.get_absolute_url())
    assert "The agreement is for<" not in page.text

    confirm(client, staged, council="", name="Det første rådet")

    assert Council.objects.filter(name="Det første rådet").exists()


def test_the_agreement_of_a_council_there_is_changes_neither_its_seats_nor_its_parties(
    client: Client, cast: Cast
) -> None:
    staged = staged_by(client, cast)
    councils, organisations = Council.objects.count(), Organisation.objects.count()
    seats = list(cast.council.seats.values_list("role", "function"))

    response = confirm(client, staged, council=str(cast.council.ref))

    assert response.url == cast.council.get_absolute_url()
    assert cast.council.agreements.get().state == AgreementState.IN_FORCE
    assert list(cast.council.seats.values_list("role", "function")) == seats
    assert (Council.objects.count(), Organisation.objects.count()) == (councils, organisations)


def test_an_old_scan_is_shown_as_the_earlier_agreement_it_is(client: Client, cast: Cast) -> None:
    in_force(cast, date(2026, 3, 1))
    staged = staged_by(client, cast)

    response = confirm(client, staged, council=str(cast.council.ref))

    older = cast.council.agreements.get(state=AgreementState.ENDED)
    assert response.url == older.get_absolute_url()
    assert older.to_date == date(2026, 2, 28)


def test_a_council_next_door_is_not_given_the_agreement(client: Client, cast: Cast) -> None:
    staged = staged_by(client, cast)

    assert confirm(client, staged, council=str(cast.sibling.ref)).status_code == 404
    assert confirm(client, staged, council="x").status_code == 404


def test_a_seat_that_is_refused_is_told_on_the_page(client: Client, cast: Cast) -> None:
    staged = staged_by(client, cast)
    own = {"role": "prevention_coordinator", "side": "municipality", "function": "chair"}
    seat = {f"seats-0-{name}": value for name, value in own.items()}

    response = confirm(client, staged, name="Eget råd", municipality=cast.no.kommune.name, **seat)

    assert response.status_code == 422
    assert "somebody else gives it" in response.content.decode()
    assert not Council.objects.filter(name="Eget råd").exists()


def test_only_who_reads_agreements_in_is_offered_it_on_the_councils_page(
    client: Client, cast: Cast
) -> None:
    offered = reverse("cooperation:read_in")
    for who in (cast.chair, cast.secretary):
        page = signed_in(client, who).get(cast.council.get_absolute_url()).content.decode()
        assert (f'href="{offered}"' in page) is (client.get(offered).status_code == 200), who.name
    assert f'href="{offered}"' in page

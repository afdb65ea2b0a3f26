"""Everybody finds the agreements they may see, and what is late (C6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.models import Draft
from samrad.agreements.queries.register import (
    Sought,
    Standing,
    agreements_found,
    areas_to_choose,
    first_drafts,
    numbers_of,
    rows_of,
    standing_of,
)
from samrad.agreements.rules import DraftState
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.models import Agreement, Council
from tests.agreements.bricks import begun, waiting
from tests.cast import NOON, TODAY, Cast, Character, signed_in

pytestmark = pytest.mark.django_db
URL = "agreements:register"


def agreed(council: Council, who: Character, title: str, **more: Any) -> Agreement:
    wanted = WantedAgreement(title=title, **{"from_date": date(2025, 1, 1), **more})
    return bring_into_force(council=council, wanted=wanted, by=who.actor, at=NOON)


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({}, Standing.IN_FORCE),
        ({"renewal_date": TODAY}, Standing.IN_FORCE),
        ({"renewal_date": date(2026, 11, 20)}, Standing.OVERDUE),
        ({"to_date": TODAY}, Standing.IN_FORCE),
        ({"to_date": date(2026, 11, 20)}, Standing.EXPIRED),
        ({"to_date": date(2026, 11, 20), "renewal_date": date(2026, 1, 1)}, Standing.EXPIRED),
    ],
)
def test_an_agreement_stands_one_way_on_a_row_in_the_counts_and_among_those_found(
    cast: Cast, more: dict[str, Any], standing: Standing
) -> None:
    one = agreed(cast.council, cast.secretary, "Avtale", **more)
    actor = cast.guest.actor

    assert standing_of(one, TODAY) is standing
    numbers = numbers_of(actor, Sought(), TODAY)
    assert {key for key, number in numbers.items() if number} == {standing}
    for asked in Standing:
        found = agreements_found(actor, Sought(standings=(asked,)), TODAY)
        assert list(found) == ([one] if asked is standing else [])


def test_each_sees_the_agreements_of_their_councils_and_a_district_those_in_it(cast: Cast) -> None:
    ours = agreed(cast.council, cast.secretary, "Vår")
    theirs = agreed(cast.sibling, cast.stranger, "Naboens")

    def seen_by(who: Character) -> set[Agreement]:
        return set(agreements_found(who.actor, Sought(), TODAY))

    assert seen_by(cast.guest) == {ours}
    assert seen_by(cast.analyst) == {ours, theirs}
    assert seen_by(cast.other_analyst) == set()


def test_it_is_sifted_by_words_kind_and_area(cast: Cast) -> None:
    kredsraad, secretary = cast.dk.kredsraad, cast.dk.secretary
    general = agreed(kredsraad, secretary, "Samarbejdsaftale")
    ssp = agreed(kredsraad, secretary, "Model", kind="ssp")
    actor = secretary.actor

    def found(**sought: Any) -> list[Agreement]:
        return list(agreements_found(actor, Sought(**sought), TODAY))

    assert found() == [general, ssp]
    assert found(text="model") == [ssp]
    assert found(text="Vestkreds") == [general, ssp]
    assert found(kind="ssp") == [ssp]
    [district] = areas_to_choose(actor, TODAY)
    assert found(area=district) == [general, ssp]
    assert found(area=cast.no.home) == []


def test_what_is_being_made_anew_is_told_to_those_who_may_read_the_draft(cast: Cast) -> None:
    one = agreed(cast.council, cast.secretary, "Avtale")
    draft = begun(cast, revises=one)

    assert [list(row.drafts) for row in rows_of([one], cast.secretary.actor, TODAY)] == [[draft]]
    assert [list(row.drafts) for row in rows_of([one], cast.guest.actor, TODAY)] == [[]]
    assert [list(row.drafts) for row in rows_of([one], cast.analyst.actor, TODAY)] == [[]]


def test_the_register_of_a_district_needs_few_questions_and_bears_odd_addresses(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        agreed(
            cast.council, cast.secretary, f"Avtale {number}", from_date=date(2020 + number, 1, 1)
        )
    agreed(cast.sibling, cast.stranger, "Naboens")
    for who in (cast.secretary, cast.analyst):
        signed_in(client, who)
        client.get(reverse(URL))
        with django_assert_max_num_queries(12):
            assert client.get(reverse(URL)).status_code == 200
    for asked in ({"state": "x"}, {"area": "²"}, {"kind": "nothing"}, {"page": "-4"}):
        assert client.get(reverse(URL), asked).status_code == 200


def test_drafts_are_found_by_how_far_they_have_come(cast: Cast, client: Client) -> None:
    signed = waiting(cast)
    actor = cast.secretary.actor

    def found(**sought: Any) -> list[Draft]:
        return first_drafts(actor, Sought(**sought), TODAY)

    assert found() == [signed]
    assert found(making=DraftState.SIGNED) == [signed]
    assert found(making=DraftState.COMMENTS) == []
    assert found(kind="theme") == []
    assert found(standings=(Standing.IN_FORCE,)) == []
    agreement = agreed(cast.council, cast.secretary, "Avtale")
    anew = begun(cast, revises=agreement)
    assert list(agreements_found(actor, Sought(making=DraftState.WRITING), TODAY)) == [agreement]
    assert not agreements_found(actor, Sought(making=DraftState.SIGNED), TODAY)
    assert anew not in found()

    answer = signed_in(client, cast.secretary).get(reverse(URL), {"state": "signed"})
    assert signed.title in answer.content.decode()
    assert "Nothing fits" not in answer.content.decode()

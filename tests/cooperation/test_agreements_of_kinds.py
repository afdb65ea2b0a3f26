"""Agreements come in kinds: one that a council rests on, and those that are part of it (C6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.cooperation import actions
from samrad.cooperation.actions import WantedAgreement
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.queries import family_of
from samrad.cooperation.rules import AgreementState
from samrad.kernel.verdict import Refused
from samrad.trail.api import event_codes_of
from tests.cast import NOON, Cast, Character, signed_in

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)


def agreed(
    council: Council, who: Character, kind: str, start: date = SPRING, **more: Any
) -> Agreement:
    wanted = WantedAgreement(title=f"Aftale ({kind})", from_date=start, kind=kind, **more)
    return actions.bring_into_force(council=council, wanted=wanted, by=who.actor, at=NOON)


@pytest.fixture
def kredsraad(cast: Cast) -> Council:
    return cast.dk.kredsraad


@pytest.fixture
def secretary(cast: Cast) -> Character:
    return cast.dk.secretary


def test_a_theme_agreement_becomes_part_of_the_main_one_and_ends_nothing(
    kredsraad: Council, secretary: Character
) -> None:
    general = agreed(kredsraad, secretary, "general")
    ssp = agreed(kredsraad, secretary, "ssp", AUTUMN)
    theme = agreed(kredsraad, secretary, "theme", AUTUMN)
    another = agreed(kredsraad, secretary, "theme", AUTUMN)

    assert ssp.parent == theme.parent == another.parent == general
    in_force = kredsraad.agreements.in_force()
    assert set(in_force) == {general, ssp, theme, another}
    assert list(in_force.main()) == [general]


def test_parts_go_on_under_the_agreement_that_takes_the_place_of_the_main_one(
    kredsraad: Council, secretary: Character
) -> None:
    before = agreed(kredsraad, secretary, "general")
    ssp = agreed(kredsraad, secretary, "ssp")
    after = agreed(kredsraad, secretary, "general", AUTUMN)

    before.refresh_from_db()
    ssp.refresh_from_db()
    assert before.state == AgreementState.ENDED
    assert (ssp.state, ssp.parent) == (AgreementState.IN_FORCE, after)
    assert event_codes_of(ssp)[-1] == "agreement.part_of"


def test_terms_of_reference_that_came_first_become_part_of_the_general_agreement(
    kredsraad: Council, secretary: Character
) -> None:
    terms = agreed(kredsraad, secretary, "terms")
    ssp = agreed(kredsraad, secretary, "ssp")
    assert ssp.parent == terms
    general = agreed(kredsraad, secretary, "general", AUTUMN)

    for part in (terms, ssp):
        part.refresh_from_db()
        assert (part.state, part.parent) == (AgreementState.IN_FORCE, general)


def test_a_part_leaves_the_focus_areas_of_the_council_as_they_are(
    kredsraad: Council, secretary: Character
) -> None:
    agreed(kredsraad, secretary, "general", focus_areas=("Natteliv",), focus_year=2026)
    agreed(kredsraad, secretary, "ssp", focus_areas=("Unge",), focus_year=2026)

    assert [one.title for one in kredsraad.focus_areas.all()] == ["Natteliv"]


@pytest.mark.parametrize("kind", ["general", "theme"])
def test_nothing_is_part_of_an_agreement_of_another_council_or_of_a_part(
    cast: Cast, kredsraad: Council, secretary: Character, kind: str
) -> None:
    agreed(kredsraad, secretary, "general")
    ssp = agreed(kredsraad, secretary, "ssp")

    with pytest.raises(Refused):
        agreed(kredsraad, secretary, kind, parent=ssp)


def test_the_page_of_the_council_names_the_main_agreement_and_that_page_its_parts(
    client: Client, kredsraad: Council, secretary: Character
) -> None:
    general = agreed(kredsraad, secretary, "general")
    ssp = agreed(kredsraad, secretary, "ssp")

    family = family_of(kredsraad.ref, secretary.actor)
    assert family is not None
    assert family.agreed.agreement is not None
    assert family.agreed.agreement.ref == general.ref
    signed_in(client, secretary)
    page = client.get(reverse("cooperation:agreement", args=[general.ref])).content.decode()
    assert ssp.get_absolute_url() in page
    page = client.get(ssp.get_absolute_url()).content.decode()
    assert general.get_absolute_url() in page

"""Additions, templates and areas: what is offered and found is what holds today."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.actions.drafts import start_amendment, write_draft
from samrad.agreements.actions.signatures import put_to_sign
from samrad.agreements.models import Draft, Signature
from samrad.agreements.queries import register
from samrad.agreements.queries.areas import newer_for, offered_to
from samrad.agreements.queries.register import Sought, agreements_found, areas_to_choose
from samrad.agreements.queries.templates import ends_with
from samrad.areas.models import AreaCover
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.followup.attention import waiting_for
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.search.actions import catch_up, rebuild
from samrad.search.models import Entry
from tests.agreements.bricks import (
    AT,
    ahead,
    begun,
    in_force,
    own_template,
    party_of,
    signs,
    values,
)
from tests.cast import NOON, TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db
WATCH = "Felles vakt i mai."


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


# Additions ---------------------------------------------------------------------------------------


def added(cast: Cast, agreement: Agreement) -> Draft:
    """An addition that holds."""
    draft = start_amendment(agreement=agreement, by=cast.secretary.actor, **AT)
    given = {"from_date": TODAY, "clause_addition": WATCH}
    write_draft(draft=draft, given=given, by=cast.secretary.actor, **AT)
    put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    signs(draft, cast.chair, cast.station_chief)
    return draft


def older_than_its_addition(cast: Cast, **more: Any) -> Draft:
    """A draft of the next agreement that was begun before something was added."""
    agreement = in_force(cast).agreement
    anew = begun(cast, revises=agreement)
    added(cast, agreement)
    given = values(anew, from_date=ahead(1), **more)
    write_draft(draft=anew, given=given, by=cast.secretary.actor, **AT)
    anew.refresh_from_db()
    return anew


def test_an_addition_that_came_after_the_draft_is_taken_into_it(cast: Cast, client: Client) -> None:
    anew = older_than_its_addition(cast)
    address = reverse("agreements:take_in", args=[anew.ref])
    secretary = signed_in(client, cast.secretary)
    for page in (anew.get_absolute_url(), reverse("agreements:to_sign", args=[anew.ref])):
        assert address in secretary.get(page).content.decode()
    assert WATCH in secretary.get(address).content.decode()

    assert secretary.post(address).status_code == 302

    assert anew.clauses.last().text == WATCH
    asked = secretary.get(reverse("agreements:to_sign", args=[anew.ref])).content.decode()
    assert "does not stand in this text" not in asked
    assert secretary.get(address).status_code == 302  # nothing is lacking any more


def test_once_it_is_signed_an_addition_is_taken_in_knowingly(cast: Cast, client: Client) -> None:
    anew = older_than_its_addition(cast)
    put_to_sign(draft=anew, by=cast.secretary.actor, **AT)
    signs(anew, cast.chair)
    address = reverse("agreements:take_in", args=[anew.ref])
    secretary = signed_in(client, cast.secretary)

    assert secretary.post(address).status_code == 422
    assert secretary.post(address, {"voids": "on"}).status_code == 302

    sign = reverse("agreements:sign", args=[party_of(anew, cast.chair).ref])
    page = signed_in(client, cast.chair).get(sign).content.decode()
    assert WATCH in page
    assert "does not stand in this text" not in page
    assert Signature.objects.filter(party__draft=anew, voided_at=None).count() == 0


def test_nothing_untrue_is_said_of_an_addition_that_was_written_into_a_clause(
    cast: Cast, client: Client
) -> None:
    anew = older_than_its_addition(cast, clause_purpose=f"Vi forebygger sammen.\n\n{WATCH}")
    page = signed_in(client, cast.secretary).get(reverse("agreements:to_sign", args=[anew.ref]))
    assert "does not stand in this text" not in page.content.decode()


def test_an_addition_in_force_is_found_by_its_words(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    rebuild(at=NOON)
    assert not Entry.objects.filter(text__contains=WATCH).exists()

    added(cast, agreement)
    catch_up(at=NOON)

    found = Entry.objects.filter(kind="agreement", text__contains=WATCH)
    assert [one.page for one in found] == [agreement.ref]


# Made anew ---------------------------------------------------------------------------------------


def a_theme_alone(cast: Cast) -> Agreement:
    """In force on one theme, in a council whose main agreement has ended."""
    in_force(cast)
    theme = in_force(cast, kind="theme").agreement
    Agreement.objects.filter(parent=None).update(state=AgreementState.ENDED, to_date=TODAY)
    theme.refresh_from_db()
    return theme


def test_a_part_without_a_main_agreement_is_said_to_end_when_it_is_made_anew(cast: Cast) -> None:
    theme = a_theme_alone(cast)
    assert ends_with(begun(cast, kind="theme", revises=theme)) == theme
    assert ends_with(begun(cast, kind="theme")) is None


def test_two_drafts_of_the_same_part_do_not_both_come_into_force(cast: Cast) -> None:
    in_force(cast)
    theme = in_force(cast, kind="theme", from_date=ahead(-9)).agreement
    by = cast.secretary.actor
    first, second = (begun(cast, kind="theme", revises=theme) for _ in range(2))
    for one in (first, second):
        write_draft(draft=one, given=values(one), by=by, **AT)
    put_to_sign(draft=first, by=by, **AT)
    signs(first, cast.chair, cast.station_chief)

    with pytest.raises(Refused, match="made the same agreement anew"):
        put_to_sign(draft=second, by=by, **AT)

    kinds = Agreement.objects.filter(state=AgreementState.IN_FORCE, kind="theme")
    assert list(kinds) == [first.agreement]


# Templates ---------------------------------------------------------------------------------------


def told_at_home(cast: Cast) -> str:
    return " ".join(one.title for one in waiting_for(cast.secretary.actor, TODAY))


def test_the_first_template_of_a_nearer_area_is_offered_to_what_was_written_from_the_districts(
    cast: Cast, client: Client
) -> None:
    own_template(cast.no.district)
    draft = begun(cast)
    assert newer_for(draft) is None
    assert "has changed" not in told_at_home(cast)

    own = own_template(cast.no.home, {"purpose": "Vår egen."})

    assert newer_for(draft) == own
    assert [one.key for one in offered_to(draft, own)] == ["purpose"]
    assert "has changed" in told_at_home(cast)
    page = signed_in(client, cast.secretary).get(
        reverse("agreements:newer_template", args=[draft.ref])
    )
    assert "from version 1 of the template of Øst" in page.content.decode()


def test_the_template_of_the_district_that_takes_over_is_offered(cast: Cast) -> None:
    own_template(cast.no.district)
    draft = begun(cast)
    other = own_template(cast.no.other_district, {"purpose": "Den nye."})
    assert newer_for(draft) is None
    assert "has changed" not in told_at_home(cast)

    home = AreaCover.objects.filter(descendant=cast.no.home, ancestor=cast.no.district)
    home.update(ancestor=cast.no.other_district)

    assert newer_for(draft) == other
    assert "has changed" in told_at_home(cast)


def test_a_renewal_is_offered_what_the_district_says_that_took_over(cast: Cast) -> None:
    own_template(cast.no.district)
    signed = in_force(cast).agreement
    other = own_template(cast.no.other_district, {"purpose": "Den nye."})
    home = AreaCover.objects.filter(descendant=cast.no.home, ancestor=cast.no.district)
    home.update(ancestor=cast.no.other_district)

    anew = begun(cast, revises=signed)

    assert newer_for(anew) == other


# Areas -------------------------------------------------------------------------------------------


def test_the_widest_areas_are_offered_first_and_the_one_asked_for_always(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(cast)
    monkeypatch.setattr(register, "MOST_AREAS", 1)

    assert areas_to_choose(cast.national_officer.actor, TODAY) == [cast.no.district]

    officer = signed_in(client, cast.national_officer)
    page = officer.get(reverse("agreements:register"), {"area": str(cast.no.home.ref)})
    assert page.context["filter"].sought().area == cast.no.home
    for asked in ("x", str(cast.no.other_district.ref)):
        page = officer.get(reverse("agreements:register"), {"area": asked})
        assert page.context["filter"].sought().area is None


def test_a_district_that_a_municipality_has_left_neither_offers_nor_counts_its_council(
    cast: Cast,
) -> None:
    agreement = in_force(cast).agreement
    AreaCover.objects.create(
        ancestor=cast.no.other_district, descendant=cast.no.home,
        valid_from=date(2020, 1, 1), valid_to=date(2023, 12, 31),
    )  # fmt: skip
    actor = cast.national_officer.actor

    assert cast.no.other_district not in areas_to_choose(actor, TODAY)
    there = Sought(area=cast.no.other_district)
    assert not agreements_found(actor, there, TODAY).exists()
    here = Sought(area=cast.no.district)
    assert list(agreements_found(actor, here, TODAY)) == [agreement]

"""Additions: signed by all whom the agreement binds, and not lost when it is made anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.agreements.actions.comments import open_comments
from samrad.agreements.actions.drafts import choose_parties, start_amendment, write_draft
from samrad.agreements.actions.keeping import end_agreement
from samrad.agreements.actions.signatures import put_to_sign
from samrad.agreements.models import Draft
from samrad.agreements.queries.papers import draft_paper
from samrad.agreements.queries.parties import Candidate
from samrad.cooperation.models import Agreement
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.models import Organisation
from samrad.post.guards import is_still_for
from samrad.post.models import Message
from tests.agreements.bricks import AT, ahead, begun, in_force, signs, values
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def addition_to(cast: Any, agreement: Agreement, **more: Any) -> Draft:
    """One that is written."""
    draft = start_amendment(agreement=agreement, by=cast.secretary.actor, **AT)
    given = {"title": "Tillegg om mai", "from_date": TODAY, "clause_addition": "Felles vakt i mai."}
    write_draft(draft=draft, given={**given, **more}, by=cast.secretary.actor, **AT)
    draft.refresh_from_db()
    return draft


def added(cast: Any, agreement: Agreement, **more: Any) -> Draft:
    """One that holds."""
    draft = addition_to(cast, agreement, **more)
    put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    draft.refresh_from_db()
    signs(draft, cast.chair, cast.station_chief)
    agreement.refresh_from_db()
    return draft


def who_signs(draft: Draft) -> list[str]:
    return [one.organisation.name for one in draft.parties.select_related("organisation")]


def without_the_police(cast: Any) -> list[Candidate]:
    return [
        Candidate(cast.chair.appointment.organisation, "mayor"),
        Candidate(cast.no.ravens, "partner_representative"),
    ]


# Who signs ---------------------------------------------------------------------------------------


def test_those_who_signed_the_agreement_sign_the_addition_also_without_a_seat(cast: Any) -> None:
    agreement = in_force(cast).agreement
    cast.council.seats.filter(role="station_chief").delete()

    draft = addition_to(cast, agreement)

    assert who_signs(draft) == ["Ås kommune", "Ås politistasjon"]


def test_an_addition_is_not_signed_by_some_of_those_it_binds(cast: Any, client: Any) -> None:
    agreement = in_force(cast).agreement
    draft = addition_to(cast, agreement)
    some = without_the_police(cast)
    choose_parties(draft=draft, parties=some, by=cast.secretary.actor, **AT)

    with pytest.raises(Refused, match="these do not sign it: Ås politistasjon"):
        put_to_sign(draft=draft, by=cast.secretary.actor, **AT)

    page = signed_in(client, cast.secretary).get(reverse("agreements:parties", args=[draft.ref]))
    assert "Ås politistasjon" in page.content.decode()  # offered again


def test_nor_is_a_party_left_out_once_it_is_out_to_be_signed(cast: Any) -> None:
    draft = addition_to(cast, in_force(cast).agreement)
    put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    some = without_the_police(cast)
    with pytest.raises(Refused, match="Ås politistasjon"):
        choose_parties(draft=draft, parties=some, by=cast.secretary.actor, **AT)


def test_an_organisation_that_is_no_more_keeps_nobody_from_adding(cast: Any) -> None:
    agreement = in_force(cast).agreement
    Organisation.objects.filter(pk=cast.no.station.pk).update(valid_to=ahead(-1))
    draft = start_amendment(agreement=agreement, by=cast.secretary.actor, **AT)
    assert who_signs(draft) == ["Ås kommune"]


# The paper ---------------------------------------------------------------------------------------


def test_the_paper_of_an_addition_says_what_it_is_added_to(cast: Any) -> None:
    agreement = in_force(cast).agreement
    paper = str(draft_paper(addition_to(cast, agreement)))
    assert f"{agreement.title}, in force from Saturday, 21 November 2026" in paper


# Made anew ---------------------------------------------------------------------------------------


def test_what_was_added_stands_in_the_new_text_when_the_agreement_is_made_anew(
    cast: Any, client: Any
) -> None:
    agreement = in_force(cast).agreement
    addition = added(cast, agreement)

    anew = begun(cast, revises=agreement)

    clause = anew.clauses.get(heading=addition.title)
    assert clause.text == "Felles vakt i mai."
    page = signed_in(client, cast.secretary).get(reverse("agreements:changes", args=[anew.ref]))
    found = {one.heading: one.became for one in page.context["changes"]}
    assert found[addition.title] == "same"


def test_whoever_asks_and_whoever_signs_hears_which_addition_ends(cast: Any, client: Any) -> None:
    agreement = in_force(cast).agreement
    anew = begun(cast, revises=agreement)
    addition = added(cast, agreement)  # after the new one was begun
    given = values(anew, from_date=ahead(1))
    write_draft(draft=anew, given=given, by=cast.secretary.actor, **AT)
    told = f"So does “{addition.title}”"

    address = reverse("agreements:to_sign", args=[anew.ref])
    assert told in signed_in(client, cast.secretary).get(address).content.decode()
    put_to_sign(draft=anew, by=cast.secretary.actor, **AT)
    mayors = anew.parties.get(organisation=cast.chair.appointment.organisation)
    sign = reverse("agreements:sign", args=[mayors.ref])
    assert told in signed_in(client, cast.chair).get(sign).content.decode()

    carried = begun(cast, revises=agreement)
    given = values(carried, from_date=ahead(1))
    write_draft(draft=carried, given=given, by=cast.secretary.actor, **AT)
    address = reverse("agreements:to_sign", args=[carried.ref])
    assert told not in signed_in(client, cast.secretary).get(address).content.decode()


# Given up ----------------------------------------------------------------------------------------


def test_whoever_signed_an_addition_hears_that_it_comes_to_nothing(cast: Any) -> None:
    agreement = in_force(cast, from_date=ahead(-400)).agreement
    addition = addition_to(cast, agreement, from_date=ahead(5))
    put_to_sign(draft=addition, by=cast.secretary.actor, **AT)
    signs(addition, cast.chair, cast.station_chief)
    anew = begun(cast, revises=agreement)
    write_draft(draft=anew, given=values(anew), by=cast.secretary.actor, **AT)
    put_to_sign(draft=anew, by=cast.secretary.actor, **AT)
    signs(anew, cast.chair, cast.station_chief)

    mails = Message.objects.filter(template="agreements/mail/given_up")
    told = {one.person.name for one in mails.select_related("person")}

    assert told == {cast.chair.name, cast.station_chief.name, cast.secretary.name}
    assert all(agreement.title in one.text for one in mails)
    assert all(is_still_for(one, NOON) for one in mails)


def test_of_an_addition_that_nobody_was_asked_to_sign_nobody_hears(cast: Any) -> None:
    agreement = in_force(cast).agreement
    addition_to(cast, agreement)
    end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT)
    assert not Message.objects.filter(template="agreements/mail/given_up").exists()


# In the register ---------------------------------------------------------------------------------


def test_the_register_tells_additions_from_what_takes_the_place_and_shows_all(
    cast: Any, client: Any
) -> None:
    agreement = in_force(cast).agreement
    anew = begun(cast, revises=agreement)
    additions = [addition_to(cast, agreement, title=f"Tillegg {n}") for n in (1, 2)]

    page = signed_in(client, cast.secretary).get(reverse("agreements:register"))

    [row] = [row for row, _name, _tone in page.context["rows"] if row.agreement == agreement]
    assert list(row.drafts) == [anew, *additions]
    said = page.content.decode()
    assert said.count("Being added to") == len(additions)
    assert said.count("In revision") == 1


def test_no_page_says_that_an_addition_takes_the_agreement_out(cast: Any, client: Any) -> None:
    agreement = in_force(cast).agreement
    assert agreement
    draft = addition_to(cast, agreement)
    open_comments(draft=draft, until=ahead(21), by=cast.secretary.actor, **AT)

    page, chair = reverse("agreements:changes", args=[draft.ref]), signed_in(client, cast.chair)
    since = chair.get(page, {"since": "comments"})
    assert since.status_code == 200
    assert f'href="{page}"' not in since.text
    assert chair.get(page).status_code == 404

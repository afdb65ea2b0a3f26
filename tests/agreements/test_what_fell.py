"""A signature that fell: what has been changed since, and the page that was signed."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.urls import reverse

from samrad.agreements.actions.drafts import choose_parties, write_draft
from samrad.agreements.actions.signatures import record_paper
from samrad.agreements.models import Signature, Wording
from samrad.agreements.queries.checking import Fault, checked
from samrad.agreements.queries.fallen import fallen_of
from samrad.agreements.queries.parties import Candidate
from samrad.agreements.rules import DraftState
from samrad.agreements.rules.signing import canonical_text, hash_of
from samrad.documents.models import StoredFile
from samrad.kernel.clock import held_at
from samrad.post.models import Message
from tests.agreements.bricks import (
    AT,
    ahead,
    fallen,
    in_force,
    party_of,
    signed_page,
    signs,
    to_be_signed,
)
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def test_every_text_that_could_be_signed_is_kept_under_its_hash(cast: Any) -> None:
    draft = to_be_signed(cast)
    first = draft.sha256()
    write_draft(draft=draft, given={"title": "En annen"}, by=cast.secretary.actor, **AT)
    draft.refresh_from_db()

    kept = {one.sha256: one for one in Wording.objects.filter(draft=draft)}

    assert list(kept) == [first, draft.sha256()]
    for digest, one in kept.items():
        assert hash_of(one.signed_text) == digest
        assert canonical_text(one.signed_text) == one.text


def test_whoever_had_signed_is_shown_what_has_been_changed_since(cast: Any, client: Any) -> None:
    draft = to_be_signed(cast, meetings_per_year=4, clause_purpose="Vi møtes og forebygger.")
    signs(draft, cast.chair)
    given = {
        "clause_purpose": "Vi møtes og handler.",
        "to_date": ahead(900),
        "meetings_per_year": 2,
    }
    write_draft(draft=draft, given=given, voids=True, by=cast.secretary.actor, **AT)
    party = party_of(draft, cast.chair)
    address = reverse("agreements:since_signed", args=[party.ref])

    mail = Message.objects.get(template="agreements/mail/voided")
    assert address in mail.text
    reader = signed_in(client, cast.chair)
    assert address in reader.get(reverse("agreements:sign", args=[party.ref])).content.decode()
    page = reader.get(address).content.decode()

    assert "<del>" in page
    assert "forebygger." in page
    assert "handler." in page
    assert "Meetings a year" in page
    assert "Holds until" in page
    assert "To be renewed by" not in page  # as before
    assert "As before." not in page
    assert "Everything else is as it was signed." in page
    assert reverse("agreements:sign", args=[party.ref]) in page


def test_a_signer_without_a_seat_is_shown_it_too(cast: Any, client: Any) -> None:
    party = fallen(cast)
    cast.council.seats.filter(role="mayor").delete()
    page = signed_in(client, cast.chair).get(reverse("agreements:since_signed", args=[party.ref]))
    assert "Endret etter signering." in page.content.decode()


def test_once_signed_again_the_link_of_the_mail_leads_to_the_draft(cast: Any, client: Any) -> None:
    party = fallen(cast)
    assert fallen_of(party)
    signs(party.draft, cast.chair)
    assert fallen_of(party) is None
    address = reverse("agreements:since_signed", args=[party.ref])
    answer = signed_in(client, cast.chair).get(address)
    assert answer["Location"] == party.draft.get_absolute_url()


def test_the_page_of_a_signature_that_fell_can_be_opened(cast: Any, client: Any) -> None:
    draft = to_be_signed(cast)
    record_paper(
        party=party_of(draft, cast.chair), signatory="Maja Mayor", signed_date=TODAY,
        number=draft.sha256(), scan=signed_page(), by=cast.secretary.actor, **AT,
    )  # fmt: skip
    edit = {"clause_purpose": "Endret."}
    write_draft(draft=draft, given=edit, voids=True, by=cast.secretary.actor, **AT)
    scan = reverse("agreements:scan", args=[Signature.objects.get().ref])

    member = signed_in(client, cast.police_member)
    assert scan in member.get(draft.get_absolute_url()).content.decode()
    assert member.get(scan).status_code == 200
    assert signed_in(client, cast.guest).get(scan).status_code == 404


def test_a_signature_that_fell_stays_with_the_office_that_gave_it(cast: Any, client: Any) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    director = Candidate(cast.chair.appointment.organisation, "municipal_director")
    police = Candidate(cast.no.station, "station_chief")
    by = cast.secretary.actor
    choose_parties(draft=draft, parties=[director, police], voids=True, by=by, **AT)

    signature = Signature.objects.get()
    party = party_of(draft, cast.chair)
    assert party.role == "municipal_director"
    assert "mayor" in signature.office
    address = reverse("agreements:since_signed", args=[party.ref])
    page = signed_in(client, cast.police_member).get(address)
    assert "mayor" in page.context["lead"]
    said = {one.label: one.gone for one in page.context["frame"]}
    assert any("mayor" in one for one in said["Between"])


def test_another_page_in_the_place_of_the_one_that_was_scanned_is_found(cast: Any) -> None:
    draft = to_be_signed(cast)
    signature = record_paper(
        party=party_of(draft, cast.chair), signatory="Maja Mayor", signed_date=TODAY,
        number=draft.sha256(), scan=scanned(b"side en"), by=cast.secretary.actor, **AT,
    )  # fmt: skip
    assert checked(draft).holds

    Signature.objects.filter(pk=signature.pk).update(scan=scanned(b"side to"))

    assert {one.fault for one in checked(draft).wrong} == {Fault.SIGNATURE}


def scanned(content: bytes) -> StoredFile:
    """A page with its own hash."""
    file = signed_page()
    file.sha256 = hashlib.sha256(content).hexdigest()
    file.save()
    return file


def test_what_all_have_signed_is_not_put_out_once_more(cast: Any, client: Any) -> None:
    draft = to_be_signed(cast, from_date=ahead(10))
    address = reverse("agreements:to_sign", args=[draft.ref])
    seen = draft.sha256()
    signs(draft, cast.chair, cast.station_chief)

    answer = signed_in(client, cast.secretary).post(address, {"sha256": seen})

    draft.refresh_from_db()
    assert answer.status_code == 403
    assert draft.state == DraftState.SIGNED


def test_the_page_of_what_is_new_shows_days_meetings_and_parties_too(
    cast: Any, client: Any
) -> None:
    in_force(cast, meetings_per_year=4, focus_areas="Trygt sentrum\nUnge", from_date=ahead(-9))
    anew = to_be_signed(
        cast, from_date=TODAY, meetings_per_year=2, focus_areas="Unge", to_date=ahead(700)
    )
    reader = signed_in(client, cast.secretary)
    pages = [reader.get(reverse("agreements:changes", args=[anew.ref]))]
    signs(anew, cast.chair, cast.station_chief)
    pages.append(reader.get(reverse("agreements:changes", args=[anew.ref])))
    pages.append(reader.get(reverse("agreements:versions", args=[anew.agreement.ref])))

    for page in pages:
        said = {one.label: (one.gone, one.added) for one in page.context["frame"]}
        assert said["Meetings a year"] == (("4",), ("2",))
        assert said["Focus areas"] == (("Trygt sentrum",), ())
        assert said["Holds until"][0] == ()
        assert "Between" not in said
        assert "Trygt sentrum" in page.content.decode()

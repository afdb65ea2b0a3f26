"""Who is asked to sign what: parties chosen anew, the page one signs on, mails that still hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.agreements.actions.drafts import (
    choose_parties,
    start_amendment,
    withdraw_draft,
    write_draft,
)
from samrad.agreements.actions.keeping import remind_of_renewals
from samrad.agreements.actions.signatures import TextChanged, put_to_sign, remind_to_sign
from samrad.agreements.models import Party, Signature
from samrad.agreements.queries.parties import Candidate, board_of, proposed_parties
from samrad.agreements.rules import DraftState
from samrad.kernel.clock import held_at
from samrad.people.models import Appointment
from samrad.post.guards import is_still_for
from samrad.post.models import Message
from samrad.trail.models import TrailEntry
from tests.agreements.bricks import (
    AT,
    begun,
    in_force,
    party_of,
    signs,
    to_be_signed,
    written,
)
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def mails(template):
    return Message.objects.filter(template=f"agreements/mail/{template}")


def ravens(cast):
    """A third party: the night ravens, by their representative."""
    return Candidate(cast.no.ravens, "partner_representative")


def chosen(cast, draft, parties):
    choose_parties(draft=draft, parties=parties, voids=True, by=cast.secretary.actor, **AT)
    draft.refresh_from_db()


# Parties ----------------------------------------------------------------------------------------


def test_a_party_that_is_left_out_keeps_the_signature_it_gave(cast):
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    municipality, police = proposed_parties(cast.council, TODAY)

    chosen(cast, draft, [police, ravens(cast)])

    kept = Signature.objects.get()
    assert kept.voided_at == NOON
    assert Party.ever.get(pk=kept.party_id).left_at == NOON
    names = [row.party.organisation.name for row in board_of(draft, cast.chair.actor).rows]
    assert names == ["Ås politistasjon", "Natteravnene i Ås"]
    assert len(draft.signed_text().parties) == 2
    assert not Party.objects.held_by(cast.chair.actor).exists()

    chosen(cast, draft, [municipality, police])
    back = party_of(draft, cast.chair)
    assert back.pk == kept.party_id
    assert back.left_at is None
    signs(draft, cast.chair, cast.station_chief)
    assert draft.state == DraftState.IN_FORCE


def test_a_party_that_is_added_while_others_sign_is_asked(cast):
    draft = to_be_signed(cast)
    asked = set(mails("sign").values_list("pk", flat=True))

    chosen(cast, draft, [*proposed_parties(cast.council, TODAY), ravens(cast)])

    new = mails("sign").exclude(pk__in=asked)
    assert [one.person for one in new] == [cast.guest.person]


# What one signs ---------------------------------------------------------------------------------


def test_the_page_one_signs_on_says_who_else_is_bound_and_until_when(cast, client):
    draft = to_be_signed(cast)
    address = reverse("agreements:sign", args=[party_of(draft, cast.chair).ref])
    page = signed_in(client, cast.chair).get(address).content.decode()
    assert "Ås politistasjon" in page
    assert "13 September 2027" in page  # to be renewed by


def test_whoever_signs_an_addition_sees_what_it_is_added_to(cast, client):
    agreement = in_force(cast).agreement
    addition = start_amendment(agreement=agreement, by=cast.secretary.actor, **AT)
    given = {"title": "Tillegg", "from_date": TODAY, "clause_addition": "Felles vakt i mai."}
    write_draft(draft=addition, given=given, by=cast.secretary.actor, **AT)
    put_to_sign(draft=addition, by=cast.secretary.actor, **AT)
    address = reverse("agreements:sign", args=[party_of(addition, cast.chair).ref])
    page = signed_in(client, cast.chair).get(address).content.decode()
    assert agreement.title in page


def test_nobody_is_asked_to_sign_another_text_than_the_secretary_looked_at(cast, client):
    draft = written(cast)
    address = reverse("agreements:to_sign", args=[draft.ref])
    looked_at = signed_in(client, cast.secretary).get(address).context["sha256"]
    write_draft(draft=draft, given={"title": "En annen"}, by=cast.chair.actor, **AT)
    with pytest.raises(TextChanged):
        put_to_sign(draft=draft, sha256=looked_at, by=cast.secretary.actor, **AT)

    answer = client.post(address, {"sha256": looked_at})

    assert answer.status_code == 422
    assert "before you ask anybody" in answer.content.decode()
    assert not mails("sign").exists()
    client.post(address, {"sha256": answer.context["sha256"]})
    draft.refresh_from_db()
    assert draft.state == DraftState.SIGNING


# Mails that still hold --------------------------------------------------------------------------


def asked_of(who):
    return mails("sign").get(person=who.person)


def test_nobody_is_asked_to_sign_what_they_have_signed_or_what_is_not_out(cast):
    draft = to_be_signed(cast)
    assert is_still_for(asked_of(cast.chair), NOON)
    signs(draft, cast.chair)
    assert not is_still_for(asked_of(cast.chair), NOON)
    assert is_still_for(asked_of(cast.station_chief), NOON)

    Appointment.objects.filter(person=cast.station_chief.person).update(
        to_date=TODAY - timedelta(days=1)
    )
    assert not is_still_for(asked_of(cast.station_chief), NOON)


def test_nobody_is_asked_to_sign_a_draft_that_was_given_up(cast):
    draft = to_be_signed(cast)
    withdraw_draft(draft=draft, reason="Vi venter", voids=True, by=cast.secretary.actor, **AT)
    assert not is_still_for(asked_of(cast.chair), NOON)


def test_the_mail_of_renewal_is_for_whoever_still_keeps_the_council(cast):
    agreement = in_force(cast).agreement
    day = agreement.renewal_date - timedelta(days=60)
    remind_of_renewals(on=day)
    letter = mails("renewal").get()
    then = NOON + (day - TODAY)
    with held_at(then):
        assert is_still_for(letter, then)
        Appointment.objects.filter(person=cast.secretary.person).update(to_date=TODAY)
        assert not is_still_for(letter, then)


def test_the_mail_of_renewal_does_not_go_once_a_new_one_is_begun(cast):
    agreement = in_force(cast).agreement
    day = agreement.renewal_date - timedelta(days=60)
    remind_of_renewals(on=day)
    letter = mails("renewal").get()
    with held_at(NOON + (day - TODAY)):
        assert is_still_for(letter, NOON)
        begun(cast, revises=agreement)
        assert not is_still_for(letter, NOON)


def test_those_who_have_not_signed_are_reminded_once_a_day(cast, client):
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    before = Message.objects.count()
    by = cast.secretary.actor
    assert remind_to_sign(draft=draft, by=by, **AT) == 1
    assert Message.objects.latest("pk").person == cast.station_chief.person
    told = TrailEntry.objects.count()

    assert remind_to_sign(draft=draft, by=by, **AT) == 0

    assert Message.objects.count() == before + 1
    assert TrailEntry.objects.count() == told
    address = reverse("agreements:remind", args=[draft.ref])
    page = signed_in(client, cast.secretary).post(address, follow=True)
    assert "reminded once a day" in page.content.decode()

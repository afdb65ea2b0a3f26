"""What is signed, is in force and is printed is one text; whatever is forged of it is found."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from samrad.agreements.actions.drafts import (
    choose_parties,
    start_amendment,
    write_draft,
)
from samrad.agreements.actions.keeping import end_agreement
from samrad.agreements.actions.signatures import put_to_sign, record_paper, sign
from samrad.agreements.models import Draft, Following, Signature
from samrad.agreements.queries.checking import Fault, checked
from samrad.agreements.queries.papers import draft_paper
from samrad.agreements.queries.parties import proposed_parties
from samrad.agreements.rules import DraftState
from samrad.agreements.rules.signing import SignedText, hash_of
from samrad.agreements.tasks import bring_into_force_what_is_due
from samrad.cooperation.actions import WantedAgreement, bring_into_force, set_focus_areas
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.followup.api import waiting_for
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.work.api import Job, work_off
from tests.agreements.bricks import (
    AT,
    ahead,
    begun,
    in_force,
    party_of,
    signed_page,
    signs,
    to_be_signed,
    values,
    written,
)
from tests.agreements.promises import promised
from tests.cast import NOON, TODAY, signed_in
from tests.documents.papers_read_back import text_of_docx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def not_in_force(who, on):
    """What of agreements that did not come into force waits for somebody."""
    return [one for one in waiting_for(who.actor, on) if "into force" in one.title]


def added_to(agreement, cast, **more):
    """An addition that is out to be signed."""
    addition = start_amendment(agreement=agreement, by=cast.secretary.actor, **AT)
    given = {"from_date": TODAY, "clause_addition": "Felles vakt i mai.", **more}
    write_draft(draft=addition, given=given, by=cast.secretary.actor, **AT)
    put_to_sign(draft=addition, by=cast.secretary.actor, **AT)
    addition.refresh_from_db()
    return addition


def read_in(cast, start):
    """Another agreement of the council, from paper."""
    wanted = WantedAgreement(title="Lest inn", from_date=start)
    return bring_into_force(council=cast.council, wanted=wanted, by=cast.secretary.actor, **AT)


# Ready, and still ready -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ({"from_date": None}, "which day"),
        ({"clause_purpose": "Vi møtes på [sted]."}, "gaps"),
        ("empty", "Nothing is written"),
    ],
)
def test_what_is_out_to_be_signed_stays_ready_whatever_is_edited(cast, client, edit, why):
    draft = to_be_signed(cast)
    if edit == "empty":
        edit = {name: "" for name in values(draft) if name.startswith("clause_")}
    with pytest.raises(Refused, match=why):
        write_draft(draft=draft, given=edit, by=cast.secretary.actor, **AT)

    page = signed_in(client, cast.secretary).post(
        reverse("agreements:write", args=[draft.ref]),
        {name: "" if value is None else value for name, value in {**values(draft), **edit}.items()},
    )  # fmt: skip
    assert page.status_code == 422
    assert why in page.content.decode()


def test_nor_is_it_left_with_one_party(cast):
    draft = to_be_signed(cast)
    only = proposed_parties(cast.council, TODAY)[:1]
    with pytest.raises(Refused, match="two parties"):
        choose_parties(draft=draft, parties=only, by=cast.secretary.actor, **AT)
    assert draft.parties.count() == 2


def test_the_last_signature_is_refused_when_a_later_agreement_has_come_in_between(cast, client):
    draft = to_be_signed(cast, from_date=ahead(-5))
    signs(draft, cast.chair)
    read_in(cast, ahead(-2))
    party = party_of(draft, cast.station_chief)
    with pytest.raises(Refused, match="began later"):
        sign(party=party, sha256=draft.sha256(), by=cast.station_chief.actor, **AT)

    page = signed_in(client, cast.station_chief).post(
        reverse("agreements:sign", args=[party.ref]), {"sha256": draft.sha256()}
    )
    assert page.status_code == 422
    assert "began later" in page.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.agreement) == (DraftState.SIGNING, None)


def test_what_begins_before_an_agreement_that_has_ended_is_not_put_out(cast):
    ended = read_in(cast, ahead(-2))
    end_agreement(agreement=ended, last_day=TODAY, reason="Slutt", by=cast.secretary.actor, **AT)
    draft = written(cast, from_date=ahead(-5))
    with pytest.raises(Refused, match="began later"):
        put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    write_draft(draft=draft, given={"from_date": TODAY}, by=cast.secretary.actor, **AT)
    put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    signs(draft, cast.chair, cast.station_chief)
    assert draft.agreement.state == AgreementState.IN_FORCE


def test_coming_into_force_changes_nothing_that_was_signed(cast):
    draft = to_be_signed(cast, from_date=ahead(3))
    before = draft.sha256()
    signs(draft, cast.chair, cast.station_chief)
    with held_at(NOON + timedelta(days=3)):
        bring_into_force_what_is_due()
        work_off()
    draft = Draft.objects.get(pk=draft.pk)
    assert draft.state == DraftState.IN_FORCE
    assert draft.sha256() == before
    assert checked(draft).holds


def test_one_that_cannot_come_into_force_keeps_no_other_from_it(cast):
    stuck = to_be_signed(cast, from_date=ahead(1))
    signs(stuck, cast.chair, cast.station_chief)
    read_in(cast, TODAY)
    Agreement.objects.update(from_date=ahead(9))
    other = Draft.objects.get(pk=stuck.pk)
    other.pk, other.ref, other.council = None, Agreement().ref, cast.sibling
    other.save()
    assert list(Draft.objects.order_by("pk")) == [stuck, other]

    with held_at(NOON + timedelta(days=1)):
        bring_into_force_what_is_due()
        work_off()

    other.refresh_from_db()
    stuck.refresh_from_db()
    assert (stuck.state, other.state) == (DraftState.SIGNED, DraftState.IN_FORCE)
    assert Job.objects.dead().get().name == "agreements.take_effect_of"


def test_those_who_keep_the_council_see_that_one_has_not_come_into_force_and_why(cast, client):
    stuck = to_be_signed(cast, from_date=ahead(1))
    signs(stuck, cast.chair, cast.station_chief)
    read_in(cast, TODAY)
    Agreement.objects.update(from_date=ahead(9))
    secretary = signed_in(client, cast.secretary)

    with held_at(NOON + timedelta(days=1)):
        assert not not_in_force(cast.secretary, ahead(1))  # the night to come brings it into force
    with held_at(NOON + timedelta(days=2)):
        [told] = not_in_force(cast.secretary, ahead(2))
        page = secretary.get(told.url).content.decode()
        assert not not_in_force(cast.police_member, ahead(2))

    assert told.url == stuck.get_absolute_url()
    assert "has not come into force" in told.title
    assert "has not come into force" in page
    assert "Another agreement of the council began later than that." in page
    assert "It holds from" not in page

    cast.council.seats.filter(role="station_chief").delete()
    with held_at(NOON + timedelta(days=2)):
        outside = signed_in(client, cast.station_chief).get(told.url).content.decode()
    assert "has not come into force" in outside
    assert "Another agreement of the council" not in outside


def test_a_signature_on_paper_is_not_recorded_without_its_page(cast, client):
    draft = to_be_signed(cast)
    party = party_of(draft, cast.station_chief)
    given = {"signatory": "Stein Oppdiktet", "signed_date": TODAY, "sha256": draft.sha256()}
    answer = signed_in(client, cast.secretary).post(
        reverse("agreements:on_paper", args=[party.ref]), given
    )
    assert answer.status_code == 422
    assert "scan" in answer.context["form"].errors
    assert not Signature.objects.exists()


# Promises ---------------------------------------------------------------------------------------


def test_what_was_promised_goes_on_in_the_agreement_that_takes_the_place(cast):
    old = in_force(cast, from_date=ahead(-400)).agreement
    promise = promised(cast, old)
    activity = promise.following.activity
    anew = begun(cast, revises=old)
    write_draft(draft=anew, given=values(anew), by=cast.secretary.actor, **AT)
    put_to_sign(draft=anew, by=cast.secretary.actor, **AT)
    signs(anew, cast.chair, cast.station_chief)

    carried = anew.agreement.commitments.get()
    assert (carried.title, carried.side) == (promise.title, promise.side)
    assert carried.following.activity == activity
    assert old.commitments.get() == promise
    assert Following.objects.count() == 1


def test_what_was_promised_in_an_agreement_that_has_ended_can_be_followed_no_more(cast, client):
    agreement = in_force(cast).agreement
    promise = promised(cast, agreement)
    end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT)
    stop = reverse("agreements:stop", args=[promise.ref])
    page = signed_in(client, cast.secretary).get(
        reverse("agreements:commitments", args=[agreement.ref])
    )
    assert stop in page.content.decode()
    client.post(stop, {"reason": "Avtalen er slutt"})
    assert not Following.objects.exists()


# Additions and parts ----------------------------------------------------------------------------


def test_nothing_is_added_to_an_agreement_before_it_began(cast):
    agreement = in_force(cast).agreement
    with pytest.raises(Refused, match="began later"):
        added_to(agreement, cast, from_date=ahead(-1))


def test_an_addition_is_given_up_with_the_agreement_that_it_adds_to(cast):
    agreement = in_force(cast).agreement
    addition = added_to(agreement, cast)
    end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT)
    addition.refresh_from_db()
    assert addition.state == DraftState.WITHDRAWN


def test_an_addition_does_not_outlive_the_agreement_when_a_new_one_takes_its_place(cast):
    old = in_force(cast, from_date=ahead(-400)).agreement
    addition = added_to(old, cast, from_date=ahead(5))
    signs(addition, cast.chair, cast.station_chief)
    anew = begun(cast, revises=old)
    write_draft(draft=anew, given=values(anew), by=cast.secretary.actor, **AT)
    put_to_sign(draft=anew, by=cast.secretary.actor, **AT)
    signs(anew, cast.chair, cast.station_chief)
    addition.refresh_from_db()
    assert addition.state == DraftState.WITHDRAWN


def test_one_whose_agreement_was_replaced_from_paper_is_signed_by_nobody(cast):
    old = in_force(cast, from_date=ahead(-400)).agreement
    addition = added_to(old, cast)
    read_in(cast, ahead(-1))
    signs(addition, cast.chair)
    with pytest.raises(Refused, match="no longer in force"):
        signs(addition, cast.station_chief)
    bring_into_force_what_is_due()
    addition.refresh_from_db()
    assert addition.state == DraftState.WITHDRAWN


def test_an_agreement_on_one_theme_leaves_alone_how_often_the_council_meets(cast):
    in_force(cast, meetings_per_year=4)
    theme = begun(cast, kind="theme")
    assert theme.meetings_per_year is None
    assert "meetings_per_year" not in values(theme)
    Draft.objects.filter(pk=theme.pk).update(meetings_per_year=2)  # of before this was so
    theme.refresh_from_db()
    write_draft(draft=theme, given=values(theme), by=cast.secretary.actor, **AT)
    put_to_sign(draft=theme, by=cast.secretary.actor, **AT)
    signs(theme, cast.chair, cast.station_chief)
    cast.council.refresh_from_db()
    assert theme.agreement.parent is not None
    assert cast.council.meetings_per_year == 4


# The paper --------------------------------------------------------------------------------------


def test_the_paper_of_an_agreement_shows_what_was_signed_and_not_what_the_council_does_now(
    cast, client
):
    draft = in_force(cast, focus_areas="Trygt sentrum", meetings_per_year=6)
    set_focus_areas(
        council=cast.council, titles=["Noe annet"], year=TODAY.year, by=cast.secretary.actor, **AT
    )
    address = reverse("agreements:docx", args=[draft.agreement.ref])
    text = text_of_docx(signed_in(client, cast.director).get(address).content)
    assert "Trygt sentrum" in text
    assert "Noe annet" not in text
    assert "Møter i året" in text
    assert begun(cast, revises=draft.agreement).focus_titles == ["Trygt sentrum"]


def test_a_paper_prints_the_hash_that_was_signed_and_says_itself_when_it_is_another_text(
    cast, client
):
    draft = in_force(cast)
    signed = draft.sha256()
    clause = draft.clauses.get(key="purpose")
    clause.text = "Noe ingen har signert."
    clause.save()
    for name, thing in (("draft_docx", draft), ("docx", draft.agreement)):
        address = reverse(f"agreements:{name}", args=[thing.ref])
        text = text_of_docx(signed_in(client, cast.secretary).get(address).content)
        assert signed in text.replace(" ", "").replace("\n", "")
        assert "ikke det som ble signert" in text


# Forged -----------------------------------------------------------------------------------------


def one_is_deleted(draft):
    Signature.objects.first().delete()


def all_are_deleted(draft):
    Signature.objects.all().delete()


def one_is_voided(draft):
    Signature.objects.filter(pk=Signature.objects.first().pk).update(voided_at=NOON)


def another_day(draft):
    Signature.objects.update(signed_date=TODAY - timedelta(days=30))


def another_signatory(draft):
    first, second = Signature.objects.order_by("pk")
    Signature.objects.filter(pk=first.pk).update(person=second.person)


def said_to_be_on_paper(draft):
    Signature.objects.update(person=None, on_paper=True)


def for_another_party(draft):
    first, second = Signature.objects.order_by("pk")
    first.voided_at = NOON
    first.save()
    Signature.objects.filter(pk=second.pk).update(party=first.party)
    Signature.objects.filter(pk=first.pk).update(party=second.party, voided_at=None)


@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        (one_is_deleted, Fault.MISSING),
        (all_are_deleted, Fault.MISSING),
        (one_is_voided, Fault.MISSING),
        (another_day, Fault.SIGNATURE),
        (another_signatory, Fault.SIGNATURE),
        (said_to_be_on_paper, Fault.SIGNATURE),
        (for_another_party, Fault.SIGNATURE),
    ],
)
def test_a_forged_signature_is_found(cast, client, forge, fault):
    draft = in_force(cast)
    forge(draft)
    found = checked(Draft.objects.get(pk=draft.pk))
    assert not found.holds
    assert {one.fault for one in found.wrong} == {fault}
    with pytest.raises(CommandError):
        call_command("agreement", "verify")
    page = signed_in(client, cast.director).get(
        reverse("agreements:signatures", args=[draft.agreement.ref])
    )
    assert "not what was signed" in page.content.decode()


@pytest.mark.parametrize(
    "forged",
    [
        {"title": "En annen"},
        {"kind": "theme"},
        {"from_date": TODAY - timedelta(days=9)},
        {"to_date": TODAY + timedelta(days=9)},
        {"renewal_date": TODAY + timedelta(days=9)},
        {"facts": {"sha256": "0" * 64}},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_an_agreement_in_force_that_was_changed_past_its_signatures_is_found(cast, forged):
    draft = in_force(cast, renewal_date=ahead(700))
    Agreement.objects.filter(pk=draft.agreement.pk).update(**forged)
    found = checked(Draft.objects.get(pk=draft.pk))
    assert {one.fault for one in found.wrong} == {Fault.IN_FORCE}


def test_an_agreement_that_has_ended_still_is_what_was_signed(cast):
    draft = in_force(cast)
    end_agreement(
        agreement=draft.agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT
    )
    assert checked(Draft.objects.get(pk=draft.pk)).holds


# The hash ---------------------------------------------------------------------------------------

SIGNED = SignedText(
    council="c", kind="general", language="nb", title="Avtale", amends="", from_date=TODAY,
    to_date=None, renewal_date=None, meetings_per_year=4, focus_areas=("Sentrum",),
    parties=(("a", "mayor"), ("b", "station_chief")), clauses=(("Formål", "Trygt."),),
)  # fmt: skip
OTHERWISE = {
    "council": ["d"], "kind": ["theme"], "language": ["nn"], "title": ["En annen"],
    "amends": ["e"], "from_date": [None, date(2030, 1, 1)], "to_date": [date(2030, 1, 1)],
    "renewal_date": [date(2030, 1, 1)], "meetings_per_year": [None, 40],
    "focus_areas": [(), ("Sentrum", "Skolen")],
    "parties": [(("a", "mayor"),), (("a", "mayor"), ("b", "officer"))],
    "clauses": [(), (("Formål", "Trygt!"),), (("Mål", "Trygt."),)],
}  # fmt: skip


@pytest.mark.parametrize("name", [one.name for one in fields(SignedText)])
def test_everything_the_parties_bind_themselves_to_is_in_the_hash(name):
    others = [replace(SIGNED, **{name: other}) for other in OTHERWISE[name]]
    assert len({hash_of(one) for one in (SIGNED, *others)}) == 1 + len(others)


FRAME = {
    "title": "En annen", "from_date": ahead(3), "to_date": ahead(900), "focus_areas": "Nytt",
    "renewal_date": ahead(800), "meetings_per_year": 7, "clause_purpose": "Noe annet",
}  # fmt: skip


@pytest.mark.parametrize("name", FRAME)
def test_every_field_of_the_draft_changes_its_hash(cast, name):
    draft = written(cast)
    before = draft.sha256()
    write_draft(draft=draft, given={name: FRAME[name]}, by=cast.secretary.actor, **AT)
    assert Draft.objects.get(pk=draft.pk).sha256() != before


def test_in_which_order_the_parties_stand_is_not_in_the_hash():
    assert hash_of(replace(SIGNED, parties=SIGNED.parties[::-1])) == hash_of(SIGNED)


def test_a_withheld_name_signed_on_paper_stands_on_neither_board_nor_paper(cast, client):
    draft = to_be_signed(cast)
    party = party_of(draft, cast.station_chief)
    record_paper(
        party=party, signatory=cast.station_chief.name, signed_date=TODAY, number=draft.sha256(),
        scan=signed_page(), by=cast.secretary.actor, **AT,
    )  # fmt: skip
    Person.objects.filter(pk=cast.station_chief.person.pk).update(name_withheld=True)
    cast.station_chief.appointment.delete()
    draft.refresh_from_db()

    page = signed_in(client, cast.chair).get(draft.get_absolute_url()).content.decode()

    assert cast.station_chief.name not in page
    assert "Name withheld" in page
    assert cast.station_chief.name not in str(draft_paper(draft))
    assert checked(draft).holds

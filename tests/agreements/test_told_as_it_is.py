"""Who signed, on which day, until when, and who is still asked is told as it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.actions.drafts import choose_parties, withdraw_draft, write_draft
from samrad.agreements.actions.keeping import end_agreement
from samrad.agreements.actions.signatures import record_paper, remind_if_due
from samrad.agreements.endings import withdraw_what_is_open
from samrad.agreements.models import Draft, Party, Signature, Wording
from samrad.agreements.queries.fallen import fallen_of
from samrad.agreements.queries.papers import draft_paper
from samrad.agreements.queries.parties import Candidate
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.models import Agreement
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.models import Appointment, Person
from samrad.post.guards import is_still_for
from samrad.post.models import Message
from samrad.trail.models import TrailValue
from tests.agreements.bricks import (
    AT,
    ahead,
    first_groups,
    party_of,
    signed_page,
    signs,
    to_be_signed,
    written,
)
from tests.agreements.test_on_paper import page_of_paper
from tests.cast import NOON, TODAY, Cast, Character, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


# Who signed on paper -----------------------------------------------------------------------------


def somebody_else_signs(cast: Cast, client: Client, name: str, party: Party) -> Signature:
    """The secretary says that somebody else signed for whoever holds the office."""
    given = {
        "signed_date": TODAY.isoformat(), "number": first_groups(party.draft), "holder": "else",
        "signatory": name, "scan": page_of_paper(),
    }  # fmt: skip
    address = reverse("agreements:on_paper", args=[party.ref])
    assert signed_in(client, cast.secretary).post(address, given).status_code == 302
    return Signature.objects.get(party=party)


@pytest.mark.parametrize("written", ["M. Prøvestad", "Prøvestad", "Arne Prøvestad"])
def test_somebody_else_stays_somebody_else_whatever_their_name(
    cast: Cast, client: Client, written: str
) -> None:
    draft = to_be_signed(cast)
    signature = somebody_else_signs(cast, client, written, party_of(draft, cast.chair))

    assert (signature.person, signature.signatory, signature.who) == (None, written, written)
    assert TrailValue.objects.filter(name="signatory", value=written).exists()


def test_somebody_else_with_a_name_in_common_with_a_withheld_one_is_covered_and_not_that_person(
    cast: Cast, client: Client
) -> None:
    Person.objects.filter(pk=cast.chair.person.pk).update(name_withheld=True)
    draft = to_be_signed(cast)
    signature = somebody_else_signs(cast, client, "Per Prøvestad", party_of(draft, cast.chair))

    assert (signature.person, signature.signatory) == (None, "Per Prøvestad")
    assert signature.who == "Name withheld"


@pytest.mark.parametrize("written", ["Kari Skjermvik", "K. Skjermvik", "Skjermvik, Kari"])
def test_a_withheld_deputy_who_signs_stands_nowhere_by_name(
    cast: Cast, client: Client, written: str
) -> None:
    deputy = Person.objects.create(name="Kari Skjermvik", name_withheld=True)
    Appointment.objects.create(
        person=deputy, organisation=cast.no.kommune, role="deputy_mayor", from_date=TODAY
    )
    draft = to_be_signed(cast)
    somebody_else_signs(cast, client, written, party_of(draft, cast.chair))
    draft = Draft.objects.get(pk=draft.pk)

    reader = signed_in(client, cast.police_member)
    pages = [
        reader.get(draft.get_absolute_url()).content.decode(),
        reader.get(reverse("agreements:history", args=[draft.ref])).content.decode(),
        str(draft_paper(draft)),
    ]
    for page in pages:
        assert "Skjermvik" not in page
        assert "Name withheld" in page


# On which day ------------------------------------------------------------------------------------


def test_a_paper_counts_although_the_text_was_changed_after_it_and_put_back(cast: Cast) -> None:
    draft = to_be_signed(cast, clause_purpose="Vi møtes.")
    number, by = first_groups(draft), cast.secretary.actor
    for day, text in ((4, "Vi møtes ofte."), (5, "Vi møtes.")):
        at = NOON + timedelta(days=day)
        write_draft(draft=draft, given={"clause_purpose": text}, by=by, at=at)
    assert first_groups(draft) == number

    recorded = record_paper(
        party=party_of(draft, cast.chair), signatory=cast.chair.name, signed_date=ahead(2),
        number=number, scan=signed_page(), by=by, at=NOON + timedelta(days=6),
    )  # fmt: skip

    assert recorded.signed_date == ahead(2)


# Until when --------------------------------------------------------------------------------------


def run_out(cast: Cast) -> Agreement:
    """An agreement that held until last year."""
    wanted = WantedAgreement(
        title="Fra papir", from_date=date(2022, 1, 1), to_date=date(2025, 12, 31)
    )
    return bring_into_force(council=cast.council, wanted=wanted, by=cast.secretary.actor, **AT)


def test_ending_what_has_run_out_leaves_its_last_day(cast: Cast, client: Client) -> None:
    agreement, by = run_out(cast), cast.secretary.actor
    with pytest.raises(Refused, match="holds until 31 Dec 2025"):
        end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=by, **AT)

    address = reverse("agreements:end", args=[agreement.ref])
    secretary = signed_in(client, cast.secretary)
    proposed = secretary.get(address).context["form"].initial["last_day"]
    assert proposed == date(2025, 12, 31)
    secretary.post(address, {"last_day": proposed.isoformat(), "reason": "Rydder opp"})
    agreement.refresh_from_db()
    assert (agreement.state, agreement.to_date) == ("ended", date(2025, 12, 31))


# Who is still asked ------------------------------------------------------------------------------


def parties_now(cast: Cast, draft: Draft, *wanted: Candidate) -> None:
    by = cast.secretary.actor
    choose_parties(draft=draft, parties=wanted, voids=True, by=by, **AT)
    draft.refresh_from_db()


def three_parties(cast: Cast) -> Draft:
    """Out to be signed by the mayor, the chief of the station and the next municipality."""
    draft = to_be_signed(cast)
    next_door = Candidate(cast.no.next_kommune, "mayor")
    mayor = Candidate(cast.no.kommune, "mayor")
    parties_now(cast, draft, mayor, Candidate(cast.no.station, "station_chief"), next_door)
    return draft


def mails(template: str) -> list[Message]:
    return list(Message.objects.filter(template=f"agreements/mail/{template}"))


@pytest.mark.parametrize("has_a_seat", [True, False])
def test_whoever_has_signed_and_is_left_out_hears_that_and_is_not_told_to_sign_again(
    cast: Cast, client: Client, has_a_seat: bool
) -> None:
    draft = three_parties(cast)
    signs(draft, cast.chair)
    party = party_of(draft, cast.chair)
    if not has_a_seat:
        cast.council.seats.filter(role="mayor").delete()

    others = [Candidate(cast.no.station, "station_chief"), Candidate(cast.no.next_kommune, "mayor")]
    parties_now(cast, draft, *others)

    [mail] = mails("left_out")
    assert mail.person == cast.chair.person
    assert "Ås kommune" in mail.text
    assert "/since/" not in mail.text
    assert is_still_for(mail, NOON)
    assert not mails("voided")
    if has_a_seat:
        since = reverse("agreements:since_signed", args=[party.ref])
        assert signed_in(client, cast.chair).get(since).status_code == 200


def test_whoever_signed_in_another_office_is_not_told_to_sign_again(cast: Cast) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)

    parties_now(
        cast, draft, Candidate(cast.no.kommune, "municipal_director"),
        Candidate(cast.no.station, "station_chief"),
    )  # fmt: skip

    assert [one.person for one in mails("left_out")] == [cast.chair.person]
    assert not mails("voided")


def holds_another_office_too(cast: Cast, role: str) -> None:
    """The mayor, in an office beside their own."""
    Appointment.objects.create(
        person=cast.chair.person, organisation=cast.no.kommune, role=role, from_date=TODAY
    )


@pytest.mark.parametrize("has_a_seat", [True, False])
def test_whoever_was_asked_to_sign_and_is_left_out_before_that_hears_it(
    cast: Cast, has_a_seat: bool
) -> None:
    draft = three_parties(cast)
    signs(draft, cast.station_chief)
    if not has_a_seat:
        cast.council.seats.filter(role="mayor").delete()

    others = [Candidate(cast.no.station, "station_chief"), Candidate(cast.no.next_kommune, "mayor")]
    parties_now(cast, draft, *others)

    [mail] = mails("no_longer_asked")
    assert mail.person == cast.chair.person
    assert "Ås kommune" in mail.text
    assert draft.get_absolute_url() not in mail.text
    assert is_still_for(mail, NOON)
    assert [one.person for one in mails("voided")] == [cast.station_chief.person]


def test_whose_signature_had_fallen_already_hears_it_too(cast: Cast) -> None:
    draft = three_parties(cast)
    signs(draft, cast.chair)
    given = {"clause_purpose": "Nytt."}
    write_draft(draft=draft, given=given, voids=True, by=cast.secretary.actor, **AT)

    others = [Candidate(cast.no.station, "station_chief"), Candidate(cast.no.next_kommune, "mayor")]
    parties_now(cast, draft, *others)

    assert [one.person for one in mails("no_longer_asked")] == [cast.chair.person]
    assert not mails("left_out")


def test_whoever_was_asked_hears_that_another_office_signs(cast: Cast) -> None:
    draft = to_be_signed(cast)
    director = Candidate(cast.no.kommune, "municipal_director")
    parties_now(cast, draft, director, Candidate(cast.no.station, "station_chief"))

    [mail] = mails("no_longer_asked")
    assert mail.person == cast.chair.person
    assert "et annet verv" in mail.text


def test_whoever_is_asked_in_another_office_now_does_not_hear_that_they_are_not(cast: Cast) -> None:
    draft = to_be_signed(cast)
    holds_another_office_too(cast, "municipal_director")
    director = Candidate(cast.no.kommune, "municipal_director")
    parties_now(cast, draft, director, Candidate(cast.no.station, "station_chief"))

    assert not mails("no_longer_asked")
    assert cast.chair.person in [one.person for one in mails("sign")]


def test_of_a_party_that_nobody_had_asked_yet_nobody_hears(cast: Cast) -> None:
    draft = written(cast)
    parties_now(cast, draft, Candidate(cast.no.station, "station_chief"))
    assert not mails("no_longer_asked")


def there_is_a_new_mayor(cast: Cast) -> Person:
    """The mayor leaves the office after signing, and somebody else holds it from today."""
    Appointment.objects.filter(person=cast.chair.person).update(to_date=TODAY - timedelta(days=1))
    person = Person.objects.create(name="Ny Ordfører", email="ny@example.no")
    Appointment.objects.create(
        person=person, organisation=cast.no.kommune, role="mayor", from_date=TODAY
    )
    return person


def test_whoever_has_the_office_now_is_asked_where_the_one_before_had_signed(cast: Cast) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    new = there_is_a_new_mayor(cast)

    given = {"clause_purpose": "Nytt."}
    write_draft(draft=draft, given=given, voids=True, by=cast.secretary.actor, **AT)

    assert [one for one in mails("sign") if one.person == new]
    assert cast.chair.person not in [one.person for one in mails("voided")]


def test_whoever_signed_without_a_seat_hears_that_it_is_in_force(cast: Cast) -> None:
    draft = to_be_signed(cast)
    cast.council.seats.filter(role="station_chief").delete()
    signs(draft, cast.chair, cast.station_chief)

    told = {one.person: one for one in mails("in_force")}
    assert is_still_for(told[cast.station_chief.person], NOON)
    assert len(told) == len(mails("in_force"))


def test_whose_signature_fell_yesterday_is_not_reminded_today(cast: Cast) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    later = NOON + timedelta(days=34)
    write_draft(
        draft=draft, given={"clause_purpose": "Nytt."}, voids=True, by=cast.secretary.actor,
        at=later,
    )  # fmt: skip
    before = {one.pk for one in mails("sign")}

    remind_if_due(draft=draft, at=later + timedelta(hours=15))

    asked = {one.person for one in mails("sign") if one.pk not in before}
    assert asked == {cast.station_chief.person}
    assert remind_if_due(draft=draft, at=NOON + timedelta(days=56)) == 2


def given_up(draft: Draft, by: Character) -> None:
    withdraw_draft(draft=draft, reason="Vi begynner på nytt", voids=True, by=by.actor, **AT)


def council_rests(draft: Draft, by: Character) -> None:
    withdraw_what_is_open(draft.council, ends=False, reason="Pause", by=by.actor, **AT)


@pytest.mark.parametrize("how", [given_up, council_rests])
def test_all_who_were_asked_hear_that_the_agreement_is_given_up(cast: Cast, how: Any) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    cast.council.seats.filter(role="station_chief").delete()

    how(draft, cast.secretary)

    told = mails("withdrawn")
    assert {one.person for one in told} == {cast.chair.person, cast.station_chief.person}
    assert all(is_still_for(one, NOON) for one in told)
    assert all("Vi begynner" not in one.text for one in told)  # a reason may be internal


def test_of_a_draft_that_was_never_out_nobody_hears(cast: Cast) -> None:
    draft = to_be_signed(cast)
    Draft.objects.update(state="writing", signing_at=None)
    given_up(draft, cast.secretary)
    assert not mails("withdrawn")


# What was signed before texts were kept ----------------------------------------------------------


def test_the_text_of_a_signature_that_falls_is_kept_though_none_was_kept_before(
    cast: Cast,
) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    Wording.objects.all().delete()  # as it was before an upgrade

    edit = {"clause_purpose": "Endret."}
    write_draft(draft=draft, given=edit, voids=True, by=cast.secretary.actor, **AT)

    assert fallen_of(party_of(draft, cast.chair)) is not None

"""From a template to an agreement in force: written, commented on, signed, voided, checked."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connections
from django.urls import reverse

from samrad.agreements import as_written
from samrad.agreements.actions import signatures
from samrad.agreements.actions.comments import answer_comment, comment_on, open_comments
from samrad.agreements.actions.drafts import (
    choose_parties,
    write_draft,
)
from samrad.agreements.actions.force import take_effect_if_due
from samrad.agreements.actions.signatures import (
    put_to_sign,
    record_paper,
    sign,
)
from samrad.agreements.models import Draft, DraftClause, Signature
from samrad.agreements.queries.checking import Fault, checked
from samrad.agreements.queries.parties import board_of, proposed_parties
from samrad.agreements.rules import DraftState, Outcome
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.clock import held_at
from samrad.kernel.meanwhile import SavedMeanwhile, mark_of_all
from samrad.kernel.verdict import Refused
from samrad.post.models import Message
from samrad.trail.models import TrailEntry, TrailValue
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
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def told(about):
    return list(TrailEntry.objects.filter(about_ref=str(about.ref)).values_list("event", flat=True))


def mailed(template):
    found = Message.objects.filter(template=f"agreements/mail/{template}")
    return set(found.values_list("person__name", flat=True))


# Written ----------------------------------------------------------------------------------------


def test_a_draft_begins_with_the_countrys_template_and_the_parties_that_can_bind(cast):
    draft = begun(cast)

    headings = list(draft.clauses.values_list("heading", flat=True))
    assert headings[:4] == [
        "Innledning og formål", "Tjenestetilbud", "Politikontakten", "Politirådet"
    ]  # fmt: skip
    assert "[dager og klokkeslett]" in draft.clauses.get(key="services").text
    found = [(one.organisation.name, one.role) for one in draft.parties.all()]
    assert found == [("Ås kommune", "mayor"), ("Ås politistasjon", "station_chief")]
    assert told(draft) == ["agreement_draft.started"]


def test_only_those_who_keep_the_council_write(cast):
    for who in (cast.police_member, cast.director, cast.guest, cast.analyst, cast.stranger):
        with pytest.raises(Refused):
            begun(cast, by=who.actor)
    draft = begun(cast)
    with pytest.raises(Refused):
        write_draft(draft=draft, given=values(draft), by=cast.director.actor, **AT)


def test_a_draft_is_for_its_writers_until_it_is_put_out(cast):
    draft = written(cast)
    readers = (cast.director, cast.police_member, cast.guest, cast.analyst, cast.stranger)
    assert [one for one in readers if Draft.objects.visible_to(one.actor).exists()] == []

    open_comments(draft=draft, until=ahead(14), by=cast.secretary.actor, **AT)
    seeing = [one.name for one in readers if Draft.objects.visible_to(one.actor).exists()]
    assert seeing == [cast.director.name, cast.police_member.name]


def test_nothing_is_written_over_unseen(cast):
    draft = begun(cast)
    seen = mark_of_all(as_written.of_draft(draft))
    write_draft(draft=draft, given={"title": "Hennes"}, by=cast.chair.actor, **AT)
    with pytest.raises(SavedMeanwhile):
        write_draft(draft=draft, given={"title": "Min"}, seen=seen, by=cast.secretary.actor, **AT)
    draft.refresh_from_db()
    assert draft.title == "Hennes"


def test_made_anew_it_begins_with_the_clauses_of_the_agreement_in_force(cast):
    first = in_force(cast, clause_purpose="Vårt eget formål.", focus_areas="Trygt sentrum")

    anew = begun(cast, revises=first.agreement)

    assert anew.clauses.get(key="purpose").text == "Vårt eget formål."
    assert anew.focus_titles == ["Trygt sentrum"]
    assert anew.revises == first.agreement


# Commented on -----------------------------------------------------------------------------------


def test_members_comment_until_the_day_and_the_writer_answers(cast):
    draft = written(cast)
    open_comments(draft=draft, until=ahead(7), by=cast.secretary.actor, **AT)
    assert cast.director.name in mailed("comments")
    assert cast.guest.name not in mailed("comments")

    clause = draft.clauses.get(key="purpose")
    said = comment_on(clause=clause, text="Kortere.", by=cast.police_member.actor, **AT)
    with pytest.raises(Refused):
        comment_on(clause=clause, text="Jeg også", by=cast.guest.actor, **AT)
    with pytest.raises(Refused, match="not been answered"):
        put_to_sign(draft=draft, by=cast.secretary.actor, **AT)

    answer_comment(comment=said, outcome=Outcome.TAKEN, answer="", by=cast.secretary.actor, **AT)
    put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    draft.refresh_from_db()
    assert draft.state == DraftState.SIGNING


def test_the_time_for_comments_ends_with_its_day(cast):
    draft = written(cast)
    open_comments(draft=draft, until=TODAY, by=cast.secretary.actor, **AT)
    clause = draft.clauses.get(key="purpose")
    comment_on(clause=clause, text="I tide", by=cast.director.actor, **AT)
    with held_at(NOON + timedelta(days=1)), pytest.raises(Refused, match="over"):
        comment_on(clause=clause, text="For sent", by=cast.director.actor, at=NOON)


# Signed -----------------------------------------------------------------------------------------


def test_gaps_a_missing_day_and_a_lonely_party_keep_it_from_being_signed(cast):
    by = cast.secretary.actor
    draft = begun(cast)
    with pytest.raises(Refused, match="gaps"):
        put_to_sign(draft=draft, by=by, **AT)
    write_draft(draft=draft, given=values(draft, from_date=None), by=by, **AT)
    with pytest.raises(Refused, match="which day"):
        put_to_sign(draft=draft, by=by, **AT)
    only = proposed_parties(cast.council, TODAY)[:1]
    choose_parties(draft=draft, parties=only, by=by, **AT)
    with pytest.raises(Refused, match="two parties"):
        put_to_sign(draft=draft, by=by, **AT)


def test_each_party_signs_for_itself_and_the_last_brings_it_into_force(cast):
    draft = to_be_signed(cast, focus_areas="Trygt sentrum\nUnge i helgene", meetings_per_year=4)
    assert mailed("sign") == {cast.chair.name, cast.station_chief.name}

    signs(draft, cast.chair)
    assert draft.state == DraftState.SIGNING
    board = board_of(draft, cast.secretary.actor)
    assert [one.party.organisation.name for one in board.missing] == ["Ås politistasjon"]

    signs(draft, cast.station_chief)
    cast.council.refresh_from_db()
    agreement = draft.agreement
    assert draft.state == DraftState.IN_FORCE
    assert agreement.state == AgreementState.IN_FORCE
    assert agreement.renewal_date == date(2027, 9, 13)  # the next municipal election
    assert cast.council.meetings_per_year == 4
    focus = cast.council.focus_areas.filter(year=TODAY.year).values_list("title", flat=True)
    assert list(focus) == ["Trygt sentrum", "Unge i helgene"]
    assert told(draft)[-2:] == ["agreement.signed_by_all", "agreement_draft.in_force"]


def test_nobody_signs_for_somebody_else_or_twice(cast):
    draft = to_be_signed(cast)
    party = party_of(draft, cast.station_chief)
    for who in (cast.chair, cast.secretary, cast.police_member, cast.stranger_chair):
        with pytest.raises(Refused, match="holds the office"):
            sign(party=party, sha256=draft.sha256(), by=who.actor, **AT)
    signs(draft, cast.chair)
    with pytest.raises(Refused, match="has signed"):
        signs(draft, cast.chair)


def test_whoever_has_read_another_text_does_not_sign_this_one(cast):
    draft = to_be_signed(cast)
    read = draft.sha256()
    write_draft(draft=draft, given={"clause_purpose": "Noe annet."}, by=cast.secretary.actor, **AT)
    with pytest.raises(Refused, match="Read it again"):
        sign(party=party_of(draft, cast.chair), sha256=read, by=cast.chair.actor, **AT)


def test_an_edit_after_the_first_signature_voids_it_visibly(cast, client):
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    edit = {"clause_purpose": "Endret etter signering."}
    with pytest.raises(Refused, match="signatures fall"):
        write_draft(draft=draft, given=edit, by=cast.secretary.actor, **AT)
    assert Signature.objects.get().voided_at is None

    write_draft(draft=draft, given=edit, voids=True, by=cast.secretary.actor, **AT)

    assert Signature.objects.get().voided_at == NOON
    assert mailed("voided") == {cast.chair.name}
    reader = signed_in(client, cast.station_chief)
    page = reader.get(draft.get_absolute_url()).content.decode()
    assert "fell when the text was changed" in page
    history = reader.get(reverse("agreements:history", args=[draft.ref])).content.decode()
    assert "no longer hold" in history
    signs(draft, cast.chair, cast.station_chief)
    assert draft.state == DraftState.IN_FORCE


def test_saving_the_same_again_voids_nothing(cast):
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    write_draft(draft=draft, given=as_written.of_draft(draft), by=cast.secretary.actor, **AT)
    assert Signature.objects.get().voided_at is None


def test_on_paper_the_secretary_records_who_and_when(cast):
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    party = party_of(draft, cast.station_chief)
    scan = signed_page()
    given = {"signatory": "Stein Oppdiktet", "number": draft.sha256(), "scan": scan, **AT}
    with pytest.raises(Refused):
        record_paper(party=party, signed_date=TODAY, by=cast.police_member.actor, **given)

    for day, why in ((ahead(1), "ahead"), (ahead(-1), "not out to be signed")):
        with pytest.raises(Refused, match=why):
            record_paper(party=party, signed_date=day, by=cast.secretary.actor, **given)
    assert Signature.objects.count() == 1

    made = record_paper(party=party, signed_date=TODAY, by=cast.secretary.actor, **given)

    draft.refresh_from_db()
    assert (made.on_paper, made.scan) == (True, scan)
    assert checked(draft).holds
    assert draft.state == DraftState.IN_FORCE


def test_signed_by_all_it_waits_for_its_first_day(cast):
    draft = to_be_signed(cast, from_date=ahead(10))
    signs(draft, cast.chair, cast.station_chief)
    assert draft.state == DraftState.SIGNED
    take_effect_if_due(draft=draft, at=NOON)
    draft.refresh_from_db()
    assert draft.state == DraftState.SIGNED

    take_effect_if_due(draft=draft, at=NOON + timedelta(days=10))
    draft.refresh_from_db()
    assert draft.agreement.from_date == ahead(10)
    assert checked(draft).holds


def at_last(act):
    """A database in memory does not wait for a lock as one in a file does: try again."""
    for _try in range(400):
        try:
            return act()
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise
            time.sleep(0.02)
    return act()


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_both_count_and_it_comes_into_force_once(cast, monkeypatch):
    """Each takes its time between its signature and the look at the others': whoever did not wait
    for the other would find one missing, and it would never come into force."""
    draft = to_be_signed(cast)
    together, trouble = threading.Barrier(2), []
    look = signatures._when_all_have_signed

    def look_late(draft, *, at):
        time.sleep(0.4)
        look(draft, at=at)

    monkeypatch.setattr(signatures, "_when_all_have_signed", look_late)

    def one(who):
        try:
            party = party_of(draft, who)
            digest, actor = party.draft.sha256(), who.actor
            together.wait(timeout=10)
            at_last(lambda: sign(party=party, sha256=digest, by=actor, **AT))
        except Exception as error:
            trouble.append(error)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=one, args=(who,)) for who in (cast.chair, cast.station_chief)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert trouble == []
    draft.refresh_from_db()
    assert draft.state == DraftState.IN_FORCE
    assert Signature.objects.filter(voided_at=None).count() == 2
    assert Agreement.objects.filter(council=cast.council).count() == 1
    assert told(draft).count("agreement.signed_by_all") == 1


# Checked ----------------------------------------------------------------------------------------


def test_a_forged_text_a_forged_hash_and_a_forged_agreement_are_found(cast, client, capsys):
    draft = in_force(cast)
    assert checked(draft).holds
    call_command("agreement", "verify")
    assert "2" in capsys.readouterr().out

    clause = draft.clauses.get(key="purpose")
    DraftClause.objects.filter(pk=clause.pk).update(text="Noe ingen har signert.")
    faults = {one.fault for one in checked(draft).wrong}
    assert faults == {Fault.TEXT, Fault.IN_FORCE}
    with pytest.raises(CommandError):
        call_command("agreement", "verify")
    page = signed_in(client, cast.director).get(
        reverse("agreements:signatures", args=[draft.agreement.ref])
    )
    assert "not what was signed" in page.content.decode()

    forged = Draft.objects.get(pk=draft.pk).sha256()  # and the hashes made to fit
    Signature.objects.update(sha256=forged)
    draft.agreement.clauses.filter(key="purpose").update(text="Noe ingen har signert.")
    assert {one.fault for one in checked(draft).wrong} == {Fault.SIGNATURE, Fault.IN_FORCE}
    draft.agreement.facts = {"sha256": forged}
    draft.agreement.save()
    assert {one.fault for one in checked(draft).wrong} == {Fault.SIGNATURE}

    TrailValue.objects.filter(name="signature").delete()
    assert {one.fault for one in checked(draft).wrong} == {Fault.UNTOLD}

"""What whoever is to sign reads first, and what they can say instead of signing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.actions.comments import answer_comment, comment_on, open_comments
from samrad.agreements.actions.drafts import choose_parties, withdraw_draft, write_draft
from samrad.agreements.actions.said import give_office
from samrad.agreements.actions.signatures import put_to_sign, remind_to_sign, say_not_yet
from samrad.agreements.forms.comments import AnswerForm
from samrad.agreements.models import Draft, Party
from samrad.agreements.queries.parties import Candidate
from samrad.agreements.rules import DraftState, Outcome
from samrad.followup.attention import waiting_for
from samrad.followup.news import newest
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.post.guards import is_still_for
from samrad.post.models import Message
from tests.agreements.bricks import AT, ahead, party_of, signs, to_be_signed, waiting, written
from tests.cast import NOON, TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def started_from(form: AnswerForm) -> str:
    """The marks that a page sends back."""
    found = re.search('value="([^"]*)"', form.started_from)
    assert found
    return found[1]


def heard_and_changed(cast: Cast) -> Draft:
    """The chair's comment is followed, then it is put out to be signed."""
    draft, by = written(cast), cast.secretary.actor
    open_comments(draft=draft, until=ahead(21), by=by, **AT)
    clause = draft.clauses.get(key="purpose")
    said = comment_on(clause=clause, text="Nevn ungdom", by=cast.chair.actor, **AT)
    later = NOON + timedelta(hours=1)
    write_draft(draft=draft, given={"clause_purpose": "For ungdom."}, by=by, at=later)
    answer_comment(comment=said, outcome=Outcome.TAKEN, answer="Takk", by=by, at=later)
    put_to_sign(draft=draft, by=by, at=later)
    draft.refresh_from_db()
    return draft


def test_who_signs_reads_what_was_changed_since_the_comments_and_what_came_of_theirs(
    cast: Cast, client: Client
) -> None:
    draft = heard_and_changed(cast)
    party = party_of(draft, cast.chair)
    page = signed_in(client, cast.chair).get(reverse("agreements:sign", args=[party.ref]))
    text = page.content.decode()
    assert "Nevn ungdom" in text
    assert "Takk" in text
    since = f"{reverse('agreements:changes', args=[draft.ref])}?since=comments"
    assert since in text

    changes = client.get(since).context["changes"]
    assert [one.key for one in changes] == ["purpose"]


def test_what_is_new_is_counted_from_the_last_time_the_text_was_put_out_for_comments(
    cast: Cast, client: Client
) -> None:
    draft, by = written(cast), cast.secretary.actor
    open_comments(draft=draft, until=ahead(21), by=by, **AT)
    second = NOON + timedelta(days=3)
    write_draft(draft=draft, given={"clause_purpose": "For ungdom."}, by=by, at=second)
    open_comments(draft=draft, until=ahead(28), by=by, at=second)
    put_to_sign(draft=draft, by=by, at=second)

    url = reverse("agreements:sign", args=[party_of(draft, cast.chair).ref])
    page = signed_in(client, cast.chair).get(url)

    assert page.context["news"].changed == []
    assert "The text is as it was put out for comments" in page.text
    since = f"{reverse('agreements:changes', args=[draft.ref])}?since=comments"
    told = client.get(since).text.replace("\xa0", " ")
    assert "put out for comments on 24 Nov 2026" in told


def test_who_signs_reads_that_days_and_focus_areas_are_others_than_those_commented_on(
    cast: Cast, client: Client
) -> None:
    draft, by = written(cast, to_date=ahead(900)), cast.secretary.actor
    open_comments(draft=draft, until=ahead(21), by=by, **AT)
    later = NOON + timedelta(hours=1)
    write_draft(draft=draft, given={"to_date": ahead(1800)}, by=by, at=later)
    put_to_sign(draft=draft, by=by, at=later)

    url = reverse("agreements:sign", args=[party_of(draft, cast.chair).ref])
    page = signed_in(client, cast.chair).get(url)
    assert page.context["news"].changed == ["Holds until"]
    assert "The text is as it was put out for comments" not in page.text
    assert f"{reverse('agreements:changes', args=[draft.ref])}?since=comments" in page.text


def test_who_cannot_sign_yet_says_why_and_the_secretary_hears_it_but_not_the_words(
    cast: Cast, client: Client
) -> None:
    draft = to_be_signed(cast)
    party = party_of(draft, cast.chair)
    url = reverse("agreements:not_yet", args=[party.ref])
    assert signed_in(client, cast.chair).post(url, {"why": ""}).status_code == 422
    client.post(url, {"why": "Kommunestyret behandler saken først."})

    [mail] = Message.objects.filter(template="agreements/mail/not_yet")
    assert mail.person == cast.secretary.person
    assert "Kommunestyret" not in mail.text
    assert f"{draft.get_absolute_url()}#signatures" in mail.text
    assert is_still_for(mail, NOON)
    board = signed_in(client, cast.secretary).get(draft.get_absolute_url()).content.decode()
    assert "Kommunestyret behandler saken" in board
    with pytest.raises(Refused):
        say_not_yet(party=party, why="Nei", by=cast.secretary.actor, **AT)


def test_whoever_began_the_draft_hears_it_too_and_home_says_that_somebody_cannot_sign(
    cast: Cast,
) -> None:
    draft = to_be_signed(cast)
    Draft.objects.filter(pk=draft.pk).update(started_by=cast.chair.person)
    party = party_of(draft, cast.station_chief)
    assert not_everybody(cast) == []

    say_not_yet(party=party, why="Politimesteren først", by=cast.station_chief.actor, **AT)

    told = Message.objects.filter(template="agreements/mail/not_yet")
    assert {one.person for one in told} == {cast.secretary.person, cast.chair.person}
    assert not_everybody(cast) == ["See why"]
    by, later = cast.secretary.actor, NOON + timedelta(hours=1)
    write_draft(draft=draft, given={"clause_purpose": "Uten ordet."}, by=by, at=later)
    assert not_everybody(cast) == []


def not_everybody(cast: Cast) -> list[str]:
    there = waiting_for(cast.secretary.actor, TODAY)
    return [one.verb for one in there if "Not everybody can sign" in one.title]


def test_where_nobody_can_be_told_whoever_cannot_sign_hears_that_and_reads_their_own_words(
    cast: Cast, client: Client
) -> None:
    draft = to_be_signed(cast)
    Person.objects.exclude(pk=cast.station_chief.person.pk).update(email="")
    cast.council.seats.filter(role="station_chief").delete()
    url = reverse("agreements:not_yet", args=[party_of(draft, cast.station_chief).ref])

    chief = signed_in(client, cast.station_chief)
    page = chief.post(url, {"why": "Politimesteren først"}, follow=True)

    assert not Message.objects.filter(template="agreements/mail/not_yet").exists()
    assert "No mail about it could be sent" in page.text
    assert "has been told" not in page.text
    assert page.context["outside"]
    assert "Politimesteren først" in page.text


def test_what_was_said_first_is_kept_below_what_is_said_next(cast: Cast) -> None:
    party = party_of(to_be_signed(cast), cast.chair)
    for hours, why in enumerate(("Kommunestyret først", "Ordet meklere må ut")):
        at = NOON + timedelta(hours=hours)
        say_not_yet(party=party, why=why, by=cast.chair.actor, at=at)
    party.refresh_from_db()
    assert party.not_yet == "Ordet meklere må ut"
    assert "2026: Kommunestyret først" in party.said_earlier


def test_a_party_outside_the_council_reads_what_its_own_office_said_last_and_nothing_earlier(
    cast: Cast, client: Client
) -> None:
    draft = to_be_signed(cast)
    party = party_of(draft, cast.station_chief)
    signer = {"by": cast.station_chief.actor, **AT}
    say_not_yet(party=party, why="Sagt til dem i rådet", **signer)
    party.refresh_from_db()
    give_office(party, "another_office")
    give_office(party, "station_chief")
    party.save()
    say_not_yet(party=party, why="Politimesteren først\n\nOg så", **signer)
    cast.council.seats.filter(role="station_chief").delete()

    outside = signed_in(client, cast.station_chief).get(draft.get_absolute_url())
    assert outside.context["outside"]
    assert "Politimesteren først" in outside.text
    assert "Og så" in outside.text
    assert "Sagt til dem i rådet" not in outside.text
    inside = signed_in(client, cast.secretary).get(draft.get_absolute_url()).text
    assert "Politimesteren først" in inside
    assert "Sagt til dem i rådet" in inside


def test_what_was_said_of_an_earlier_text_is_not_said_of_the_one_that_came_of_it(
    cast: Cast, client: Client
) -> None:
    draft = to_be_signed(cast)
    party = party_of(draft, cast.chair)
    say_not_yet(party=party, why="Ordet meklere må ut", by=cast.chair.actor, **AT)
    given, later = {"clause_purpose": "Uten ordet."}, NOON + timedelta(hours=1)
    write_draft(draft=draft, given=given, by=cast.secretary.actor, at=later)
    page = signed_in(client, cast.secretary).get(draft.get_absolute_url()).text
    assert "of an earlier text" in page
    assert "Cannot sign yet, said on" not in page
    assert "Ordet meklere må ut" in page


def test_who_is_left_out_or_signs_by_another_office_takes_no_words_along(
    cast: Cast, client: Client
) -> None:
    draft = to_be_signed(cast)
    party = party_of(draft, cast.chair)
    remind_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    say_not_yet(party=party, why="Kommunestyret først", by=cast.chair.actor, **AT)
    there = [Candidate(one.organisation, one.role) for one in draft.parties.all()]
    others = [one for one in there if one.organisation != party.organisation]
    by = {"by": cast.secretary.actor, **AT}

    another = Candidate(party.organisation, "municipal_director")
    choose_parties(draft=draft, parties=[another, *others], **by)
    party.refresh_from_db()
    assert (party.not_yet_at, party.reminded_at, party.said_of_this) == (None, None, False)
    assert (party.not_yet, "Kommunestyret først" in party.said_earlier) == ("", True)

    more = Candidate(cast.no.ravens, "partner_representative")
    choose_parties(draft=draft, parties=[more, *others], **by)
    kept = Party.ever.get(pk=party.pk)
    assert kept.left_at == NOON
    assert "Kommunestyret først" in kept.said_earlier
    history = reverse("agreements:history", args=[draft.ref])
    assert "Kommunestyret først" in signed_in(client, cast.secretary).get(history).text


def test_a_reminder_leaves_its_day_with_the_party(cast: Cast) -> None:
    draft = to_be_signed(cast)
    assert set(draft.parties.values_list("reminded_at", flat=True)) == {None}
    remind_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    assert set(Party.objects.filter(draft=draft).values_list("reminded_at", flat=True)) == {NOON}


def test_what_all_have_signed_is_given_up_knowingly_and_those_who_signed_hear_it(
    cast: Cast, client: Client
) -> None:
    draft = waiting(cast)
    url = reverse("agreements:withdraw", args=[draft.ref])
    client = signed_in(client, cast.secretary)
    assert client.post(url, {"reason": "Vi venter"}).status_code == 422
    draft.refresh_from_db()
    assert draft.state == DraftState.SIGNED

    with pytest.raises(Refused, match="signed since you opened this page"):  # not held by the form
        withdraw_draft(draft=draft, reason="Vi venter", by=cast.secretary.actor, **AT)
    withdraw_draft(draft=draft, reason="Vi venter", voids=True, by=cast.secretary.actor, **AT)
    told = Message.objects.filter(template="agreements/mail/withdrawn")
    assert {one.person for one in told} == {cast.chair.person, cast.station_chief.person}
    assert all(is_still_for(one, NOON) for one in told)


def test_the_clause_is_changed_where_its_comment_is_answered(cast: Cast, client: Client) -> None:
    draft = written(cast)
    open_comments(draft=draft, until=ahead(21), by=cast.secretary.actor, **AT)
    clause = draft.clauses.get(key="purpose")
    said = comment_on(clause=clause, text="Nevn ungdom", by=cast.chair.actor, **AT)
    url = reverse("agreements:answer", args=[said.ref])
    client = signed_in(client, cast.secretary)
    sent = {"outcome": "left", "answer": "Nei", "text": "For ungdom."}
    assert client.post(url, sent).status_code == 422  # left, and yet changed
    seen = started_from(client.get(url).context["form"])
    write_draft(draft=draft, given={"clause_purpose": "Hans."}, by=cast.chair.actor, **AT)
    sent |= {"outcome": "taken"}
    assert client.post(url, sent | {"started_from": seen}).status_code == 422  # his is not lost

    assert client.post(url, sent).status_code == 302
    clause.refresh_from_db()
    said.refresh_from_db()
    assert (clause.text, said.outcome) == ("For ungdom.", Outcome.TAKEN)


def test_a_page_that_did_not_ask_for_the_text_leaves_it(cast: Cast, client: Client) -> None:
    draft = written(cast)
    open_comments(draft=draft, until=ahead(21), by=cast.secretary.actor, **AT)
    clause = draft.clauses.get(key="purpose")
    said = comment_on(clause=clause, text="Nevn ungdom", by=cast.chair.actor, **AT)
    client = signed_in(client, cast.secretary)
    client.post(reverse("agreements:answer", args=[said.ref]), {"outcome": "taken", "answer": ""})
    there = clause.text
    clause.refresh_from_db()
    assert clause.text == there


def test_who_commented_hears_what_came_of_it(cast: Cast) -> None:
    draft = heard_and_changed(cast)
    told = {one.text: one.url for one in newest(cast.chair.actor, NOON - timedelta(days=1))}
    answered = told["Your comment on “Innledning og formål” has been followed"]
    assert answered == f"{draft.get_absolute_url()}#purpose"
    assert not any(
        "Your comment" in one.text for one in newest(cast.secretary.actor, NOON - timedelta(days=1))
    )


def test_the_secretary_sees_at_home_how_many_have_not_signed(cast: Cast) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    [told] = [one for one in waiting_for(cast.secretary.actor, TODAY) if one.verb == "See who"]
    assert told.title.startswith("1 party has not signed")

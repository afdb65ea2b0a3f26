"""What whoever is to sign reads first, and what they can say instead of signing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.actions.comments import answer_comment, comment_on, open_comments
from samrad.agreements.actions.drafts import withdraw_draft, write_draft
from samrad.agreements.actions.signatures import put_to_sign, remind_to_sign, say_not_yet
from samrad.agreements.models import Draft, Party
from samrad.agreements.rules import DraftState, Outcome
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.post.guards import is_still_for
from samrad.post.models import Message
from tests.agreements.bricks import AT, ahead, party_of, to_be_signed, waiting, written
from tests.cast import NOON, Cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


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
    assert is_still_for(mail, NOON)
    board = signed_in(client, cast.secretary).get(draft.get_absolute_url()).content.decode()
    assert "Kommunestyret behandler saken" in board
    with pytest.raises(Refused):
        say_not_yet(party=party, why="Nei", by=cast.secretary.actor, **AT)


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

    withdraw_draft(draft=draft, reason="Vi venter", by=cast.secretary.actor, **AT)
    told = Message.objects.filter(template="agreements/mail/withdrawn")
    assert {one.person for one in told} == {cast.chair.person, cast.station_chief.person}
    assert all(is_still_for(one, NOON) for one in told)

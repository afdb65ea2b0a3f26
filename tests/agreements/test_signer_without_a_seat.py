"""Whoever signs without a seat in the council reads what is signed, and nothing said inside."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.agreements.actions.comments import answer_comment, comment_on, open_comments
from samrad.agreements.actions.signatures import put_to_sign
from samrad.agreements.models import ClauseComment
from samrad.agreements.rules import Outcome
from samrad.kernel.clock import held_at
from tests.agreements.bricks import AT, ahead, drafts, in_force, signs, written
from tests.cast import NOON, signed_in
from tests.permissions.reading_the_table import letter_of
from tests.permissions.stage.agreements import agreement_file

pytestmark = pytest.mark.django_db

PAGES = """
GET  draft        signing_draft    y
GET  draft_pdf    signing_draft    y
GET  draft_docx   signing_draft    y
GET  history      signing_draft    n
GET  changes      signing_draft    n
GET  write        signing_draft    w
GET  parties      signing_draft    w
POST remind       signing_draft    w
POST withdraw     signing_draft    w
GET  sign         unsigned_party   w
GET  scan         paper_signature  n
GET  since_signed fallen_party     y
GET  draft        draft            n
GET  draft        commented_draft  n
GET  draft_pdf    commented_draft  n
GET  history      commented_draft  n
GET  comment      draft_clause     n
GET  answer       draft_comment    n
GET  to_sign      commented_draft  n
"""


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def without_a_seat(cast):
    """The chief of the station keeps the office that signs, and has no seat any more."""
    cast.council.seats.filter(role="station_chief").delete()
    return cast.station_chief


def commented_and_put_out(cast):
    draft = written(cast)
    open_comments(draft=draft, until=ahead(7), by=cast.secretary.actor, **AT)
    clause = draft.clauses.get(key="purpose")
    said = comment_on(clause=clause, text="Internt sagt", by=cast.director.actor, **AT)
    by = cast.secretary.actor
    answer_comment(comment=said, outcome=Outcome.LEFT, answer="Nei", by=by, **AT)
    put_to_sign(draft=draft, by=by, **AT)
    draft.refresh_from_db()
    return draft


def test_every_page_of_drafts_answers_a_signer_without_a_seat_as_written(cast, client):
    stage = drafts(cast, agreement_file())
    signed_in(client, without_a_seat(cast))
    wrong = []
    for line in PAGES.split("\n")[1:-1]:
        method, page, about, expected = line.split()
        ask = client.post if method == "POST" else client.get
        found = letter_of(ask(reverse(f"agreements:{page}", args=[stage[about].ref])))
        if found != expected:
            wrong.append(f"{line}: found {found}")
    assert wrong == []


def test_a_signer_without_a_seat_reads_the_text_and_not_what_was_said_of_it(cast, client):
    draft = commented_and_put_out(cast)
    inside = signed_in(client, cast.police_member).get(draft.get_absolute_url())
    assert "Internt sagt" in inside.content.decode()
    assert ClauseComment.objects.visible_to(cast.police_member.actor).exists()

    signer = without_a_seat(cast)
    page = signed_in(client, signer).get(draft.get_absolute_url()).content.decode()

    assert "Politikontakten" in page
    assert "Internt sagt" not in page
    assert reverse("agreements:history", args=[draft.ref]) not in page
    assert cast.council.get_absolute_url() not in page
    assert not ClauseComment.objects.visible_to(signer.actor).exists()


def test_the_scanned_page_is_no_link_for_those_it_is_not_for(cast, client):
    found = drafts(cast, agreement_file())
    draft = found["signing_draft"]
    signs(draft, cast.chair)
    address = reverse("agreements:signatures", args=[draft.agreement.ref])
    scan = reverse("agreements:scan", args=[found["paper_signature"].ref])

    assert scan in signed_in(client, cast.police_member).get(address).content.decode()
    for who in (cast.guest, cast.analyst):
        page = signed_in(client, who).get(address)
        assert page.status_code == 200
        assert scan not in page.content.decode()


def test_an_agreement_in_force_is_a_link_for_those_inside(cast, client):
    draft = in_force(cast)
    address = draft.agreement.get_absolute_url()
    assert (
        address in signed_in(client, cast.director).get(draft.get_absolute_url()).content.decode()
    )
    page = signed_in(client, without_a_seat(cast)).get(draft.get_absolute_url())
    assert address not in page.content.decode()

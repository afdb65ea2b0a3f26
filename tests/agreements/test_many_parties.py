"""However many sign, speak and write, the pages of an agreement ask the database as little."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samrad.agreements.actions.comments import comment_on, open_comments
from samrad.agreements.actions.drafts import (
    choose_parties,
    start_draft,
    write_draft,
)
from samrad.agreements.actions.signatures import put_to_sign, record_paper, say_not_yet
from samrad.agreements.models import ClauseComment, Draft, Party
from samrad.agreements.queries.additions import ADDED
from samrad.agreements.queries.parties import Candidate
from samrad.agreements.rules import Outcome
from samrad.kernel.clock import held_at
from samrad.people.models import Organisation
from tests.agreements.bricks import (
    AT,
    ahead,
    begun,
    in_force,
    party_of,
    signed_page,
    signs,
    values,
)
from tests.agreements.test_additions import added
from tests.cast import NOON, Cast, Character, signed_in

pytestmark = pytest.mark.django_db

AT_MOST = 12
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def housing_companies(cast: Cast, many: int) -> list[Candidate]:
    at = cast.council.area
    made = [
        Organisation(country="no", kind="company", name=f"Boligselskap {n}", area=at)
        for n in range(many)
    ]
    for one in made:
        one.save()
    return [Candidate(one, "partner_representative") for one in made]


def made(cast: Cast, many: int) -> Draft:
    """It makes another anew that was added to, was commented on, signed, changed, and spoken of."""
    by = cast.secretary.actor
    before = in_force(cast, from_date=ahead(many - 30)).agreement
    assert before is not None
    for n in range(many):
        added(cast, before, title=f"Tillegg {n}", clause_addition=f"Felles vakt i uke {n}.")
        begun(cast)
    draft = start_draft(council=cast.council, language="nb", by=by, revises=before, **AT)
    given = values(draft)
    given |= {name: "" for name in given if name.startswith(f"clause_{ADDED}")}  # to be lost
    write_draft(draft=draft, given=given, by=by, **AT)
    there = [Candidate(one.organisation, one.role) for one in draft.parties.all()]
    more = housing_companies(cast, many + 1)
    choose_parties(draft=draft, parties=[*there, *more], by=by, **AT)
    open_comments(draft=draft, until=ahead(21), by=by, **AT)
    clauses = list(draft.clauses.all())
    for n in range(many):
        comment_on(clause=clauses[n % len(clauses)], text="Kortere", by=cast.chair.actor, **AT)
    ClauseComment.objects.update(outcome=Outcome.TAKEN, answer="Ja")
    choose_parties(draft=draft, parties=[*there, *more[1:]], by=by, at=LATER)
    put_to_sign(draft=draft, by=by, at=LATER)
    spoken_of(cast, draft)
    signs(draft, cast.chair)
    given = {"clause_purpose": "Endret etter signering."}
    write_draft(draft=draft, given=given, voids=True, by=by, at=LATER)
    return Draft.objects.get(pk=draft.pk)


def spoken_of(cast: Cast, draft: Draft) -> None:
    """Something stands in the way for every party, and two out of three signed on paper."""
    party = party_of(draft, cast.station_chief)
    say_not_yet(party=party, why="Politimesteren først", by=cast.station_chief.actor, at=LATER)
    Party.objects.filter(draft=draft).update(not_yet="Styret først", not_yet_at=LATER)
    for n, one in enumerate(draft.parties.exclude(pk=party.pk).filter(role__startswith="partner")):
        if n % 3:
            record_paper(
                party=one, signatory=f"Ola Oppdiktet {n}", signed_date=NOON.date(), at=LATER,
                number=Draft.objects.get(pk=draft.pk).sha256(), scan=signed_page(),
                by=cast.secretary.actor,
            )  # fmt: skip


def asked(client: Client, who: Character, url: str) -> int:
    """How often the page asks the database, once what a process keeps is there."""
    client = signed_in(client, who)
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def pages_of(cast: Cast, draft: Draft) -> dict[str, tuple[Character, str]]:
    mayors = party_of(draft, cast.chair).ref
    return {
        "sign": (cast.chair, reverse("agreements:sign", args=[mayors])),
        "since_signed": (cast.chair, reverse("agreements:since_signed", args=[mayors])),
        "history": (cast.secretary, reverse("agreements:history", args=[draft.ref])),
        "home": (cast.secretary, "/"),
    }


def test_whoever_signs_or_reads_the_history_waits_for_no_more_questions_than_among_two(
    cast: Cast, client: Client
) -> None:
    few = {name: asked(client, *page) for name, page in pages_of(cast, made(cast, 2)).items()}
    many = {name: asked(client, *page) for name, page in pages_of(cast, made(cast, 6)).items()}

    assert many == few
    assert max(many.values()) <= AT_MOST, many


def test_what_is_shown_to_whoever_signs_is_there_however_many(cast: Cast, client: Client) -> None:
    draft = made(cast, 3)
    who, url = pages_of(cast, draft)["sign"]

    page = signed_in(client, who).get(url)

    assert page.context["fallen"]
    assert [one.title for one in page.context["lost"]] == ["Tillegg 0", "Tillegg 1", "Tillegg 2"]
    assert page.context["news"].changed == ["Between", "Innledning og formål"]
    assert len(page.context["news"].mine) == 3
    assert len(page.context["parties"]) == 5
    assert page.context["sha256"] == draft.sha256()

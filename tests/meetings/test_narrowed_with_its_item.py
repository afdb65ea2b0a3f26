"""An item becomes restricted: the proposal it came from is the same matter, and goes with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Proposal
from samrad.meetings.rules import ItemKind
from samrad.trail.api import event_codes_of
from tests.cast import NOON, signed_in
from tests.meetings.bricks import planned
from tests.search.test_finding import titles

BASIS = "politiregisterloven § 27"
CANARY = "KANARI ved havna"


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def placed(cast, **given: Any) -> tuple[Proposal, AgendaItem]:
    """The director's proposal, on the agenda of the next meeting."""
    proposal = api.propose_item(
        council=cast.council, title=CANARY, reason="Se kanarifuglen.", kind=ItemKind.DISCUSSION,
        by=cast.director.actor, at=NOON, **given,
    )  # fmt: skip
    meeting = planned(cast)
    return proposal, api.place_proposal(
        proposal=proposal, meeting=meeting, by=cast.secretary.actor, at=NOON
    )


def restrict(cast, item: AgendaItem, *roles: str, **other: Any) -> None:
    given = {"classification": Classification.RESTRICTED, "legal_basis": BASIS} | other
    api.change_item(
        item=item, title=item.title, kind=ItemKind(item.kind), text=item.text,
        audience=list(cast.council.seats.filter(role__in=roles)),
        by=cast.secretary.actor, at=NOON, **given,
    )  # fmt: skip


def page(cast, client, who) -> str:
    url = reverse("meetings:proposals", args=[cast.council.ref])
    return signed_in(client, who).get(url).content.decode()


def test_its_words_leave_the_page_of_proposals_and_the_search(cast, client):
    _proposal, item = placed(cast)
    assert CANARY in page(cast, client, cast.police_member)
    assert titles(cast.police_member, "kanarifuglen")

    restrict(cast, item, "station_chief")

    assert CANARY not in page(cast, client, cast.police_member)
    assert not titles(cast.police_member, "kanarifuglen")
    assert CANARY in page(cast, client, cast.station_chief)
    assert CANARY in page(cast, client, cast.director), "who wrote it reads on"


def test_it_is_for_whom_the_item_is_for_and_the_record_says_so(cast):
    proposal, item = placed(cast)
    restrict(cast, item, "station_chief")

    proposal.refresh_from_db()
    assert (proposal.classification, proposal.legal_basis) == ("restricted", BASIS)
    assert [seat.role for seat in proposal.audience.all()] == ["station_chief"]
    assert event_codes_of(proposal)[-1] == "proposal.classified"


def test_it_never_becomes_for_more_than_it_was(cast):
    seat = cast.council.seats.get(role="station_chief")
    proposal, item = placed(
        cast, classification=Classification.RESTRICTED, legal_basis=BASIS, audience=[seat]
    )
    restrict(cast, item, classification=Classification.INTERNAL, legal_basis="")

    proposal.refresh_from_db()
    assert proposal.is_restricted
    assert event_codes_of(proposal)[-1] == "proposal.placed"


def test_a_proposal_merged_with_it_keeps_its_own_readers(cast):
    _proposal, item = placed(cast)
    other = api.propose_item(
        council=cast.council, title="Lys", reason="", kind=ItemKind.DISCUSSION,
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    api.merge_proposal(proposal=other, into=item, by=cast.secretary.actor, at=NOON)

    restrict(cast, item, "station_chief")

    other.refresh_from_db()
    assert not other.is_restricted


def test_a_proposal_whose_item_was_restricted_by_mistake_is_for_everybody_again(cast, client):
    proposal, item = placed(cast)
    restrict(cast, item, "station_chief")
    restrict(cast, item, "mayor")
    restrict(cast, item, classification=Classification.INTERNAL, legal_basis="")

    proposal.refresh_from_db()
    assert (proposal.classification, proposal.legal_basis) == (Classification.INTERNAL, "")
    assert not proposal.audience.exists()
    assert CANARY in page(cast, client, cast.police_member)


def test_it_is_never_opened_to_more_than_it_was_made_for(cast, client):
    seats = list(cast.council.seats.filter(role__in=["station_chief", "police_contact"]))
    proposal, item = placed(
        cast, classification=Classification.RESTRICTED, legal_basis=BASIS, audience=seats
    )
    restrict(cast, item, "station_chief")
    proposal.refresh_from_db()
    assert [one.role for one in proposal.audience.all()] == ["station_chief"]

    restrict(cast, item, classification=Classification.INTERNAL, legal_basis="")

    proposal.refresh_from_db()
    assert proposal.classification == Classification.RESTRICTED
    assert {"station_chief", "police_contact"} <= {one.role for one in proposal.audience.all()}

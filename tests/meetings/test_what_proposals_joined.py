"""What a proposal was taken up under is named to those who may read that, and to nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.rules import ItemKind
from samrad.trail.api import event_codes_of
from tests.cast import NOON, signed_in
from tests.everywhere.forms_on_a_page import read
from tests.meetings.bricks import item_on, planned, restricted_on

CANARY = "KANARI ved havna"


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def proposed(cast, who, title, **given):
    return api.propose_item(
        council=cast.council, title=title, reason="", kind=ItemKind.DISCUSSION,
        by=who.actor, at=NOON, **given,
    )  # fmt: skip


def merged(cast, into, **given):
    """A police member's proposal about light, taken up there by the secretary."""
    proposal = proposed(cast, cast.police_member, "Lys i parken", **given)
    api.merge_proposal(proposal=proposal, into=into, by=cast.secretary.actor, at=NOON)
    return proposal


def page(cast, client, who):
    url = reverse("meetings:proposals", args=[cast.council.ref])
    return signed_in(client, who).get(url).content.decode()


def test_a_restricted_item_is_not_named_to_those_it_is_not_for(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    merged(cast, restricted_on(meeting, by, CANARY, cast.council.seats.get(role="station_chief")))
    api.send_agenda(meeting=meeting, by=by, at=NOON)

    for who in (cast.police_member, cast.director):
        shown = page(cast, client, who)
        assert CANARY not in shown
        assert "Taken up in the meeting on" in shown
    for who in (cast.station_chief, cast.secretary):
        assert f"Taken up under “{CANARY}”" in page(cast, client, who)


@pytest.mark.parametrize("where", ["proposals", "agenda"])
def test_whoever_proposed_it_presents_it_also_without_a_seat_there(cast, client, where):
    meeting, person = planned(cast), cast.police_member.person
    proposal = proposed(cast, cast.police_member, "Lys i parken")
    cast.council.seats.filter(role="police_contact").delete()
    about = cast.council if where == "proposals" else meeting
    there = signed_in(client, cast.secretary).get(reverse(f"meetings:{where}", args=[about.ref]))

    place = reverse("meetings:place", args=[proposal.ref])
    form = next(one for one in read(there.text).forms if one.action == place)
    assert form.sent()["presenter"] == [str(person.ref)]
    client.post(place, form.sent(meeting=str(meeting.ref)))

    assert meeting.items.get().presenter == person


def test_an_agenda_that_is_not_out_yet_is_not_named_before_it_is(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    merged(cast, item_on(meeting, by, CANARY))
    assert CANARY not in page(cast, client, cast.police_member)

    api.send_agenda(meeting=meeting, by=by, at=NOON)
    assert f"Taken up under “{CANARY}”" in page(cast, client, cast.police_member)


def test_a_restricted_proposal_is_not_named_to_those_it_is_not_for(cast, client):
    other = proposed(
        cast, cast.chair, CANARY, classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven § 27",
    )  # fmt: skip
    merged(cast, other)

    shown = page(cast, client, cast.police_member)
    assert CANARY not in shown
    assert "Taken up together with another proposal" in shown
    assert f"together with “{CANARY}”" in page(cast, client, cast.secretary)


def test_what_had_joined_a_proposal_that_is_declined_waits_again(cast):
    main = proposed(cast, cast.director, "Lys i sentrum")
    joined = merged(cast, main)

    api.decline_proposal(proposal=main, answer="Ikke i år.", by=cast.secretary.actor, at=NOON)

    joined.refresh_from_db()
    assert (joined.state, joined.merged_into) == ("waiting", None)
    assert event_codes_of(joined)[-1] == "proposal.parted"

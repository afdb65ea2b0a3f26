"""What a council has under way when it ends is finished or answered: nothing waits for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.cooperation.actions import end_council, rest_council, wake_council
from samrad.cooperation.endings import open_ends_of, settle
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.models import Minutes, Proposal
from samrad.meetings.rules import ItemKind
from samrad.post.models import Message
from tests.cast import NOON, Cast, signed_in
from tests.cooperation.test_numbers_in_documents import coordinator
from tests.meetings.bricks import approved, begun, called

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def stops(cast: Cast) -> list[str]:
    return [one.text for one in open_ends_of(cast.council, cast.secretary.actor) if one.stops]


def test_a_meeting_that_was_held_and_that_nobody_wrote_of_stops_it(cast: Cast) -> None:
    meeting = called(cast)
    assert stops(cast) == []
    begun(meeting)
    assert any("not approved" in text for text in stops(cast))

    with pytest.raises(Refused, match="not approved"):
        settle(cast.council, ends=True, reason="Slås sammen", by=cast.secretary.actor, at=NOON)


def test_a_correction_that_is_under_way_stops_it(cast: Cast) -> None:
    minutes = approved(cast)
    assert stops(cast) == []
    api.open_correction(
        minutes=minutes, reason="Feil gate.", asked_by="Stein", by=cast.secretary.actor, at=NOON
    )
    assert any("correction" in text for text in stops(cast))


def proposed(cast: Cast, title: str) -> Proposal:
    return api.propose_item(
        council=cast.council, title=title, reason="", kind=ItemKind.DISCUSSION,
        by=cast.director.actor, at=NOON - timedelta(days=1),
    )  # fmt: skip


def test_proposals_that_wait_are_declined_with_the_reason(cast: Cast) -> None:
    first, second = proposed(cast, "Lys i parken"), proposed(cast, "Lys ved havna")
    api.merge_proposal(proposal=second, into=first, by=cast.secretary.actor, at=NOON)

    settle(cast.council, ends=True, reason="Slås sammen", by=cast.secretary.actor, at=NOON)

    assert {(one.state, one.answer) for one in Proposal.objects.all()} == {
        ("declined", "Slås sammen")
    }
    assert Message.objects.filter(person=cast.director.person).exists()


def test_a_council_that_rests_keeps_what_was_proposed_until_it_wakes(cast: Cast) -> None:
    approved(cast)
    api.open_correction(
        minutes=Minutes.objects.get(), reason="Feil gate.", asked_by="Stein",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    first = proposed(cast, "Lys i parken")
    by = cast.secretary.actor

    rest_council(council=cast.council, reason="Til våren", by=by, at=NOON)
    wake_council(council=cast.council, by=by, at=NOON)

    first.refresh_from_db()
    assert (first.state, first.answer) == ("waiting", "")
    assert not Message.objects.filter(template="meetings/mail/answer").exists()


def test_whoever_may_end_a_council_answers_its_proposals_with_that(cast: Cast) -> None:
    first = proposed(cast, "Lys i parken")

    end_council(council=cast.council, reason="Slås sammen", by=coordinator(cast), at=NOON)

    first.refresh_from_db()
    assert (first.state, first.answer) == ("declined", "Slås sammen")


def test_what_only_an_ending_touches_stands_apart_on_the_page(cast: Cast, client: Any) -> None:
    proposed(cast, "Lys i parken")

    page = signed_in(client, cast.secretary).get(
        reverse("cooperation:end", args=[cast.council.ref])
    )

    assert page.context["open_ends"] == []
    (one,) = page.context["at_the_end"]
    assert "declined with your reason" in one.text
    assert "Only if it ends for good" in page.text

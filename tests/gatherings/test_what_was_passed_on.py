"""What a theme day came to, once it has gone to others: its answer, and what did not go."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.cooperation.endings import open_ends_of
from samrad.gatherings import api
from samrad.kernel.clock import held_at
from samrad.meetings.actions.proposals import decline_proposal, place_proposal
from samrad.meetings.models import Proposal
from samrad.post.models import Message
from tests.cast import NOON, signed_in
from tests.gatherings.test_theme_days import held
from tests.meetings.bricks import planned_in


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def passed_on(cast):
    """What the day of the kredsråd came to is laid before its lokalråd."""
    day, by = held(cast), cast.dk.secretary.actor
    workshop = day.workshops.get()
    api.write_outcome(workshop=workshop, outcome="Lys", goes_no_further=False, by=by, at=NOON)
    workshop.refresh_from_db()
    api.propose_outcome(workshop=workshop, to=cast.dk.lokalraad, by=by, at=NOON)
    return workshop, Proposal.objects.get()


def test_the_answer_to_what_was_passed_on_is_read_by_who_passed_it_on(cast, client):
    workshop, proposal = passed_on(cast)
    by = cast.dk.station_chief.actor
    decline_proposal(proposal=proposal, answer="Ikke i år, for mange saker.", by=by, at=NOON)

    mail = Message.objects.get(template="meetings/mail/answer")
    assert mail.person == cast.dk.secretary.person
    url = reverse("meetings:proposal", args=[proposal.ref])
    assert url in mail.text
    assert "for mange saker" in signed_in(client, cast.dk.secretary).get(url).content.decode()
    outcome = client.get(reverse("gatherings:outcome", args=[workshop.ref])).content.decode()
    assert "for mange saker" in outcome
    assert url in outcome
    assert signed_in(client, cast.secretary).get(url).status_code == 404


def test_on_an_agenda_it_is_shown_to_who_passed_it_on_and_sees_no_meeting_there(cast, client):
    _workshop, proposal = passed_on(cast)
    by = cast.dk.station_chief.actor
    meeting = planned_in(cast.dk.lokalraad, by)
    place_proposal(proposal=proposal, meeting=meeting, by=by, at=NOON)

    url = reverse("meetings:proposal", args=[proposal.ref])
    assert url in Message.objects.get(template="meetings/mail/placed").text
    assert signed_in(client, cast.dk.secretary).get(url).status_code == 200


def test_a_council_does_not_end_with_outcomes_that_went_nowhere(cast):
    day, council, by = held(cast), cast.dk.kredsraad, cast.dk.secretary.actor
    workshop = day.workshops.get()

    ends = [one for one in open_ends_of(council, by) if one.stops]
    assert any("has not been sent on" in one.text for one in ends)

    api.write_outcome(workshop=workshop, outcome="", goes_no_further=True, by=by, at=NOON)
    assert not [one for one in open_ends_of(council, by) if one.stops]

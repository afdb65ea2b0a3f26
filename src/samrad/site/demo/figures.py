"""Denmark's real figures in the demo, and what councils answered to what stands out in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import seats_filled
from samrad.kernel.clock import today
from samrad.knowledge.drawing import draw_pictures
from samrad.knowledge.models import Alarm
from samrad.meetings import api
from samrad.meetings.models import Proposal
from samrad.meetings.queries.lists import coming_meetings
from samrad.meetings.rules import ProposalState
from samrad.people.demo import account_for
from samrad.people.sources import actor_of_person
from samrad.site.demo.files import read

TAKE_IN_FIGURES = "demo.take_in_figures"
DATA_SET = "dk-straf11"


def take_in_figures(*, at: datetime) -> None:
    """The figures that come with the program, what stands out in them, and the answers to that."""
    from samrad.knowledge.shipped import take_in_shipped  # noqa: PLC0415 - brings what computes

    take_in_shipped(at=at)
    draw_pictures(data_set=DATA_SET, at=at)
    data = read("dk")
    names = {one["key"]: one["name"] for one in data["council"]}
    for answer in data.get("figures_answered", []):
        _answer(Council.objects.get(country="dk", name=names[answer["council"]]), answer, at)


def _answer(council: Council, answer: dict[str, Any], at: datetime) -> None:
    """One answer of the file, if the figure it speaks of still stands out."""
    by = _keeper(council)
    proposal = _proposal(council, answer["indicator"], answer["of"], answer["period"])
    if proposal is None or proposal.state != ProposalState.WAITING:
        return
    if "declined" in answer:
        api.decline_proposal(proposal=proposal, answer=answer["declined"], by=by, at=at)
        return
    meeting = coming_meetings(council, at).first()
    if "passed_on" in answer:
        passed = api.pass_on_figure(proposal=proposal, by=by, at=at)
        proposal, by = passed, _keeper(passed.council)
        meeting = coming_meetings(passed.council, at).first()
    if meeting is None:
        return
    placing = api.Placing(proposal.proposed_by, answer.get("minutes"))
    item = api.place_proposal(proposal=proposal, meeting=meeting, by=by, at=at, placing=placing)
    for period in answer.get("with", []):
        joins = _proposal(council, answer["indicator"], answer["of"], period)
        if joins is not None and joins.state == ProposalState.WAITING:
            api.merge_proposal(proposal=joins, into=item, by=by, at=at)
    if item.meeting.called_at:  # who was called hears of it
        api.send_agenda(meeting=item.meeting, by=by, at=at)


def _proposal(council: Council, indicator: str, of: str, period: str) -> Proposal | None:
    alarms = Alarm.objects.filter(indicator__code=indicator, area__names__name=of, period=period)
    return Proposal.objects.filter(council=council, source_ref__in=alarms.values("ref")).first()


def _keeper(council: Council) -> Actor:
    """Its secretary, as of today, who has an account: figures are for those who sign in."""
    on = today(council.zone)
    seats = seats_filled(council, on)
    person = next(
        person
        for one in seats
        if one.seat.function == SeatFunction.SECRETARY
        for person in one.persons
    )
    account_for(person)
    return actor_of_person(person, on)

"""Proposing an item, placing a proposal on an agenda, declining it with an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.rules import Side
from samrad.cooperation.seats import side_of
from samrad.documents.rules import Classification
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.agenda import append_item, enforce_classification
from samrad.meetings.actions.locking import locked
from samrad.meetings.actions.merging import let_those_of_wait, take_along
from samrad.meetings.actions.true_day import when
from samrad.meetings.figures import passable_alarms
from samrad.meetings.models import AgendaItem, Meeting, Proposal
from samrad.meetings.permissions import (
    may_answer_proposal,
    may_pass_on,
    may_propose,
    may_set_agenda,
)
from samrad.meetings.rules import ItemKind, ProposalState
from samrad.people.models import Person
from samrad.trail.api import record


@dataclass(frozen=True)
class Placing:
    """Who presents a proposal that is put on an agenda, and how many minutes it gets."""

    presenter: Person | None
    minutes: int | None = None


@transaction.atomic
def propose_item(
    *,
    council: Council,
    title: str,
    reason: str,
    kind: ItemKind,
    by: Actor,
    at: datetime,
    classification: Classification = Classification.INTERNAL,
    legal_basis: str = "",
    audience: Sequence[Seat] = (),
    asks_for_meeting: bool = False,
) -> Proposal:
    """Either side wants something on the agenda; a restricted one is for those it names."""
    may_propose(by, council).enforce()
    enforce_classification(classification, legal_basis, audience, council)
    proposal = Proposal.objects.create(
        council=council,
        title=normalise_line(title),
        reason=normalise(reason),
        kind=kind,
        side=side_of(council, by.seat_ids) or Side.OTHER,
        proposed_by_id=by.person_id,
        proposed_at=at,
        classification=classification,
        legal_basis=normalise_line(legal_basis),
        asks_for_meeting=asks_for_meeting,
    )
    if classification == Classification.RESTRICTED:
        own = Seat.objects.filter(council=council, pk__in=by.seat_ids)
        proposal.audience.set({*audience, *own})
    record(events.PROPOSAL_MADE, about=proposal, by=by, at=at)
    return proposal


@transaction.atomic
def pass_on(
    *, source: Council, to: Council, title: str, reason: str, by: Actor, at: datetime
) -> Proposal:
    """What one council came to is laid before another, whose secretary answers it."""
    may_pass_on(by, source, to).enforce()
    proposal = Proposal.objects.create(
        council=to,
        title=normalise_line(title),
        reason=normalise(reason),
        kind=ItemKind.DISCUSSION,
        side=side_of(source, by.seat_ids) or Side.OTHER,
        proposed_by_id=by.person_id,
        proposed_at=at,
        classification=Classification.INTERNAL,
    )
    record(events.PROPOSAL_MADE, about=proposal, by=by, at=at)
    return proposal


@transaction.atomic
def pass_on_figure(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """What stands out in one municipality is laid before the council above, with its figures.

    The council above hears by itself only of what stands out among all; whoever keeps the one
    below may think that it should hear of another. Its own proposal stays as it is.
    """
    proposal = locked(proposal, "council__parent")
    above = proposal.council.parent
    if above is None or proposal.source_ref is None or proposal.is_restricted:
        raise Refused(_("Only figures that are not restricted are passed on, to a council above."))
    may_pass_on(by, proposal.council, above).enforce()
    if not passable_alarms(by).filter(ref=proposal.source_ref).exists():
        raise Refused(_("Only figures that are not restricted are passed on, to a council above."))
    above = locked(above)
    same = {"source_kind": proposal.source_kind, "source_ref": proposal.source_ref}
    if above.proposals.filter(**same).exists():
        raise Refused(_("That council has the figure already."))
    passed = Proposal.objects.create(
        council=above,
        title=proposal.title,
        reason=proposal.reason,
        kind=ItemKind.DISCUSSION,
        side=side_of(proposal.council, by.seat_ids) or Side.OTHER,
        proposed_by_id=by.person_id,
        proposed_at=at,
        classification=Classification.INTERNAL,
        **same,
    )
    record(events.PROPOSAL_MADE, about=passed, by=by, at=at)
    return passed


@transaction.atomic
def place_proposal(
    *,
    proposal: Proposal,
    meeting: Meeting,
    by: Actor,
    at: datetime,
    placing: Placing | None = None,
) -> AgendaItem:
    """The secretary puts it on an agenda, with the proposal's words and classification.

    Whoever proposed it presents it, unless `placing` says otherwise. The proposer is told, unless
    it was they who placed it.
    """
    meeting = locked(meeting, "council")
    proposal = locked(proposal, "council", "proposed_by")
    may_answer_proposal(by, proposal, ProposalState.PLACED).enforce()
    may_set_agenda(by, meeting).enforce()
    if meeting.council_id != proposal.council_id:
        raise Refused(_("The proposal was made to another council."))
    placing = placing or Placing(proposal.proposed_by)
    item = append_item(
        meeting,
        title=proposal.title,
        text=proposal.reason,
        kind=ItemKind(proposal.kind),
        presenter=placing.presenter,
        duration_minutes=placing.minutes,
        proposal=proposal,
        classification=Classification(proposal.classification),
        legal_basis=proposal.legal_basis,
        audience=list(proposal.audience.all()),
        source_kind=proposal.source_kind,
        source_ref=proposal.source_ref,
    )
    take_along(proposal, item)
    proposal.state, proposal.answer = ProposalState.PLACED, ""
    proposal.save(update_fields=["state", "answer"])
    record(events.PROPOSAL_PLACED, about=proposal, by=by, at=at, date=when(meeting))
    record(events.ITEM_ADDED, about=item, by=by, at=at)
    if proposal.proposed_by_id != by.person_id:
        letters.tell_of_placing(proposal, meeting, at=at)
    return item


@transaction.atomic
def keep_for_later(*, proposal: Proposal, by: Actor, at: datetime) -> None:
    """Yes, but not yet: it lies among the council's matters until it is put on an agenda."""
    proposal = locked(proposal, "council", "proposed_by")
    may_answer_proposal(by, proposal, ProposalState.LATER).enforce()
    proposal.state = ProposalState.LATER
    proposal.save(update_fields=["state"])
    record(events.PROPOSAL_LATER, about=proposal, by=by, at=at)
    if proposal.proposed_by_id != by.person_id:
        letters.tell_of_answer(proposal, at=at)


@transaction.atomic
def decline_proposal(*, proposal: Proposal, answer: str, by: Actor, at: datetime) -> None:
    """The secretary says no, and why; the proposer is told that there is an answer."""
    proposal = locked(proposal, "council", "proposed_by")
    may_answer_proposal(by, proposal, ProposalState.DECLINED).enforce()
    answer = normalise(answer)
    if not answer:
        raise Refused(_("Say why the proposal is declined: whoever proposed it will read it."))
    give_no(proposal, answer, by=by, at=at)


def give_no(proposal: Proposal, answer: str, *, by: Actor, at: datetime) -> None:
    """The locked proposal is declined; whoever calls this has asked for permission."""
    proposal.state, proposal.answer = ProposalState.DECLINED, answer
    proposal.save(update_fields=["state", "answer"])
    record(events.PROPOSAL_DECLINED, about=proposal, by=by, at=at, answer=answer)
    let_those_of_wait(proposal, by=by, at=at)
    letters.tell_of_answer(proposal, at=at)

"""Taking a proposal up under another item or proposal, and letting it wait again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.verdict import Refused
from samrad.meetings import events
from samrad.meetings.actions import letters
from samrad.meetings.actions.locking import locked
from samrad.meetings.models import AgendaItem, Proposal
from samrad.meetings.permissions import may_answer_proposal, may_set_agenda
from samrad.meetings.rules import ProposalState
from samrad.meetings.rules.states import OPEN_PROPOSALS
from samrad.trail.api import record
from samrad.trail.events import Event


@transaction.atomic
def merge_proposal(
    *, proposal: Proposal, into: Proposal | AgendaItem, by: Actor, at: datetime
) -> None:
    """It is taken up there; whoever proposed it is told, and it waits again should that fall away.

    Who may not read it does not see it there either, so it may be for fewer than what it joins.
    """
    if isinstance(into, AgendaItem):
        meeting = locked(into.meeting, "council")
        may_set_agenda(by, meeting).enforce()
        into = AgendaItem.objects.select_for_update().get(pk=into.pk)
        into.meeting = meeting
        council_id = meeting.council_id
    else:
        into = locked(into, "council")
        council_id = into.council_id
    proposal = locked(proposal, "council", "proposed_by")
    may_answer_proposal(by, proposal, ProposalState.MERGED).enforce()
    if council_id != proposal.council_id:
        raise Refused(_("The proposal was made to another council."))
    if isinstance(into, Proposal):
        _enforce_joinable(proposal, into)
    _join(proposal, into)
    _join_those_of(proposal, into)
    record(events.PROPOSAL_MERGED, about=proposal, by=by, at=at, into=_name_of(into))
    if proposal.proposed_by_id != by.person_id:
        letters.tell_of_answer(proposal, at=at)


def _name_of(into: Proposal | AgendaItem) -> str:
    """As the record may keep it with the proposal's own words."""
    return "…" if into.is_restricted else into.title


def _enforce_joinable(proposal: Proposal, into: Proposal) -> None:
    if into.pk == proposal.pk:
        raise Refused(_("A proposal cannot be merged with itself."))
    if into.state not in OPEN_PROPOSALS:
        raise Refused(_("That proposal has been answered meanwhile. Choose another."))


def _join(proposal: Proposal, into: Proposal | AgendaItem) -> None:
    proposal.state = ProposalState.MERGED
    proposal.merged_into = into if isinstance(into, Proposal) else None
    proposal.merged_under = into if isinstance(into, AgendaItem) else None
    proposal.save(update_fields=["state", "merged_into", "merged_under"])


def _join_those_of(proposal: Proposal, into: Proposal | AgendaItem) -> None:
    """What had joined it goes along."""
    for one in Proposal.objects.filter(merged_into=proposal, state=ProposalState.MERGED):
        _join(one, into)


def take_along(proposal: Proposal, item: AgendaItem) -> None:
    """The proposal was put on an agenda: what had joined it stands under the same item."""
    joined = Proposal.objects.filter(merged_into=proposal, state=ProposalState.MERGED)
    joined.update(merged_under=item)


def let_those_of_wait(proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """The proposal was declined: what had joined it is a matter of its own again."""
    joined = Proposal.objects.filter(merged_into=proposal, state=ProposalState.MERGED)
    for one in joined.select_related("council"):
        one.state, one.merged_into, one.merged_under = ProposalState.WAITING, None, None
        one.save(update_fields=["state", "merged_into", "merged_under"])
        record(events.PROPOSAL_PARTED, about=one, by=by, at=at)


def let_joined_wait(items: Iterable[AgendaItem], event: Event, *, by: Actor, at: datetime) -> None:
    """Items fall away: what had joined them waits again, but for what still has a proposal."""
    joined = Proposal.objects.filter(merged_under__in=list(items), state=ProposalState.MERGED)
    for proposal in joined.select_related("council"):
        proposal.merged_under = None
        if proposal.merged_into_id is None:
            proposal.state = ProposalState.WAITING
            record(event, about=proposal, by=by, at=at)
        proposal.save(update_fields=["state", "merged_under"])

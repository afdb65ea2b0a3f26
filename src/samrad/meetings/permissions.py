"""Who may do what with meetings; every answer says why not.

Where an answer depends on who else sits in the council, the caller hands that in, so that a list of
questions costs no queries.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission, Role
from samrad.cooperation.models import Council
from samrad.cooperation.permissions import coordinates
from samrad.cooperation.rules import CouncilState, ReadingState
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.meetings.begun import has_begun
from samrad.meetings.models import (
    AgendaItem,
    Correction,
    Meeting,
    Minutes,
    MinutesReading,
    Paper,
    Proposal,
)
from samrad.meetings.rules import (
    NEXT_CORRECTION_STATES,
    NEXT_MEETING_STATES,
    NEXT_MINUTES_STATES,
    NEXT_PROPOSAL_STATES,
    CorrectionState,
    MeetingState,
    MinutesState,
    ProposalState,
)
from samrad.meetings.rules.minutes import ApprovalSlot, slot_for


def may_plan_meetings(actor: Actor, council: Council) -> Verdict:
    """The secretary or chair plans, and whoever sets councils up in the area; it is at work."""
    if not _plans_in(actor, council):
        return refuse(
            _("Only the council's secretary or chair, or a coordinator, plans its meetings.")
        )
    if council.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so no meetings are planned."))
    return ALLOWED


def _plans_in(actor: Actor, council: Council) -> bool:
    if actor.holds(Permission.MEETING_PLAN, in_council=council.pk):
        return True
    reaches_somewhere = bool(actor.areas_where(Permission.COUNCIL_SET_UP))  # asks nothing
    return reaches_somewhere and coordinates(actor, council.area)


def plans_several(actor: Actor) -> bool:
    """Whether it may be more than one council: nothing is asked of the database."""
    own = actor.councils_where(Permission.MEETING_PLAN)
    return len(own) > 1 or bool(actor.areas_where(Permission.COUNCIL_SET_UP))


def _keeps_plan(actor: Actor, meeting: Meeting) -> bool:
    """A coordinator's hand is off the meeting once its own secretary has called it."""
    if meeting.state == MeetingState.PLANNED:
        return _plans_in(actor, meeting.council)
    return actor.holds(Permission.MEETING_PLAN, in_council=meeting.council_id)


def may_move_meeting(actor: Actor, meeting: Meeting) -> Verdict:
    """A meeting can be moved until it is held or cancelled."""
    if not _keeps_plan(actor, meeting):
        return refuse(_("Only the council's secretary or chair moves its meetings."))
    if meeting.state == MeetingState.HELD:
        return refuse(_("Its minutes are approved. If its day or place is wrong, correct them."))
    if MeetingState.CALLED not in NEXT_MEETING_STATES[MeetingState(meeting.state)]:
        return refuse(_("The meeting is cancelled, so it can no longer be moved."))
    return _unless_minutes_are_out(meeting)


def may_cancel_meeting(actor: Actor, meeting: Meeting) -> Verdict:
    """A meeting can be cancelled until it is held, or until its minutes say that it was."""
    if not _keeps_plan(actor, meeting):
        return refuse(_("Only the council's secretary or chair cancels its meetings."))
    if MeetingState.CANCELLED not in NEXT_MEETING_STATES[MeetingState(meeting.state)]:
        return refuse(_("The meeting has already been held or cancelled."))
    verdict = _unless_minutes_are_out(meeting)
    if verdict and minutes_of(meeting) and meeting.has_been_written_on:
        return refuse(
            _(
                "Its minutes say that it was held. If it was not, take out what is written and"
                " decided in them first."
            )
        )
    return verdict


def _unless_minutes_are_out(meeting: Meeting) -> Verdict:
    """What others are asked to approve was held, when and where it says."""
    minutes = minutes_of(meeting)
    if minutes and minutes.state != MinutesState.DRAFT:
        return refuse(_("The minutes are out for approval. Send them back to change them."))
    return ALLOWED


def may_propose(actor: Actor, council: Council) -> Verdict:
    """Every permanent member, from either side, proposes."""
    if not actor.holds(Permission.AGENDA_PROPOSE, in_council=council.pk):
        return refuse(_("Only the council's permanent members propose items for its agenda."))
    if council.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so no items are proposed."))
    return ALLOWED


def may_pass_on(actor: Actor, source: Council, to: Council) -> Verdict:
    """Who keeps a council lays what it came to before those around it: above, under, beside."""
    if not actor.holds(Permission.MEETING_PLAN, in_council=source.pk):
        return refuse(_("Only the council's secretary or chair passes on what it has come to."))
    if to.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so no items are proposed."))
    beside = source.parent_id is not None and to.parent_id == source.parent_id
    if not beside and source.pk not in {to.pk, to.parent_id} and to.pk != source.parent_id:
        return refuse(_("That council does not stand beside this one."))
    return ALLOWED


def may_answer_proposals(actor: Actor, council: Council | int) -> Verdict:
    """The secretary or chair places proposals or declines them."""
    key = council if isinstance(council, int) else council.pk
    if not actor.holds(Permission.AGENDA_SET, in_council=key):
        return refuse(_("Only the council's secretary or chair answers proposals."))
    return ALLOWED


def may_answer_proposal(actor: Actor, proposal: Proposal, to: ProposalState) -> Verdict:
    """A proposal is answered once; it can be answered again after it has come back."""
    verdict = may_answer_proposals(actor, proposal.council_id)
    if verdict and to not in NEXT_PROPOSAL_STATES[ProposalState(proposal.state)]:
        return refuse(_("Somebody has already answered this proposal."))
    return verdict


def may_set_agenda(actor: Actor, meeting: Meeting) -> Verdict:
    """The secretary or chair sets the agenda, until the minutes go out or the meeting is off."""
    if not actor.holds(Permission.AGENDA_SET, in_council=meeting.council_id):
        return refuse(_("Only the council's secretary or chair sets the agenda."))
    if meeting.state not in {MeetingState.PLANNED, MeetingState.CALLED}:
        return refuse(_("The meeting has been held or cancelled, so its agenda is closed."))
    minutes = minutes_of(meeting)
    if minutes and minutes.state != MinutesState.DRAFT:
        return refuse(_("The minutes are out for approval, so the agenda is closed."))
    return ALLOWED


def may_keep_papers(actor: Actor, meeting: Meeting) -> Verdict:
    """Whoever sets the agenda keeps its papers, until the minutes go out; also in the meeting."""
    if not actor.holds(Permission.AGENDA_SET, in_council=meeting.council_id):
        return refuse(_("Only the council's secretary or chair keeps the papers of its meetings."))
    return may_set_agenda(actor, meeting)


def may_remove_paper(actor: Actor, paper: Paper) -> Verdict:
    """Without a trace for its readers, as long as nobody was told that it is there."""
    verdict = may_keep_papers(actor, paper.meeting)
    if verdict and paper.meeting.called_at is not None:
        return refuse(_("The agenda has been sent. Withdraw the paper, with a reason, instead."))
    return verdict


def may_withdraw_paper(actor: Actor, paper: Paper) -> Verdict:
    """A mistake can be called back whenever it is seen, also after the minutes are approved."""
    if not actor.holds(Permission.AGENDA_SET, in_council=paper.meeting.council_id):
        return refuse(_("Only the council's secretary or chair withdraws a paper."))
    if paper.is_withdrawn:
        return refuse(_("The paper has already been withdrawn."))
    if paper.meeting.called_at is None:
        return refuse(_("Nobody has been told of the paper yet. Remove it instead."))
    return ALLOWED


def may_open_paper(actor: Actor, paper: Paper) -> Verdict:
    """Whoever sees it opens it; a withdrawn one is kept for those who keep the papers."""
    if not paper.is_withdrawn:
        return ALLOWED
    if not actor.holds(Permission.AGENDA_SET, in_council=paper.meeting.council_id):
        return refuse(_("The paper was withdrawn: %(reason)s") % {"reason": paper.withdrawn_reason})
    return ALLOWED


def may_remove_item(actor: Actor, item: AgendaItem) -> Verdict:
    """An item nobody has written minutes on, nor a decision under, can be taken off."""
    verdict = may_set_agenda(actor, item.meeting)
    if verdict and (item.minutes_version or item.has_decisions):
        return refuse(_("Minutes have been written on this item, so it stays on the agenda."))
    return verdict


def may_send_agenda(actor: Actor, meeting: Meeting) -> Verdict:
    """The secretary or chair sends the agenda, and again when it has changed."""
    if not actor.holds(Permission.AGENDA_SEND, in_council=meeting.council_id):
        return refuse(_("Only the council's secretary or chair sends the agenda."))
    if MeetingState.CALLED not in NEXT_MEETING_STATES[MeetingState(meeting.state)]:
        return refuse(_("The meeting has been held or cancelled, so no agenda is sent."))
    if minutes_of(meeting) and meeting.has_been_written_on:
        return refuse(_("The minutes have been begun, so the agenda is not sent again."))
    return ALLOWED


def may_see_answers(actor: Actor, meeting: Meeting) -> Verdict:
    """Everybody with a permanent seat sees who comes."""
    if not actor.holds(Permission.INTERNAL_SEE, in_council=meeting.council_id):
        return refuse(_("Only the council's permanent members see who comes."))
    return ALLOWED


def may_answer_invitation(
    actor: Actor, meeting: Meeting, *, is_called: bool, at: datetime
) -> Verdict:
    """Those who are called answer for themselves, until the meeting is over or called off."""
    if not is_called or actor.person_id is None:
        return refuse(_("You are not called to this meeting."))
    is_over = meeting.ends_at <= at or (meeting.starts_at <= at and minutes_of(meeting))
    if meeting.state != MeetingState.CALLED or is_over:
        return refuse(_("The meeting has been held or cancelled, so there is nothing to answer."))
    return ALLOWED


def may_call_again(actor: Actor, meeting: Meeting) -> Verdict:
    """Whoever sends the agenda sends it once more to one of those called."""
    verdict = may_send_agenda(actor, meeting)
    if verdict and meeting.state != MeetingState.CALLED:
        return refuse(_("Send the agenda first; that calls everybody."))
    return verdict


def may_read_drafts(actor: Actor, council: Council) -> Verdict:
    """Those who write or approve the council's minutes follow them until they are approved."""
    wanted = (Permission.MINUTES_WRITE, Permission.MINUTES_APPROVE)
    if not any(actor.holds(one, in_council=council.pk) for one in wanted):
        return refuse(_("Only those who write or approve the minutes read their drafts."))
    return ALLOWED


def may_write_minutes(actor: Actor, meeting: Meeting) -> Verdict:
    """The secretary or chair writes, from when the agenda is sent until the minutes go out."""
    if not actor.holds(Permission.MINUTES_WRITE, in_council=meeting.council_id):
        return refuse(_("Only the council's secretary or chair writes its minutes."))
    if meeting.state == MeetingState.PLANNED:
        return refuse(_("Send the agenda first: minutes follow the agenda that was sent."))
    if meeting.state == MeetingState.CANCELLED:
        return refuse(_("The meeting was cancelled, so there are no minutes."))
    minutes = minutes_of(meeting)
    if minutes and minutes.state == MinutesState.CIRCULATED:
        return refuse(_("The minutes are out for approval. Send them back to change them."))
    if minutes and minutes.state == MinutesState.APPROVED:
        return refuse(_("The minutes are approved and locked."))
    return ALLOWED


def may_circulate_minutes(actor: Actor, minutes: Minutes, at: datetime) -> Verdict:
    """Whoever writes the minutes sends them to those who approve, once the meeting has begun."""
    verdict = may_write_minutes(actor, minutes.meeting)
    if verdict and MinutesState.CIRCULATED not in NEXT_MINUTES_STATES[MinutesState(minutes.state)]:
        return refuse(_("The minutes are already out."))
    return verdict and has_begun(minutes.meeting, at)


def may_approve_minutes(actor: Actor, minutes: Minutes, slots: Sequence[ApprovalSlot]) -> Verdict:
    """Those the country's profile names approve, but never minutes they wrote."""
    if MinutesState.APPROVED not in NEXT_MINUTES_STATES[MinutesState(minutes.state)]:
        return refuse(_("These minutes are not waiting for approval."))
    if minutes.written_by_id == actor.person_id:
        return refuse(_("Someone other than the writer must approve the minutes."))
    if not approving_slot(actor, minutes, slots):
        return refuse(_("The minutes wait for somebody else's approval, not for yours."))
    return ALLOWED


def approving_slot(actor: Actor, minutes: Minutes, slots: Sequence[ApprovalSlot]) -> str:
    """The function in which the actor would approve, or an empty string."""
    if actor.person_id is None:
        return ""
    council = minutes.meeting.council_id
    if not actor.holds(Permission.INTERNAL_SEE, in_council=council):
        return ""
    return slot_for(slots, functions_of(actor, council), actor.person_id)


def functions_of(actor: Actor, council_id: int) -> Collection[str]:
    """The functions in which the actor could approve minutes of the council."""
    roles = (Role.CHAIR, Role.VICE_CHAIR)
    return {str(role) for role in roles if actor.has_role(role, in_council=council_id)}


def may_send_back_minutes(actor: Actor, minutes: Minutes, slots: Sequence[ApprovalSlot]) -> Verdict:
    """Those who approve send back what is wrong; the writers may call the minutes back."""
    if MinutesState.DRAFT not in NEXT_MINUTES_STATES[MinutesState(minutes.state)]:
        return refuse(_("Only minutes that wait for approval can be sent back."))
    council = minutes.meeting.council_id
    if actor.holds(Permission.MINUTES_WRITE, in_council=council) or approving_slot(
        actor, minutes, slots
    ):
        return ALLOWED
    return refuse(_("Only those who write or approve the minutes send them back."))


# Corrections of approved minutes. Whether one is open already is handed in.


def may_correct_minutes(actor: Actor, minutes: Minutes, is_open: bool) -> Verdict:
    """Whoever writes the minutes puts approved ones right, one correction at a time."""
    if not actor.holds(Permission.MINUTES_WRITE, in_council=minutes.meeting.council_id):
        return refuse(_("Only the council's secretary or chair corrects its minutes."))
    if minutes.state != MinutesState.APPROVED:
        return refuse(_("Minutes that are not approved yet are not corrected but written."))
    if is_open:
        return refuse(_("A correction of these minutes is under way already."))
    return ALLOWED


def _may_take(actor: Actor, correction: Correction, to: CorrectionState) -> Verdict:
    council = correction.minutes.meeting.council_id
    if not actor.holds(Permission.MINUTES_WRITE, in_council=council):
        return refuse(_("Only the council's secretary or chair corrects its minutes."))
    if to not in NEXT_CORRECTION_STATES[CorrectionState(correction.state)]:
        return refuse(_("The correction is not a draft, so it is not changed here."))
    return ALLOWED


def may_write_correction(actor: Actor, correction: Correction) -> Verdict:
    """Until it goes out for approval."""
    return _may_take(actor, correction, CorrectionState.CIRCULATED)


def may_circulate_correction(actor: Actor, correction: Correction) -> Verdict:
    """Whoever writes it sends it to those who approve."""
    return _may_take(actor, correction, CorrectionState.CIRCULATED)


def may_withdraw_correction(actor: Actor, correction: Correction) -> Verdict:
    """A draft can be given up."""
    return _may_take(actor, correction, CorrectionState.WITHDRAWN)


def may_approve_correction(
    actor: Actor, correction: Correction, slots: Sequence[ApprovalSlot]
) -> Verdict:
    """Those who approve minutes, but never a correction they wrote."""
    if CorrectionState.APPROVED not in NEXT_CORRECTION_STATES[CorrectionState(correction.state)]:
        return refuse(_("This correction is not waiting for approval."))
    if correction.written_by_id == actor.person_id:
        return refuse(_("Someone other than the writer must approve the correction."))
    if not correcting_slot(actor, correction, slots):
        return refuse(_("The correction waits for somebody else's approval, not for yours."))
    return ALLOWED


def correcting_slot(actor: Actor, correction: Correction, slots: Sequence[ApprovalSlot]) -> str:
    """The function in which the actor would approve the correction, or an empty string."""
    return approving_slot(actor, correction.minutes, slots)


def may_send_back_correction(
    actor: Actor, correction: Correction, slots: Sequence[ApprovalSlot]
) -> Verdict:
    """Those who approve send it back; the writers may call it back."""
    if CorrectionState.DRAFT not in NEXT_CORRECTION_STATES[CorrectionState(correction.state)]:
        return refuse(_("Only a correction that waits for approval can be sent back."))
    council = correction.minutes.meeting.council_id
    if actor.holds(Permission.MINUTES_WRITE, in_council=council) or correcting_slot(
        actor, correction, slots
    ):
        return ALLOWED
    return refuse(_("Only those who write or approve the minutes send a correction back."))


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The meeting's minutes, if they have been begun."""
    return getattr(meeting, "minutes", None)


def may_read_in_minutes(actor: Actor, council: Council) -> Verdict:
    """Whoever writes the council's minutes reads in those there are already."""
    if not actor.holds(Permission.MINUTES_WRITE, in_council=council.pk):
        return refuse(_("Only the council's secretary or chair reads in its minutes."))
    if council.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so no minutes are read in."))
    return ALLOWED


def may_take_over_minutes(actor: Actor, reading: MinutesReading) -> Verdict:
    """Confirming or discarding, once."""
    if reading.state != ReadingState.WAITING:
        return refuse(_("What was read in has been dealt with already."))
    return may_read_in_minutes(actor, reading.council)

"""The states of meetings, proposals and minutes, as tables one can read aloud."""

from __future__ import annotations

from samrad.kernel.choices import Choices


class MeetingState(Choices):
    """Planned, called when the agenda is sent, held when it is over."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


NEXT_MEETING_STATES: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.CALLED, MeetingState.CANCELLED}),
    MeetingState.CALLED: frozenset(
        {MeetingState.CALLED, MeetingState.HELD, MeetingState.CANCELLED}
    ),
    MeetingState.HELD: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}


class ItemKind(Choices):
    """What the council is asked to do with an item."""

    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"


class Mandate(Choices):
    """Whether those who bind each party have been asked before the meeting decides (D7)."""

    UNKNOWN = "unknown"
    SECURED = "secured"
    NOT_SECURED = "not_secured"


class CouldDecide(Choices):
    """Whether the council, as it sat there, could decide (D7)."""

    NOT_SAID = "not_said"
    YES = "yes"
    NO = "no"


class ProposalState(Choices):
    """A proposal waits until the secretary answers: on an agenda, later, or no with a reason.

    Merged: it is taken up under another item or proposal, whose fate it shares.
    """

    WAITING = "waiting"
    LATER = "later"
    PLACED = "placed"
    DECLINED = "declined"
    MERGED = "merged"


NEXT_PROPOSAL_STATES: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.WAITING: frozenset(
        {
            ProposalState.LATER,
            ProposalState.PLACED,
            ProposalState.DECLINED,
            ProposalState.MERGED,
        }
    ),
    ProposalState.LATER: frozenset(
        {ProposalState.PLACED, ProposalState.DECLINED, ProposalState.MERGED}
    ),
    ProposalState.PLACED: frozenset({ProposalState.WAITING}),
    ProposalState.DECLINED: frozenset({ProposalState.WAITING}),
    ProposalState.MERGED: frozenset({ProposalState.WAITING}),
}
OPEN_PROPOSALS = frozenset({ProposalState.WAITING, ProposalState.LATER})  # could be placed


class Presence(Choices):
    """Who was there."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class MinutesState(Choices):
    """Written, sent to those who approve, approved."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    APPROVED = "approved"


NEXT_MINUTES_STATES: dict[MinutesState, frozenset[MinutesState]] = {
    MinutesState.DRAFT: frozenset({MinutesState.CIRCULATED}),
    MinutesState.CIRCULATED: frozenset({MinutesState.DRAFT, MinutesState.APPROVED}),
    MinutesState.APPROVED: frozenset(),
}


class CorrectionState(Choices):
    """Written beside the approved minutes, sent to those who approve, approved or given up."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


NEXT_CORRECTION_STATES: dict[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.DRAFT: frozenset({CorrectionState.CIRCULATED, CorrectionState.WITHDRAWN}),
    CorrectionState.CIRCULATED: frozenset({CorrectionState.DRAFT, CorrectionState.APPROVED}),
    CorrectionState.APPROVED: frozenset(),
    CorrectionState.WITHDRAWN: frozenset(),
}
OPEN_CORRECTION = frozenset({CorrectionState.DRAFT, CorrectionState.CIRCULATED})


class PartKind(Choices):
    """What of approved minutes can be corrected."""

    TEXT = "text"
    DECISION = "decision"
    SEAT = "seat"
    HELD = "held"  # when and where the meeting was

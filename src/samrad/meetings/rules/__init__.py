"""Plain Python: states as tables, planning a year, what minutes lack, what has changed."""

from samrad.meetings.rules.states import (
    NEXT_CORRECTION_STATES,
    NEXT_MEETING_STATES,
    NEXT_MINUTES_STATES,
    NEXT_PROPOSAL_STATES,
    OPEN_CORRECTION,
    CorrectionState,
    CouldDecide,
    ItemKind,
    Mandate,
    MeetingState,
    MinutesState,
    PartKind,
    Presence,
    ProposalState,
)

__all__ = [
    "NEXT_CORRECTION_STATES",
    "NEXT_MEETING_STATES",
    "NEXT_MINUTES_STATES",
    "NEXT_PROPOSAL_STATES",
    "OPEN_CORRECTION",
    "CorrectionState",
    "CouldDecide",
    "ItemKind",
    "Mandate",
    "MeetingState",
    "MinutesState",
    "PartKind",
    "Presence",
    "ProposalState",
]

"""Plain Python: states as tables, planning a year, what minutes lack, what has changed."""

from samrad.meetings.rules.states import (
    NEXT_MEETING_STATES,
    NEXT_MINUTES_STATES,
    NEXT_PROPOSAL_STATES,
    ItemKind,
    Mandate,
    MeetingState,
    MinutesState,
    Presence,
    ProposalState,
)

__all__ = [
    "NEXT_MEETING_STATES",
    "NEXT_MINUTES_STATES",
    "NEXT_PROPOSAL_STATES",
    "ItemKind",
    "Mandate",
    "MeetingState",
    "MinutesState",
    "Presence",
    "ProposalState",
]

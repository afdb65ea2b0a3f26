"""How far a draft has come, what exactly is signed, and when an agreement comes back."""

from samrad.agreements.rules.states import (
    ADDITIONS,
    EDITABLE,
    NEXT_STATES,
    SIGNABLE,
    SIGNED_HERE,
    UNDER_WAY,
    DraftState,
    Outcome,
)

__all__ = [
    "ADDITIONS",
    "EDITABLE",
    "NEXT_STATES",
    "SIGNABLE",
    "SIGNED_HERE",
    "UNDER_WAY",
    "DraftState",
    "Outcome",
]

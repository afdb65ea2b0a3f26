"""How far a draft has come, what exactly is signed, and when an agreement comes back."""

from samrad.agreements.rules.states import (
    EDITABLE,
    NEXT_STATES,
    SIGNABLE,
    UNDER_WAY,
    DraftState,
    Outcome,
)

__all__ = ["EDITABLE", "NEXT_STATES", "SIGNABLE", "UNDER_WAY", "DraftState", "Outcome"]

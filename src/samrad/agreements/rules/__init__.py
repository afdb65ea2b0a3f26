"""How far a draft has come, what exactly is signed, and when an agreement comes back."""

from samrad.agreements.rules.states import (
    ADDITIONS,
    EDITABLE,
    FALLS_BACK,
    NEXT_STATES,
    OUT_TO_SIGN,
    SIGNABLE,
    SIGNED_BY_ALL,
    SIGNED_HERE,
    UNDER_WAY,
    DraftState,
    Outcome,
    Taken,
)

__all__ = [
    "ADDITIONS",
    "EDITABLE",
    "FALLS_BACK",
    "NEXT_STATES",
    "OUT_TO_SIGN",
    "SIGNABLE",
    "SIGNED_BY_ALL",
    "SIGNED_HERE",
    "UNDER_WAY",
    "DraftState",
    "Outcome",
    "Taken",
]

"""What other apps use of theme days."""

from samrad.gatherings.actions import (
    Wanted,
    add_workshop,
    cancel_theme_day,
    change_theme_day,
    finish,
    give_outcome,
    nominate,
    note_held,
    open_for_nominations,
    plan_theme_day,
    propose_outcome,
    withdraw,
    write_outcome,
)

__all__ = [
    "Wanted",
    "add_workshop",
    "cancel_theme_day",
    "change_theme_day",
    "finish",
    "give_outcome",
    "nominate",
    "note_held",
    "open_for_nominations",
    "plan_theme_day",
    "propose_outcome",
    "withdraw",
    "write_outcome",
]

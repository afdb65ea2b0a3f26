"""What is read of decisions and tasks; one file for each kind of question."""

from samrad.followup.queries.later import latest_wish, may_read_wish, wishes_waiting
from samrad.followup.queries.open import (
    Unfinished,
    asked_for_by,
    due_by,
    may_still_read,
    mine_by_name,
    tasks_of,
    unfinished_for,
    untold_before,
    waiting_for_hands,
)
from samrad.followup.queries.police import may_read_request, requests_waiting

__all__ = [
    "Unfinished",
    "asked_for_by",
    "due_by",
    "latest_wish",
    "may_read_request",
    "may_read_wish",
    "may_still_read",
    "mine_by_name",
    "requests_waiting",
    "tasks_of",
    "unfinished_for",
    "untold_before",
    "waiting_for_hands",
    "wishes_waiting",
]

"""What other apps use of follow-up."""

from __future__ import annotations

from samrad.followup.actions import (
    answer_for_police,
    ask_police,
    change_deadline,
    change_task,
    close_decision,
    correct_decision,
    give_task,
    hand_to_police,
    make_binding,
    note_progress,
    pass_on_task,
    put_forward,
    report_task,
    reword_decision,
    take_back,
    take_decision,
    withdraw_decision,
    withdraw_task,
)
from samrad.followup.attention import (
    Attention,
    Part,
    Row,
    register,
    register_parts,
    waiting_for,
)
from samrad.followup.queries import Unfinished, tasks_of, unfinished_for, untold_before

__all__ = [
    "Attention",
    "Part",
    "Row",
    "Unfinished",
    "answer_for_police",
    "ask_police",
    "change_deadline",
    "change_task",
    "close_decision",
    "correct_decision",
    "give_task",
    "hand_to_police",
    "make_binding",
    "note_progress",
    "pass_on_task",
    "put_forward",
    "register",
    "register_parts",
    "report_task",
    "reword_decision",
    "take_back",
    "take_decision",
    "tasks_of",
    "unfinished_for",
    "untold_before",
    "waiting_for",
    "withdraw_decision",
    "withdraw_task",
]

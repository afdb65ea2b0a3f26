"""What is done with decisions and tasks; one file for each part of it."""

from samrad.followup.actions.changes import (
    change_deadline,
    note_progress,
    pass_on_task,
    take_task,
)
from samrad.followup.actions.decisions import (
    close_decision,
    correct_decided_day,
    correct_decision,
    make_binding,
    move_drafted,
    put_forward,
    reword_decision,
    take_back,
    take_decision,
    withdraw_decision,
)
from samrad.followup.actions.later import agree_to_later, ask_later, decline_later
from samrad.followup.actions.police import (
    answer_for_police,
    ask_police,
    hand_to_police,
    withdraw_request,
)
from samrad.followup.actions.reading import (
    note_export,
    note_reading,
)
from samrad.followup.actions.tasks import (
    change_task,
    give_task,
    hand_over_tasks,
    report_task,
    withdraw_task,
)

__all__ = [
    "agree_to_later",
    "answer_for_police",
    "ask_later",
    "ask_police",
    "change_deadline",
    "change_task",
    "close_decision",
    "correct_decided_day",
    "correct_decision",
    "decline_later",
    "give_task",
    "hand_over_tasks",
    "hand_to_police",
    "make_binding",
    "move_drafted",
    "note_export",
    "note_progress",
    "note_reading",
    "pass_on_task",
    "put_forward",
    "report_task",
    "reword_decision",
    "take_back",
    "take_decision",
    "take_task",
    "withdraw_decision",
    "withdraw_request",
    "withdraw_task",
]

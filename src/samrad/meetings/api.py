"""What other apps use of meetings."""

from samrad.meetings.actions.agenda import (
    add_item,
    add_suggested,
    add_unfinished,
    change_item,
    order_items,
    remove_item,
    shift_item,
)
from samrad.meetings.actions.answers import answer_invitation, call_again
from samrad.meetings.actions.approval import (
    approve_minutes,
    circulate_minutes,
    decisions_of,
    send_back_minutes,
)
from samrad.meetings.actions.minutes import (
    Saved,
    Stale,
    begin_minutes,
    note_attendance,
    note_everybody_present,
    record_decision,
    save_text,
    set_needs_no_task,
)
from samrad.meetings.actions.planning import (
    Planned,
    cancel_meeting,
    move_meeting,
    plan_meetings,
    plan_years,
)
from samrad.meetings.actions.proposals import (
    decline_proposal,
    keep_for_later,
    pass_on,
    place_proposal,
    propose_item,
)
from samrad.meetings.actions.sending import choose_guests, send_agenda

__all__ = [
    "Planned",
    "Saved",
    "Stale",
    "add_item",
    "add_suggested",
    "add_unfinished",
    "answer_invitation",
    "approve_minutes",
    "begin_minutes",
    "call_again",
    "cancel_meeting",
    "change_item",
    "choose_guests",
    "circulate_minutes",
    "decisions_of",
    "decline_proposal",
    "keep_for_later",
    "move_meeting",
    "note_attendance",
    "note_everybody_present",
    "order_items",
    "pass_on",
    "place_proposal",
    "plan_meetings",
    "plan_years",
    "propose_item",
    "record_decision",
    "remove_item",
    "save_text",
    "send_agenda",
    "send_back_minutes",
    "set_needs_no_task",
    "shift_item",
]

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
from samrad.meetings.actions.corrections import (
    PartNote,
    approve_correction,
    circulate_correction,
    open_correction,
    save_correction,
    send_back_correction,
    withdraw_correction,
)
from samrad.meetings.actions.minutes import (
    Saved,
    Stale,
    begin_minutes,
    note_ability,
    note_attendance,
    note_everybody_present,
    note_mandate,
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
    "PartNote",
    "Planned",
    "Saved",
    "Stale",
    "add_item",
    "add_suggested",
    "add_unfinished",
    "answer_invitation",
    "approve_correction",
    "approve_minutes",
    "begin_minutes",
    "call_again",
    "cancel_meeting",
    "change_item",
    "choose_guests",
    "circulate_correction",
    "circulate_minutes",
    "decisions_of",
    "decline_proposal",
    "keep_for_later",
    "move_meeting",
    "note_ability",
    "note_attendance",
    "note_everybody_present",
    "note_mandate",
    "open_correction",
    "order_items",
    "pass_on",
    "place_proposal",
    "plan_meetings",
    "plan_years",
    "propose_item",
    "record_decision",
    "remove_item",
    "save_correction",
    "save_text",
    "send_agenda",
    "send_back_correction",
    "send_back_minutes",
    "set_needs_no_task",
    "shift_item",
    "withdraw_correction",
]

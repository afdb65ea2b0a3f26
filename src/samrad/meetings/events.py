"""What happens to meetings, in words. Titles of restricted items are values that can be erased."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.meetings.rules.invitations import Answer
from samrad.trail.events import event

MEETING_PLANNED = event("meeting.planned", _("%(by)s planned the meeting for %(date)s."))
MEETING_CALLED_FOR = event(
    "meeting.extra_planned", _("%(by)s planned an extra meeting for %(date)s.")
)
MEETING_MOVED = event("meeting.moved", _("%(by)s moved the meeting from %(before)s to %(date)s."))
MEETING_PLACE_CHANGED = event(
    "meeting.place_changed", _("%(by)s changed where the meeting is held, to “%(place)s”.")
)
MEETING_CANCELLED = event("meeting.cancelled", _("%(by)s cancelled the meeting: %(reason)s"))
MEETING_HELD = event("meeting.held", _("The meeting counts as held: its minutes are approved."))

PROPOSAL_MADE = event("proposal.made", _("%(by)s proposed “%(about)s” for the agenda."))
PROPOSAL_PLACED = event(
    "proposal.placed", _("%(by)s put the proposal “%(about)s” on the agenda of %(date)s.")
)
PROPOSAL_LATER = event("proposal.later", _("%(by)s kept the proposal “%(about)s” for later."))
PROPOSAL_DECLINED = event(
    "proposal.declined", _("%(by)s declined the proposal “%(about)s”: %(answer)s")
)
PROPOSAL_BACK = event(
    "proposal.back", _("The proposal “%(about)s” waits again: %(by)s took it off the agenda.")
)
PROPOSAL_FREED = event(
    "proposal.freed", _("The proposal “%(about)s” waits again: its meeting was cancelled.")
)

PROPOSAL_READ = event("proposal.read", _("%(by)s read the restricted proposal."), reads=True)

ITEM_ADDED = event("agenda_item.added", _("%(by)s put “%(about)s” on the agenda."))
ITEM_CHANGED = event("agenda_item.changed", _("%(by)s changed the agenda item “%(about)s”."))
ITEM_MOVED_UP = event("agenda_item.moved_up", _("%(by)s moved “%(about)s” up the agenda."))
ITEM_MOVED_DOWN = event("agenda_item.moved_down", _("%(by)s moved “%(about)s” down the agenda."))
ITEM_REMOVED = event("agenda_item.removed", _("%(by)s took “%(about)s” off the agenda."))
ITEM_READ = event("agenda_item.read", _("%(by)s read the restricted item."), reads=True)

AGENDA_REORDERED = event(
    "agenda.reordered", _("%(by)s put the items of the agenda in another order.")
)

AGENDA_SENT = event(
    "agenda.sent",
    _("%(by)s sent the agenda to %(recipients)s people, %(lead)s days before the meeting."),
)
AGENDA_SENT_AGAIN = event(
    "agenda.sent_again",
    _("%(by)s sent the changed agenda to %(recipients)s people, %(lead)s days before the meeting."),
)

ANSWERED = {
    Answer.ACCEPTED: event("meeting.accepted", _("%(by)s comes to the meeting.")),
    Answer.DECLINED: event("meeting.declined", _("%(by)s does not come to the meeting.")),
    Answer.TENTATIVE: event("meeting.tentative", _("%(by)s may come to the meeting.")),
}
ANSWERED_BY_MAIL = {
    Answer.ACCEPTED: event(
        "meeting.accepted_by_mail",
        _("%(by)s comes to the meeting: answered from a mail, without signing in."),
    ),
    Answer.DECLINED: event(
        "meeting.declined_by_mail",
        _("%(by)s does not come to the meeting: answered from a mail, without signing in."),
    ),
    Answer.TENTATIVE: event(
        "meeting.tentative_by_mail",
        _("%(by)s may come to the meeting: answered from a mail, without signing in."),
    ),
}
CALLED_AGAIN = event("meeting.called_again", _("%(by)s sent the invitation to %(name)s again."))

GUESTS_CHOSEN = event("meeting.guests_chosen", _("%(by)s chose the guests: %(guests)s."))

MINUTES_BEGUN = event("minutes.begun", _("%(by)s began the minutes."))
MINUTES_NO_TASK = event("minutes.no_task", _("%(by)s said that “%(about)s” leads to no task."))
MINUTES_TASK_AFTER_ALL = event(
    "minutes.task_after_all", _("%(by)s took back that “%(about)s” leads to no task.")
)
MINUTES_CIRCULATED = event("minutes.circulated", _("%(by)s sent the minutes for approval."))
MINUTES_ATTENDANCE = event(
    "minutes.attendance",
    _(
        "The minutes say who was there: %(present)s. Somebody else came for: %(instead)s. "
        "Not there: %(away)s."
    ),
)
MINUTES_SENT_BACK = event("minutes.sent_back", _("%(by)s sent the minutes back: %(comment)s"))
MINUTES_APPROVAL_GIVEN = event("minutes.approval_given", _("%(by)s approved the minutes."))
MINUTES_APPROVED = event(
    "minutes.approved", _("All approvals are given: the minutes are approved and locked.")
)

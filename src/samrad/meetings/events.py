"""What happens to meetings, in words. Titles of restricted items are values that can be erased."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.meetings.rules import CouldDecide, Mandate
from samrad.meetings.rules.invitations import Answer
from samrad.trail.events import event

MEETING_PLANNED = event("meeting.planned", _("%(by)s planned the meeting for %(date)s."))
MEETING_TAKEN_BACK = event(
    "meeting.taken_back", _("%(by)s took back the meeting planned for %(date)s.")
)
MEETING_CALLED_FOR = event(
    "meeting.extra_planned", _("%(by)s planned an extra meeting for %(date)s.")
)
MEETING_MOVED = event("meeting.moved", _("%(by)s moved the meeting from %(before)s to %(date)s."))
MEETING_DAY_SET = event(
    "meeting.day_set",
    _("%(by)s noted that the meeting was held on %(date)s, where %(before)s stood."),
)
MEETING_HELD_CORRECTED = event(
    "meeting.held_corrected",
    _("The minutes were corrected: the meeting was held %(date)s, where %(before)s stood."),
)
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
PROPOSAL_FROM_FIGURES = event(
    "proposal.from_figures", _("The figures gave rise to the proposal “%(about)s”.")
)
PROPOSAL_MERGED = event(
    "proposal.merged", _("%(by)s merged the proposal “%(about)s” with “%(into)s”.")
)
PROPOSAL_BACK = event(
    "proposal.back", _("The proposal “%(about)s” waits again: %(by)s took it off the agenda.")
)
PROPOSAL_FREED = event(
    "proposal.freed", _("The proposal “%(about)s” waits again: its meeting was cancelled.")
)
PROPOSAL_PARTED = event(
    "proposal.parted",
    _("The proposal “%(about)s” waits again: %(by)s declined the one it was merged with."),
)
PROPOSAL_CLASSIFIED = event(
    "proposal.classified", _("%(by)s changed whom the proposal “%(about)s” is for.")
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
STAND_IN_NAMED = event(
    "meeting.stand_in_named", _("%(by)s does not come to the meeting, and said who comes instead.")
)
CALLED_AGAIN = event("meeting.called_again", _("%(by)s sent the invitation to %(name)s again."))
NO_LONGER_CALLED = event(
    "meeting.no_longer_called",
    _("%(name)s is no longer called to the meeting."),
)
NEWLY_CALLED = event(
    "meeting.newly_called",
    _("%(name)s has come since the agenda went out, and is called to the meeting."),
)

GUESTS_CHOSEN = event("meeting.guests_chosen", _("%(by)s chose the guests: %(guests)s."))

PAPER_ADDED = event("paper.added", _("%(by)s added the paper “%(about)s”."))
PAPER_CHANGED = event("paper.changed", _("%(by)s changed what the paper “%(about)s” is called."))
PAPER_CLASSIFIED = event("paper.classified", _("%(by)s changed whom the paper “%(about)s” is for."))
PAPER_REPLACED = event(
    "paper.replaced", _("%(by)s replaced the paper “%(about)s” by version %(version)s.")
)
PAPER_MOVED_UP = event("paper.moved_up", _("%(by)s moved the paper “%(about)s” up."))
PAPER_MOVED_DOWN = event("paper.moved_down", _("%(by)s moved the paper “%(about)s” down."))
PAPER_REMOVED = event("paper.removed", _("%(by)s removed the paper “%(about)s”."))
PAPER_WITHDRAWN = event("paper.withdrawn", _("%(by)s withdrew the paper “%(about)s”: %(reason)s"))
PAPER_ERASED = event("paper.erased", _("%(by)s deleted every file of the paper “%(about)s”."))
PAPER_READ = event("paper.read", _("%(by)s opened the restricted paper."), reads=True)

MINUTES_BEGUN = event("minutes.begun", _("%(by)s began the minutes."))
MINUTES_NO_TASK = event("minutes.no_task", _("%(by)s said that “%(about)s” leads to no task."))
MINUTES_TASK_AFTER_ALL = event(
    "minutes.task_after_all", _("%(by)s took back that “%(about)s” leads to no task.")
)
MANDATE_NOTED = {
    Mandate.UNKNOWN: event(
        "minutes.mandate_not_said",
        _("%(by)s took back what was noted of the mandate for “%(about)s”."),
    ),
    Mandate.SECURED: event(
        "minutes.mandate_there", _("%(by)s noted that the mandate for “%(about)s” was there.")
    ),
    Mandate.NOT_SECURED: event(
        "minutes.mandate_lacking",
        _("%(by)s noted that the mandate for “%(about)s” was not there."),
    ),
}
ABILITY_NOTED = {
    CouldDecide.NOT_SAID: event(
        "minutes.ability_not_said",
        _("%(by)s took back what was noted of the council's ability to decide."),
    ),
    CouldDecide.YES: event(
        "minutes.could_decide", _("%(by)s noted that the council could decide.")
    ),
    CouldDecide.NO: event(
        "minutes.could_not_decide", _("%(by)s noted that the council could not decide.")
    ),
}
STAYS_MOVED = event(
    "minutes.stays_moved",
    _(
        "The agenda was changed after it was noted who came later or left early. That note moved "
        "to the neighbouring item for: %(seats)s."
    ),
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

CORRECTION_OPENED = event(
    "correction.opened",
    _("%(by)s began a correction of the approved minutes, asked for by %(asked_by)s: %(reason)s"),
)
CORRECTION_CIRCULATED = event(
    "correction.circulated", _("%(by)s sent the correction of the minutes for approval.")
)
CORRECTION_SENT_BACK = event(
    "correction.sent_back", _("%(by)s sent the correction of the minutes back: %(comment)s")
)
CORRECTION_WITHDRAWN = event(
    "correction.withdrawn",
    _("%(by)s gave up the correction of the minutes: what was approved stands."),
)
CORRECTION_APPROVAL_GIVEN = event(
    "correction.approval_given", _("%(by)s approved the correction of the minutes.")
)
CORRECTION_APPROVED = event(
    "correction.approved",
    _(
        "All approvals are given: version %(number)s of the minutes holds from now on. "
        "%(asked_by)s asked for it: %(reason)s"
    ),
)
ITEM_CORRECTED = event(
    "agenda_item.corrected", _("The minutes on “%(about)s” were corrected after approval.")
)
DOWNLOADED = event(
    "minutes.downloaded",
    _("%(by)s downloaded the minutes with %(items)s restricted items, as a %(form)s file."),
    reads=True,
)
EXTRACT_DOWNLOADED = event(
    "decision.downloaded",
    _("%(by)s downloaded the restricted decision “%(about)s” as a %(form)s file."),
    reads=True,
)

MINUTES_READ_IN = event("minutes.read_in", _("%(by)s read in minutes from “%(about)s”."))
MINUTES_READING_DISCARDED = event(
    "minutes.reading_discarded", _("%(by)s discarded what was read in from “%(about)s”.")
)
MINUTES_TAKEN_OVER = event(
    "minutes.taken_over", _("%(by)s took the meeting over from minutes there were: “%(file)s”.")
)

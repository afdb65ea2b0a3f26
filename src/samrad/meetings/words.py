"""What kinds and states are called, for a reader, and the tone they are shown in."""

from __future__ import annotations

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samrad.documents.rules import Classification
from samrad.meetings.rules import (
    CorrectionState,
    CouldDecide,
    ItemKind,
    Mandate,
    MeetingState,
    MinutesState,
    Presence,
    ProposalState,
)
from samrad.meetings.rules.attendance import Stay
from samrad.meetings.rules.invitations import Answer
from samrad.meetings.rules.minutes import Lack, Shortcoming

NOBODY_CALLED = _("Nobody was called")
MEETING_STATES = {
    MeetingState.PLANNED: pgettext_lazy("meeting", "Planned"),
    MeetingState.CALLED: pgettext_lazy("meeting", "Called"),
    MeetingState.HELD: pgettext_lazy("meeting", "Held"),
    MeetingState.CANCELLED: pgettext_lazy("meeting", "Cancelled"),
}
NO_MINUTES_YET = pgettext_lazy("meeting", "Minutes not approved")
MEETING_TONES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.CALLED: "info",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "danger",
}
ITEM_KINDS = {
    ItemKind.INFORMATION: _("Information"),
    ItemKind.DISCUSSION: _("Discussion"),
    ItemKind.DECISION: _("Decision"),
}
KIND_HELP = {
    ItemKind.INFORMATION: _("The council is told something."),
    ItemKind.DISCUSSION: _("The council talks it through."),
    ItemKind.DECISION: _("The council is asked to decide."),
}
MANDATES = {
    Mandate.UNKNOWN: _("Not asked yet"),
    Mandate.SECURED: _("Secured on both sides"),
    Mandate.NOT_SECURED: _("Not secured"),
}
CLASSIFICATION_HELP = {
    Classification.OPEN: _("May be given to anybody, also outside the council."),
    Classification.INTERNAL: _("For the council's permanent members."),
    Classification.RESTRICTED: _("For the seats named below, the chair and the secretary."),
}
PROPOSAL_STATES = {
    ProposalState.WAITING: pgettext_lazy("proposal", "Waiting"),
    ProposalState.LATER: pgettext_lazy("proposal", "Later"),
    ProposalState.PLACED: _("On the agenda"),
    ProposalState.DECLINED: pgettext_lazy("proposal", "Declined"),
    ProposalState.MERGED: pgettext_lazy("proposal", "Merged"),
}
PROPOSAL_TONES = {
    ProposalState.WAITING: "info",
    ProposalState.LATER: "accent",
    ProposalState.PLACED: "success",
    ProposalState.DECLINED: "neutral",
    ProposalState.MERGED: "success",
}
PRESENCES = {
    Presence.PRESENT: _("Present"),
    Presence.EXCUSED: pgettext_lazy("attendance", "Excused"),
    Presence.ABSENT: _("Absent"),
}
PRESENCE_TONES = {
    Presence.PRESENT: "success",
    Presence.EXCUSED: "neutral",
    Presence.ABSENT: "warning",
}
ANSWERS = {
    Answer.NONE: _("No answer yet"),
    Answer.ACCEPTED: _("Comes"),
    Answer.DECLINED: _("Does not come"),
    Answer.TENTATIVE: _("Perhaps"),
}
ANSWER_TONES = {
    Answer.NONE: "neutral",
    Answer.ACCEPTED: "success",
    Answer.DECLINED: "danger",
    Answer.TENTATIVE: "warning",
}
ANSWER_BUTTONS = {
    Answer.ACCEPTED: _("Yes, I come"),
    Answer.DECLINED: _("No, I cannot come"),
    Answer.TENTATIVE: _("Maybe"),
}
ANSWER_THANKS = {
    Answer.ACCEPTED: _("Thank you. It is noted that you come."),
    Answer.DECLINED: _("Thank you. It is noted that you cannot come."),
    Answer.TENTATIVE: _("Thank you. It is noted that you may come."),
}
MINUTES_STATES = {
    MinutesState.DRAFT: pgettext_lazy("minutes", "Draft"),
    MinutesState.CIRCULATED: _("Waiting for approval"),
    MinutesState.APPROVED: pgettext_lazy("minutes", "Approved"),
}
MINUTES_TONES = {
    MinutesState.DRAFT: "neutral",
    MinutesState.CIRCULATED: "info",
    MinutesState.APPROVED: "success",
}
ABILITIES = {
    CouldDecide.NOT_SAID: pgettext_lazy("could the council decide", "Not said"),
    CouldDecide.YES: _("The council could decide"),
    CouldDecide.NO: _("The council could not decide"),
}
MANDATES_THERE = {
    Mandate.UNKNOWN: pgettext_lazy("mandate", "Not said"),
    Mandate.SECURED: _("The mandate was there"),
    Mandate.NOT_SECURED: _("The mandate was not there"),
}
CORRECTION_STATES = {
    CorrectionState.DRAFT: _("Correction being written"),
    CorrectionState.CIRCULATED: _("Correction waiting for approval"),
    CorrectionState.APPROVED: _("Correction approved"),
    CorrectionState.WITHDRAWN: _("Correction given up"),
}
CORRECTION_TONES = {
    CorrectionState.DRAFT: "neutral",
    CorrectionState.CIRCULATED: "info",
    CorrectionState.APPROVED: "success",
    CorrectionState.WITHDRAWN: "neutral",
}
APPROVERS = {
    "chair": _("The chair"),
    "vice_chair": _("The vice-chair"),
    "member": _("A permanent member other than the writer"),
}

# The labels of the page on which minutes are written: they stand on every item, so they are looked
# up once a page.
LABELS = {
    "who": _("Responsible"),
    "by": _("Deadline"),
    "said": _("What was said"),
    "other": _("The other text"),
    "decision": _("Decision"),
    "task": _("Task"),
    "new_task": _("New task"),
    "add_task": _("Add the task"),
    "drop_decision": _("Take the decision out"),
    "drop_task": _("Take the task out"),
    "another": _("Another decision"),
    "the_decision": _("The decision"),
    "write": _("Write a decision or a task"),
    "decided": _("What was decided"),
    "follows": _("Task that follows"),
    "add_decision": _("Add the decision"),
    "no_task": _("No task follows from this item"),
    "mandate": _("Was the mandate there?"),
}


def labels() -> dict[str, SafeString]:
    """The labels in the reader's language, written so that they need no escaping again."""
    return {key: conditional_escape(text) for key, text in LABELS.items()}


PLAINLY = {
    Lack.NOBODY_PRESENT: _("Nobody is noted as present."),
    Lack.COULD_DECIDE_NOT_SAID: _("It is not said whether the council could decide."),
    Lack.DECIDED_ALL_THE_SAME: _("The council could not decide, and yet there are decisions."),
    Lack.NO_DECISION: _("An item for decision has none yet: %(about)s"),
    Lack.NO_RESPONSIBLE: _("Nobody is responsible for the task %(about)s"),
    Lack.NO_DEADLINE: _("The task has no deadline: %(about)s"),
    Lack.MANDATE_NOT_SAID: _("It is not said whether the mandate was there: %(about)s"),
}


def stay_in_words(stay: Stay) -> str:
    """For which items somebody was there; nothing when it was all of them."""
    if stay.came is not None and stay.left is not None:
        return gettext("items %(came)s–%(left)s") % {"came": stay.came, "left": stay.left}
    if stay.came is not None:
        return gettext("from item %(came)s") % {"came": stay.came}
    if stay.left is not None:
        return gettext("until item %(left)s") % {"left": stay.left}
    return ""


def in_words(lack: Shortcoming) -> str:
    """What is missing, as a sentence."""
    if lack.lack in PLAINLY:
        return str(PLAINLY[lack.lack]) % {"about": lack.about}
    sentences = {
        Lack.SEATS_NOT_NOTED: ngettext(
            "Attendance is not noted for %(count)s seat: %(about)s",
            "Attendance is not noted for %(count)s seats: %(about)s",
            lack.count,
        ),
        Lack.NO_TASK: ngettext(
            "%(count)s decision has neither somebody responsible nor a deadline: %(about)s",
            "%(count)s decisions have neither somebody responsible nor a deadline: %(about)s",
            lack.count,
        ),
    }
    return sentences[lack.lack] % {"count": lack.count, "about": lack.about}


MAIL_CAUSES = {
    "agenda": _("They are called to a meeting"),
    "agenda_again": _("The agenda of a meeting was sent again"),
    "moved": _("A meeting they are called to has another time or place"),
    "cancelled": _("A meeting they were called to was cancelled"),
    "let_go": _("They are no longer called to a meeting"),
    "planned": _("Meetings of their council were planned by somebody else"),
    "plan_taken_back": _("Meetings planned for their council were taken back"),
    "placed": _("A proposal of theirs is on an agenda"),
    "answer": _("A proposal of theirs was answered"),
    "approve": _("Minutes wait for their approval"),
    "returned": _("Minutes they wrote came back to them"),
    "approved": _("Minutes were approved"),
    "correction": _("A correction of minutes waits for their approval"),
    "correction_returned": _("A correction of minutes they wrote came back to them"),
    "corrected": _("Approved minutes were corrected"),
}

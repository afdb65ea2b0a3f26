"""States of drafts and what a check found, for a reader."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samrad.agreements.models import Draft
from samrad.agreements.queries.checking import Fault
from samrad.agreements.rules import DraftState, Outcome
from samrad.ui import formats

STATES = {
    DraftState.WRITING: pgettext_lazy("agreement draft", "Being written"),
    DraftState.COMMENTS: pgettext_lazy("agreement draft", "Out for comments"),
    DraftState.SIGNING: pgettext_lazy("agreement draft", "Being signed"),
    DraftState.SIGNED: pgettext_lazy("agreement draft", "Signed by all"),
    DraftState.IN_FORCE: pgettext_lazy("agreement draft", "In force"),
    DraftState.WITHDRAWN: pgettext_lazy("agreement draft", "Given up"),
}
TONES = {
    DraftState.WRITING: "neutral",
    DraftState.COMMENTS: "info",
    DraftState.SIGNING: "warning",
    DraftState.SIGNED: "success",
    DraftState.IN_FORCE: "success",
    DraftState.WITHDRAWN: "neutral",
}
STEPS = (
    pgettext_lazy("step of an agreement", "Written"),
    pgettext_lazy("step of an agreement", "Comments"),
    pgettext_lazy("step of an agreement", "Signed"),
    pgettext_lazy("step of an agreement", "In force"),
)
STEP_OF = {
    DraftState.WRITING: 0,
    DraftState.COMMENTS: 1,
    DraftState.SIGNING: 2,
    DraftState.SIGNED: 3,
    DraftState.IN_FORCE: 4,
    DraftState.WITHDRAWN: 0,
}
OUTCOMES = {
    Outcome.OPEN: pgettext_lazy("comment", "Not answered"),
    Outcome.TAKEN: pgettext_lazy("comment", "Followed"),
    Outcome.LEFT: pgettext_lazy("comment", "Not followed"),
}
OUTCOME_TONES = {Outcome.OPEN: "warning", Outcome.TAKEN: "success", Outcome.LEFT: "neutral"}
FAULTS = {
    Fault.TEXT: _("The text is another one than was signed."),
    Fault.SIGNATURE: _("The signature is another one than the record tells of."),
    Fault.UNTOLD: _("The record tells of no such signature."),
    Fault.MISSING: _("The signature of a party is not there."),
    Fault.IN_FORCE: _("The agreement in force reads otherwise than what was signed."),
}
MAIL_CAUSES = {
    "comments": _("A draft agreement was put out for comments"),
    "sign": _("An agreement waits for their signature"),
    "voided": _("An agreement they had signed was changed"),
    "given_up": _("An addition they were asked to sign was given up"),
    "left_out": _("A party whose signature they had given is no longer asked to sign"),
    "no_longer_asked": _("They are no longer asked to sign an agreement"),
    "not_yet": _("A party cannot sign an agreement yet"),
    "withdrawn": _("An agreement they were asked to sign was given up"),
    "all_signed": _("All parties have signed an agreement"),
    "in_force": _("An agreement came into force"),
    "renewal": _("An agreement is to be made anew"),
}


def stands(draft: Draft) -> str:
    """How a draft stands, with the day that goes with it."""
    if draft.state == DraftState.COMMENTS and draft.comments_until:
        told = gettext("Out for comments until %(day)s")
        return told % {"day": formats.day(draft.comments_until)}
    if draft.state == DraftState.SIGNED and draft.from_date:
        return gettext("Signed by all, holds from %(day)s") % {"day": formats.day(draft.from_date)}
    return str(STATES[DraftState(draft.state)])

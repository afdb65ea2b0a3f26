"""What happens to decisions and tasks, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

DECISION_TAKEN = event("decision.taken", _("%(by)s recorded the decision “%(about)s”."))
DECISION_REWORDED = event(
    "decision.reworded", _("%(by)s reworded the decision “%(before)s” to “%(about)s”.")
)
DECISION_CORRECTED = event(
    "decision.corrected",
    _("The minutes were corrected: the decision “%(before)s” is now “%(about)s”."),
)
DECISION_WITHDRAWN = event(
    "decision.withdrawn", _("%(by)s took the decision “%(about)s” out of the draft minutes.")
)
DECISION_PUT_FORWARD = event(
    "decision.put_forward",
    _("The decision “%(about)s” went out for approval with the minutes."),
)
DECISION_TAKEN_BACK = event(
    "decision.taken_back", _("The decision “%(about)s” is a draft again, as the minutes are.")
)
DECISION_BINDING = event(
    "decision.binding", _("The decision “%(about)s” became binding when the minutes were approved.")
)
DECISION_DAY_CORRECTED = event(
    "decision.day_corrected",
    _("The decision “%(about)s” was made on %(date)s, where %(before)s stood."),
)
DECISION_CLOSED = event("decision.closed", _("%(by)s closed the decision “%(about)s” as done."))
DECISION_DROPPED = event(
    "decision.dropped", _("%(by)s dropped the decision “%(about)s”: %(reason)s")
)
DECISION_REOPENED = event("decision.reopened", _("%(by)s reopened the decision “%(about)s”."))
TASK_GIVEN = event("task.given", _("%(by)s gave %(to)s the task “%(about)s”, due %(deadline)s."))
TASK_PUT_FORWARD = event(
    "task.put_forward",
    _("The task “%(about)s” for %(to)s, due %(deadline)s, went out with the minutes."),
)
TASK_CHANGED = event(
    "task.changed", _("%(by)s changed the task “%(about)s”: now with %(to)s, due %(deadline)s.")
)
TASK_WITHDRAWN = event(
    "task.withdrawn", _("%(by)s took the task “%(about)s” out of the draft minutes.")
)
TASK_DONE = event("task.done", _("%(by)s reported the task “%(about)s” as done."))
TASK_TICKED_OFF_BY_MAIL = event(
    "task.ticked_off_by_mail", _("%(by)s said so from a mail, without signing in.")
)
TASK_DROPPED = event("task.dropped", _("%(by)s dropped the task “%(about)s”: %(reason)s"))
TASK_REOPENED = event("task.reopened", _("%(by)s reopened the task “%(about)s”."))
TASK_HANDED_OVER = event(
    "task.handed_over", _("The task “%(about)s” passed from %(before)s to %(to)s with the office.")
)
TASK_POSTPONED = event(
    "task.postponed",
    _("%(by)s moved the deadline of “%(about)s” from %(before)s to %(deadline)s: %(reason)s"),
)
TASK_HASTENED = event(
    "task.hastened",
    _("%(by)s set an earlier deadline for “%(about)s”, %(deadline)s: %(reason)s"),
)
TASK_LATER_ASKED = event(
    "task.later_asked",
    _("%(by)s asked for a later deadline for “%(about)s”, %(deadline)s: %(reason)s"),
)
TASK_LATER_DECLINED = event(
    "task.later_declined",
    _("%(by)s did not move the deadline of “%(about)s” to %(deadline)s: %(reason)s"),
)
TASK_PASSED_ON = event(
    "task.passed_on",
    _("%(by)s passed the task “%(about)s” on from %(before)s to %(to)s: %(reason)s"),
)
TASK_TAKEN = event("task.taken", _("%(by)s took the task “%(about)s” for %(before)s."))
TASK_PROGRESS = event("task.progress", _("%(by)s wrote how far the task “%(about)s” has come."))
TASK_TOLD_SECRETARY = event(
    "task.told_secretary",
    _("The task “%(about)s”, due %(deadline)s, was overdue, and the secretary was told."),
)
TASK_TOLD_CHAIR = event(
    "task.told_chair",
    _("The task “%(about)s”, due %(deadline)s, was still overdue, and the chair was told."),
)
TASK_CHAIR_LOST = event(
    "task.chair_not_reached",
    _(
        "The mail that told the chair of the task “%(about)s”, due %(deadline)s, did not arrive,"
        " and the secretary was told."
    ),
)
POLICE_ASKED = event(
    "police_request.asked", _("%(by)s asked %(to)s to be present because of “%(about)s”.")
)
POLICE_HANDED_OVER = event(
    "police_request.handed_over",
    _("%(by)s handed “%(about)s” over to the police's own system, reference %(reference)s."),
)
POLICE_DONE = event(
    "police_request.done", _("%(by)s told the council that the police have done “%(about)s”.")
)
POLICE_NOT_POSSIBLE = event(
    "police_request.not_possible",
    _("%(by)s told the council that “%(about)s” is not possible for the police: %(reason)s"),
)
POLICE_WITHDRAWN = event(
    "police_request.withdrawn", _("%(by)s no longer asks the police for “%(about)s”.")
)
EXPORTED = event(
    "followup.exported", _("%(by)s exported %(rows)s rows from the register of %(about)s.")
)
RESTRICTED_READ = event(
    "followup.restricted_read", _("%(by)s read “%(about)s”, which is restricted."), reads=True
)

# What a decision and its tasks were called before the latest of these is for readers of drafts.
WENT_OUT = (DECISION_PUT_FORWARD, TASK_PUT_FORWARD)

"""What states are called, for a reader, and the tone they are shown in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.followup.rules import DecisionState, TaskState

DECISION_STATES = {
    DecisionState.DRAFTED: _("In draft minutes"),
    DecisionState.PROVISIONAL: _("Provisional"),
    DecisionState.BINDING: _("Being followed up"),
    DecisionState.DONE: _("Carried out"),
    DecisionState.DROPPED: _("Dropped"),
}
DECISION_TONES = {
    DecisionState.DRAFTED: "neutral",
    DecisionState.PROVISIONAL: "neutral",
    DecisionState.BINDING: "info",
    DecisionState.DONE: "success",
    DecisionState.DROPPED: "neutral",
}
TASK_STATES = {
    TaskState.OPEN: _("Open"),
    TaskState.DONE: _("Done"),
    TaskState.DROPPED: _("Dropped"),
}
TASK_TONES = {TaskState.OPEN: "info", TaskState.DONE: "success", TaskState.DROPPED: "neutral"}
OVERDUE = _("Overdue")

"""What states are called, for a reader, and the tone they are shown in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.followup.rules import DecisionState, PoliceState, Reminder, TaskState

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
POLICE_STATES = {
    PoliceState.ASKED: _("The police have been asked"),
    PoliceState.HANDED_OVER: _("Handed over to the police's own system"),
    PoliceState.DONE: _("The police have done it"),
    PoliceState.NOT_POSSIBLE: _("Not possible for the police"),
    PoliceState.WITHDRAWN: _("No longer asked for"),
}
POLICE_TONES = {
    PoliceState.ASKED: "warning",
    PoliceState.HANDED_OVER: "info",
    PoliceState.DONE: "success",
    PoliceState.NOT_POSSIBLE: "neutral",
    PoliceState.WITHDRAWN: "neutral",
}
TOLD = {
    Reminder.WEEK_AHEAD: _("Reminded a week ahead"),
    Reminder.TOMORROW: _("Reminded the day before"),
    Reminder.OVERDUE: _("Reminded after the deadline"),
    Reminder.TO_SECRETARY: _("The secretary was told"),
    Reminder.TO_CHAIR: _("The chair was told"),
    Reminder.CHAIR_LOST: _("The secretary was told that the chair had not been reached"),
}
MAIL_CAUSES = {
    "handed_over": _("Tasks passed to them with an office"),
    "later_answered": _("A later deadline they asked for was answered"),
    "later_asked": _("Somebody asks for a later deadline for a task"),
    "passed_on": _("A task was passed on to them"),
    "police_asked": _("A council asked the police to be present"),
    "police_answered": _("The police answered what a council asked for"),
    "police_withdrawn": _("A council no longer asks the police to be present"),
    "reminder": _("A task is due soon or past its deadline"),
}

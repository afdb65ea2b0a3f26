"""Reporting on a task, closing a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.documents.forms import GuardedForm
from samrad.followup.models import Decision, Task
from samrad.followup.permissions import may_close_decision, may_report_task
from samrad.followup.rules import DecisionState, TaskState
from samrad.ui.fields import TextLines

REPORTS = {
    TaskState.DONE: _("It is done"),
    TaskState.DROPPED: _("Drop it, with a reason"),
    TaskState.OPEN: _("Open it again"),
}
ENDS = {
    DecisionState.DONE: _("It has been carried out"),
    DecisionState.DROPPED: _("Drop it, with a reason"),
    DecisionState.BINDING: _("Take it up again"),
}


class ReportForm(GuardedForm):
    """What became of a task: only what the reader may say is offered."""

    only: Any = ""  # what the button says, where there is one thing to say

    to = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    note = TextLines(
        label=_("What came of it"),
        required=False,
        max_length=4000,
        help_text=_("A sentence or two. The council reads this at its next meeting."),
    )

    def __init__(self, *args: Any, actor: Actor, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, council=task.council_id, **kwargs)
        choices = [(to.value, REPORTS[to]) for to in REPORTS if may_report_task(actor, task, to)]
        _offer(self, choices)
        if choices:
            self.fields["to"].initial = choices[0][0]

    @property
    def is_offered(self) -> bool:
        """Whether there is anything the reader may say."""
        return bool(self.fields["to"].choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Dropping a task takes a reason."""
        return _with_reason(self, TaskState.DROPPED)


class CloseForm(GuardedForm):
    """Bringing a decision to an end."""

    only: Any = ""

    to = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    note = TextLines(label=_("In a sentence"), required=False, max_length=4000)

    def __init__(self, *args: Any, actor: Actor, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, council=decision.council_id, **kwargs)
        choices = [
            (to.value, label)
            for to, label in ENDS.items()
            if may_close_decision(actor, decision, to)
        ]
        _offer(self, choices)

    @property
    def is_offered(self) -> bool:
        """Whether there is anything the reader may do."""
        return bool(self.fields["to"].choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Dropping a decision takes a reason."""
        return _with_reason(self, DecisionState.DROPPED)


def _offer(form: ReportForm | CloseForm, choices: list[tuple[str, Any]]) -> None:
    """The choices; where there is one, it is what the button says and nothing to choose."""
    field = form.fields["to"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = choices
    if len(choices) == 1:
        field.initial, field.widget = choices[0][0], forms.HiddenInput()
        form.only = choices[0][1]


def _with_reason(form: forms.Form, dropped: str) -> dict[str, Any]:
    cleaned = form.cleaned_data
    if cleaned.get("to") == dropped and "note" in cleaned and not cleaned["note"]:
        form.add_error("note", _("Say why, in a sentence: the next meeting will read it."))
    return cleaned

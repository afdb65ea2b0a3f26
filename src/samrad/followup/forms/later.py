"""Asking for a later deadline, and saying no to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.documents.forms import GuardedForm, TextLines
from samrad.followup.models import LaterDeadline, Task
from samrad.followup.rules import is_a_later_day
from samrad.kernel.clock import today
from samrad.ui.forms import DayField


class AskLaterForm(GuardedForm):
    """By which day instead, and why it takes longer."""

    prefix = "later"
    wanted = DayField(label=gettext_lazy("By which day can it be done?"))
    reason = TextLines(
        label=gettext_lazy("Why it takes longer"),
        max_length=1000,
        rows=2,
        help_text=gettext_lazy("A sentence. It stands in the history of the task."),
    )

    def __init__(self, *args: Any, actor: Actor, task: Task, **kwargs: Any) -> None:
        self._task = task
        super().__init__(*args, actor=actor, council=task.council_id, **kwargs)

    def clean_wanted(self) -> date:
        """After the deadline there is, and not in the past."""
        wanted: date = self.cleaned_data["wanted"]
        if not is_a_later_day(wanted, deadline=self._task.deadline_date, on=today()):
            raise ValidationError(_("Choose a day after the deadline the task has."))
        return wanted


class DeclineLaterForm(GuardedForm):
    """Why the deadline stands."""

    prefix = "decline"
    answer = TextLines(
        label=gettext_lazy("Why the deadline stands"),
        max_length=1000,
        rows=2,
        help_text=gettext_lazy("A sentence. Whoever asked reads it, and so does the council."),
    )

    def __init__(self, *args: Any, actor: Actor, wish: LaterDeadline, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, council=wish.task.council_id, **kwargs)

"""Another deadline, other hands, how far a task has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.cooperation.seats import FilledSeat
from samrad.documents.forms import GuardedForm, TextLines
from samrad.followup import as_written, events
from samrad.followup.models import Task
from samrad.followup.permissions import passes_to_anybody
from samrad.kernel.clock import today
from samrad.people.models import Appointment, Organisation, Person
from samrad.ui.changing import ChangingForm
from samrad.ui.forms import DayField
from samrad.ui.sorting import by_name

WHY = gettext_lazy("Why")
READ = gettext_lazy("A sentence. The council reads it at its next meeting.")


class DeadlineForm(ChangingForm, GuardedForm):
    """Another day by which it is done, and why."""

    saved_by = (events.TASK_CHANGED, events.TASK_POSTPONED, events.TASK_HASTENED)
    prefix = "deadline"
    deadline = DayField(label=gettext_lazy("New deadline"))
    reason = TextLines(label=WHY, max_length=1000, rows=2, help_text=READ)

    def __init__(self, *args: Any, actor: Actor, task: Task, **kwargs: Any) -> None:
        kwargs |= {"there": as_written.of_deadline(task), "about": task}
        super().__init__(*args, actor=actor, council=task.council_id, **kwargs)


class PassOnForm(GuardedForm):
    """Who does it instead, and why: those at the table, and whoever works where the actor does.

    A task from a restricted decision stays among those at the table.
    """

    prefix = "pass_on"
    to = forms.ChoiceField(label=gettext_lazy("Who does it instead"))
    reason = TextLines(label=WHY, max_length=1000, rows=2, help_text=READ)

    def __init__(
        self, *args: Any, actor: Actor, task: Task, seats: Sequence[FilledSeat], **kwargs: Any
    ) -> None:
        super().__init__(*args, actor=actor, council=task.council_id, **kwargs)
        self._seats = [
            one
            for one in seats
            if passes_to_anybody(actor, task) or one.seat.organisation_id in actor.organisation_ids
        ]
        self._persons = _persons(actor, task, self._seats)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Choose")), *self._choices()]

    def _choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        persons = {f"p:{ref}": person.label for ref, person in self._persons.items()}
        units = {
            f"o:{one.seat.organisation.ref}": one.seat.organisation.name for one in self._seats
        }
        return [(_("Persons"), [*persons.items()]), (_("Organisations"), [*units.items()])]

    def chosen(self) -> tuple[Person | None, Organisation | None]:
        """The person or the organisation."""
        kind, _colon, ref = self.cleaned_data["to"].partition(":")
        if kind == "p":
            return self._persons[ref], None
        units = {str(one.seat.organisation.ref): one.seat.organisation for one in self._seats}
        return None, units[ref]


def _persons(actor: Actor, task: Task, seats: Sequence[FilledSeat]) -> dict[str, Person]:
    """Who may be asked, by reference, without whoever has the task now."""
    asked = [person for one in seats for person in one.persons] + _colleagues(actor, task)
    now = task.responsible_person_id
    return {str(person.ref): person for person in asked if person.pk != now}


def _colleagues(actor: Actor, task: Task) -> list[Person]:
    if task.decision and task.decision.is_restricted:
        return []
    posts = Appointment.objects.on(today(task.council.zone)).filter(
        organisation__in=actor.organisation_ids, person__name_withheld=False
    )
    return [
        one.person for one in posts.select_related("person").order_by(by_name("person__name"), "pk")
    ]


class ProgressForm(GuardedForm):
    """How far it has come."""

    prefix = "progress"
    text = TextLines(
        label=gettext_lazy("How far has it come?"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("The task stays open. What you write stands with today's date."),
    )

    def __init__(self, *args: Any, actor: Actor, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, council=task.council_id, **kwargs)

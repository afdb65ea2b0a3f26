"""Ordering an analysis, answering, declining, and saying what it served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.documents.forms import GuardedForm
from samrad.followup.models import Decision
from samrad.kernel.clock import now
from samrad.kernel.text import shortened
from samrad.meetings.forms.agenda import ClassifiedForm
from samrad.meetings.models import Meeting
from samrad.people.models import Organisation
from samrad.picture.actions import Readers
from samrad.picture.forms import NO_PERSONS
from samrad.picture.ordering import Wanted
from samrad.ui.fields import TextLines
from samrad.ui.formats import day
from samrad.ui.forms import DayField


class OrderForm(ClassifiedForm):
    """What is asked, of whom, why and by when."""

    question = TextLines(
        label=gettext_lazy("What do you want to know?"),
        max_length=1000,
        rows=3,
        help_text=NO_PERSONS,
    )
    why = TextLines(
        label=gettext_lazy("What is it for?"),
        max_length=1000,
        rows=2,
        help_text=gettext_lazy("The decision or the item it should serve."),
    )
    answers = forms.ChoiceField(label=gettext_lazy("Who answers?"))
    deadline_date = DayField(label=gettext_lazy("By when?"))
    field_order = (
        "question", "why", "answers", "deadline_date", "classification", "legal_basis", "audience",
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.ref): one for one in organisations}
        self.fields["answers"].choices = [  # type: ignore[attr-defined]
            (ref, one.name) for ref, one in self.organisations.items()
        ]

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        wanted = Wanted(
            given["question"], given["why"], self.organisations[given["answers"]],
            given["deadline_date"],
        )  # fmt: skip
        return {"wanted": wanted, "readers": Readers(**self.classified())}


class AnswerForm(GuardedForm):
    """The answer."""

    answer = TextLines(
        label=gettext_lazy("The answer"), max_length=20000, rows=10, help_text=NO_PERSONS
    )


class DeclineOrderForm(GuardedForm):
    """Why it is not answered."""

    reason = TextLines(label=gettext_lazy("Why not?"), max_length=1000, rows=3)


class UseForm(forms.Form):
    """The decision or the meeting it served."""

    served = forms.ChoiceField(label=gettext_lazy("What did it serve?"))

    def __init__(
        self,
        *args: Any,
        decisions: Sequence[Decision],
        meetings: Sequence[Meeting],
        zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        things: list[Decision | Meeting] = [*decisions, *meetings]
        self.things = {f"{one.trail_kind}:{one.ref}": one for one in things}
        named = {
            _("Decisions"): [(_key(one), shortened(str(one), at_most=120)) for one in decisions],
            _("Meetings"): [(_key(one), _meeting(one, zone)) for one in meetings],
        }
        self.fields["served"].choices = [(name, group) for name, group in named.items() if group]  # type: ignore[attr-defined]

    def chosen(self) -> Decision | Meeting:
        """What was chosen."""
        return self.things[self.cleaned_data["served"]]


def _key(one: Decision | Meeting) -> str:
    return f"{one.trail_kind}:{one.ref}"


def _meeting(one: Meeting, zone: str) -> str:
    """A meeting by its day, and that it is still to come where it is."""
    said = {"day": day(one.starts_at, zone)}
    if one.starts_at > now():
        return _("The meeting to come, %(day)s") % said
    return _("The meeting of %(day)s") % said

"""Asking the police, handing over to their own system, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.rules import Side
from samrad.cooperation.seats import FilledSeat
from samrad.documents.forms import GuardedForm, TextLine, TextLines
from samrad.followup.models import Decision, PoliceRequest, Task
from samrad.followup.permissions import may_answer_for_police, may_hand_to_police
from samrad.followup.rules import PoliceState
from samrad.people.models import Organisation
from samrad.profiles.reader import profile

ANSWER_CHOICES = {
    PoliceState.DONE: gettext_lazy("It is done"),
    PoliceState.NOT_POSSIBLE: gettext_lazy("It is not possible, and I say why"),
}


class AskPoliceForm(GuardedForm):
    """Which unit is asked, and for what."""

    prefix = "police"
    unit = forms.ChoiceField(label=gettext_lazy("Whom do you ask?"))
    wish = TextLines(
        label=gettext_lazy("Where and when are the police wanted?"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("No names of citizens, and nothing of a single case."),
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        thing: Decision | Task,
        seats: Sequence[FilledSeat],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, actor=actor, council=thing.council_id, **kwargs)
        self._units = {
            str(one.seat.organisation.ref): one.seat.organisation
            for one in seats
            if one.seat.side == Side.POLICE and not one.is_guest
        }
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(ref, unit.name) for ref, unit in self._units.items()]

    @property
    def is_offered(self) -> bool:
        """Whether anybody of the police sits in the council."""
        return bool(self._units)

    def chosen(self) -> Organisation:
        """The unit that is asked."""
        return self._units[self.cleaned_data["unit"]]


class HandToPoliceForm(GuardedForm):
    """The reference it has in the police's own system."""

    prefix = "reference"
    reference = TextLine(label=gettext_lazy("Reference"), max_length=60)

    def __init__(self, *args: Any, actor: Actor, request: PoliceRequest, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, council=request.council_id, **kwargs)
        self.is_offered = bool(may_hand_to_police(actor, request))
        system = profile(request.council.country).police_system
        self.fields["reference"].help_text = (
            _("The number it has in %(system)s.")
            % {"system": system.name.in_language(get_language() or "en")}
            if system
            else _("The number it has in the police's own system.")
        )


class WhyNotField(TextLines):
    """Needed with one of the answers: nobody is told that it is optional."""

    is_one_of_many = True


class PoliceAnswerForm(GuardedForm):
    """What came of it."""

    prefix = "answer"
    to = forms.ChoiceField(label=gettext_lazy("What came of it?"), widget=forms.RadioSelect)
    answer = WhyNotField(
        label=gettext_lazy("In a sentence"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=gettext_lazy(
            "If it is not possible, say why here. The council reads it. No names of citizens."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, request: PoliceRequest, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, council=request.council_id, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            (to.value, words)
            for to, words in ANSWER_CHOICES.items()
            if may_answer_for_police(actor, request, to)
        ]
        self.is_offered = bool(field.choices)

    def clean(self) -> dict[str, Any]:
        """That something is not possible takes a reason."""
        cleaned = self.cleaned_data
        if cleaned.get("to") == PoliceState.NOT_POSSIBLE and not cleaned.get("answer", "x"):
            self.add_error("answer", _("Say why, in a sentence: the next meeting will read it."))
        return cleaned

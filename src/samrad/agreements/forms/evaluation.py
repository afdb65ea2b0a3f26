"""What the parties found when they looked back on their agreement and each of its promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.agreements import commitment_words
from samrad.agreements.actions.keeping import Found
from samrad.agreements.rules.commitments import Finding
from samrad.cooperation.models import Commitment
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.kernel.text import normalise_line
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField


class EvaluationForm(GuardedForm):
    """What the parties found."""

    held_date = DayField(label=gettext_lazy("Evaluated on"))
    text = TextLines(
        label=gettext_lazy("What you found"),
        max_length=20000,
        rows=10,
        help_text=gettext_lazy(
            "What was kept, what was not, what it led to, and what should be agreed otherwise."
        ),
    )

    def __init__(self, *args: Any, promised: Sequence[Commitment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promised = promised
        findings = [("", _("Nothing said")), *commitment_words.FINDINGS.items()]
        for one in promised:
            self.fields[f"finding_{one.pk}"] = forms.ChoiceField(
                label=_("Was it held?"), choices=findings, required=False
            )
            self.fields[f"said_{one.pk}"] = TextLine(
                label=_("In a sentence"), required=False, max_length=500
            )

    def rows(self) -> list[tuple[Commitment, forms.BoundField, forms.BoundField]]:
        """Each promise with the fields that say whether it was held."""
        return [(one, self[f"finding_{one.pk}"], self[f"said_{one.pk}"]) for one in self.promised]

    def clean(self) -> dict[str, Any]:
        """A sentence about a promise goes with what it is a reason for."""
        given = super().clean() or self.cleaned_data
        for one in self.promised:
            if given.get(f"said_{one.pk}") and not given.get(f"finding_{one.pk}"):
                self.add_error(f"finding_{one.pk}", _("Say whether it was held."))
        for said in self._said_of_others():
            gone = _(
                "A promise that you wrote of has been taken out meanwhile. You wrote: “%(said)s”"
            )
            self.add_error(None, gone % {"said": said})
        return given

    def _said_of_others(self) -> list[str]:
        """Sentences about promises that are no longer there; they come back with the form."""
        own = {f"said_{one.pk}" for one in self.promised}
        others = (name for name in self.data if name.startswith("said_") and name not in own)
        return [said for name in others if (said := normalise_line(self.data[name]))]

    def found(self) -> list[Found]:
        """The promises that something was said of."""
        given = self.cleaned_data
        return [
            Found(one, Finding(given[f"finding_{one.pk}"]), given[f"said_{one.pk}"])
            for one in self.promised
            if given.get(f"finding_{one.pk}")
        ]

    def clean_held_date(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["held_date"]
        if day > today():
            raise forms.ValidationError(_("This day lies ahead."))
        return day

"""That a party has signed on paper: who, when, and of which text the paper is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.agreements.rules.signing import GROUPS_ASKED, SHOWN, number_on_paper
from samrad.documents.kinds import JPEG, PDF, PNG
from samrad.documents.uploads import HandedIn, UploadField, UploadForm
from samrad.kernel.clock import today
from samrad.people.models import Person
from samrad.ui.fields import NameLine
from samrad.ui.forms import DayField

SOMEBODY_ELSE = "else"
A_NUMBER = r"^[0-9a-fA-FoOlLiI\s.-]*$"


class PaperSignatureForm(UploadForm):
    """What stands on the paper that lies before the secretary."""

    files_in = "scan"

    holder = forms.ChoiceField(label=gettext_lazy("Who signed"), widget=forms.RadioSelect)
    signatory = NameLine(
        label=gettext_lazy("Name of somebody else who signed"), max_length=120, required=False
    )
    signed_date = DayField(label=gettext_lazy("Signed on"))
    number = forms.RegexField(
        A_NUMBER,
        label=gettext_lazy("The number on the paper: its first three groups"),
        max_length=120,
        help_text=gettext_lazy(
            "On the page of signatures stands a long number in groups of four, such as 4f0a 91c7 "
            "03be. Copy the first three groups from the paper: they show that it was signed in "
            "this text and no other."
        ),
        error_messages={
            "invalid": gettext_lazy(
                "The number consists of the digits 0–9 and the letters a–f. Copy its first three "
                "groups as they stand on the page of signatures."
            ),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    scan = UploadField(label=gettext_lazy("The signed page"), kinds=(PDF, JPEG, PNG))

    def __init__(self, *args: Any, holders: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.holders = {str(one.ref): one for one in holders}
        if not holders:
            del self.fields["holder"]
            self.fields["signatory"].required = True
            self.fields["signatory"].label = _("Who signed")
            return
        field: Any = self.fields["holder"]
        named = [(ref, one.label) for ref, one in self.holders.items()]
        field.choices = [*named, (SOMEBODY_ELSE, _("Somebody else, for them"))]
        field.initial = named[0][0] if len(named) == 1 else None

    @property
    def chosen(self) -> Person | None:
        """Whoever holds the office, unless somebody else signed."""
        return self.holders.get(self.cleaned_data.get("holder", ""))

    @property
    def is_somebody_else(self) -> bool:
        """Whether it was said that another person signed for whoever holds the office."""
        return bool(self.cleaned_data.get("holder") == SOMEBODY_ELSE)

    @property
    def handed_in(self) -> list[HandedIn]:
        """The page, if one was chosen and it is sound."""
        found = self.cleaned_data.get("scan")
        return [found] if found else []

    def clean_number(self) -> str:
        """As much of it as is asked for."""
        number: str = self.cleaned_data["number"]
        if len(number_on_paper(number)) < GROUPS_ASKED * SHOWN:
            raise forms.ValidationError(
                _("Copy three groups of four from the page of signatures: twelve characters.")
            )
        return number

    def clean_signed_date(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["signed_date"]
        if day > today():
            raise forms.ValidationError(_("This day lies ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        """Somebody else has a name."""
        given: dict[str, Any] = super().clean() or {}
        is_else = given.get("holder") == SOMEBODY_ELSE
        if is_else and not given.get("signatory") and "signatory" not in self.errors:
            self.add_error("signatory", _("Write who signed."))
        return given

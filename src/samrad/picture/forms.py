"""Writing a finding, and what both sides agree on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.cooperation.seats import FilledSeat
from samrad.meetings.forms.agenda import READERS, ClassifiedForm
from samrad.picture import as_written, events, words
from samrad.picture.actions import Found, Readers
from samrad.picture.models import Agreed, Finding
from samrad.picture.rules import HowSure, Origin
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField

NO_PERSONS = gettext_lazy("Strategic and in words: no persons, no single cases, no intelligence.")


def _origins() -> list[tuple[str, Any]]:
    """None is chosen beforehand: the first of them would stand under what nobody looked at."""
    return [("", gettext_lazy("Choose")), *words.ORIGINS.items()]


class FindingForm(ChangingForm, ClassifiedForm):
    """What was found, where from, how sure, of which time."""

    together = (READERS, ("from_date", "to_date"))
    saved_by = (events.FINDING_CHANGED,)

    what = TextLines(
        label=gettext_lazy("What have you found?"), max_length=1000, rows=4, help_text=NO_PERSONS
    )
    origin = forms.ChoiceField(label=gettext_lazy("Where is it from?"), choices=_origins)
    origin_name = TextLine(
        label=gettext_lazy("More exactly"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("The survey, the organisation or the round it comes from."),
    )
    how_sure = forms.ChoiceField(
        label=gettext_lazy("How sure is it?"),
        choices=words.HOW_SURE.items,
        initial=HowSure.LIKELY,
        widget=forms.RadioSelect,
    )
    from_date = DayField(label=gettext_lazy("From"))
    to_date = DayField(label=gettext_lazy("To"))
    field_order = (
        "what", "origin", "origin_name", "how_sure", "from_date", "to_date", "classification",
        "legal_basis", "audience",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        filled: Sequence[FilledSeat],
        finding: Finding | None = None,
        **kwargs: Any,
    ) -> None:
        there = as_written.of_finding(finding) if finding else None
        super().__init__(*args, filled=filled, there=there, about=finding, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = super().clean()
        first, last = given.get("from_date"), given.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", _("The last day is before the first."))
        return given

    def said(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        found = Found(
            what=given["what"], origin=Origin(given["origin"]),
            how_sure=HowSure(given["how_sure"]), from_date=given["from_date"],
            to_date=given["to_date"], origin_name=given["origin_name"],
        )  # fmt: skip
        return {"found": found, "readers": Readers(**self.classified())}


class AgreedForm(ChangingForm, ClassifiedForm):
    """What both sides agree on."""

    together = (READERS,)
    saved_by = (events.AGREED_CHANGED,)

    text = TextLines(
        label=gettext_lazy("What do both sides agree on?"),
        max_length=1000,
        rows=4,
        help_text=NO_PERSONS,
    )
    field_order = ("text", "classification", "legal_basis", "audience")

    def __init__(
        self,
        *args: Any,
        filled: Sequence[FilledSeat],
        agreed: Agreed | None = None,
        **kwargs: Any,
    ) -> None:
        there = as_written.of_agreed(agreed) if agreed else None
        super().__init__(*args, filled=filled, there=there, about=agreed, **kwargs)

    def said(self) -> dict[str, Any]:
        """What the actions take."""
        return {"text": self.cleaned_data["text"], "readers": Readers(**self.classified())}

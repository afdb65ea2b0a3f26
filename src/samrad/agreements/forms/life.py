"""Forms of a draft begun, written, put out, signed; of an agreement looked back on or ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.agreements import as_written, events
from samrad.agreements.models import Draft, DraftClause, TemplateVersion
from samrad.agreements.queries.parties import Candidate
from samrad.agreements.queries.templates import Guidance
from samrad.cooperation.models import Agreement, Council
from samrad.documents.forms import GuardedForm
from samrad.people.models.register import in_readers_language
from samrad.profiles.reader import profile
from samrad.reading.templates import agreement_kinds, agreement_template
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField

LANGUAGE_NAMES = {
    "nb": "Norsk bokmål", "nn": "Norsk nynorsk", "da": "Dansk", "sv": "Svenska", "en": "English",
}  # fmt: skip
LONGEST_FOCUS = 300


class Begins(TypedDict):
    """What a draft begins with, as the action takes it."""

    language: str
    kind: str
    revises: Agreement | None


DAYS = ("from_date", "to_date", "renewal_date")


class StartForm(GuardedForm):
    """What a draft begins with: an agreement in force, or a template of the country."""

    begins = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the agreement"),
        help_text=gettext_lazy("What is made anew keeps the language it is written in."),
    )

    def __init__(
        self,
        *args: Any,
        council: Council,
        templates: Sequence[TemplateVersion] = (),
        proposed: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, council=council, **options)
        self.country = council.country
        areas = {one.kind: one.area.name for one in templates}
        self.there = {str(one.ref): one for one in council.agreements.in_force()}
        choices = [
            (ref, _("“%(title)s”, to be made anew") % {"title": one.title})
            for ref, one in self.there.items()
        ]
        for kind in agreement_kinds(council.country):
            name = in_readers_language(agreement_template(council.country, kind).name)
            choices.append((kind, _template_called(name, areas.get(kind))))
        begins: Any = self.fields["begins"]
        begins.choices = choices
        begins.initial = proposed if proposed in dict(choices) else choices[0][0]
        language: Any = self.fields["language"]
        spoken = profile(council.country).languages
        language.choices = [(code, LANGUAGE_NAMES[code]) for code in spoken]
        language.initial = spoken[0]

    def begins_with(self) -> Begins:
        """What was chosen."""
        chosen, language = self.cleaned_data["begins"], self.cleaned_data["language"]
        revised = self.there.get(chosen)
        kind = revised.kind if revised else chosen
        return {"language": language, "kind": kind, "revises": revised}


def _template_called(name: str, area: str | None) -> str:
    if area is None:
        return _("The template: %(name)s") % {"name": name}
    return _("The template of %(area)s: %(name)s") % {"area": area, "name": name}


VOIDS = gettext_lazy("I know that the signatures given fall, and that everybody signs again")


class VoidingForm(GuardedForm):
    """A form whose saving takes signatures with it, when there are any."""

    def ask_about_signatures(self, signed: Sequence[str]) -> None:
        """A tick is asked for, and who has signed is named beside it."""
        if signed:
            self.fields["voids"] = forms.BooleanField(
                label=VOIDS,
                error_messages={
                    "required": _("Tick this to save, or leave the text as it was signed.")
                },
                help_text=_("Signed: %(who)s.") % {"who": ", ".join(signed)},
            )

    @property
    def voids_field(self) -> forms.BoundField:
        """The tick, where it is asked for."""
        return self["voids"]

    @property
    def voids(self) -> bool:
        """Whether the writer knows."""
        return bool(self.cleaned_data.get("voids"))


class TakeInForm(VoidingForm):
    """Whether what was added to the agreement comes into the text that takes its place."""

    def __init__(self, *args: Any, signed: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_about_signatures(signed)


class WriteForm(ChangingForm, VoidingForm):
    """The whole draft on one page, a field for each clause."""

    saved_by = (events.DRAFT_WRITTEN,)

    title = TextLine(label=gettext_lazy("Title"), max_length=200)
    from_date = DayField(label=gettext_lazy("In force from"), required=False)
    to_date = DayField(
        label=gettext_lazy("Holds until"),
        required=False,
        help_text=gettext_lazy("Empty: until a new one takes its place."),
    )
    renewal_date = DayField(
        label=gettext_lazy("To be renewed by"),
        required=False,
        help_text=gettext_lazy("Empty: after the next municipal election."),
    )
    meetings_per_year = forms.IntegerField(
        label=gettext_lazy("Meetings a year"), required=False, min_value=1, max_value=60
    )
    focus_areas = TextLines(
        label=gettext_lazy("Focus areas"),
        required=False,
        max_length=6000,
        rows=5,
        help_text=gettext_lazy("One a line. They become the council's when the agreement holds."),
    )

    def __init__(
        self,
        *args: Any,
        draft: Draft,
        guidance: Mapping[str, Guidance],
        signed: Sequence[str],
        **options: Any,
    ) -> None:
        there = as_written.of_draft(draft)
        super().__init__(*args, there=there, about=draft, council=draft.council_id, **options)
        for name in set(as_written.FRAME) - set(there):
            del self.fields[name]
        self.clauses: list[tuple[DraftClause, str, Guidance | None]] = []
        for clause in draft.clauses.all():
            name = as_written.field_of(clause)
            self.fields[name] = TextLines(
                label=clause.heading, required=False, max_length=40000, rows=rows_for(clause.text)
            )
            self.fields[name].is_one_of_many = True  # type: ignore[attr-defined]
            self.clauses.append((clause, name, guidance.get(clause.key)))
        self.ask_about_signatures(signed)
        if self.is_bound and self.started:
            super()._bring_together()

    def _bring_together(self) -> None:
        """Not yet: the clauses become fields below, and everything is compared then."""

    def clean_focus_areas(self) -> str:
        """Lines without bullets, each short enough to be a heading."""
        lines = [
            line.lstrip("-•* ").strip() for line in self.cleaned_data["focus_areas"].splitlines()
        ]
        titles = [line for line in lines if line]
        if any(len(title) > LONGEST_FOCUS for title in titles):
            raise forms.ValidationError(_("A line is longer than 300 characters. Shorten it."))
        return "\n".join(titles)

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given: dict[str, Any] = super().clean() or {}
        start = given.get("from_date")
        for name in ("to_date", "renewal_date"):
            if start and given.get(name) and given[name] < start:
                self.add_error(name, _("This day lies before the first."))
        return given

    @property
    def frame(self) -> list[forms.BoundField]:
        """What stands above the clauses, beside the title and the days."""
        apart = {"title", *DAYS}
        return [self[one] for one in as_written.FRAME if one in self.fields and one not in apart]

    @property
    def days(self) -> list[forms.BoundField]:
        """From when it holds, until when, and when it comes back."""
        return [self[name] for name in DAYS if name in self.fields]

    @property
    def written(self) -> list[tuple[DraftClause, forms.BoundField, Guidance | None]]:
        """The clauses with their fields and what the template says beside them."""
        return [(clause, self[name], said) for clause, name, said in self.clauses]


def rows_for(text: str) -> int:
    """As tall as the text is, within reason."""
    lines = sum(1 + len(line) // 80 for line in text.splitlines()) or 1
    return max(4, min(lines + 2, 24))


class PartiesForm(ChangingForm, VoidingForm):
    """Who signs: offices of the council that can bind their organisation."""

    saved_by = (events.PARTIES_CHOSEN,)

    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Who signs"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One office for each organisation that is to be bound."),
    )

    def __init__(
        self,
        *args: Any,
        draft: Draft,
        offered: Sequence[tuple[Candidate, str]],
        signed: Sequence[str],
        **options: Any,
    ) -> None:
        self.offered = {
            as_written.mark_of_party(one.organisation.ref, one.role): one for one, _label in offered
        }
        labels = [
            (as_written.mark_of_party(one.organisation.ref, one.role), label)
            for one, label in offered
        ]
        there = as_written.of_parties(draft)
        super().__init__(*args, there=there, about=draft, council=draft.council_id, **options)
        self.fields["parties"].choices = labels  # type: ignore[attr-defined]
        self.ask_about_signatures(signed)

    def clean_parties(self) -> list[Candidate]:
        """Each organisation once."""
        chosen = [self.offered[mark] for mark in self.cleaned_data["parties"]]
        if len({one.organisation.pk for one in chosen}) < len(chosen):
            raise forms.ValidationError(_("Choose one office for each organisation."))
        return chosen


class ReasonForm(VoidingForm):
    """Why a draft is given up; that it was signed is said first."""

    reason = TextLines(label=gettext_lazy("Why it is given up"), max_length=2000, rows=3)

    def __init__(self, *args: Any, signed: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_about_signatures(signed)
        if "voids" in self.fields:
            self.fields["voids"].label = _("I know that it has been signed, and give it up")
            self.fields["voids"].error_messages["required"] = _("Tick this to give it up.")


class NotYetForm(GuardedForm):
    """What stands in the way of a signature."""

    why = TextLines(
        label=gettext_lazy("What stands in the way"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("Whoever writes the agreement reads it, and the council's members."),
    )


class EndAgreementForm(GuardedForm):
    """With which day an agreement ends, and why."""

    last_day = DayField(label=gettext_lazy("Last day"))
    reason = TextLines(
        label=gettext_lazy("Why it ends"),
        max_length=2000,
        rows=4,
        help_text=gettext_lazy("It stands in the history of the agreement."),
    )
    stops_promises = forms.BooleanField(
        label=gettext_lazy("Stop following what was promised in it"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Its activities leave the year wheel and its open tasks are dropped, with the reason "
            "above. Without the tick they go on until you stop each of them."
        ),
    )

    def __init__(self, *args: Any, asks_of_promises: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_of_promises:
            del self.fields["stops_promises"]

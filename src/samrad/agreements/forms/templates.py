"""Forms of an area's template: begun, written, published; and its changes taken into a draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samrad.agreements import as_written, events
from samrad.agreements.actions.templates import OwnClause
from samrad.agreements.forms.life import LANGUAGE_NAMES, VoidingForm
from samrad.agreements.models import TemplateClause, TemplateVersion
from samrad.agreements.queries.areas import OWN, THERE, Offered
from samrad.agreements.queries.versions import Became
from samrad.agreements.rules import Taken
from samrad.areas.models import Area
from samrad.documents.forms import GuardedForm
from samrad.people.models.register import in_readers_language
from samrad.profiles.reader import profile
from samrad.reading.templates import agreement_kinds, agreement_template
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines

LONGEST_TEXT, LONGEST_GUIDANCE = 40000, 4000


class BeginTemplateForm(GuardedForm):
    """For which area, of which kind, in which language."""

    area = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("For the councils in"), to_field_name="ref"
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of agreement"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the agreement"))

    def __init__(self, *args: Any, areas: Sequence[Area], **options: Any) -> None:
        super().__init__(*args, **options)
        area: Any = self.fields["area"]
        area.queryset = Area.objects.filter(pk__in=[one.pk for one in areas]).widest_first()
        area.empty_label = None if len(areas) == 1 else area.empty_label
        countries = list(dict.fromkeys(one.country for one in areas))
        kinds = {
            kind: in_readers_language(agreement_template(country, kind).name)
            for country in countries
            for kind in agreement_kinds(country)
        }
        languages = {code: LANGUAGE_NAMES[code] for one in countries for code in _spoken(one)}
        self.fields["kind"].choices = list(kinds.items())  # type: ignore[attr-defined]
        self.fields["language"].choices = list(languages.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The country has a template of the kind, and speaks the language."""
        given: dict[str, Any] = super().clean() or {}
        area = given.get("area")
        if area and given.get("kind") and given["kind"] not in agreement_kinds(area.country):
            self.add_error("kind", _("There is no such template in this country."))
        if area and given.get("language") and given["language"] not in _spoken(area.country):
            self.add_error("language", _("No agreements are written in this language there."))
        return given


def _spoken(country: str) -> tuple[str, ...]:
    return tuple(profile(country).languages)


class WriteTemplateForm(ChangingForm, GuardedForm):
    """The whole template on one page: of each clause its heading, its text and its guidance."""

    saved_by = (events.TEMPLATE_WRITTEN,)

    new_heading = TextLine(
        label=gettext_lazy("Heading of a new clause"), required=False, max_length=200
    )
    new_text = TextLines(
        label=gettext_lazy("Its text"), required=False, max_length=LONGEST_TEXT, rows=4
    )
    new_guidance = TextLines(
        label=gettext_lazy("What stands beside it, for whoever writes"),
        required=False,
        max_length=LONGEST_GUIDANCE,
        rows=3,
    )
    new_required = forms.BooleanField(
        label=gettext_lazy("Every council is to have this clause"), required=False
    )

    def __init__(
        self, *args: Any, template: TemplateVersion, required: Collection[str], **options: Any
    ) -> None:
        there = as_written.of_template(template)
        super().__init__(*args, there=there, about=template, **options)
        self.clauses = list(template.clauses.all())
        self.required = required
        for one in self.clauses:
            self._add_fields(one)
        if self.is_bound and self.started:
            super()._bring_together()

    def _add_fields(self, clause: TemplateClause) -> None:
        heading, text, guidance = as_written.fields_of(clause)
        called = {"heading": clause.heading}
        self.fields[heading] = TextLine(
            label=_("Heading of “%(heading)s”") % called, max_length=200
        )
        self.fields[text] = TextLines(
            label=_("Text of “%(heading)s”") % called, required=False, max_length=LONGEST_TEXT,
            rows=max(4, min(2 + len(clause.text) // 80, 16)),
        )  # fmt: skip
        self.fields[guidance] = TextLines(
            label=_("Beside “%(heading)s”, for whoever writes") % called, required=False,
            max_length=LONGEST_GUIDANCE, rows=3,
        )  # fmt: skip
        if clause.key not in self.required:
            self.fields[_without(clause.key)] = forms.BooleanField(
                label=_("Leave “%(heading)s” out") % called, required=False
            )

    def _bring_together(self) -> None:
        """Not yet: the clauses become fields below, and everything is compared then."""

    def clean(self) -> dict[str, Any]:
        """A clause that is added has a heading."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("new_heading") and (given.get("new_text") or given.get("new_guidance")):
            self.add_error("new_heading", _("Give the new clause a heading."))
        return given

    @property
    def without(self) -> frozenset[str]:
        """The clauses that are left out."""
        given = self.cleaned_data
        return frozenset(one.key for one in self.clauses if given.get(_without(one.key)))

    @property
    def adding(self) -> OwnClause | None:
        """The clause that is added."""
        given = self.cleaned_data
        if not given["new_heading"]:
            return None
        return OwnClause(
            given["new_heading"], given["new_text"], given["new_guidance"], given["new_required"]
        )

    @property
    def written(self) -> list[tuple[TemplateClause, list[forms.BoundField], bool]]:
        """Each clause with its fields, and whether it has to stay."""
        return [
            (
                one,
                [self[name] for name in (*as_written.fields_of(one), _without(one.key))
                 if name in self.fields],
                one.key in self.required,
            )
            for one in self.clauses
        ]  # fmt: skip

    @property
    def added(self) -> list[forms.BoundField]:
        """What a new clause consists of."""
        names = ("new_heading", "new_text", "new_guidance", "new_required")
        return [self[name] for name in names]


def _without(key: str) -> str:
    return f"without_{key}"


class PublishTemplateForm(GuardedForm):
    """What is changed, for those who wrote from the version before."""

    note = TextLines(
        label=gettext_lazy("What is changed, and why"),
        max_length=2000,
        rows=4,
        help_text=gettext_lazy("The councils that began from an older version read this first."),
    )


class TakeOverForm(VoidingForm):
    """Clause by clause: the draft's own, the template's new wording, or both."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self, *args: Any, offered: Sequence[Offered], signed: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.offered = [one for one in offered if one.stands != THERE]
        for one in self.offered:
            self.fields[_choice(one.key)] = forms.ChoiceField(
                label=_("“%(heading)s” in your draft") % {"heading": one.change.heading},
                choices=_choices(one),
                widget=forms.RadioSelect,
                initial=Taken.LEFT if one.stands == OWN else Taken.TAKEN,
            )
        self.ask_about_signatures(signed)
        if "voids" in self.fields:
            self.fields["voids"].required = self._takes_something()

    def _takes_something(self) -> bool:
        names = [self.add_prefix(_choice(one.key)) for one in self.offered]
        return any(self.data.get(name) != Taken.LEFT for name in names) if self.is_bound else True

    def starts_anew_from(self, mark: str) -> None:
        """The draft has changed meanwhile: what is sent next is about the draft as it is now."""
        given: Any = self.data
        self.data = given = given.copy()
        given["seen"] = mark

    def field_of(self, offered: Offered) -> forms.BoundField | None:
        """The choice about one clause, where there is one to make."""
        name = _choice(offered.key)
        return self[name] if name in self.fields else None

    @property
    def chosen(self) -> dict[str, Taken]:
        """How each is taken."""
        given = self.cleaned_data
        return {one.key: Taken(given[_choice(one.key)]) for one in self.offered}


def _choice(key: str) -> str:
    return f"take_{key}"


def _choices(one: Offered) -> list[tuple[str, str]]:
    found = [(str(Taken.LEFT), pgettext("clause of a draft", "Leave it as it stands"))]
    if one.change.became == Became.RENAMED:
        found.append((str(Taken.TAKEN), pgettext("clause of a draft", "Take the new heading")))
        return found
    if not one.wording:
        found.append((str(Taken.TAKEN), pgettext("clause of a draft", "Empty it, as there")))
        return found
    found.append((str(Taken.TAKEN), pgettext("clause of a draft", "Take the new wording")))
    if one.stands == OWN:
        found.append(
            (str(Taken.BELOW), pgettext("clause of a draft", "Keep ours, and the new one below it"))
        )
    return found

"""Handing a document over to be read, and confirming what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.cooperation.actions import WantedAgreement, WantedCouncil, WantedSeat
from samrad.cooperation.actions.agreements import usual_parent
from samrad.cooperation.forms import areas_for, role_choices, tier_choices
from samrad.cooperation.lacking import Missing, lacking_in, measure_of
from samrad.cooperation.models import AgreementReading, Council
from samrad.cooperation.permissions import has_begun
from samrad.cooperation.reading_guesses import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_LINE,
    first_guess,
    language_of,
    likeliest_first,
    likely_one,
)
from samrad.cooperation.reading_promises import promises_in
from samrad.cooperation.reading_words import clause_titles
from samrad.cooperation.rules import CORRECTED, MEASURED, SeatFunction, Side
from samrad.cooperation.words import FUNCTIONS, SIDES
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.kernel.text import normalise
from samrad.people.models import Organisation
from samrad.profiles.reader import profile
from samrad.reading.model import Passage, Reading
from samrad.reading.placed import as_placed, clauses_of
from samrad.reading.templates import Template, agreement_kinds, agreement_template
from samrad.reading.written import Beside, Written
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField

SPARE_SEATS = 3
MOST_SEATS = 100
LEAVE_OUT = ""
NEW = "new"
LONGEST_PASSAGE = 50_000
# What is asked only when a council is set up from the agreement.
NEW_COUNCIL = ("name", "tier", "municipality", "police", "meetings_per_year", "slt_relation")


class HandOverForm(forms.Form):
    """The document, and whose agreement it is."""

    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("Which area is the agreement for?"),
        to_field_name="ref",
        empty_label=None,
    )
    file = forms.FileField(
        label=_("The agreement"),
        help_text=_("A Word document, a PDF with text in it, or plain text."),
    )
    kind = forms.ChoiceField(label=_("What kind of agreement is it?"), required=False)
    anyway = forms.BooleanField(
        label=_("It is an agreement between police and municipality. Read it all the same."),
        help_text=_("Choose the file again."),
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_asked = bool(self.data.get("anyway"))
        fields: Any = self.fields
        fields["area"].queryset = areas_for(actor)
        kinds = kinds_of({area.country for area in fields["area"].queryset})
        self.has_kinds = len(kinds) > 1
        fields["kind"].choices = [("", _("As its title says")), *kinds]

    def clean(self) -> dict[str, Any]:
        """A kind that the area's country has a template of."""
        given = super().clean() or self.cleaned_data
        area, kind = given.get("area"), given.get("kind")
        if area and kind and kind not in agreement_kinds(area.country):
            self.add_error("kind", gettext("This country has no template of that kind."))
        return given


def kinds_of(countries: set[str]) -> list[tuple[str, str]]:
    """The kinds of agreement there are templates of in these countries, each by its name."""
    language = get_language() or "en"
    return [
        (kind, agreement_template(country, kind).name.in_language(language))
        for country in sorted(countries)
        for kind in agreement_kinds(country)
        if country == min(one for one in countries if kind in agreement_kinds(one))
    ]


class ConfirmSeatForm(forms.Form):
    """A seat as the agreement names it; without a role it is left out."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    side = forms.ChoiceField(
        label=_("Side"), choices=list(SIDES.items()), initial=Side.MUNICIPALITY
    )
    function = forms.ChoiceField(
        label=_("In the council"), choices=list(FUNCTIONS.items()), initial=SeatFunction.MEMBER
    )

    def __init__(self, *args: Any, country: str, holders: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (role, f"{title} – {holders[role]}" if role in holders else title)
            for role, title in role_choices(profile(country))
        ]
        choices = [("", _("No seat")), *named]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class ConfirmForm(GuardedForm):
    """What was read, as a person confirms it: for a council there is, or for a new one.

    Both are asked about on the same page, so that choosing one throws away nothing of the other.
    """

    council = forms.ChoiceField(
        label=_("The agreement is for"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the council that the agreement is for.")},
    )
    name = TextLine(label=_("Name of the new council"), max_length=200)
    tier = forms.ChoiceField(label=_("Kind of council"))
    municipality = TextLine(label=_("Party: the municipality"), max_length=200)
    police = TextLine(label=_("Party: the police"), max_length=200)
    meetings_per_year = forms.IntegerField(
        label=_("Meetings a year, at least"), required=False, min_value=1, max_value=60
    )
    slt_relation = TextLines(
        label=_("Relation to other coordinated work"), required=False, max_length=4000
    )
    title = TextLine(label=_("Title of the agreement"), max_length=200)
    from_date = DayField(label=_("In force from"))
    to_date = DayField(label=_("Holds until"), required=False)
    renewal_date = DayField(label=_("To be renewed after"), required=False)
    focus_year = forms.IntegerField(
        label=_("Focus areas are for the year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    focus_areas = TextLines(
        label=_("Focus areas"), required=False, max_length=8000, help_text=_("One a line.")
    )
    commitments = TextLines(
        label=_("What the parties promise each other"),
        required=False,
        max_length=8000,
        help_text=_(
            "One a line. Who promises it, and how often, stays with the line as it was read."
        ),
    )

    def __init__(
        self,
        *args: Any,
        staged: AgreementReading,
        reading: Reading,
        actor: Actor,
        councils: Sequence[Council] = (),
        council: Council | None = None,
        **kwargs: Any,
    ) -> None:
        self.staged, self.reading, self.chosen = staged, reading, council
        self.council_meant = council  # the chosen one, or as long as nobody has chosen the likely
        kwargs.setdefault("initial", first_guess(staged, reading))
        super().__init__(*args, actor=actor, **kwargs)
        country = profile(staged.country)
        fields: Any = self.fields
        fields["tier"].choices = tier_choices(country)
        fields["council"].required = bool(councils)
        if councils:
            fields["council"].label = gettext(
                "There is a council for %(area)s already. Is the agreement for it?"
            ) % {"area": staged.area.name}
            councils = likeliest_first(councils, self.initial["tier"])
            self._propose(likely_one(councils, self.initial["tier"]))
        new = _("A new council, beside it") if councils else _("A new council")
        fields["council"].choices = [*((str(one.ref), one.name) for one in councils), (NEW, new)]
        choices = [(LEAVE_OUT, _("Leave out")), *clause_titles(self.template).items()]
        for passage in reading.passages:
            self.fields[self.name_of(passage)] = forms.ChoiceField(
                label=_("Belongs under"),
                choices=choices,
                required=False,
                initial=passage.clause or (passage.likely[0] if passage.likely else LEAVE_OUT),
            )
            self.fields[self.text_of(passage)] = TextLines(
                label=_("The text of the passage"),
                required=False,
                max_length=LONGEST_PASSAGE,
                initial=passage.text,
            )

    def _propose(self, likely: Council | None) -> None:
        """Chosen beforehand where there is one that it is likely for; else left to the person."""
        if likely is not None:
            self.initial.setdefault("council", str(likely.ref))
            if not self.is_bound:
                self.council_meant = likely

    def full_clean(self) -> None:
        """What is asked only of a new council is kept, and not looked at where there is one."""
        aside = {name: self.fields.pop(name) for name in NEW_COUNCIL if self.chosen}
        super().full_clean()
        self.fields.update(aside)

    @property
    def template(self) -> Template:
        """The country's template."""
        return agreement_template(self.staged.country, self.reading.template)

    @staticmethod
    def name_of(passage: Passage) -> str:
        """The field that places a passage."""
        return f"clause_{passage.number}"

    @staticmethod
    def text_of(passage: Passage) -> str:
        """The field that its text is put right in."""
        return f"text_{passage.number}"

    def put_right(self) -> dict[int, str]:
        """The passages whose text a person has changed; an emptied one is as it was read."""
        found = {}
        for one in self.reading.passages:
            text = normalise(str(self[self.text_of(one)].value() or ""))
            if text and text.split() != one.text.split():
                found[one.number] = text
        return found

    def doubtful(self) -> list[tuple[Passage, Any]]:
        """Passages a person has to place, each with its field."""
        return [(one, self[self.name_of(one)]) for one in self.reading.passages if one.unsure]

    def clean_from_date(self) -> date:
        """A day that has come."""
        day = _within_reason(self.cleaned_data["from_date"])
        verdict = has_begun(day, today(profile(self.staged.country).zone))
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return day

    def clean_to_date(self) -> date | None:
        """A day of our time, if any, and not before the first."""
        day: date | None = self.cleaned_data["to_date"]
        start = self.cleaned_data.get("from_date")
        if day and start and day < start:
            raise forms.ValidationError(gettext("This day lies before the first."))
        return _within_reason(day) if day else None

    def clean_renewal_date(self) -> date | None:
        """A day of our time, if any."""
        day: date | None = self.cleaned_data["renewal_date"]
        return _within_reason(day) if day else None

    def clean_focus_areas(self) -> str:
        """Each short enough to be a heading."""
        return _none_too_long(self.cleaned_data["focus_areas"])

    def clean_commitments(self) -> str:
        """Each short enough to be a heading."""
        return _none_too_long(self.cleaned_data["commitments"])

    def lines(self, field: str) -> tuple[str, ...]:
        """A field of one thing a line, bullets taken off."""
        return tuple(_lines(self.cleaned_data[field]))

    def as_placed(self) -> Reading:
        """What was read, judged by where the passages stand in the form now."""
        titles = clause_titles(self.template)
        places = {
            passage.number: place
            for passage in self.reading.passages
            if (place := self[self.name_of(passage)].value()) in titles
        }
        return as_placed(self.reading, places, self.template, self.put_right())

    def lacking(self) -> list[Missing]:
        """What it will lack where its passages stand now, by the measure of one that is kept."""
        titles = clause_titles(self.template, language_of(self.staged, self.reading))
        clauses = clauses_of(self.as_placed(), self.template, titles)
        focus = tuple(_lines(str(self["focus_areas"].value() or "")))
        return lacking_in(
            self.staged.country,
            self.reading.template,
            [Written(str(one.clause), titles[str(one.clause)], text) for one, text in clauses],
            title=str(self["title"].value() or ""),
            beside=Beside(focus, self._meetings()),
        )

    def _meetings(self) -> int | None:
        """Beside the text: those of the council that is chosen, or what a new one is to have."""
        if self.council_meant is None:
            given = str(self["meetings_per_year"].value() or "")
            return int(given) if given.isdecimal() else None
        is_part = usual_parent(self.council_meant, self.reading.template) is not None
        return None if is_part else self.council_meant.meetings_per_year

    def wanted_agreement(self) -> WantedAgreement:
        """The agreement as confirmed, and what it lacks as it is now."""
        placed, given = self.as_placed(), self.cleaned_data
        titles = clause_titles(self.template, language_of(self.staged, self.reading))
        stored = placed.to_json()
        return WantedAgreement(
            title=given["title"],
            kind=placed.template,
            from_date=given["from_date"],
            to_date=given["to_date"],
            renewal_date=given["renewal_date"],
            clauses=tuple(
                {
                    "key": str(passage.clause),
                    "heading": titles[str(passage.clause)],
                    "origin": str(passage.origin),
                    "text": text,
                }
                for passage, text in clauses_of(placed, self.template, titles)
            ),
            facts={
                "facts": stored["facts"],
                MEASURED: measure_of(self.staged.country),
                **self._corrections(placed),
            },
            missing=tuple(self.lacking()),
            focus_areas=self.lines("focus_areas"),
            focus_year=given["focus_year"],
            commitments=promises_in(self.lines("commitments"), self.reading, self.template),
        )

    def _corrections(self, placed: Reading) -> dict[str, Any]:
        """What a person put right, with how it was read: the document itself is kept too."""
        right, read = self.put_right(), self.reading.passages
        corrected = [
            {"clause": str(one.clause), "page": one.page, "read_as": read[one.number].text}
            for one in placed.passages
            if one.number in right
        ]
        return {CORRECTED: corrected} if corrected else {}

    def wanted_council(
        self, seats: list[dict[str, Any]], organisations: dict[str, Organisation]
    ) -> WantedCouncil:
        """The new council with its seats."""
        given = self.cleaned_data
        return WantedCouncil(
            tier=given["tier"],
            name=given["name"],
            area=self.staged.area,
            slt_relation=given["slt_relation"],
            meetings_per_year=given["meetings_per_year"],
            seats=tuple(
                WantedSeat(
                    role=seat["role"],
                    organisation=organisations[seat["side"]],
                    side=seat["side"],
                    function=seat["function"],
                )
                for seat in seats
                if seat.get("role")
            ),
        )


def _within_reason(day: date) -> date:
    if day.year not in range(FIRST_YEAR, LAST_YEAR + 1):
        raise forms.ValidationError(
            gettext("Choose a day between %(first)s and %(last)s.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


def _lines(text: str) -> Iterable[str]:
    found = (line.lstrip("-•* ").strip() for line in text.splitlines())
    return (line for line in found if line)


def _none_too_long(text: str) -> str:
    if any(len(line) > LONGEST_LINE for line in _lines(text)):
        raise forms.ValidationError(gettext("A line is longer than 300 characters. Shorten it."))
    return text

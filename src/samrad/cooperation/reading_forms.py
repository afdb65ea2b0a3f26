"""Handing a document over to be read, and confirming what was read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.cooperation.actions import WantedAgreement, WantedCouncil, WantedSeat
from samrad.cooperation.forms import areas_for, role_choices, tier_choices
from samrad.cooperation.models import AgreementReading, Council
from samrad.cooperation.permissions import has_begun
from samrad.cooperation.reading_words import clause_titles
from samrad.cooperation.rules import SeatFunction, Side
from samrad.cooperation.words import FUNCTIONS, SIDES
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.people.models import Organisation
from samrad.profiles.reader import profile
from samrad.reading.messages import fact_in_words
from samrad.reading.model import Passage, Reading
from samrad.reading.templates import agreement_kinds, agreement_template
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField

SPARE_SEATS = 3
MOST_SEATS = 100
LEAVE_OUT = ""
FIRST_YEAR, LAST_YEAR = 1990, 2100
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

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No seat")), *role_choices(profile(country))]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class ConfirmForm(GuardedForm):
    """What was read, as a person confirms it: for a council there is, or for a new one."""

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
        help_text=_("One a line."),
    )

    def __init__(
        self,
        *args: Any,
        staged: AgreementReading,
        reading: Reading,
        council: Council | None,
        actor: Actor,
        **kwargs: Any,
    ) -> None:
        self.staged, self.reading, self.council = staged, reading, council
        kwargs.setdefault("initial", first_guess(staged, reading))
        super().__init__(*args, actor=actor, **kwargs)
        country = profile(staged.country)
        fields: Any = self.fields
        fields["tier"].choices = tier_choices(country)
        for name in NEW_COUNCIL if council else ():
            del fields[name]
        choices = [(LEAVE_OUT, _("Leave out")), *clause_titles(self.template).items()]
        for passage in reading.passages:
            self.fields[self.name_of(passage)] = forms.ChoiceField(
                label=_("Belongs under"),
                choices=choices,
                required=False,
                initial=passage.clause or (passage.likely[0] if passage.likely else LEAVE_OUT),
            )

    @property
    def template(self) -> Any:
        """The country's template."""
        return agreement_template(self.staged.country, self.reading.template)

    @staticmethod
    def name_of(passage: Passage) -> str:
        """The field that places a passage."""
        return f"clause_{passage.number}"

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

    def clean_renewal_date(self) -> date | None:
        """A day of our time, if any."""
        day: date | None = self.cleaned_data["renewal_date"]
        return _within_reason(day) if day else None

    def lines(self, field: str) -> tuple[str, ...]:
        """A field of one thing a line, bullets taken off."""
        found = (line.lstrip("-•* ").strip() for line in self.cleaned_data[field].splitlines())
        return tuple(line[:300] for line in found if line)

    def wanted_agreement(self) -> WantedAgreement:
        """The agreement as confirmed."""
        titles = clause_titles(self.template)
        order = list(titles)
        chosen = [
            (self.cleaned_data[self.name_of(passage)], passage) for passage in self.reading.passages
        ]
        kept = sorted(
            ((key, passage) for key, passage in chosen if key),
            key=lambda pair: (order.index(pair[0]), pair[1].number),
        )
        stored = self.reading.to_json()
        given = self.cleaned_data
        return WantedAgreement(
            title=given["title"],
            kind=self.reading.template,
            from_date=given["from_date"],
            renewal_date=given["renewal_date"],
            clauses=tuple(
                {
                    "key": key,
                    "heading": titles[key],
                    "origin": str(passage.origin),
                    "text": passage.text,
                }
                for key, passage in kept
            ),
            facts={"facts": stored["facts"]},
            missing=tuple(stored["missing"]),
            focus_areas=self.lines("focus_areas"),
            focus_year=given["focus_year"],
            commitments=tuple((line, Side.OTHER, "") for line in self.lines("commitments")),
        )

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


def first_guess(staged: AgreementReading, reading: Reading) -> dict[str, Any]:
    """What the form proposes, from the facts that were found."""
    country, area = profile(staged.country), staged.area
    own = country.languages[0]
    adoption = reading.fact("adoption") or reading.fact("in_force")
    start = date.fromisoformat(adoption.value["date"]) if adoption else today(country.zone)
    meetings, slt = reading.fact("meetings_a_year"), reading.fact("coordination")
    years, renewal = reading.fact("focus_years"), reading.fact("renewal")
    after_election = renewal and renewal.value.get("rule") == "after_municipal_election"
    tier = next((one for one in country.tiers if one.level == "strategic"), country.tiers[0])
    return {
        "tier": tier.code,
        "name": f"{tier.name.in_language(own).capitalize()} i {area.name}",
        "municipality": _municipality(area),
        "police": _police(area, reading),
        "meetings_per_year": meetings.value["count"] if meetings else tier.min_meetings_a_year,
        "slt_relation": fact_in_words(slt) if slt else "",
        "title": reading.title or _template_title(staged, reading),
        "from_date": start,
        "renewal_date": country.elections.next_after(start) if after_election else None,
        "focus_year": years.value["to"] if years else start.year,
        "focus_areas": "\n".join(fact.value["text"] for fact in reading.facts_of("focus_areas")),
        "commitments": "\n".join(fact.value["text"] for fact in reading.facts_of("commitments")),
    }


def _template_title(staged: AgreementReading, reading: Reading) -> str:
    own = profile(staged.country).languages[0]
    return agreement_template(staged.country, reading.template).title.in_language(own)


def _municipality(area: Area) -> str:
    parties = profile(area.country).parties
    there = Organisation.objects.filter(area=area, kind=parties.municipality).first()
    return there.name if there else f"{area.name} {parties.municipality_word}"


def _police(area: Area, reading: Reading) -> str:
    unit = reading.fact("police_unit") or reading.fact("police_district")
    if unit:
        return str(unit.value["name"])
    kinds = profile(area.country).parties.police
    there = Organisation.objects.filter(area=area, kind__in=kinds).first()
    return there.name if there else ""


def seat_guesses(reading: Reading) -> list[dict[str, Any]]:
    """The seats the agreement names, each role once, with who chairs and who writes."""
    chair, secretary = reading.fact("chair"), reading.fact("secretary")
    functions = {
        fact.value["role"]: function
        for fact, function in ((secretary, SeatFunction.SECRETARY), (chair, SeatFunction.CHAIR))
        if fact and fact.value.get("role")
    }
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in reading.facts_of("participants"):
        role, side = fact.value["role"], fact.value["side"]
        if role and not fact.value["when_needed"]:
            function = functions.get(role, SeatFunction.MEMBER)
            found[role, side] = {"role": role, "side": side, "function": function}
    return list(found.values())

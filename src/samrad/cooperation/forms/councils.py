"""Forms of councils, seats and focus areas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area
from samrad.cooperation import as_written, events
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.permissions import is_planned_to_end, lies_below
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.words import FUNCTIONS, RHYTHMS
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.kernel.meanwhile import mark_of
from samrad.people.models import Organisation
from samrad.profiles.model import Profile
from samrad.profiles.reader import profile
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField
from samrad.ui.sorting import by_name, name_key


def areas_for(actor: Actor) -> Any:
    """The areas in which the actor may set up councils."""
    areas = actor.areas_where(Permission.COUNCIL_SET_UP)
    return Area.objects.covered_by(areas, on=today()).fit_for_councils().order_by(by_name(), "pk")


def role_choices(country: Profile) -> list[tuple[str, str]]:
    """Roles of the country by their titles, in the reader's language."""
    language = get_language() or "en"
    named = [(role.code, role.name.in_language(language)) for role in country.roles]
    return sorted(named, key=lambda pair: name_key(pair[1]))


def tier_choices(country: Profile) -> list[tuple[str, str]]:
    """Kinds of council in the country."""
    language = get_language() or "en"
    return [(tier.code, tier.name.in_language(language)) for tier in country.tiers]


def complain(form: forms.Form, name: str, text: object) -> None:
    """Say what is wrong with a field, unless something is said of it already."""
    if name not in form.errors:
        form.add_error(name, str(text))


class CouncilForm(ChangingForm, GuardedForm):
    """What a council is called, is for, and how often it meets."""

    saved_by = (events.COUNCIL_CHANGED,)

    field_order = [
        "name", "purpose", "mandate", "planned_end_date", "slt_relation", "meetings_per_year"
    ]  # fmt: skip

    name = TextLine(label=_("Name"), max_length=200)
    purpose = TextLines(label=_("Purpose"), required=False, max_length=4000)
    slt_relation = TextLines(
        label=_("Relation to the local coordination of prevention (SLT, SSP)"),
        required=False,
        max_length=4000,
        help_text=_("Who steers, who coordinates, and how the two complement each other."),
    )
    meetings_per_year = forms.IntegerField(
        label=_("Meetings a year"), required=False, min_value=1, max_value=60
    )
    mandate = TextLines(
        label=_("Mandate"),
        required=False,
        max_length=4000,
        help_text=_("For a group set up for a time: what it is to deliver, and to whom."),
    )
    planned_end_date = DayField(
        label=_("Works until"),
        required=False,
        help_text=_(
            "For a group set up for a time. When the day comes, the final report is asked for."
        ),
    )
    notice_days = forms.IntegerField(
        label=_("Days the agenda is out before a meeting"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Empty where the council has not settled its own time."),
    )


class NewCouncilForm(CouncilForm):
    """A council that is set up without an agreement to read in."""

    field_order = [
        "area", "tier", "name", "parent", "purpose", "mandate", "planned_end_date", "slt_relation",
        "meetings_per_year",
    ]  # fmt: skip

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), to_field_name="ref")
    tier = forms.ChoiceField(label=_("Kind of council"))
    parent = forms.ModelChoiceField(
        Council.objects.none(), label=_("Reports to"), required=False, to_field_name="ref"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        areas = areas_for(actor)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["parent"].queryset = Council.objects.visible_to(actor).active()  # type: ignore[attr-defined]
        countries = areas.order_by().values_list("country", flat=True).distinct()
        self.fields["tier"].choices = [  # type: ignore[attr-defined]
            choice for country in sorted(countries) for choice in tier_choices(profile(country))
        ]

    def clean(self) -> dict[str, Any]:
        """The kind of council must be one that the area's country has."""
        cleaned = super().clean() or self.cleaned_data
        area, tier = cleaned.get("area"), cleaned.get("tier")
        if area and tier and tier not in {one.code for one in profile(area.country).tiers}:
            self.add_error("tier", _("That kind of council is not found in this country."))
        elif area and tier:
            self._in_its_place(area, tier, cleaned)
        return cleaned

    def _in_its_place(self, area: Area, tier: str, given: dict[str, Any]) -> None:
        """The country's profile says what lies under which, and what is set up for a time."""
        below = lies_below(tier, area.country, given.get("parent"))
        ends = is_planned_to_end(tier, area.country, given.get("planned_end_date"))
        if not below:
            complain(self, "parent", below.reason)
        if not ends:
            complain(self, "planned_end_date", ends.reason)


class SeatForm(GuardedForm):
    """A seat: whoever holds this role at this organisation."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("At"), to_field_name="ref"
    )
    function = forms.ChoiceField(
        label=_("In the council"), choices=list(FUNCTIONS.items()), initial=SeatFunction.MEMBER
    )
    theme = TextLine(
        label=_("Theme"),
        required=False,
        max_length=120,
        help_text=_("For guests: what they are asked to come for."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often a guest comes"),
        required=False,
        choices=[("", _("When the matter calls for it")), *RHYTHMS.items()],
        help_text=_("For guests: the secretary is told when one is due."),
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        self.fields["role"].choices = role_choices(profile(council.country))  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            country=council.country
        )


class ChangeSeatForm(ChangingForm, GuardedForm):
    """What a seat does in its council, or that it ends."""

    together = (("function", "theme", "rhythm", "last_date"),)
    saved_by = (events.SEAT_CHANGED, events.SEAT_ENDED)

    function = forms.ChoiceField(label=_("In the council"), choices=list(FUNCTIONS.items()))
    theme = TextLine(label=_("Theme"), required=False, max_length=120)
    rhythm = forms.ChoiceField(
        label=_("How often a guest comes"),
        required=False,
        choices=[("", _("When the matter calls for it")), *RHYTHMS.items()],
        help_text=_("For guests: the secretary is told when one is due."),
    )
    last_date = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave empty as long as the seat exists."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        there = as_written.of_seat(seat)
        super().__init__(*args, council=seat.council_id, there=there, about=seat, **kwargs)


class FocusAreasForm(ChangingForm, GuardedForm):
    """The focus areas of a year, one a line."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    titles = TextLines(
        label=_("Focus areas"),
        max_length=6000,
        help_text=_("One a line, the most important first. Few and concrete work best."),
    )

    @property
    def started(self) -> dict[str, str]:
        """The marks of the year that was shown; of another year nothing had been shown."""
        found = super().started
        year = mark_of(self.there.get("year"))
        if found.get("year") in {None, year}:
            return found
        return {"year": year, "titles": mark_of("")}

    def clean_titles(self) -> list[str]:
        """Lines without bullets; each short enough to be a heading."""
        lines = [line.lstrip("-•* ").strip() for line in self.cleaned_data["titles"].splitlines()]
        titles = [line for line in lines if line]
        for number, title in enumerate(titles, start=1):
            if len(title) > 300:  # noqa: PLR2004 - the field's length
                raise forms.ValidationError(
                    _("Line %(number)s is longer than 300 characters. Shorten it."),
                    params={"number": number},
                )
        return titles

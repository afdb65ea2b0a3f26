"""Forms about organisations, and roles that are given by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samrad.access.vocabulary import Role
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.people import events
from samrad.people.models import Organisation
from samrad.people.queries.directory import organisations_around
from samrad.profiles.labels import SIDES
from samrad.profiles.model import Side
from samrad.profiles.reader import profile
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import NameLine, PhoneLine
from samrad.ui.forms import DayField
from samrad.ui.sorting import name_key

# What the profiles call the kinds of territory that go by another word among the areas.
IN_PROFILES = {AreaKind.POLICE_DISTRICT: "district"}
GIVEN_BY_NAME = {
    Role.COORDINATOR: _("Coordinates: sets councils up, and keeps organisations and people"),
    Role.COVERING: _("Oversees: sees how the councils stand"),
    Role.ADDRESS_READER: _("Reads which addresses come back, of the police district"),
    Role.ADMINISTRATOR: _("Runs the installation"),
}

IN_AN_AREA = (Role.COORDINATOR, Role.COVERING, Role.ADDRESS_READER)


def kinds_in(country: str) -> list[tuple[Any, list[tuple[str, str]]]]:
    """The kinds of organisation of a country by name, grouped by whose side they are on."""
    language = get_language() or "en"
    kinds = profile(country).organisation_kinds
    groups = []
    for side in (Side.MUNICIPALITY, Side.POLICE, Side.OTHER):
        named = [(one.code, one.name.in_language(language)) for one in kinds if one.side == side]
        groups.append((SIDES[side], sorted(named, key=lambda pair: name_key(pair[1]))))
    return groups


def usual_kind(area: Area) -> str:
    """The kind of organisation that has such an area to itself."""
    wanted = IN_PROFILES.get(AreaKind(area.kind), area.kind)
    kinds = profile(area.country).organisation_kinds
    return next((one.code for one in kinds if one.area_kind and one.area_kind == wanted), "")


class OrganisationForm(ChangingForm):
    """What an organisation is called and how it is reached."""

    saved_by = (events.ORGANISATION_CHANGED,)

    name = NameLine(
        label=_("Name"),
        max_length=200,
        help_text=_("As it stands on letters and agreements, in full."),
    )
    short_name = NameLine(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_("For narrow places. Leave it empty if the name is short."),
    )
    phone = PhoneLine(
        label=_("Telephone"),
        required=False,
        help_text=_("The switchboard. People have numbers of their own."),
    )


class NewOrganisationForm(OrganisationForm):
    """An organisation that is not here yet, in an area that has been chosen."""

    field_order = ("kind", "name", "short_name", "parent", "number", "phone")

    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        help_text=_("It decides which roles people can have there."),
    )
    parent = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="ref",
        label=_("Part of"),
        required=False,
        empty_label=_("Stands alone"),
        help_text=_("A station is part of its unit, a service part of its municipality."),
    )
    number = NameLine(
        label=_("Organisation number"),
        max_length=20,
        required=False,
        help_text=_("From the public register of organisations."),
    )

    def __init__(self, area: Area, on: date, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"kind": usual_kind(area)})
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds_in(area.country)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = organisations_around(area, on)  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """A role by name: which, why, and for how long."""

    reason = NameLine(
        label=_("Reason"),
        max_length=300,
        help_text=_("Stands in the history, so that others understand it in two years."),
    )
    from_date = DayField(label=_("From"))
    to_date = DayField(
        label=_("To"), required=False, help_text=_("Leave it empty until further notice.")
    )


class GrantInAreaForm(GrantForm):
    """A role by name that reaches an area."""

    field_order = ("role", "reason", "from_date", "to_date")

    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        choices=[(role.value, GIVEN_BY_NAME[role]) for role in IN_AN_AREA],
    )

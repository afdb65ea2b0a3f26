"""Forms of contact points by theme, and of who represents us where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.areas.models import Area, keys_within
from samrad.cooperation import as_written, events
from samrad.cooperation.actions import WantedContact, WantedRepresentation
from samrad.cooperation.as_written import OTHER
from samrad.cooperation.forms.councils import complain, role_choices
from samrad.cooperation.models import ContactPoint, Council, Representation
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.people.models import Appointment, Organisation, Person
from samrad.profiles.reader import profile
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine
from samrad.ui.forms import DayField
from samrad.ui.sorting import by_name


def people_at(area: Area, actor: Actor, *also: Person | None) -> list[tuple[str, str]]:
    """Those who work in the area, around it or inside it, as the actor may look them up."""
    around = keys_within([area.pk], on=today())
    above = Area.objects.covering([area.pk], on=today()).values("pk")
    here = Q(organisation__area__in=around) | Q(organisation__area__in=above)
    under = Q(organisation__parent__area__in=around) | Q(organisation__parent__area__in=above)
    posts = Appointment.objects.on(today()).filter(here | under)
    found = Person.objects.visible_to(actor).filter(pk__in=posts.values("person"))
    named = {str(one.ref): one.label for one in found.here_on(today()).order_by(by_name(), "pk")}
    named |= {str(one.ref): one.label for one in also if one}
    return list(named.items())


class ContactPointForm(ChangingForm, GuardedForm):
    """Whom to turn to about a theme: a role somewhere, or a person by name."""

    together = (("theme", "own_theme"), ("organisation", "role", "person"))
    saved_by = (events.CONTACT_POINT_CHANGED,)

    theme = forms.ChoiceField(label=_("Theme"))
    own_theme = TextLine(
        label=_("Another theme"),
        required=False,
        max_length=120,
        help_text=_("Only when none of the themes fits."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("At"),
        to_field_name="ref",
        help_text=_("The municipality, the station or the school."),
    )
    role = forms.ChoiceField(
        label=_("Whoever holds this role"),
        required=False,
        help_text=_("A role follows the office: a new head teacher takes over by herself."),
    )
    person = forms.ChoiceField(label=_("Or this person"), required=False)
    note = TextLine(
        label=_("Note"),
        required=False,
        max_length=200,
        help_text=_("When to turn to them, or how. Never anything about a citizen."),
    )

    def __init__(
        self,
        *args: Any,
        area: Area,
        actor: Actor,
        point: ContactPoint | None = None,
        **kwargs: Any,
    ) -> None:
        if point:
            kwargs |= {"there": as_written.of_contact(point), "about": point}
        super().__init__(*args, actor=actor, **kwargs)
        country, language = profile(area.country), get_language() or "en"
        themes = [(c, words.in_language(language)) for c, words in country.contact_themes.items()]
        fields: Any = self.fields
        fields["theme"].choices = [*themes, (OTHER, _("Another theme"))]
        fields["organisation"].queryset = Organisation.objects.filter(country=area.country)
        fields["role"].choices = [("", _("No role")), *role_choices(country)]
        there = people_at(area, actor, point.person if point else None)
        fields["person"].choices = [("", _("Nobody by name")), *there]

    def clean(self) -> dict[str, Any]:
        """A role or a person, not both and not neither; a theme of one's own has words."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("role")) == bool(given.get("person")):
            complain(self, "role", _("Choose a role or a person: one of the two."))
        if given.get("theme") == OTHER and not given.get("own_theme"):
            complain(self, "own_theme", _("Say which theme."))
        return given

    def wanted(self) -> WantedContact:
        """The contact as the form asks for it."""
        given = self.cleaned_data
        ref = given["person"]
        return WantedContact(
            theme=given["own_theme"] if given["theme"] == OTHER else given["theme"],
            organisation=given["organisation"],
            role=given["role"],
            person=Person.objects.get(ref=ref) if ref else None,
            note=given["note"],
        )


class RepresentationForm(ChangingForm, GuardedForm):
    """Who sits for us where, and who stands in."""

    together = (("person", "stand_in"), ("from_date", "to_date"))
    saved_by = (events.REPRESENTATION_CHANGED,)

    forum = TextLine(
        label=_("Forum"),
        max_length=200,
        help_text=_("A commission, a board or a network that is not ours."),
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Where"), required=False, to_field_name="ref"
    )
    person = forms.ChoiceField(label=_("Represents us"))
    stand_in = forms.ChoiceField(label=_("Stand-in"), required=False)
    from_date = DayField(label=_("Since"))
    to_date = DayField(
        label=_("Until"),
        required=False,
        help_text=_("Leave empty until it is known."),
    )

    def __init__(
        self,
        *args: Any,
        council: Council,
        actor: Actor,
        representation: Representation | None = None,
        **kwargs: Any,
    ) -> None:
        if representation:
            kwargs |= {"there": as_written.of_representation(representation)}
            kwargs |= {"about": representation}
        super().__init__(*args, actor=actor, council=council, **kwargs)
        fields: Any = self.fields
        inside = Area.objects.covered_by([council.area_id], on=today()).widest_first()
        fields["area"].queryset = inside
        known = (representation.person, representation.stand_in) if representation else ()
        people = people_at(council.area, actor, *known)
        fields["person"].choices = [("", _("Choose")), *people]
        fields["stand_in"].choices = [("", _("Nobody yet")), *people]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and the stand-in is somebody else."""
        given = super().clean() or self.cleaned_data
        start, end = given.get("from_date"), given.get("to_date")
        if start and end and end < start:
            self.add_error("to_date", _("It cannot end before it begins."))
        if given.get("person") and given.get("person") == given.get("stand_in"):
            self.add_error("stand_in", _("The stand-in is somebody else."))
        return given

    def wanted(self) -> WantedRepresentation:
        """The place as the form asks for it."""
        given = self.cleaned_data
        people = {
            str(one.ref): one
            for one in Person.objects.filter(
                ref__in=filter(None, (given["person"], given["stand_in"]))
            )
        }
        return WantedRepresentation(
            forum=given["forum"],
            area=given["area"],
            person=people[given["person"]],
            stand_in=people.get(given["stand_in"]),
            from_date=given["from_date"],
            to_date=given["to_date"],
        )


class NoteForm(GuardedForm):
    """What came of it."""

    noted_date = DayField(label=_("Day"))
    text = TextLine(
        label=_("What came of it"),
        max_length=500,
        help_text=_("A sentence or two that the council can act on."),
    )

    def clean_noted_date(self) -> Any:
        """Afterwards, not before."""
        day = self.cleaned_data["noted_date"]
        if day > today():
            raise forms.ValidationError(_("The day lies ahead. Note what came of it afterwards."))
        return day

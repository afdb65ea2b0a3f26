"""Forms about people and their roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samrad.people import events
from samrad.people.models import Organisation, Person
from samrad.people.rules import Delivery, MailKind
from samrad.people.words import DELIVERIES, MAIL_KINDS, MAIL_KINDS_MEAN
from samrad.profiles.reader import profile
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import EmailLine, NameLine, PhoneLine
from samrad.ui.forms import DayField
from samrad.ui.sorting import name_key


def roles_at(organisation: Organisation) -> list[tuple[str, str]]:
    """The roles that exist at such an organisation, by their names."""
    language = get_language() or "en"
    found = [
        (role.code, role.name.in_language(language))
        for role in profile(organisation.country).roles
        if organisation.kind in role.organisation_kinds
    ]
    return sorted(found, key=lambda pair: name_key(pair[1]))


class NewPersonForm(forms.Form):
    """Somebody who is not here yet."""

    name = NameLine(label=_("Name"), max_length=200)
    email = EmailLine(
        label=_("E-mail address"),
        required=False,
        help_text=_("Invitations and papers go there. The agency’s address, not a private one."),
    )
    phone = PhoneLine(label=_("Telephone"), required=False)


class RoleForm(forms.Form):
    """Which role, and from when."""

    role = forms.ChoiceField(label=_("Role"))
    title = NameLine(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("Only if it differs from the name of the role."),
    )
    from_date = DayField(label=_("From"))
    to_date = DayField(
        label=_("To"), required=False, help_text=_("Leave it empty until further notice.")
    )

    def __init__(self, organisation: Organisation, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = roles_at(organisation)  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    """From which day somebody follows."""

    from_date = DayField(label=_("The new holder begins"))


class LastDayForm(forms.Form):
    """The last day of something."""

    to_date = DayField(label=_("Last day"))


class AbsenceForm(forms.Form):
    """Away from a day to a day."""

    from_date = DayField(label=_("First day away"))
    to_date = DayField(label=_("Last day away"))


class DetailsForm(ChangingForm):
    """A name and the address mail goes to."""

    saved_by = (events.PERSON_CHANGED,)

    name = NameLine(label=_("Name"), max_length=200)
    email = EmailLine(label=_("E-mail address"), required=False)


class OwnDetailsForm(forms.Form):
    """What people change about themselves."""

    phone = PhoneLine(
        label=_("Telephone"), required=False, help_text=_("Shown to everybody who signs in.")
    )
    language = forms.ChoiceField(
        label=_("Language of mail and pages"),
        choices=[("", _("As my browser asks for")), *settings.LANGUAGES],
        required=False,
    )


class MailForm(forms.Form):
    """How mail of each kind comes; the fields are named after the kinds.

    `outside` is the form on the page that they are sent with, where they stand outside it.
    """

    def __init__(self, person: Person, *args: Any, outside: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        belongs = {"form": outside} if outside else {}
        for kind in MailKind:
            self.fields[kind] = forms.ChoiceField(
                label=MAIL_KINDS[kind],
                help_text=MAIL_KINDS_MEAN[kind],
                choices=DELIVERIES.items,
                widget=forms.RadioSelect(attrs=belongs),
                initial=person.delivery_of(kind),
            )

    def choices(self) -> dict[MailKind, Delivery]:
        """What was chosen."""
        return {kind: Delivery(self.cleaned_data[kind]) for kind in MailKind}


class WithholdForm(forms.Form):
    """Whether the name is kept away from lists and pages."""

    withheld = forms.BooleanField(label=_("Withhold the name"), required=False)


class ChainForm(forms.Form):
    """The police unit whose people a municipality calls."""

    unit = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Police unit"))

    def __init__(self, units: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

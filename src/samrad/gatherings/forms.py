"""Planning a theme day, naming who comes, and writing what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.cooperation.models import Council
from samrad.documents.forms import GuardedForm
from samrad.gatherings import as_written, events
from samrad.gatherings.actions import Wanted
from samrad.gatherings.models import ThemeDay, Workshop
from samrad.kernel.clock import today
from samrad.people.models import Organisation
from samrad.profiles.days import public_holidays_of
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import NameLine, TextLine, TextLines
from samrad.ui.formats import day_long
from samrad.ui.forms import ClockInput, DayField

LAST_YEAR = 2100


class ThemeDayForm(ChangingForm, GuardedForm):
    """What it is about, when and where, who hosts, who is invited, and until when they answer."""

    together = (("day", "starts", "ends", "nominate_by"),)
    saved_by = (events.CHANGED,)

    title = TextLine(label=gettext_lazy("Theme"), max_length=200)
    invitation = TextLines(
        label=gettext_lazy("Invitation"),
        max_length=4000,
        required=False,
        rows=5,
        help_text=gettext_lazy("Why, for whom, and what should come of it."),
    )
    day = DayField(label=gettext_lazy("Day"))
    starts = forms.TimeField(label=gettext_lazy("From"), widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("To"), widget=ClockInput)
    place = TextLine(label=gettext_lazy("Place"), max_length=200, required=False)
    host = forms.ChoiceField(
        label=gettext_lazy("Host"),
        required=False,
        help_text=gettext_lazy("Whoever has hosted least recently stands first."),
    )
    nominate_by = DayField(label=gettext_lazy("Participants are named by"))
    invited = forms.MultipleChoiceField(
        label=gettext_lazy("Councils invited"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        council: Council,
        hosts: Sequence[Organisation],
        around: Sequence[Council],
        theme_day: ThemeDay | None = None,
        **kwargs: Any,
    ) -> None:
        if theme_day:
            kwargs |= {"there": as_written.of_day(theme_day), "about": theme_day}
        else:
            kwargs["initial"] = _usual(hosts, around) | kwargs.pop("initial", {})
        super().__init__(*args, council=council, **kwargs)
        self.council, self.theme_day = council, theme_day
        self.hosts = {str(one.ref): one for one in hosts}
        if theme_day and theme_day.host:
            self.hosts.setdefault(str(theme_day.host.ref), theme_day.host)
        self.around = {str(one.ref): one for one in around}
        self.fields["host"].choices = [  # type: ignore[attr-defined]
            ("", _("Not settled yet")), *((ref, one.name) for ref, one in self.hosts.items()),
        ]  # fmt: skip
        self.fields["invited"].choices = [  # type: ignore[attr-defined]
            (ref, one.name) for ref, one in self.around.items()
        ]

    def clean_day(self) -> date:
        """A day to come that is no public holiday."""
        day: date = self.cleaned_data["day"]
        if not today(self.council.zone) <= day or day.year > LAST_YEAR:
            raise forms.ValidationError(_("Choose a day to come."))
        holiday = public_holidays_of(self.council.country, day.year).get(day)
        if holiday:
            raise forms.ValidationError(
                _("%(day)s is a public holiday: %(name)s."),
                params={"day": day_long(day), "name": holiday},
            )
        return day

    def clean(self) -> dict[str, Any]:
        """It takes time, and names come in before it."""
        given = self.cleaned_data
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", _("It must end after it starts."))
        if given.get("day") and given.get("nominate_by") and given["nominate_by"] > given["day"]:
            self.add_error("nominate_by", _("Participants are named before the day itself."))
        return given

    def wanted(self) -> Wanted:
        """What the actions take."""
        given, zone = self.cleaned_data, ZoneInfo(self.council.zone)
        return Wanted(
            title=given["title"],
            invitation=given["invitation"],
            starts_at=datetime.combine(given["day"], given["starts"], zone),
            ends_at=datetime.combine(given["day"], given["ends"], zone),
            nominate_by=given["nominate_by"],
            place=given["place"],
            host=self.hosts.get(given["host"]),
            invited=tuple(self.around[ref] for ref in given["invited"]),
        )


def _usual(hosts: Sequence[Organisation], around: Sequence[Council]) -> dict[str, Any]:
    return {
        "starts": "09:00",
        "ends": "15:00",
        "host": str(hosts[0].ref) if hosts else "",
        "invited": [str(one.ref) for one in around],
    }


class CancelForm(GuardedForm):
    """Why it is called off."""

    reason = TextLines(
        label=gettext_lazy("Why is it cancelled?"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("Those who were invited read this on its page."),
    )


class NominationForm(GuardedForm):
    """Who comes, for whom, as what, and to which workshop."""

    organisation = forms.ChoiceField(label=gettext_lazy("For"))
    name = NameLine(label=gettext_lazy("Name"), max_length=200)
    role = TextLine(label=gettext_lazy("Role"), max_length=120, required=False)
    workshop = forms.ChoiceField(label=gettext_lazy("Workshop"), required=False)

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[tuple[Organisation, int]],
        workshops: Sequence[Workshop],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.ref): (one, council) for one, council in organisations}
        self.workshops = {str(one.ref): one for one in workshops}
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (ref, one.name) for ref, (one, _council) in self.organisations.items()
        ]
        self.fields["workshop"].choices = [  # type: ignore[attr-defined]
            ("", _("No one in particular")),
            *((ref, one.title) for ref, one in self.workshops.items()),
        ]
        if not self.workshops:
            del self.fields["workshop"]

    def named(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        organisation, council = self.organisations[given["organisation"]]
        return {
            "organisation": organisation,
            "council": council,
            "name": given["name"],
            "role": given["role"],
            "workshop": self.workshops.get(given.get("workshop", "")),
        }


class WorkshopForm(ChangingForm, GuardedForm):
    """A part of the programme."""

    saved_by = (events.WORKSHOP_CHANGED,)

    title = TextLine(label=gettext_lazy("Title"), max_length=200)
    text = TextLines(
        label=gettext_lazy("What it is about"), max_length=4000, required=False, rows=4
    )
    led_by = TextLine(label=gettext_lazy("Led by"), max_length=200, required=False)


class OutcomeForm(ChangingForm, GuardedForm):
    """What a workshop came to."""

    saved_by = (events.OUTCOME_WRITTEN,)

    outcome = TextLines(
        label=gettext_lazy("What it came to"),
        max_length=8000,
        required=False,
        rows=6,
        help_text=gettext_lazy("No names of citizens and no single cases."),
    )
    goes_no_further = forms.BooleanField(label=gettext_lazy("This goes no further"), required=False)


class ProposeForm(forms.Form):
    """Before which council the outcome is laid."""

    council = forms.ChoiceField(label=gettext_lazy("Council"))

    def __init__(self, *args: Any, councils: Sequence[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.councils = {str(one.ref): one for one in councils}
        self.fields["council"].choices = [  # type: ignore[attr-defined]
            (ref, one.name) for ref, one in self.councils.items()
        ]

    def chosen(self) -> Council:
        """The council chosen."""
        return self.councils[self.cleaned_data["council"]]


class GiveForm(forms.Form):
    """Who is to see to the outcome, and until when."""

    organisation = forms.ChoiceField(label=gettext_lazy("Responsible"))
    deadline = DayField(label=gettext_lazy("Deadline"), required=False)

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.ref): one for one in organisations}
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (ref, one.name) for ref, one in self.organisations.items()
        ]

    def chosen(self) -> Organisation:
        """Whoever is to see to it."""
        return self.organisations[self.cleaned_data["organisation"]]

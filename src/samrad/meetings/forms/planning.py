"""Planning a year, one meeting, and calling one off."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.cooperation.models import Council
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.meetings import as_written, events
from samrad.meetings.actions.planning import Planned
from samrad.meetings.models import Meeting
from samrad.meetings.permissions import minutes_of
from samrad.meetings.rules.planning import FIRST_YEAR, LAST_YEAR, MOST_MEETINGS
from samrad.profiles.days import public_holidays_of
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.formats import day_long
from samrad.ui.forms import ClockInput, DayField

WORKING_DAYS = (
    (0, gettext_lazy("Mondays")),
    (1, gettext_lazy("Tuesdays")),
    (2, gettext_lazy("Wednesdays")),
    (3, gettext_lazy("Thursdays")),
    (4, gettext_lazy("Fridays")),
)


class YearForm(forms.Form):
    """What a year's plan is proposed from."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    count = forms.IntegerField(
        label=gettext_lazy("Meetings in the year"), min_value=0, max_value=MOST_MEETINGS
    )
    weekday = forms.TypedChoiceField(label=gettext_lazy("On"), coerce=int, choices=WORKING_DAYS)
    starts = forms.TimeField(label=gettext_lazy("From"), widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("To"), widget=ClockInput)
    place = TextLine(label=gettext_lazy("Place"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A meeting takes time."""
        return _ends_later(self)


class TogetherForm(YearForm):
    """The same for one of several councils, whose year is chosen for them all."""

    year = None  # type: ignore[assignment]


class PlannedForm(GuardedForm):
    """One meeting: day, from, to, place."""

    may_have_been = False  # whether the day can be one that has passed

    day = DayField(label=gettext_lazy("Day"))
    starts = forms.TimeField(label=gettext_lazy("From"), widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("To"), widget=ClockInput)
    place = TextLine(label=gettext_lazy("Place"), max_length=200, required=False)

    def __init__(
        self, *args: Any, council: Council, taken: Collection[date] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, council=council, **kwargs)
        self.council = council
        self.taken = taken

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What is seen of the row, without what is asked about a number."""
        asked = {question.name for question in self.questions}
        return [one for one in self.visible_fields() if one.name not in asked]

    def clean_day(self) -> date:
        """A day to come, no public holiday, and not one the council meets on already."""
        day: date = self.cleaned_data["day"]
        if day.year not in range(FIRST_YEAR, LAST_YEAR + 1):
            raise forms.ValidationError(_("Choose a day in this century."))
        holiday = public_holidays_of(self.council.country, day.year).get(day)
        if holiday:
            raise forms.ValidationError(
                _("%(day)s is a public holiday: %(name)s."),
                params={"day": day_long(day), "name": holiday},
            )
        if day < today(self.council.zone) and not self.may_have_been:
            raise forms.ValidationError(_("This day has passed."))
        if day in self.taken:
            raise forms.ValidationError(_("The council has a meeting on this day already."))
        return day

    def clean(self) -> dict[str, Any]:
        """A meeting takes time."""
        return _ends_later(self)

    def planned(self) -> Planned:
        """The meeting as an action takes it."""
        zone = ZoneInfo(self.council.zone)
        given = self.cleaned_data
        return Planned(
            starts_at=datetime.combine(given["day"], given["starts"], zone),
            ends_at=datetime.combine(given["day"], given["ends"], zone),
            place=given["place"],
        )


def _ends_later(form: forms.Form) -> dict[str, Any]:
    given = form.cleaned_data
    if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
        form.add_error("ends", _("The meeting must end after it starts."))
    return given


class MoveForm(ChangingForm, PlannedForm):
    """Another day, time or place for a meeting."""

    together = (("day", "starts", "ends"),)
    saved_by = (events.MEETING_MOVED, events.MEETING_PLACE_CHANGED)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        there = as_written.of_times(meeting)
        super().__init__(*args, council=meeting.council, there=there, about=meeting, **kwargs)
        if minutes_of(meeting) is not None:
            self.may_have_been = True
            self.fields["day"].help_text = _(
                "Minutes of it are begun. A day that has passed says when the meeting was held:"
                " nobody gets a mail about that."
            )


class PlannedDays(forms.BaseFormSet):  # type: ignore[type-arg]
    """The days of a year's plan, each of which can be changed or left out."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Every row is a day: whoever sends more rows than were proposed fills them in."""
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        return kwargs if index is None else {**kwargs, "empty_permitted": False}

    def clean(self) -> None:
        """No two meetings on one day."""
        days: set[date] = set()
        for form in self.kept():
            day = form.cleaned_data.get("day")
            if day in days:
                form.add_error("day", _("Another meeting in this plan is on the same day."))
            if day:
                days.add(day)

    def kept(self) -> list[PlannedForm]:
        """The rows that are not left out."""
        return [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data") and not form.cleaned_data.get("DELETE")
        ]

    def add_fields(self, form: PlannedForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Leave out")


PlannedFormSet = forms.formset_factory(
    PlannedForm,
    formset=PlannedDays,
    extra=0,
    can_delete=True,
    max_num=MOST_MEETINGS,
    absolute_max=MOST_MEETINGS + 1,
)


class ExtraForm(PlannedForm):
    """One meeting beside the year's plan, and what it is for."""

    occasion = TextLine(
        label=gettext_lazy("Why an extra meeting?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "It becomes the first item. Everybody who sees the meeting reads this, and it stands"
            " in the mail that calls."
        ),
    )

    def planned(self) -> Planned:
        """The meeting as an action takes it, marked as an extra one."""
        return replace(
            super().planned(), is_extra=True, occasion=self.cleaned_data.get("occasion", "")
        )


class TogetherRow(PlannedForm):
    """A meeting of one of several councils: the place is given once for them all."""

    place = TextLine(max_length=200, required=False, widget=forms.HiddenInput)


TogetherFormSet = forms.formset_factory(
    TogetherRow, formset=PlannedDays, extra=0, can_delete=True, max_num=MOST_MEETINGS
)


class CancelForm(GuardedForm):
    """Why a meeting is called off."""

    reason = TextLines(
        label=gettext_lazy("Why is the meeting cancelled?"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("Those who were called read this on the page of the meeting."),
    )
    reason_in_mail = forms.BooleanField(
        label=gettext_lazy("Put the reason in the mail as well"),
        required=False,
        help_text=gettext_lazy("Only if anybody may read it: a mail can be passed on."),
    )

"""What a council adds to its wheel, and what is said and made when an activity is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.cooperation.models import Council
from samrad.cooperation.seats import FilledSeat
from samrad.documents.forms import GuardedForm
from samrad.documents.rules import Classification
from samrad.documents.words import CLASSIFICATIONS
from samrad.kernel.clock import today
from samrad.meetings.forms.people import responsible_choices, responsible_named
from samrad.meetings.models import Meeting
from samrad.meetings.rules.planning import FIRST_YEAR, LAST_YEAR
from samrad.meetings.words import CLASSIFICATION_HELP
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.formats import day_long
from samrad.ui.forms import DayField
from samrad.wheel import as_written, events, words
from samrad.wheel.actions.activities import WantedActivity
from samrad.wheel.models import Activity
from samrad.wheel.queries.sheet import month_names
from samrad.wheel.rules import Calls, Part, Rhythm, When
from samrad.wheel.rules.rhythm import months_fit

OFFERED = (Calls.MEETING, Calls.TASK, Calls.THEME_DAY, Calls.NOTHING)
READERS = (Classification.INTERNAL, Classification.OPEN)


class ActivityForm(ChangingForm, GuardedForm):
    """An activity of the council's own."""

    together = (("rhythm", "months", "part"),)
    saved_by = (events.ACTIVITY_CHANGED,)

    title = TextLine(label=gettext_lazy("What recurs?"), max_length=120)
    text = TextLines(
        label=gettext_lazy("What it is about"), max_length=2000, required=False, rows=3
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=words.RHYTHMS.items,
        initial=Rhythm.YEARLY,
        widget=forms.RadioSelect,
    )
    months = forms.TypedMultipleChoiceField(
        label=gettext_lazy("In which months"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Several months of a yearly activity are one time, from the first to the last."
            " Every four months: choose three. Every month: choose none."
        ),
    )
    part = forms.ChoiceField(
        label=gettext_lazy("When in the month"), choices=words.PARTS.items, initial=Part.WHOLE
    )
    first_year = forms.IntegerField(
        label=gettext_lazy("From the year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    calls_for = forms.ChoiceField(
        label=gettext_lazy("What does it call for?"),
        choices=lambda: [(one, words.CALLS[one]) for one in OFFERED],
        initial=Calls.NOTHING,
        widget=forms.RadioSelect,
    )
    classification = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=lambda: [
            (one, f"{CLASSIFICATIONS[one]}. {CLASSIFICATION_HELP[one]}") for one in READERS
        ],
        initial=Classification.INTERNAL,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, council: Council, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        if activity:
            kwargs |= {"there": as_written.of_activity(activity), "about": activity}
        else:
            kwargs["initial"] = {"first_year": today(council.zone).year}
        super().__init__(*args, council=council, **kwargs)
        self.fields["months"].choices = list(enumerate(month_names(), start=1))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The months fit how often it comes."""
        given = self.cleaned_data
        if "rhythm" in given and "months" in given:
            rhythm = Rhythm(given["rhythm"])
            if not months_fit(rhythm, tuple(sorted(set(given["months"])))):
                self.add_error("months", months_wanted(rhythm))
        return given

    def wanted(self) -> WantedActivity:
        """What the actions take."""
        given = self.cleaned_data
        return WantedActivity(
            title=given["title"],
            text=given["text"],
            when=When(
                Rhythm(given["rhythm"]),
                tuple(sorted(set(given["months"]))),
                Part(given["part"]),
                first_year=given.get("first_year"),
            ),
            calls_for=Calls(given["calls_for"]),
            classification=Classification(given["classification"]),
        )


def months_wanted(rhythm: Rhythm) -> str:
    return {
        Rhythm.HALF_YEARLY: _("Choose two months."),
        Rhythm.TERTIAL: _("Choose three months."),
        Rhythm.QUARTERLY: _("Choose four months."),
        Rhythm.MONTHLY: _("Choose no months: it comes in all of them."),
    }.get(rhythm, _("Choose at least one month."))


class EndForm(GuardedForm):
    """Why an activity is ended."""

    reason = TextLines(label=gettext_lazy("Why is it ended?"), max_length=2000, rows=3)


class DoneForm(GuardedForm):
    """What came of an activity that is ticked off."""

    note = TextLines(
        label=gettext_lazy("What came of it"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("A sentence or two for the council’s permanent members."),
    )


class SkipForm(GuardedForm):
    """Why an activity is left out this time."""

    note = TextLines(label=gettext_lazy("Why not this time?"), max_length=2000, rows=3)


class YearsForm(forms.Form):
    """In which years something falls that comes every other year."""

    first_year = forms.TypedChoiceField(label=gettext_lazy("In which years?"), coerce=int)

    def __init__(self, data: Any = None, *, when: When, on: date) -> None:
        offered = (on.year, on.year + 1)
        current = next((year for year in offered if when.goes_on_from(year)), None)
        super().__init__(data, initial={"first_year": current})
        self.fields["first_year"].choices = [  # type: ignore[attr-defined]
            (year, _("%(first)s, %(second)s, %(third)s and so on") % _three_from(year))
            for year in offered
        ]


def _three_from(year: int) -> dict[str, int]:
    return {"first": year, "second": year + 2, "third": year + 4}


class TaskForm(GuardedForm):
    """The task an activity calls for."""

    title = TextLine(label=gettext_lazy("Task"), max_length=300)
    responsible = forms.ChoiceField(label=gettext_lazy("Responsible"))
    deadline_date = DayField(label=gettext_lazy("Deadline"))

    def __init__(self, *args: Any, filled: Sequence[FilledSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filled = filled
        choices: list[Any] = [("", _("Choose somebody")), *responsible_choices(filled)]
        self.fields["responsible"].choices = choices  # type: ignore[attr-defined]

    def clean_deadline_date(self) -> Any:
        """A day to come, in this century."""
        day = self.cleaned_data["deadline_date"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(_("Choose a day in this century."))
        if day < today():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        person, organisation = responsible_named(self.filled, self.cleaned_data["responsible"])
        return {
            "title": self.cleaned_data["title"],
            "deadline_date": self.cleaned_data["deadline_date"],
            "person": person,
            "organisation": organisation,
        }


class TakeUpForm(forms.Form):
    """The meeting at which an activity is taken up."""

    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"))

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(meeting.ref): meeting for meeting in meetings}
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            (ref, day_long(meeting.starts_at, meeting.council.zone))
            for ref, meeting in self.meetings.items()
        ]

    def chosen(self) -> Meeting:
        """The meeting chosen."""
        return self.meetings[self.cleaned_data["meeting"]]

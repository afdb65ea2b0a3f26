"""What a council adds to its wheel, and what is said and made when an activity is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
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
from samrad.kernel.clock import now, today
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
from samrad.wheel.rules import Calls, Part, Rhythm, When, windows_in
from samrad.wheel.rules.rhythm import months_fit

OFFERED = (Calls.MEETING, Calls.TASK, Calls.THEME_DAY, Calls.NOTHING)
AUTUMN = 10
READERS = (Classification.INTERNAL, Classification.OPEN)


class MonthsField(forms.TypedMultipleChoiceField):
    """How many are to be chosen follows from how often: nobody is told that they are optional."""

    is_one_of_many = True


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
        help_text=gettext_lazy(
            "What comes only once needs no place in the wheel: plan a meeting, a task or a theme"
            " day."
        ),
    )
    months = MonthsField(
        label=gettext_lazy("In which months"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Every year: one month, or several in a row when it takes longer."
            " Every four months: choose three. Every quarter: choose four."
            " Every month: choose none."
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
            kwargs["initial"] = {"first_year": _year_that_begins(today(council.zone))}
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


def _year_that_begins(day: date) -> int:
    """In the autumn the next year is meant: most of this one's months have passed."""
    return day.year + 1 if day.month >= AUTUMN else day.year


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
        self.when, self.on = when, on
        offered = (on.year, on.year + 1)
        current = next((year for year in offered if when.goes_on_from(year)), None)
        super().__init__(data, initial={"first_year": current})
        self.fields["first_year"].choices = [  # type: ignore[attr-defined]
            (year, _years_from(year, when, on)) for year in offered
        ]

    def first_to_come(self) -> int:
        """The year in which it comes first; the one chosen may have had its time already."""
        year: int = self.cleaned_data["first_year"]
        return year + 2 if _is_over(year, self.when, self.on) else year


def _is_over(year: int, when: When, on: date) -> bool:
    """Whether its time in that year, were it one of its years, has passed."""
    ends = [window.due_date for window in windows_in(replace(when, moved=(year,)), year)]
    return bool(ends) and max(ends) < on


def _years_from(year: int, when: When, on: date) -> str:
    """The years; where its time in the first of them is over, it begins with the next."""
    if _is_over(year, when, on):
        words = _("%(first)s, %(second)s, %(third)s and so on; its time in %(over)s has passed")
        return words % (_three_from(year + 2) | {"over": year})
    return _("%(first)s, %(second)s, %(third)s and so on") % _three_from(year)


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
    """The meeting at which an activity is taken up, or was: the next to come stands first."""

    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"))

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        self.meetings = {str(meeting.ref): meeting for meeting in meetings}
        ahead = {ref: one for ref, one in self.meetings.items() if one.starts_at > now()}
        held = {ref: one for ref, one in self.meetings.items() if ref not in ahead}
        kwargs["initial"] = {"meeting": next(iter(ahead), "")}
        super().__init__(*args, **kwargs)
        choices: list[Any] = [] if ahead else [("", _("Choose a meeting"))]
        choices += _group(_("It is taken up at"), ahead)
        choices += _group(_("It was taken up at"), dict(reversed(held.items())))
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Meeting:
        """The meeting chosen."""
        return self.meetings[self.cleaned_data["meeting"]]


def _group(name: str, meetings: dict[str, Meeting]) -> list[Any]:
    days = [(ref, day_long(one.starts_at, one.council.zone)) for ref, one in meetings.items()]
    return [(name, days)] if days else []

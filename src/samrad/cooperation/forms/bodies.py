"""Forms of bodies below a council, of those not set up, of ending, of terms and of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.cooperation import events
from samrad.cooperation.actions import HowItStands, WantedCouncil, WantedSeat
from samrad.cooperation.forms.councils import areas_for, complain
from samrad.cooperation.models import Council
from samrad.cooperation.permissions import is_answered_in_order, is_planned_to_end
from samrad.cooperation.rules import Course, SeatFunction
from samrad.cooperation.seats import FilledSeat
from samrad.cooperation.words import COURSES, SIDES
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.profiles.model import Level
from samrad.profiles.reader import profile
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField

REST, END = "rest", "end"


def named_seat(one: FilledSeat) -> str:
    """A seat as somebody chooses it from a list: the role, and who holds it today."""
    where = f"{one.seat.role_name()}, {one.seat.organisation.name}"
    return f"{where} ({one.names})" if one.persons else where


class BelowForm(GuardedForm):
    """A body below a council: its kind, what it is for, and who leads it."""

    tier = forms.ChoiceField(label=_("Kind of body"))
    name = TextLine(label=_("Name"), max_length=200)
    purpose = TextLines(label=_("Purpose"), max_length=4000, rows=3)
    mandate = TextLines(
        label=_("Mandate"),
        required=False,
        max_length=4000,
        rows=4,
        help_text=_("For a group set up for a time: what it is to deliver, and to whom."),
    )
    planned_end_date = DayField(
        label=_("Works until"),
        required=False,
        help_text=_(
            "For a group set up for a time. When the day comes, the final report is asked for."
        ),
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), to_field_name="ref")
    chair = forms.ChoiceField(
        label=_("Led by"),
        required=False,
        help_text=_("Somebody who does not sit in the council above gets a seat on the next page."),
    )
    secretary = forms.ChoiceField(label=_("Secretary"), required=False)

    def __init__(
        self, *args: Any, council: Council, filled: Sequence[FilledSeat], **kwargs: Any
    ) -> None:
        super().__init__(*args, council=council, **kwargs)
        self.parent = council
        self.seats = {str(one.seat.ref): one for one in filled}
        language = get_language() or "en"
        below = profile(council.country).tiers_below(council.tier)
        fields: Any = self.fields
        fields["tier"].choices = [(one.code, one.name.in_language(language)) for one in below]
        inside = Area.objects.covered_by([council.area_id], on=today()).fit_for_councils()
        fields["area"].queryset = inside.widest_first()
        fields["area"].initial = council.area.ref
        seats = [(ref, named_seat(one)) for ref, one in self.seats.items()]
        fields["chair"].choices = [("", _("Chosen later")), *seats]
        fields["secretary"].choices = [("", _("Chosen later")), *seats]
        fields["secretary"].initial = self._own(kwargs["actor"])

    def _own(self, actor: Actor) -> str:
        return next((ref for ref, one in self.seats.items() if one.seat.pk in actor.seat_ids), "")

    def clean(self) -> dict[str, Any]:
        """A project group is set up for a time; nobody is both chair and secretary by mistake."""
        given = super().clean() or self.cleaned_data
        if given.get("tier") and "planned_end_date" not in self.errors:
            end = given.get("planned_end_date")
            ends = is_planned_to_end(given["tier"], self.parent.country, end)
            if not ends:
                self.add_error("planned_end_date", str(ends.reason))
            elif end and end <= today(self.parent.zone):
                self.add_error("planned_end_date", _("The day must lie ahead."))
        if given.get("chair") and given.get("chair") == given.get("secretary"):
            self.add_error("secretary", _("The same seat cannot be both. Choose one of the two."))
        return given

    def wanted(self) -> WantedCouncil:
        """The body as the form asks for it."""
        given = self.cleaned_data
        roles = ((SeatFunction.CHAIR, "chair"), (SeatFunction.SECRETARY, "secretary"))
        seats = [
            WantedSeat(
                role=seat.role, organisation=seat.organisation, side=seat.side, function=function
            )
            for function, name in roles
            if given[name]
            for seat in [self.seats[given[name]].seat]
        ]
        return WantedCouncil(
            tier=given["tier"],
            name=given["name"],
            area=given["area"],
            seats=tuple(seats),
            parent=self.parent,
            purpose=given["purpose"],
            mandate=given["mandate"],
            planned_end_date=given["planned_end_date"],
        )


class StandsForm(ChangingForm, GuardedForm):
    """How it stands with a body that is not set up: who asked, what was answered, what next."""

    together = (("course", "initiative", "asked_date", "answered_date", "reason", "watched"),)
    saved_by = (events.CONSIDERATION_NOTED,)

    course = forms.ChoiceField(
        label=_("How it stands"), choices=list(COURSES.items()), widget=forms.RadioSelect
    )
    initiative = forms.ChoiceField(
        label=_("Whose initiative"), required=False, choices=[("", _("Not said")), *SIDES.items()]
    )
    asked_date = DayField(label=_("Invited"), required=False)
    answered_date = DayField(label=_("Answered"), required=False)
    reason = TextLines(label=_("Reason"), required=False, max_length=4000, rows=4)
    watched = TextLines(
        label=_("What is watched meanwhile"),
        required=False,
        max_length=4000,
        rows=3,
        help_text=_("What would make it time after all."),
    )
    review_date = DayField(
        label=_("Look at it again"),
        required=False,
        help_text=_("On that day it stands among what waits for you."),
    )

    def clean(self) -> dict[str, Any]:
        """A no has a reason, and what is only put off has a day."""
        given = super().clean() or self.cleaned_data
        course = given.get("course")
        if course in {Course.DECLINED, Course.NOT_NOW} and not given.get("reason"):
            complain(self, "reason", _("Say why not: somebody will ask in a year."))
        if course == Course.NOT_NOW and not given.get("review_date"):
            complain(self, "review_date", _("Say when to look at it again."))
        order = is_answered_in_order(given.get("asked_date"), given.get("answered_date"))
        if not order:
            self.add_error("answered_date", str(order.reason))
        return given

    def stands(self) -> HowItStands:
        """How it stands, as the form says."""
        names = HowItStands.__dataclass_fields__
        return HowItStands(**{name: self.cleaned_data[name] for name in names})


class ConsiderForm(StandsForm):
    """A body that is not there: which, where, and how it stands."""

    field_order = ["tier", "name", "area", "purpose"]

    tier = forms.ChoiceField(label=_("Kind of body"))
    name = TextLine(label=_("Name"), max_length=200, help_text=_("What it would be called."))
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), to_field_name="ref")
    purpose = TextLines(label=_("What it would be for"), required=False, max_length=4000, rows=3)

    def __init__(
        self, *args: Any, actor: Actor, parent: Council | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, actor=actor, council=parent, **kwargs)
        self.parent = parent
        fields: Any = self.fields
        if parent:
            inside = Area.objects.covered_by([parent.area_id], on=today()).fit_for_councils()
            fields["area"].queryset = inside.widest_first()
            fields["area"].initial = parent.area.ref
            tiers = profile(parent.country).tiers_below(parent.tier)
        else:
            areas = areas_for(actor)
            fields["area"].queryset = areas
            countries = sorted(areas.order_by().values_list("country", flat=True).distinct())
            tiers = tuple(tier for one in countries for tier in profile(one).tiers)
        language = get_language() or "en"
        fields["tier"].choices = [
            (one.code, one.name.in_language(language))
            for one in tiers
            if one.level is not Level.PROJECT
        ]

    def clean(self) -> dict[str, Any]:
        """The kind of body must be one that the area's country has."""
        given = super().clean()
        area, tier = given.get("area"), given.get("tier")
        if area and tier and tier not in {one.code for one in profile(area.country).tiers}:
            self.add_error("tier", _("That kind of council is not found in this country."))
        return given

    def wanted(self) -> WantedCouncil:
        """The body that is not there."""
        given = self.cleaned_data
        return WantedCouncil(
            tier=given["tier"],
            name=given["name"],
            area=given["area"],
            parent=self.parent,
            purpose=given["purpose"],
        )


class EndForm(GuardedForm):
    """That a council rests or ends, why, and with which day."""

    kind = forms.ChoiceField(
        label=_("What happens"),
        widget=forms.RadioSelect,
        choices=[
            (REST, _("It rests for now: its seats and its agreement stay, and it can begin again")),
            (END, _("It ends for good: its agreement ends with it, and its work stays readable")),
        ],
    )
    reason = TextLines(
        label=_("Reason"),
        max_length=2000,
        rows=4,
        help_text=_("It stands on the council's page and in its history."),
    )
    last_date = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("For a council that ends. Empty means today."),
    )

    def __init__(self, *args: Any, council: Council, rests: bool, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        self.council = council
        if not rests:
            kind: Any = self.fields["kind"]
            kind.choices = [one for one in kind.choices if one[0] == END]
            kind.initial = END

    def clean_last_date(self) -> Any:
        """The day must have come."""
        day = self.cleaned_data["last_date"]
        if day and day > today(self.council.zone):
            raise forms.ValidationError(
                _("The last day lies ahead. End the council when it has come.")
            )
        return day


class DropForm(GuardedForm):
    """Why a body that was considered is no longer thought of."""

    reason = TextLines(label=_("Reason"), max_length=2000, rows=4)


class TermsForm(ChangingForm, GuardedForm):
    """A version of the terms of reference."""

    saved_by = (events.TERMS_ADOPTED,)

    adopted_date = DayField(label=_("Adopted"))
    text = TextLines(
        label=_("Terms of reference"),
        max_length=40000,
        rows=18,
        help_text=_("How the council works: seats, meetings, agenda, minutes, how it decides."),
    )

    def clean_adopted_date(self) -> Any:
        """Only what has been adopted."""
        day = self.cleaned_data["adopted_date"]
        if day > today():
            raise forms.ValidationError(
                _("The day of adoption lies ahead. Put the text in when it is adopted.")
            )
        return day


class ReportForm(ChangingForm, GuardedForm):
    """A final report."""

    saved_by = (events.REPORT_DELIVERED, events.REPORT_CHANGED)

    text = TextLines(label=_("What was done, and what came of it"), max_length=40000, rows=12)
    advice = TextLines(
        label=_("What the council above should do now"), required=False, max_length=8000, rows=5
    )

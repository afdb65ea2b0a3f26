"""What is promised, who keeps it and when; and why it is followed no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samrad.agreements import commitment_values, commitment_words, events
from samrad.agreements.actions.commitments import HowKept
from samrad.agreements.rules.commitments import RHYTHMS, WITHOUT_DAYS, Pace, Times
from samrad.cooperation.models import Commitment
from samrad.cooperation.seats import FilledSeat
from samrad.documents.forms import GuardedForm
from samrad.meetings.rules.planning import LAST_YEAR
from samrad.people.models import Organisation
from samrad.profiles.reader import profile
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import DayField
from samrad.wheel.forms import months_wanted
from samrad.wheel.queries.sheet import month_names
from samrad.wheel.rules.rhythm import months_fit


class CommitmentForm(ChangingForm, GuardedForm):
    """How one promise is kept."""

    together = (("pace", "months", "due_date"),)
    saved_by = (events.COMMITMENT_FOLLOWED,)

    title = TextLine(
        label=gettext_lazy("What is promised?"),
        max_length=300,
        help_text=gettext_lazy("As it stands in the agreement, or shorter."),
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who answers for it?"))
    pace = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=commitment_words.PACES.items,
        initial=Pace.YEARLY,
        widget=forms.RadioSelect,
    )
    months = forms.TypedMultipleChoiceField(
        label=gettext_lazy("In which months"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Once a year: one month, or several in which it is done at some time."
            " Twice, three or four times a year: choose as many months. For the others: none."
        ),
    )
    due_date = DayField(
        label=gettext_lazy("By which day"),
        required=False,
        help_text=gettext_lazy("Only for what is done once. It becomes a task."),
    )

    def __init__(
        self,
        *args: Any,
        filled: Sequence[FilledSeat],
        commitment: Commitment | None = None,
        **kwargs: Any,
    ) -> None:
        if commitment:
            kwargs |= {"there": commitment_values.of_commitment(commitment), "about": commitment}
        super().__init__(*args, **kwargs)
        self.organisations = _organisations(filled)
        self.fields["owner"].choices = _owners(filled, self.organisations)  # type: ignore[attr-defined]
        self.fields["months"].choices = list(enumerate(month_names(), start=1))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The months or the day fit how often it is done."""
        given = super().clean() or self.cleaned_data
        if "pace" not in given or "months" not in given or "due_date" in self.errors:
            return given
        pace, months = Pace(given["pace"]), tuple(sorted(set(given["months"])))
        if pace is Pace.ONCE:
            self._enforce_once(given, months)
        elif pace in WITHOUT_DAYS:
            self._enforce_always(given, months)
        elif not months_fit(RHYTHMS[pace], months):
            self.add_error("months", months_wanted(RHYTHMS[pace]))
        elif given.get("due_date"):
            self.add_error("due_date", _("Leave the day out: it comes back every year."))
        return given

    def _enforce_always(self, given: dict[str, Any], months: tuple[int, ...]) -> None:
        if months:
            self.add_error("months", _("Choose no months: nothing comes due."))
        if given.get("due_date"):
            self.add_error("due_date", _("Leave the day out: nothing comes due."))

    def _enforce_once(self, given: dict[str, Any], months: tuple[int, ...]) -> None:
        if months:
            self.add_error("months", _("Choose no months: it has a day."))
        if given.get("due_date") is None:
            self.add_error("due_date", _("Say by which day it is done."))
        elif given["due_date"].year > LAST_YEAR:
            self.add_error("due_date", _("Choose a day in this century."))

    def kept(self) -> HowKept:
        """What the actions take."""
        given = self.cleaned_data
        organisation, _colon, role = given["owner"].partition(":")
        times = Times(
            Pace(given["pace"]), tuple(sorted(set(given["months"]))), given.get("due_date")
        )
        return HowKept(given["title"], self.organisations[organisation], times, role)


class StopForm(GuardedForm):
    """Why a promise is followed no more."""

    reason = TextLines(label=gettext_lazy("Why is it followed no more?"), max_length=2000, rows=3)


NOT_THESE = gettext_lazy(
    "One that you ticked has been followed or taken out since you opened this page. Look at them "
    "again."
)


class TakeOutForm(GuardedForm):
    """Why a promise that was never followed is none; others may go with it."""

    reason = TextLines(label=gettext_lazy("Why is it taken out?"), max_length=2000, rows=3)

    field_order = ("others", "reason")

    def __init__(self, *args: Any, others: Iterable[Commitment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_ref = {str(one.ref): one for one in others}
        choices = [(ref, one.title) for ref, one in self.by_ref.items()]
        if choices or "others" in self.data:
            self.fields["others"] = forms.MultipleChoiceField(
                label=_("Take these out too"),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": NOT_THESE},
            )
            self.order_fields(self.field_order)

    def with_it(self) -> list[Commitment]:
        """The others that were ticked."""
        return [self.by_ref[ref] for ref in self.cleaned_data.get("others", ())]


HERE_TOO = "here"


class SettleForm(forms.Form):
    """What was promised in an earlier agreement: the same here, or one of the new promises."""

    now = forms.ChoiceField(
        label=gettext_lazy("What is it in the agreement that holds now?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, own: Iterable[Commitment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = [(str(one.ref), one.title) for one in own]
        field: Any = self.fields["now"]
        field.choices = [(HERE_TOO, _("Promised there too, in these words")), *same]


def _organisations(filled: Sequence[FilledSeat]) -> dict[str, Organisation]:
    return {str(one.seat.organisation.ref): one.seat.organisation for one in filled}


def _owners(
    filled: Sequence[FilledSeat], organisations: dict[str, Organisation]
) -> list[tuple[str, Any]]:
    """Whoever sits at the table: the organisations, and the roles that have a seat there."""
    language = get_language() or "en"
    roles: dict[str, str] = {}
    for one in filled:
        seat = one.seat
        name = profile(seat.council.country).role(seat.role).name.in_language(language)
        key = commitment_values.owner_key(str(seat.organisation.ref), seat.role)
        roles[key] = f"{name[:1].upper()}{name[1:]}, {seat.organisation.name}"
    return [
        ("", _("Choose who")),
        (_("Organisations"), [(ref, one.name) for ref, one in organisations.items()]),
        (_("Roles"), list(roles.items())),
    ]

"""Proposing an item, and writing one on an agenda."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samrad.cooperation.models import Seat
from samrad.cooperation.rules import Rhythm
from samrad.cooperation.seats import FilledSeat
from samrad.cooperation.words import RHYTHMS
from samrad.documents.forms import GuardedForm
from samrad.documents.rules import Classification
from samrad.documents.words import CLASSIFICATIONS
from samrad.meetings import as_written, events, words
from samrad.meetings.actions.proposals import Placing
from samrad.meetings.forms.people import (
    person_choices,
    person_named,
    seat_choices,
    seat_label,
    seats_named,
)
from samrad.meetings.models import AgendaItem, Meeting, Proposal
from samrad.meetings.rules import ItemKind, Mandate
from samrad.people.models import Person
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.formats import day, day_long

LONGEST_MINUTES = 480
READERS = ("classification", "legal_basis", "audience")


class ClassifiedForm(GuardedForm):
    """Whom something is for; a restricted one names the law and the seats."""

    classification = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=CLASSIFICATIONS.items,
        initial=Classification.INTERNAL,
        widget=forms.RadioSelect,
    )
    legal_basis = TextLine(
        label=gettext_lazy("Legal basis, if restricted"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The provision it rests on, with its paragraph."),
    )
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Seats it is for, if restricted"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, filled: Sequence[FilledSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filled = filled
        self.fields["audience"].choices = seat_choices(filled)  # type: ignore[attr-defined]
        self.fields["classification"].choices = [  # type: ignore[attr-defined]
            (one, f"{name}. {words.CLASSIFICATION_HELP[one]}")
            for one, name in CLASSIFICATIONS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Restricted needs its legal basis."""
        given = self.cleaned_data
        restricted = given.get("classification") == Classification.RESTRICTED
        if restricted and "legal_basis" in given and not given["legal_basis"]:
            self.add_error("legal_basis", _("A restricted item needs the legal basis it rests on."))
        return given

    def classified(self) -> dict[str, Any]:
        """What an action takes; audience and basis only where they mean something."""
        given = self.cleaned_data
        restricted = given["classification"] == Classification.RESTRICTED
        return {
            "classification": Classification(given["classification"]),
            "legal_basis": given["legal_basis"] if restricted else "",
            "audience": self._seats() if restricted else [],
        }

    def _seats(self) -> list[Seat]:
        return seats_named(self.filled, self.cleaned_data["audience"])


class ProposalForm(ClassifiedForm):
    """What somebody wants the council to take up, and why."""

    title = TextLine(label=gettext_lazy("What is it about?"), max_length=200)
    reason = TextLines(
        label=gettext_lazy("Why should the council take it up?"),
        max_length=4000,
        required=False,
        rows=4,
        help_text=gettext_lazy("No names of citizens and no single cases."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is the council asked to do?"),
        choices=words.ITEM_KINDS.items,
        initial=ItemKind.DISCUSSION,
        widget=forms.RadioSelect,
    )
    asks_for_meeting = forms.BooleanField(
        label=gettext_lazy("It cannot wait for the next planned meeting: I ask for an extra one"),
        required=False,
    )
    field_order = (
        "title", "reason", "kind", "asks_for_meeting", "classification", "legal_basis", "audience",
    )  # fmt: skip


class ItemForm(ChangingForm, ClassifiedForm):
    """One item on an agenda."""

    together = (READERS,)
    saved_by = (events.ITEM_CHANGED,)

    title = TextLine(label=gettext_lazy("Title"), max_length=200)
    text = TextLines(
        label=gettext_lazy("What it is about"), max_length=8000, required=False, rows=4
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is the council asked to do?"),
        choices=words.ITEM_KINDS.items,
        initial=ItemKind.DISCUSSION,
        widget=forms.RadioSelect,
    )
    presenter = forms.ChoiceField(label=gettext_lazy("Who presents it"), required=False)
    duration_minutes = forms.IntegerField(
        label=pgettext_lazy("duration", "Minutes"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        required=False,
    )
    mandate = forms.ChoiceField(
        label=gettext_lazy("Mandate to decide"),
        choices=words.MANDATES.items,
        initial=Mandate.UNKNOWN,
        help_text=gettext_lazy(
            "For a decision: have those who can bind each party been asked beforehand?"
        ),
    )
    field_order = (
        "title", "kind", "text", "presenter", "duration_minutes", "mandate", "classification",
        "legal_basis", "audience",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        filled: Sequence[FilledSeat],
        item: AgendaItem | None = None,
        **kwargs: Any,
    ) -> None:
        there = as_written.of_item(item) if item else None
        super().__init__(*args, filled=filled, there=there, about=item, **kwargs)
        choices = person_choices(filled)
        presenter = item.presenter if item else None
        if presenter and str(presenter.ref) not in dict(choices):
            choices.append((str(presenter.ref), presenter.label))
        self.former = presenter
        self.fields["presenter"].choices = [("", _("Nobody yet")), *choices]  # type: ignore[attr-defined]

    def fields_of_item(self) -> dict[str, Any]:
        """What the actions `add_item` and `change_item` take."""
        given = self.cleaned_data
        presenter = person_named(self.filled, given["presenter"])
        if self.former and str(self.former.ref) == given["presenter"]:
            presenter = self.former
        return {
            "title": given["title"],
            "text": given["text"],
            "kind": ItemKind(given["kind"]),
            "presenter": presenter,
            "duration_minutes": given["duration_minutes"],
            "mandate": Mandate(given["mandate"]),
            **self.classified(),
        }


class PlaceForm(forms.Form):
    """On which meeting's agenda a proposal is placed, who presents it there, and for how long."""

    meeting = forms.ChoiceField(
        label=gettext_lazy("Meeting"),
        error_messages={"invalid_choice": gettext_lazy("Choose a meeting that is still to come.")},
    )
    presenter = forms.ChoiceField(label=gettext_lazy("Who presents it"), required=False)
    duration_minutes = forms.IntegerField(
        label=pgettext_lazy("duration", "Minutes"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        meetings: Iterable[Meeting],
        filled: Sequence[FilledSeat],
        proposer: Person | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filled, self.proposer = filled, proposer
        people = dict(person_choices(filled))
        if proposer:
            people.setdefault(str(proposer.ref), proposer.label)
        self.fields["presenter"].choices = [("", _("Nobody yet")), *people.items()]  # type: ignore[attr-defined]
        self.meetings = {str(meeting.ref): meeting for meeting in meetings}
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            (ref, day_long(meeting.starts_at, meeting.council.zone))
            for ref, meeting in self.meetings.items()
        ]

    def chosen(self) -> Meeting:
        """The meeting chosen."""
        return self.meetings[self.cleaned_data["meeting"]]

    def placing(self) -> Placing:
        """Who presents it and for how long; whoever proposed it, where nobody was asked."""
        given = self.cleaned_data["presenter"]
        if "presenter" not in self.data or (self.proposer and given == str(self.proposer.ref)):
            presenter = self.proposer
        else:
            presenter = person_named(self.filled, given)
        return Placing(presenter, self.cleaned_data["duration_minutes"])


class MergeForm(forms.Form):
    """What a proposal is taken up under: an item of a meeting to come, or another proposal."""

    into = forms.ChoiceField(label=gettext_lazy("Take it up together with"))

    def __init__(
        self, *args: Any, items: Iterable[AgendaItem], proposals: Iterable[Proposal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        things: list[AgendaItem | Proposal] = [*items, *proposals]
        self.things = {f"{one.trail_kind}:{one.ref}": one for one in things}
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (name, group)
            for name, group in (
                (_("On an agenda"), self._named(AgendaItem)),
                (_("Other proposals"), self._named(Proposal)),
            )
            if group
        ]

    @property
    def has_items(self) -> bool:
        """Whether an agenda has anything to join."""
        return any(isinstance(one, AgendaItem) for one in self.things.values())

    def _named(self, kind: type[AgendaItem | Proposal]) -> list[tuple[str, str]]:
        return [(key, _called(one)) for key, one in self.things.items() if isinstance(one, kind)]

    def chosen(self) -> AgendaItem | Proposal:
        """The item or proposal chosen."""
        return self.things[self.cleaned_data["into"]]


def _called(one: AgendaItem | Proposal) -> str:
    if isinstance(one, Proposal):
        return one.title
    return f"{day(one.meeting.starts_at, one.meeting.council.zone)}: {one.title}"


class DeclineForm(GuardedForm):
    """Why a proposal is not taken up."""

    answer = TextLines(label=gettext_lazy("Answer to whoever proposed it"), max_length=2000, rows=3)


class GuestsForm(forms.Form):
    """Which guest seats are asked to come."""

    guests = forms.MultipleChoiceField(
        label=gettext_lazy("Guests to call"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        filled: Sequence[FilledSeat],
        due: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guest_seats = [one for one in filled if one.is_guest]
        self.fields["guests"].choices = [  # type: ignore[attr-defined]
            (str(one.seat.ref), _guest_label(one, is_due=one.seat.pk in due))
            for one in self.guest_seats
        ]

    def chosen(self) -> list[int]:
        """The keys of the seats chosen."""
        wanted = set(self.cleaned_data["guests"])
        return [one.seat.pk for one in self.guest_seats if str(one.seat.ref) in wanted]


def _guest_label(one: FilledSeat, *, is_due: bool) -> str:
    """The seat, and that its turn has come by the rhythm it is asked in."""
    if not is_due:
        return seat_label(one)
    rhythm = str(RHYTHMS[Rhythm(one.seat.rhythm)])
    return _("%(seat)s: due now (%(rhythm)s)") % {"seat": seat_label(one), "rhythm": rhythm}


class CommentForm(GuardedForm):
    """What should be changed in minutes that are sent back."""

    comment = TextLines(label=gettext_lazy("What should be changed?"), max_length=4000, rows=4)

"""Handing over minutes there are already, and confirming what was read in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.areas.rules.names import fold
from samrad.cooperation.models import Council
from samrad.cooperation.seats import FilledSeat
from samrad.documents.forms import GuardedForm, TextLine
from samrad.kernel.clock import today
from samrad.kernel.text import shortened
from samrad.meetings.actions.taking_over import WantedItem, WantedMinutes, WantedTask
from samrad.meetings.forms.people import responsible_choices, responsible_named, seat_label
from samrad.meetings.rules import Presence
from samrad.meetings.rules.minutes import LONGEST_TEXT, LONGEST_WORDING
from samrad.meetings.rules.parts import parts_of
from samrad.meetings.words import PRESENCES
from samrad.reading.minutes import Attendee, ReadDecision, ReadItem, ReadMinutes, ReadTask
from samrad.ui.forms import ClockInput, DayField

NOBODY_YET = ""
A_YEAR = timedelta(days=365)


class HandOverMinutesForm(forms.Form):
    """The document."""

    file = forms.FileField(
        label=gettext_lazy("The minutes"),
        help_text=gettext_lazy("A Word document, a PDF with text in it, or plain text."),
    )


class SeatField(forms.ChoiceField):
    """Whether one of many was there; that it may be left open is said once, of them all."""

    is_one_of_many = True


@dataclass(frozen=True)
class TaskFields:
    """A task that was read, with the fields that settle who and when."""

    task: ReadTask
    title: forms.BoundField
    who: forms.BoundField
    deadline: forms.BoundField


@dataclass(frozen=True)
class ItemFields:
    """An item that was read, with its tick, and its decisions with their tasks."""

    item: ReadItem
    tick: forms.BoundField
    decisions: list[tuple[ReadDecision, list[TaskFields]]]


class ConfirmMinutesForm(GuardedForm):
    """When and where it was, who was there, and which items are taken over."""

    day = DayField(label=gettext_lazy("Day"))
    starts = forms.TimeField(label=gettext_lazy("Starts"), widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("Ends"), widget=ClockInput)
    place = TextLine(label=gettext_lazy("Place"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        read: ReadMinutes,
        council: Council,
        filled: Sequence[FilledSeat],
        actor: Actor,
        **kwargs: Any,
    ) -> None:
        self.read, self.council, self.filled = read, council, filled
        kwargs.setdefault("initial", first_guess(read))
        super().__init__(*args, actor=actor, council=council, **kwargs)
        for seat in filled:
            self.fields[_seat_name(seat)] = SeatField(
                label=seat_label(seat),
                choices=[("", _("Not noted")), *PRESENCES.items()],
                required=False,
                initial=presence_of(seat, read.attendees),
            )
        for place, item in enumerate(read.items):
            self._add_item(place, item)

    def with_what_was_filled_in(self, data: QueryDict) -> ConfirmMinutesForm:
        """The same for another day: who sat there then, and everything else as it was filled in."""
        for name, field in self.fields.items():
            if isinstance(field, forms.BooleanField):
                self.initial[name] = name in data
            elif name in data and (
                not isinstance(field, forms.ChoiceField) or field.valid_value(data[name])
            ):
                self.initial[name] = data[name] or self.initial.get(name, "")
        return self

    def _add_item(self, place: int, item: ReadItem) -> None:
        self.fields[f"item_{place}"] = forms.BooleanField(
            label=_("Take over “%(title)s”") % {"title": item.title},
            required=False,
            initial=True,
            help_text=_in_how_many(item),
        )
        for at, decision in enumerate(item.decisions):
            for number, task in enumerate(decision.tasks):
                name, is_past = f"{place}_{at}_{number}", self._is_past(task)
                nobody = _("Done, or no task") if is_past else _("No task")
                self.fields[f"task_{name}"] = TextLine(
                    label=_("What is to be done"),
                    max_length=300,
                    required=False,
                    initial=shortened(task.what or decision.text, at_most=200),
                )
                self.fields[f"who_{name}"] = forms.ChoiceField(
                    label=_("Responsible"),
                    choices=[(NOBODY_YET, nobody), *responsible_choices(self.filled)],
                    required=False,
                    initial=NOBODY_YET if is_past else responsible_for_words(task.who, self.filled),
                    help_text=_("The minutes say: %(who)s") % {"who": task.who} if task.who else "",
                )
                self.fields[f"by_{name}"] = DayField(
                    label=_("Deadline"), required=False, initial=task.deadline
                )

    def _is_past(self, task: ReadTask) -> bool:
        """Whether its deadline is over: who had it then is not asked for it now unless chosen.

        Nor for what minutes of more than a year ago give no deadline.
        """
        on, day = today(self.council.zone), self.read.day
        if task.deadline is None:
            return day is not None and day < on - A_YEAR
        return task.deadline < on

    def seats(self) -> list[forms.BoundField]:
        """The fields of attendance."""
        return [self[_seat_name(seat)] for seat in self.filled]

    def items(self) -> Iterator[ItemFields]:
        """Each item that was read with its fields."""
        for place, item in enumerate(self.read.items):
            yield ItemFields(
                item=item,
                tick=self[f"item_{place}"],
                decisions=[
                    (decision, list(self._tasks(decision, f"{place}_{at}")))
                    for at, decision in enumerate(item.decisions)
                ],
            )

    def _tasks(self, decision: ReadDecision, prefix: str) -> Iterator[TaskFields]:
        for number, task in enumerate(decision.tasks):
            name = f"{prefix}_{number}"
            yield TaskFields(task, self[f"task_{name}"], self[f"who_{name}"], self[f"by_{name}"])

    def wanted(self) -> WantedMinutes:
        """What was confirmed."""
        return WantedMinutes(
            starts_at=self._moment("starts"),
            ends_at=self._moment("ends"),
            place=self.cleaned_data["place"],
            items=[
                part
                for place, item in enumerate(self.read.items)
                if self.cleaned_data[f"item_{place}"]
                for part in self._items(place, item)
            ],
            presence=[
                (seat.seat, Presence(self.cleaned_data[_seat_name(seat)]))
                for seat in self.filled
                if self.cleaned_data[_seat_name(seat)]
            ],
        )

    def _moment(self, name: str) -> datetime:
        zone = ZoneInfo(self.council.zone)
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data[name], zone)

    def _items(self, place: int, item: ReadItem) -> Iterator[WantedItem]:
        """The item, or several where its text is longer than one holds."""
        decisions, settled = [], False
        for at, decision in enumerate(item.decisions):
            tasks = self._wanted_tasks(decision, f"{place}_{at}")
            words = shortened(decision.text, at_most=LONGEST_WORDING)
            settled |= not tasks and any(self._is_past(task) for task in decision.tasks)
            decisions.append((words, tasks))
        first, *further = _texts_of(item) or [""]
        yield WantedItem(item.title, first, decisions, needs_no_task=settled)
        for number, text in enumerate(further, start=2):
            yield WantedItem(f"{shortened(item.title, at_most=190)} ({number})", text)

    def _wanted_tasks(self, decision: ReadDecision, prefix: str) -> list[WantedTask]:
        """Those somebody was chosen for; the others are seen as lacking in the draft."""
        found = []
        for number in range(len(decision.tasks)):
            name, given = f"{prefix}_{number}", self.cleaned_data
            person, organisation = responsible_named(self.filled, given[f"who_{name}"])
            title = given[f"task_{name}"]
            if title and (person or organisation):
                found.append(WantedTask(title, person, organisation, given[f"by_{name}"]))
        return found


def _texts_of(item: ReadItem) -> list[str]:
    """What was said, and in full what is too long for a decision, in parts that items hold."""
    long = [one.text for one in item.decisions if len(one.text) > LONGEST_WORDING]
    return parts_of("\n\n".join([item.text, *long]), LONGEST_TEXT)


def _in_how_many(item: ReadItem) -> str:
    number = len(_texts_of(item))
    if number < 2:  # noqa: PLR2004 - one item, as read
        return ""
    return _("It is longer than one item holds, and becomes %(n)s items.") % {"n": number}


def _seat_name(filled: FilledSeat) -> str:
    return f"seat_{filled.seat.ref}"


def first_guess(read: ReadMinutes) -> dict[str, Any]:
    """What the minutes say; two hours where they do not say how long."""
    starts = read.starts or time(9)
    later = time(min(starts.hour + 2, 23), starts.minute if starts.hour < 22 else 59)  # noqa: PLR2004
    ends = read.ends if read.ends and read.ends > starts else later
    return {"day": read.day, "starts": starts, "ends": ends, "place": read.place}


def presence_of(filled: FilledSeat, attendees: Sequence[Attendee]) -> str:
    """What the minutes say of whoever fills the seat, by name or by the seat's role."""
    names = {fold(person.name) for person in filled.persons}
    role = fold(filled.seat.role_name())
    for one in attendees:
        if fold(one.name) in names or (not one.name and fold(one.role).startswith(role)):
            return one.presence
    return ""


def responsible_for_words(words: str, filled: Sequence[FilledSeat]) -> str:
    """The choice that the words mean: a name, a role at the table, or an organisation."""
    wanted = fold(words)
    if not wanted:
        return NOBODY_YET
    for one in filled:
        for person in one.persons:
            if fold(person.name) in wanted or wanted == fold(one.seat.role_name()):
                return f"p:{person.ref}"
    for one in filled:
        if fold(one.seat.organisation.name) in wanted or wanted in fold(one.seat.organisation.name):
            return f"o:{one.seat.organisation.ref}"
    return NOBODY_YET

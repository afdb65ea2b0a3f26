"""Putting approved minutes right: why, and what should stand there instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import day_of, today
from samrad.meetings import words
from samrad.meetings.actions.corrections import PartNote, part_mark
from samrad.meetings.queries.corrections import parts_of
from samrad.meetings.queries.said import Names
from samrad.meetings.rules import PartKind, Presence
from samrad.meetings.rules.minutes import LONGEST_TEXT
from samrad.meetings.rules.said import Said, SaidHeld, SaidItem, SaidSeat
from samrad.ui import formats
from samrad.ui.fields import TextLine, TextLines
from samrad.ui.forms import ClockInput, DayField


class CorrectForm(GuardedForm):
    """Why approved minutes are corrected, and who asked for it."""

    asked_by = TextLine(
        label=gettext_lazy("Who asked for it?"),
        max_length=200,
        help_text=gettext_lazy(
            "A name and an office, for example “Kari Hansen, head of the school”."
        ),
    )
    reason = TextLines(
        label=gettext_lazy("What is wrong?"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("Everybody who reads the new version reads this too."),
    )


class StayField(forms.ChoiceField):
    """Which item somebody came at or left after; most did neither, which the first choice says."""

    is_one_of_many = True


@dataclass
class PartField:
    """A field of the page, the mark it started from, and what somebody else wrote meanwhile."""

    field: BoundField
    name: str
    mark: str
    other: str = ""


@dataclass
class ItemFields:
    """An item with its text and its decisions."""

    item: SaidItem
    text: PartField
    decisions: list[PartField] = field(default_factory=list)


@dataclass
class HeldFields:
    """When and where the meeting was."""

    day: PartField
    starts: BoundField
    ends: BoundField
    place: BoundField


@dataclass
class SeatFields:
    """A seat: who was there, who came instead, and for which items."""

    name: str
    presence: PartField
    stand_in: BoundField
    came: BoundField
    left: BoundField
    is_forgotten: bool = False

    @property
    def was_partly_there(self) -> bool:
        """Whether the page shows from when until when at once."""
        return any(one.value() not in (None, "") or one.errors for one in (self.came, self.left))


class WriteCorrectionForm(GuardedForm):
    """Every text, decision and seat of the minutes as it should stand."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        drafted: Said,
        names: Names,
        unnoted: Collection[str] = (),
        stale: Mapping[str, str] | None = None,
        actor: Actor,
        council: Council,
    ) -> None:
        self.zone = ZoneInfo(council.zone)
        self.drafted, self.names, self.stale = drafted, names, stale or {}
        self.unnoted = unnoted  # seats that the approved minutes say nothing of
        self.saved = {f"{kind}-{ref}": text for (kind, ref), text in parts_of(drafted).items()}
        super().__init__(data, initial=self._initial(), actor=actor, council=council.pk)
        self._add_held()
        for item in drafted.items:
            self._add(
                f"{PartKind.TEXT}-{item.ref}", _("What was said"), item.title, LONGEST_TEXT, 4
            )
            for one in item.decisions:
                self._add(f"{PartKind.DECISION}-{one.ref}", _("Decision"), item.title, 4000, 2)
        for seat in drafted.seats:
            name = f"{PartKind.SEAT}-{seat.seat}"
            sitter = names.sitter(seat)
            choices: list[tuple[str, Any]] = list(words.PRESENCES.items())
            is_forgotten = seat.seat in unnoted
            if is_forgotten:
                choices.insert(0, ("", _("Not in the minutes")))
            self.fields[name] = forms.ChoiceField(
                label=_named(_("Presence"), sitter),
                choices=choices,
                required=not is_forgotten,
            )
            self.fields[f"{name}-stand_in"] = TextLine(
                label=_named(_("Who came instead"), sitter), required=False, max_length=200
            )
            self._add_stay(name, seat, sitter)

    def clean(self) -> dict[str, Any]:
        """Who came instead is only said of somebody whose presence is."""
        given = super().clean() or self.cleaned_data
        for seat in self.unnoted:
            name = f"{PartKind.SEAT}-{seat}"
            if given.get(f"{name}-stand_in") and not given.get(name):
                self.add_error(name, _("Say whether they were there."))
        for one in self.drafted.seats:
            name = f"{PartKind.SEAT}-{one.seat}"
            said = self._seat_said(name, given)
            if said.came is not None and said.left is not None and said.came > said.left:
                self.add_error(f"{name}-came", _("Nobody can leave before they have come."))
        self._check_held(given)
        return given

    @property
    def held_name(self) -> str:
        """What the fields of the day, the hours and the place begin with."""
        return f"{PartKind.HELD}-{self.drafted.held.meeting}" if self.drafted.held else ""

    def _add_held(self) -> None:
        if not self.held_name:
            return
        needed = not self.is_bound or self.held_name in self.data  # a page without it says nothing
        self.fields[self.held_name] = DayField(label=_("The day it was held"), required=needed)
        for which, label in (("starts", _("From")), ("ends", _("To"))):
            self.fields[f"{self.held_name}-{which}"] = forms.TimeField(
                label=label, widget=ClockInput, required=needed
            )
        self.fields[f"{self.held_name}-place"] = TextLine(
            label=_("Place"), max_length=200, required=False
        )

    def _check_held(self, given: Mapping[str, Any]) -> None:
        """What is wrong is said at its field; what only the council's year knows, by the action."""
        held, day = self._held_said(given), given.get(self.held_name)
        if held and held.ends_at <= held.starts_at:
            self.add_error(f"{self.held_name}-ends", _("The meeting must end after it starts."))
        if day and day > today(self.zone.key):
            self.add_error(self.held_name, _("This day has not been yet."))

    def _held_said(self, given: Mapping[str, Any]) -> SaidHeld | None:
        """What is filled in, where all of it could be read."""
        hours = [given.get(f"{self.held_name}-{which}") for which in ("starts", "ends")]
        day, (starts, ends) = given.get(self.held_name), hours
        if not (self.drafted.held and day and starts and ends):
            return None
        return replace(
            self.drafted.held,
            starts_at=datetime.combine(day, starts, self.zone),
            ends_at=datetime.combine(day, ends, self.zone),
            place=given.get(f"{self.held_name}-place") or "",
        )

    def _add_stay(self, name: str, seat: SaidSeat, sitter: str) -> None:
        """From which item until which; a place the reader does not see stays as it is."""
        items = [
            (str(item.order), f"{number}. {item.title}")
            for number, item in enumerate(self.drafted.items, start=1)
        ]
        for which, label, whole, noted in (
            ("came", _("There from item"), _("From the start"), seat.came),
            ("left", _("Until item"), _("To the end"), seat.left),
        ):
            unseen = noted is not None and str(noted) not in dict(items)
            kept = [(str(noted), _("As it stands"))] if unseen else []
            self.fields[f"{name}-{which}"] = StayField(
                label=_named(label, sitter),
                choices=[("", whole), *kept, *items],
                required=False,
            )

    def _seat_said(self, name: str, given: Mapping[str, Any]) -> SaidSeat:
        """What is filled in of a seat; who was not there, nor anybody instead, has no stay."""
        said = SaidSeat("", "", given.get(name) or "", given.get(f"{name}-stand_in") or "")
        if said.presence != Presence.PRESENT and not said.stand_in:
            return said
        came, left = (given.get(f"{name}-{which}") or None for which in ("came", "left"))
        return replace(said, came=came and int(came), left=left and int(left))

    def _initial(self) -> dict[str, Any]:
        found: dict[str, Any] = dict(self.saved)
        for seat in self.drafted.seats:
            name = f"{PartKind.SEAT}-{seat.seat}"
            found |= {name: seat.presence, f"{name}-stand_in": seat.stand_in}
            found |= {f"{name}-came": seat.came, f"{name}-left": seat.left}
        if self.drafted.held:
            held = self.drafted.held
            starts, ends = (one.astimezone(self.zone) for one in (held.starts_at, held.ends_at))
            found |= {
                self.held_name: day_of(held.starts_at, self.zone.key),
                f"{self.held_name}-place": held.place,
            }
            found |= {
                f"{self.held_name}-starts": starts.time(),
                f"{self.held_name}-ends": ends.time(),
            }
        return found

    def _add(self, name: str, label: str, about: str, longest: int, rows: int) -> None:
        needed = name.startswith(PartKind.DECISION)
        made = TextLines(label=_named(label, about), required=needed, max_length=longest, rows=rows)
        made.widget.attrs["data-keep"] = f"correction-{name}"
        self.fields[name] = made

    @property
    def notes(self) -> list[PartNote]:
        """Everything filled in, with what it started from."""
        return [self._note(name) for name in self.saved if name in self.cleaned_data]

    def _note(self, name: str) -> PartNote:
        kind, _dash, ref = name.partition("-")
        text = str(self.cleaned_data[name])
        if kind == PartKind.SEAT:
            text = self._seat_said(name, self.cleaned_data).as_text
        elif kind == PartKind.HELD:
            held = self._held_said(self.cleaned_data)
            text = held.as_text if held else self.saved[name]
        return PartNote(PartKind(kind), UUID(ref), text, str(self.data.get(f"{name}-was", "")))

    @property
    def kept(self) -> list[str]:
        """The names under which a browser keeps what is typed."""
        return [f"correction-{name}" for name in self.saved]

    # What is shown: a mark is the one posted while nothing is saved, else the one that holds now.

    def _part(self, name: str) -> PartField:
        mark = part_mark(self.saved[name])
        if self.is_bound and self.errors:
            mark = str(self.data.get(f"{name}-was", mark))
        return PartField(self[name], name, mark, self.stale.get(name, ""))

    @property
    def items(self) -> list[ItemFields]:
        """Item by item."""
        return [
            ItemFields(
                item,
                self._part(f"{PartKind.TEXT}-{item.ref}"),
                [self._part(f"{PartKind.DECISION}-{one.ref}") for one in item.decisions],
            )
            for item in self.drafted.items
        ]

    @property
    def held(self) -> HeldFields | None:
        """When and where."""
        if not self.held_name:
            return None
        part = self._part(self.held_name)
        if part.other and self.drafted.held:
            there = self.drafted.held
            hours = formats.span(there.starts_at, there.ends_at, self.zone)
            part.other = f"{hours} · {there.place}" if there.place else hours
        rest = (self[f"{self.held_name}-{which}"] for which in ("starts", "ends", "place"))
        return HeldFields(part, *rest)

    @property
    def seats(self) -> list[SeatFields]:
        """Seat by seat, those the minutes speak of."""
        return [one for one in self._seats() if not one.is_forgotten]

    @property
    def forgotten(self) -> list[SeatFields]:
        """Those that somebody held on the day and the minutes say nothing of."""
        return [one for one in self._seats() if one.is_forgotten]

    def _seats(self) -> list[SeatFields]:
        return [
            SeatFields(
                self.names.sitter(seat),
                self._part(f"{PartKind.SEAT}-{seat.seat}"),
                self[f"{PartKind.SEAT}-{seat.seat}-stand_in"],
                self[f"{PartKind.SEAT}-{seat.seat}-came"],
                self[f"{PartKind.SEAT}-{seat.seat}-left"],
                seat.seat in self.unnoted,
            )
            for seat in self.drafted.seats
        ]


def _named(label: str, about: str) -> SafeString:
    return format_html('{}<span class="s-hidden">: {}</span>', label, about)

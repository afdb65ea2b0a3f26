"""Putting approved minutes right: why, and what should stand there instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.documents.forms import GuardedForm
from samrad.meetings import words
from samrad.meetings.actions.corrections import PartNote, part_mark
from samrad.meetings.queries.corrections import parts_of
from samrad.meetings.queries.said import Names
from samrad.meetings.rules import PartKind
from samrad.meetings.rules.minutes import LONGEST_TEXT
from samrad.meetings.rules.said import Said, SaidItem
from samrad.ui.fields import TextLine, TextLines


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
class SeatFields:
    """A seat: who was there, and who came instead."""

    name: str
    presence: PartField
    stand_in: BoundField
    is_forgotten: bool = False


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
        council: int,
    ) -> None:
        self.drafted, self.names, self.stale = drafted, names, stale or {}
        self.unnoted = unnoted  # seats that the approved minutes say nothing of
        self.saved = {f"{kind}-{ref}": text for (kind, ref), text in parts_of(drafted).items()}
        super().__init__(data, initial=self._initial(), actor=actor, council=council)
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

    def clean(self) -> dict[str, Any]:
        """Who came instead is only said of somebody whose presence is."""
        given = super().clean() or self.cleaned_data
        for seat in self.unnoted:
            name = f"{PartKind.SEAT}-{seat}"
            if given.get(f"{name}-stand_in") and not given.get(name):
                self.add_error(name, _("Say whether they were there."))
        return given

    def _initial(self) -> dict[str, str]:
        found = dict(self.saved)
        for seat in self.drafted.seats:
            name = f"{PartKind.SEAT}-{seat.seat}"
            found |= {name: seat.presence, f"{name}-stand_in": seat.stand_in}
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
            text = f"{text}|{self.cleaned_data.get(f'{name}-stand_in', '')}"
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
                seat.seat in self.unnoted,
            )
            for seat in self.drafted.seats
        ]


def _named(label: str, about: str) -> SafeString:
    return format_html('{}<span class="s-hidden">: {}</span>', label, about)

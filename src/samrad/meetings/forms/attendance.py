"""The first part of the page of minutes: who was there, and could the council decide.

Here is also what every part of the page does: reading what was posted, and showing it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.documents.rules import NumberAnswer
from samrad.meetings import words
from samrad.meetings.actions.minutes import ability_mark, attendance_mark
from samrad.meetings.actions.minutes_page import AbilityNote, Conflicts, SeatNote
from samrad.meetings.forms.rows import AbilityRow, SeatRow, name_of
from samrad.meetings.forms.texts import Texts, texts_on_page
from samrad.meetings.models import AgendaItem, Meeting, Minutes
from samrad.meetings.queries.minutes import MinutesItem, SeatAttendance
from samrad.meetings.rules import CouldDecide, Presence
from samrad.meetings.rules.attendance import presence_meant

Data = Mapping[str, Any]


class AttendanceForm:
    """What was posted, what is wrong with it, and the seats."""

    def __init__(
        self,
        items: Sequence[MinutesItem],
        attendance: Sequence[SeatAttendance],
        data: Data | None = None,
        conflicts: Conflicts | None = None,
        *,
        meeting: Meeting,
        actor: Actor,
    ) -> None:
        self.items = items
        self.attendance = attendance
        self.data = data
        self.conflicts = conflicts or Conflicts()
        self.minutes: Minutes | None = getattr(meeting, "minutes", None)
        self.texts = Texts(
            data or {}, texts_on_page(items, attendance, self.minutes) if data else (),
            actor=actor, council=meeting.council_id,
        )  # fmt: skip
        self.errors: dict[str, str] = {}
        self._items_to_choose: dict[tuple[str, str], SafeString] = {}

    @property
    def questions(self) -> list[BoundField]:
        """What is asked about numbers in the texts, once these have been read."""
        return self.texts.questions

    @property
    def number_answers(self) -> list[NumberAnswer]:
        """What was answered for, to be recorded when the page is saved."""
        return self.texts.number_answers

    @property
    def _data(self) -> Data:
        return self.data or {}

    def _get(self, name: str) -> str:
        return str(self._data.get(name, ""))

    def _clean(self, name: str) -> str:
        if name in self.texts.errors:
            self._refuse(name)
            return ""
        return str(self.texts.cleaned_data[name])

    def _refuse(self, name: str) -> None:
        self.errors[name] = " ".join(str(one) for one in self.texts.errors[name])

    # What is shown: with errors nothing was saved, and everything stands as it was filled in, marks
    # included. With conflicts all else was saved, and only the parts in conflict stand as filled
    # in, now marked with what the other wrote, so that the next Save is a choice made with open
    # eyes.

    def _shown(self, name: str, saved: str, *, stale: bool = False) -> str:
        if (self.errors or stale) and name in self._data:
            return str(self.texts.fields[name].bound_data(self._data[name], saved))
        return saved

    def _kept(self, name: str, current: str) -> str:
        """A mark or a choice: the one posted while nothing is saved, else the one that holds."""
        return self._get(name) if self.errors and name in self._data else current

    def _errors(self, *names: str) -> list[str]:
        return [self.errors[name] for name in names if name in self.errors]

    # Seats ----------------------------------------------------------------------------------------

    def _seat_notes(self) -> list[SeatNote]:
        return [seat for one in self.attendance if (seat := self._seat(one))]

    def _seat(self, one: SeatAttendance) -> SeatNote | None:
        seat = one.filled.seat
        prefix = f"seat-{seat.ref}"
        if f"{prefix}-was" not in self._data:
            return None
        presence = self._get(f"{prefix}-presence")
        stand_in, was = self._clean(f"{prefix}-stand_in"), self._get(f"{prefix}-was")
        came = self._item_named(f"{prefix}-came", one.noted.from_item if one.noted else None)
        left = self._item_named(f"{prefix}-left", one.noted.until_item if one.noted else None)
        said = Presence(presence) if presence in set(Presence) else None
        note = SeatNote(
            seat=seat,
            presence=presence_meant(said, stand_in, was=was, partly=bool(came or left)),
            stand_in=stand_in,
            started_from=was,
            came=came,
            left=left,
        )
        if note.came and note.left and note.came.order > note.left.order:
            self.errors[f"{prefix}-came"] = _("Nobody can leave before they have come.")
        return None if note.mark == note.started_from else note

    def _item_named(self, name: str, noted: AgendaItem | None) -> AgendaItem | None:
        """The item chosen; a page without the choice leaves what is noted."""
        if name not in self._data:
            return noted
        ref = self._get(name)
        return next((one.item for one in self.items if str(one.item.ref) == ref), None)

    @property
    def seats(self) -> list[SeatRow]:
        """The seats as the page shows them."""
        return [self._seat_row(one) for one in self.attendance]

    def _seat_row(self, one: SeatAttendance) -> SeatRow:
        prefix = f"seat-{one.filled.seat.ref}"
        noted = one.noted
        presence = self._kept(f"{prefix}-presence", noted.presence if noted else "")
        came, left = (noted.from_item, noted.until_item) if noted else (None, None)
        came_ref = self._kept(f"{prefix}-came", str(came.ref) if came else "")
        left_ref = self._kept(f"{prefix}-left", str(left.ref) if left else "")
        return SeatRow(
            filled=one.filled,
            ref=name_of(one.filled.seat.ref),
            stand_in=self._shown(f"{prefix}-stand_in", noted.stand_in if noted else ""),
            mark=self._kept(f"{prefix}-was", attendance_mark(noted)),
            choices=[(value, name, value == presence) for value, name in words.PRESENCES.items()],
            is_noted=bool(presence),
            came=self._item_options(_("From the start"), came_ref),
            left=self._item_options(_("To the end"), left_ref),
            was_partly_there=bool(came_ref or left_ref),
            told="" if noted else one.told,
            errors=self._errors(f"{prefix}-stand_in", f"{prefix}-came"),
            is_stale=str(one.filled.seat.ref) in self.conflicts.seats,
        )

    def _item_options(self, nothing: str, chosen: str) -> SafeString:
        """The items to choose from, by number and title: most seats have the same, written once."""
        made = self._items_to_choose.get((nothing, chosen))
        if made is None:
            made = self._items_to_choose[nothing, chosen] = self._item_list(nothing, chosen)
        return made

    def _item_list(self, nothing: str, chosen: str) -> SafeString:
        return format_html(
            '<option value="">{}</option>{}',
            nothing,
            format_html_join(
                "",
                '<option value="{}"{}>{}. {}</option>',
                (
                    (
                        str(one.item.ref),
                        SafeString(" selected") if str(one.item.ref) == chosen else "",
                        one.number,
                        one.item.title,
                    )
                    for one in self.items
                ),
            ),
        )

    # Could the council decide? --------------------------------------------------------------------

    def _ability(self) -> AbilityNote | None:
        if "could_decide-was" not in self._data:
            return None
        said = self._get("could_decide")
        note = AbilityNote(
            could_decide=CouldDecide(said) if said in set(CouldDecide) else CouldDecide.NOT_SAID,
            note=self._clean("could_decide_note"),
            started_from=self._get("could_decide-was"),
        )
        return None if note.mark == note.started_from else note

    @property
    def ability(self) -> AbilityRow:
        """Whether the council could decide, as the page shows it."""
        saved = self.minutes
        chosen = self._kept("could_decide", saved.could_decide if saved else CouldDecide.NOT_SAID)
        return AbilityRow(
            choices=[(value, name, value == chosen) for value, name in words.ABILITIES.items()],
            note=self._shown("could_decide_note", saved.could_decide_note if saved else ""),
            mark=self._kept("could_decide-was", ability_mark(saved) if saved else ""),
            errors=self._errors("could_decide_note"),
            is_stale=self.conflicts.ability,
        )

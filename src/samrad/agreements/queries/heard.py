"""Who was asked what they think of a draft, and who has said something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from samrad.agreements.models import ClauseComment, Draft
from samrad.agreements.rules import DraftState
from samrad.cooperation.models import Seat
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import seats_filled
from samrad.people.models import Person

KEEPING = (SeatFunction.SECRETARY, SeatFunction.CHAIR)


@dataclass(frozen=True)
class Heard:
    """The council's permanent members but whoever began the draft, while it is out for comments."""

    asked: Sequence[Person]
    silent: Sequence[Person]
    writer_keeps: bool  # whether whoever began it still keeps the council
    is_running: bool  # the day has not passed

    @property
    def said(self) -> int:
        """How many have commented."""
        return len(self.asked) - len(self.silent)

    @property
    def waits(self) -> bool:
        """Whether somebody may still say something."""
        return self.is_running and bool(self.silent)

    @property
    def names(self) -> str:
        """Who has said nothing."""
        return ", ".join(one.label for one in self.silent)

    def still_asks(self, person: int | None) -> bool:
        """Whether this person is one of them."""
        return self.is_running and any(one.pk == person for one in self.silent)


def writer_keeps(on: date, *, draft: str = "") -> Exists:
    """Whether whoever began a draft keeps its council on that day: `Heard.writer_keeps` in SQL.

    `draft` is the way to it from what is asked about, such as `clause__draft__`.
    """
    held = "organisation__appointments__"
    seats = Seat.objects.on(on).filter(
        Q(**{f"{held}to_date": None}) | Q(**{f"{held}to_date__gte": on}),
        Q(**{f"{held}person__left_date": None}) | Q(**{f"{held}person__left_date__gte": on}),
        council=OuterRef(f"{draft}council"),
        function__in=KEEPING,
        **{
            f"{held}person": OuterRef(f"{draft}started_by"),
            f"{held}role": F("role"),
            f"{held}from_date__lte": on,
        },
    )
    return Exists(seats)


def heard_of(draft: Draft, on: date) -> Heard | None:
    """As long as the draft is out for comments; none before and after."""
    if draft.state != DraftState.COMMENTS:
        return None
    filled = [one for one in seats_filled(draft.council, on) if not one.is_guest]
    sitting = {person.pk: person for one in filled for person in one.persons}
    keepers = {
        person.pk for one in filled if one.seat.function in KEEPING for person in one.persons
    }
    asked = [one for key, one in sitting.items() if key != draft.started_by_id]
    said = ClauseComment.objects.filter(clause__draft=draft).values_list("by", flat=True)
    spoken = set(said)
    until = draft.comments_until
    return Heard(
        asked=asked,
        silent=[one for one in asked if one.pk not in spoken],
        writer_keeps=draft.started_by_id in keepers,
        is_running=until is None or until >= on,
    )

"""Who comes to a meeting, who does not, and who has not answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from samrad.access.actor import Actor
from samrad.cooperation.models import Seat
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.kernel.clock import day_of
from samrad.meetings.models import Called, Meeting
from samrad.meetings.queries.recipients import Recipient, called_among, recipients_among
from samrad.meetings.rules.invitations import Answer
from samrad.people.models import Person
from samrad.post.api import NOT_HAD
from samrad.ui.sorting import name_key


@dataclass(frozen=True)
class AnswerRow:
    """One of those called, and the answer; `has_arrived` is False when the mail did not."""

    person: Person
    answer: Answer
    has_arrived: bool = True
    stand_in: str = ""
    may_call_again: bool = False


@dataclass(frozen=True)
class Answers:
    """Everybody's answers, those who come first; one's own; seats for which nobody comes."""

    rows: list[AnswerRow] = field(default_factory=list)
    own: Answer | None = None  # None for who is not called
    own_stand_in: str = ""
    empty_seats: list[Seat] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many gave each answer."""
        return Counter(row.answer.value for row in self.rows)


def own_answer(meeting: Meeting, actor: Actor) -> Answers:
    """One's own answer alone, in one query: for guests, who do not see the others'."""
    own = meeting.called.filter(person=actor.person_id).first()
    return Answers(own=Answer(own.answer), own_stand_in=own.stand_in) if own else Answers()


ORDER = (Answer.ACCEPTED, Answer.TENTATIVE, Answer.DECLINED, Answer.NONE)


def answers_of(meeting: Meeting, actor: Actor, on: date, *, calls: bool) -> Answers:
    """In two queries; `calls` for those who send the agenda, who hear what did not arrive.

    Guests are asked from when they have been called; who is chosen and not called yet has no say.
    """
    filled = seats_filled(meeting.council, on)
    known = {row.person_id: row for row in meeting.called.select_related("message")}
    invited = {one.seat.pk for one in filled if any(who.pk in known for who in one.persons)}
    persons = [one.person for one in _called(meeting, filled, invited, known, on)]
    rows = [_row(person, known.get(person.pk), calls=calls) for person in persons]
    own = next((row for row in rows if row.person.pk == actor.person_id), None)
    asked = [one for one in filled if not one.is_guest or one.seat.pk in invited]
    return Answers(
        rows=sorted(rows, key=lambda row: (ORDER.index(row.answer), name_key(row.person.label))),
        own=own.answer if own else None,
        own_stand_in=own.stand_in if own else "",
        empty_seats=_empty(asked, rows) if calls else [],
    )


def _called(
    meeting: Meeting,
    filled: Sequence[FilledSeat],
    invited: Collection[int],
    known: Collection[int],
    on: date,
) -> list[Recipient]:
    """Those of today, and those called because they will sit there: asked for when there are."""
    now, day = recipients_among(filled, invited), day_of(meeting.starts_at, meeting.council.zone)
    if day <= on or {one.person.pk for one in now}.issuperset(known):
        return now
    then = called_among(filled, seats_filled(meeting.council, day), invited)
    return [one for one in then if not one.is_yet_to_come or one.person.pk in known]


def _row(person: Person, called: Called | None, *, calls: bool) -> AnswerRow:
    answer = Answer(called.answer) if called else Answer.NONE
    stand_in = called.stand_in if called else ""
    if not calls:
        return AnswerRow(person, answer, stand_in=stand_in)
    message = called.message if called else None
    failed = not person.email or (message is not None and message.state in NOT_HAD)
    unsent = bool(person.email) and message is None and answer == Answer.NONE
    return AnswerRow(
        person,
        answer,
        has_arrived=not failed,
        stand_in=stand_in,
        may_call_again=bool(person.email) and (failed or unsent),
    )


def _empty(asked: list[FilledSeat], rows: list[AnswerRow]) -> list[Seat]:
    """Seats whose holders have all said that they do not come, nor anybody instead of them."""
    away = {row.person.pk for row in rows if row.answer == Answer.DECLINED and not row.stand_in}
    return [
        one.seat
        for one in asked
        if one.persons and all(person.pk in away for person in one.persons)
    ]

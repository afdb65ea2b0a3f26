"""Who comes to a meeting, who does not, and who has not answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from samrad.access.actor import Actor
from samrad.cooperation.models import Seat
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.meetings.models import Called, Meeting
from samrad.meetings.queries.recipients import recipients_among
from samrad.meetings.rules.invitations import Answer
from samrad.people.models import Person
from samrad.post.api import NOT_HAD


@dataclass(frozen=True)
class AnswerRow:
    """One of those called, and the answer; `has_arrived` is False when the mail did not."""

    person: Person
    answer: Answer
    has_arrived: bool = True
    may_call_again: bool = False


@dataclass(frozen=True)
class Answers:
    """Everybody's answers, those who come first; one's own; seats for which nobody comes."""

    rows: list[AnswerRow] = field(default_factory=list)
    own: Answer | None = None  # None for who is not called
    empty_seats: list[Seat] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many gave each answer."""
        return Counter(row.answer.value for row in self.rows)


def own_answer(meeting: Meeting, actor: Actor) -> Answers:
    """One's own answer alone, in one query: for guests, who do not see the others'."""
    own = meeting.called.filter(person=actor.person_id).values_list("answer", flat=True).first()
    return Answers(own=None if own is None else Answer(own))


ORDER = (Answer.ACCEPTED, Answer.TENTATIVE, Answer.DECLINED, Answer.NONE)


def answers_of(meeting: Meeting, actor: Actor, on: date, *, calls: bool) -> Answers:
    """In two queries; `calls` for those who send the agenda, who hear what did not arrive.

    Guests are asked from when they have been called; who is chosen and not called yet has no say.
    """
    filled = seats_filled(meeting.council, on)
    known = {row.person_id: row for row in meeting.called.select_related("message")}
    invited = {one.seat.pk for one in filled if any(who.pk in known for who in one.persons)}
    persons = [one.person for one in recipients_among(filled, invited)]
    rows = [_row(person, known.get(person.pk), calls=calls) for person in persons]
    own = [row.answer for row in rows if row.person.pk == actor.person_id]
    asked = [one for one in filled if not one.is_guest or one.seat.pk in invited]
    return Answers(
        rows=sorted(rows, key=lambda row: (ORDER.index(row.answer), row.person.label)),
        own=own[0] if own else None,
        empty_seats=_empty(asked, rows) if calls else [],
    )


def _row(person: Person, called: Called | None, *, calls: bool) -> AnswerRow:
    if not calls:
        return AnswerRow(person, Answer(called.answer) if called else Answer.NONE)
    message = called.message if called else None
    failed = not person.email or (message is not None and message.state in NOT_HAD)
    answer = Answer(called.answer) if called else Answer.NONE
    unsent = bool(person.email) and message is None and answer == Answer.NONE
    return AnswerRow(
        person,
        answer,
        has_arrived=not failed,
        may_call_again=bool(person.email) and (failed or unsent),
    )


def _empty(asked: list[FilledSeat], rows: list[AnswerRow]) -> list[Seat]:
    """Seats whose holders have all said that they do not come."""
    away = {row.person.pk for row in rows if row.answer == Answer.DECLINED}
    return [
        one.seat
        for one in asked
        if one.persons and all(person.pk in away for person in one.persons)
    ]

"""States and functions of councils, seats and agreements."""

from __future__ import annotations

from datetime import date

from samrad.kernel.choices import Choices


class CouncilState(Choices):
    """A council that is not there is recorded as well (B4); one at rest can begin again."""

    CONSIDERED = "considered"
    ACTIVE = "active"
    RESTING = "resting"
    ENDED = "ended"


NEXT_COUNCIL_STATES: dict[CouncilState, frozenset[CouncilState]] = {
    CouncilState.CONSIDERED: frozenset({CouncilState.ACTIVE, CouncilState.ENDED}),
    CouncilState.ACTIVE: frozenset({CouncilState.RESTING, CouncilState.ENDED}),
    CouncilState.RESTING: frozenset({CouncilState.ACTIVE, CouncilState.ENDED}),
    CouncilState.ENDED: frozenset(),
}


class Course(Choices):
    """How far it has come with a body that is not set up: asked for, answered, or only thought of.

    The police take the initiative and the municipality may decline; or a body is considered, and
    not now.
    """

    INVITED = "invited"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    NOT_NOW = "not_now"


class SeatFunction(Choices):
    """What a seat does in the council; guests come by theme."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    GUEST = "guest"


class Rhythm(Choices):
    """How often a guest is asked to come; without a rhythm, when the matter calls for it."""

    EVERY = "every_meeting"
    EVERY_SECOND = "every_second_meeting"
    HALF_YEARLY = "twice_a_year"
    YEARLY = "once_a_year"


#: After how many meetings without the guest, or after how many days, it is time again. The days
#: leave a month's room on either side, so that a guest is due at the meeting that lies nearest.
MEETINGS_BETWEEN = {Rhythm.EVERY: 0, Rhythm.EVERY_SECOND: 1}
DAYS_BETWEEN = {Rhythm.HALF_YEARLY: 152, Rhythm.YEARLY: 335}


def is_guest_due(rhythm: str, *, meetings_since: int, last: date | None, on: date) -> bool:
    """Whether a guest of that rhythm is due at a meeting held `on`.

    `last` is the latest meeting before it that the guest was asked to, `meetings_since` how many
    were held between the two. Whoever has never been asked is due.
    """
    if not rhythm:
        return False
    if last is None:
        return True
    known = Rhythm(rhythm)
    if known in MEETINGS_BETWEEN:
        return meetings_since >= MEETINGS_BETWEEN[known]
    return (on - last).days >= DAYS_BETWEEN[known]


class Side(Choices):
    """Whose an initiative or a promise is."""

    POLICE = "police"
    MUNICIPALITY = "municipality"
    OTHER = "other"


class AgreementState(Choices):
    """An agreement read in is confirmed by a person before it counts."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"


# Among the facts of an agreement: nobody has looked yet for what it lacks.
UNREAD = "unread"


# Among the facts of an agreement: the measure by which it was last found what it lacks.
MEASURED = "measured"


# Among the facts of an agreement that was read in: passages whose text a person put right.
CORRECTED = "corrected"


class ReadingState(Choices):
    """A document read in waits for a person until it is confirmed or discarded."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"

"""States and functions of councils, seats and agreements."""

from __future__ import annotations

from samrad.kernel.choices import Choices


class CouncilState(Choices):
    """A council that is not there is recorded as well (B4)."""

    CONSIDERED = "considered"
    ACTIVE = "active"
    ENDED = "ended"


class SeatFunction(Choices):
    """What a seat does in the council; guests come by theme."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    GUEST = "guest"


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


class ReadingState(Choices):
    """A document read in waits for a person until it is confirmed or discarded."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"

"""An invitation, and the answer that comes back; as calendars write them in `calendars`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samrad.kernel.choices import Choices


class Answer(Choices):
    """What somebody who is called has answered."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class Way(Choices):
    """How the answer came: on the page, by a link in a mail, or from a calendar."""

    PAGE = "page"
    LINK = "link"
    MAIL = "mail"


class Method(Choices):
    """What a calendar is asked to do with it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"


@dataclass(frozen=True)
class Invitation:
    """A meeting as one of those who are called gets it."""

    ref: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    description: str
    place: str
    url: str
    organiser: str
    organiser_address: str
    attendee: str
    attendee_address: str
    answer: Answer
    token: str
    asks_by_mail: bool
    written_at: datetime


@dataclass(frozen=True)
class Reply:
    """An answer as a calendar sends it. The comment in it, if any, is not looked at."""

    ref: UUID
    sequence: int
    answer: Answer
    attendee_address: str
    organiser_address: str
    token: str
    written_at: datetime

"""What can be read out of minutes: frozen values that go to JSON and back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody named among those who came or did not; the role as the minutes put it."""

    name: str
    role: str
    presence: str


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Who does it by when; `what` is empty when the decision itself says it."""

    what: str
    who: str
    deadline: date | None


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """What was decided, with the tasks that stand beside it."""

    text: str
    tasks: tuple[ReadTask, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A matter with what was said and decided."""

    number: str
    title: str
    text: str
    decisions: tuple[ReadDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadMinutes:
    """Minutes as they were understood; anything may be missing but the items."""

    country: str
    title: str
    day: date | None
    starts: time | None
    ends: time | None
    place: str
    attendees: tuple[Attendee, ...]
    items: tuple[ReadItem, ...]

    def to_json(self) -> dict[str, Any]:
        """For staging: days and times as text."""
        plain: dict[str, Any] = asdict(self)
        plain["day"] = self.day.isoformat() if self.day else None
        plain["starts"] = _clock(self.starts)
        plain["ends"] = _clock(self.ends)
        for item in plain["items"]:
            for decision in item["decisions"]:
                for task in decision["tasks"]:
                    task["deadline"] = task["deadline"] and task["deadline"].isoformat()
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> ReadMinutes:
        """What `to_json` made."""
        return cls(
            country=plain["country"],
            title=plain["title"],
            day=_day(plain["day"]),
            starts=_time(plain["starts"]),
            ends=_time(plain["ends"]),
            place=plain["place"],
            attendees=tuple(Attendee(**one) for one in plain["attendees"]),
            items=tuple(_item(one) for one in plain["items"]),
        )


def _item(plain: dict[str, Any]) -> ReadItem:
    decisions = tuple(
        ReadDecision(
            text=one["text"],
            tasks=tuple(
                ReadTask(task["what"], task["who"], _day(task["deadline"])) for task in one["tasks"]
            ),
        )
        for one in plain["decisions"]
    )
    return ReadItem(plain["number"], plain["title"], plain["text"], decisions)


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None

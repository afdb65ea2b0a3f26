"""What minutes say, as plain values: the same for a page, a paper and a kept version.

Persons, seats and organisations stand as references, so that a name that is withheld later is
withheld in old versions too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any


@dataclass(frozen=True)
class SaidTask:
    """Who does what by when; `who` is `p:` or `o:` and a reference."""

    title: str
    who: str = ""
    deadline: date | None = None
    ref: str = ""  # versions kept before it was written down have none


@dataclass(frozen=True)
class SaidDecision:
    """A decision with the tasks that follow."""

    ref: str
    text: str
    tasks: tuple[SaidTask, ...] = ()

    def with_tasks(self, read: Collection[str]) -> SaidDecision:
        """Only with the tasks of these references; of these titles where no reference was kept."""
        return replace(
            self, tasks=tuple(task for task in self.tasks if (task.ref or task.title) in read)
        )


@dataclass(frozen=True)
class SaidItem:
    """An item, what was said on it and what was decided."""

    ref: str
    title: str
    kind: str
    text: str = ""
    order: int = 0
    mandate: str = ""
    decisions: tuple[SaidDecision, ...] = ()


@dataclass(frozen=True)
class SaidSeat:
    """Who sat in a seat; `came` and `left` are the items' places on the agenda."""

    seat: str
    person: str = ""
    presence: str = ""
    stand_in: str = ""
    came: int | None = None
    left: int | None = None

    @property
    def as_text(self) -> str:
        """Attendance as one text: who was there, for which items, and who came instead."""
        stay = "" if self.came is None and self.left is None else f"@{_or_no(self.came)}"
        until = "" if self.left is None else f"-{self.left}"
        return f"{self.presence}{stay}{until}|{self.stand_in}"

    def as_in(self, text: str) -> SaidSeat:
        """The seat as such a text says it."""
        there, _bar, stand_in = text.partition("|")
        presence, _at, stay = there.partition("@")
        came, _dash, left = stay.partition("-")
        return replace(
            self, presence=presence, stand_in=stand_in,
            came=_place(came), left=_place(left),
        )  # fmt: skip


def _or_no(place: int | None) -> str:
    return "" if place is None else str(place)


def _place(said: str) -> int | None:
    return int(said) if said.isdecimal() else None


@dataclass(frozen=True)
class SaidHeld:
    """When and where the meeting was; `meeting` is its reference."""

    meeting: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""

    @property
    def as_text(self) -> str:
        """The same as one text, to the minute."""
        return f"{_minute(self.starts_at)}/{_minute(self.ends_at)}|{self.place}"

    def as_in(self, text: str) -> SaidHeld:
        """The meeting as such a text says it was held; raises ValueError for any other text."""
        hours, _bar, place = text.partition("|")
        starts, _dash, ends = hours.partition("/")
        return replace(
            self, place=place,
            starts_at=datetime.fromisoformat(starts), ends_at=datetime.fromisoformat(ends),
        )  # fmt: skip


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes")


@dataclass(frozen=True)
class SaidApproval:
    """Who approved, and when."""

    person: str
    at: datetime


@dataclass(frozen=True)
class Said:
    """Everything the minutes say."""

    could_decide: str = ""
    could_decide_note: str = ""
    seats: tuple[SaidSeat, ...] = ()
    items: tuple[SaidItem, ...] = ()
    approvals: tuple[SaidApproval, ...] = ()
    held: SaidHeld | None = None

    def for_reader(
        self, *, items: Collection[str], decisions: Mapping[str, Collection[str]], inside: bool
    ) -> Said:
        """Only what this reader may read: these items, these decisions, and who was there.

        With each decision stand the references and titles of those of its tasks that are read.
        """
        return replace(
            self,
            seats=self.seats if inside else (),
            could_decide_note=self.could_decide_note if inside else "",
            items=tuple(
                replace(
                    item,
                    decisions=tuple(
                        one.with_tasks(decisions[one.ref])
                        for one in item.decisions
                        if one.ref in decisions
                    ),
                )
                for item in self.items
                if item.ref in items
            ),
        )

    @property
    def decisions(self) -> Iterator[SaidDecision]:
        """Every decision, item by item."""
        return (decision for item in self.items for decision in item.decisions)

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def said_from_json(data: Mapping[str, Any]) -> Said:
    """What was kept."""
    return Said(
        could_decide=data["could_decide"],
        could_decide_note=data["could_decide_note"],
        seats=tuple(SaidSeat(**one) for one in data["seats"]),
        items=tuple(_item(one) for one in data["items"]),
        approvals=tuple(
            SaidApproval(one["person"], datetime.fromisoformat(one["at"]))
            for one in data["approvals"]
        ),
        held=_held(data.get("held")),
    )


def _held(data: Mapping[str, Any] | None) -> SaidHeld | None:
    """None where minutes went out before this was kept."""
    if data is None:
        return None
    starts, ends = (datetime.fromisoformat(data[name]) for name in ("starts_at", "ends_at"))
    return SaidHeld(data["meeting"], starts, ends, data["place"])


def _item(data: Mapping[str, Any]) -> SaidItem:
    decisions = tuple(
        SaidDecision(one["ref"], one["text"], tuple(_task(task) for task in one["tasks"]))
        for one in data["decisions"]
    )
    return SaidItem(**{**data, "decisions": decisions})


def _task(data: Mapping[str, Any]) -> SaidTask:
    deadline = data["deadline"]
    day = date.fromisoformat(deadline) if deadline else None
    return SaidTask(data["title"], data["who"], day, data.get("ref", ""))

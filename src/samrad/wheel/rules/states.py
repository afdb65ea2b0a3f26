"""How an activity stands at one of its times, as a table one can read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrad.kernel.choices import Choices
from samrad.wheel.rules.rhythm import Window


class Mark(Choices):
    """What a person has said about it."""

    NONE = "none"
    DONE = "done"
    SKIPPED = "skipped"


NEXT_MARKS: dict[Mark, frozenset[Mark]] = {
    Mark.NONE: frozenset({Mark.DONE, Mark.SKIPPED}),
    Mark.DONE: frozenset({Mark.NONE}),
    Mark.SKIPPED: frozenset({Mark.NONE}),
}


class Made(Choices):
    """How what it led to stands; whatever was called off or dropped counts as never made."""

    NOTHING = "nothing"
    ARRANGED = "arranged"
    FINISHED = "finished"


class Stand(Choices):
    """How it stands."""

    DONE = "done"
    SKIPPED = "skipped"
    ARRANGED = "arranged"
    LATE = "late"
    DUE = "due"
    AHEAD = "ahead"
    PASSED = "passed"


CLOSED = frozenset({Stand.DONE, Stand.SKIPPED, Stand.PASSED})
OPEN = frozenset({Stand.LATE, Stand.DUE})


@dataclass(frozen=True)
class Started:
    """What was started for it: how that stands, and until when it keeps the activity from being
    late."""

    made: Made = Made.NOTHING
    until: date | None = None

    def leaves_room(self, on: date) -> bool:
        """Whether something else can be made of it: what was arranged came to nothing in time."""
        if self.made is Made.ARRANGED:
            return self.until is not None and on > self.until
        return self.made is Made.NOTHING


NOT_STARTED = Started()


def stand_of(
    window: Window,
    *,
    on: date,
    in_use_from: date | None,
    mark: Mark = Mark.NONE,
    started: Started = NOT_STARTED,
) -> Stand:
    """What a person said counts first, then what was made of it, then the calendar.

    Nothing is late that was due before the council took its wheel into use.
    """
    if mark is not Mark.NONE:
        return Stand.DONE if mark is Mark.DONE else Stand.SKIPPED
    if started.made is Made.FINISHED:
        return Stand.DONE
    if started.made is Made.ARRANGED and (started.until is None or on <= started.until):
        return Stand.ARRANGED
    return _by_the_calendar(window, on, in_use_from)


def _by_the_calendar(window: Window, on: date, in_use_from: date | None) -> Stand:
    if on < window.from_date:
        return Stand.AHEAD
    if on <= window.due_date:
        return Stand.DUE
    if in_use_from is None or window.due_date < in_use_from:
        return Stand.PASSED
    return Stand.LATE

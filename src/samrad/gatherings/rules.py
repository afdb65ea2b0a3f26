"""How far a theme day has come, whose turn it is to host, and what is left to send on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from samrad.kernel.choices import Choices


class ThemeDayState(Choices):
    """Prepared by few, open for nominations, held, and everything it came to sent on."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    DONE = "done"
    CANCELLED = "cancelled"


NEXT_STATES: dict[ThemeDayState, frozenset[ThemeDayState]] = {
    ThemeDayState.PLANNED: frozenset({ThemeDayState.OPEN, ThemeDayState.CANCELLED}),
    ThemeDayState.OPEN: frozenset({ThemeDayState.HELD, ThemeDayState.CANCELLED}),
    ThemeDayState.HELD: frozenset({ThemeDayState.DONE}),
    ThemeDayState.DONE: frozenset(),
    ThemeDayState.CANCELLED: frozenset(),
}
STEPS = (ThemeDayState.PLANNED, ThemeDayState.OPEN, ThemeDayState.HELD, ThemeDayState.DONE)
AHEAD = frozenset({ThemeDayState.PLANNED, ThemeDayState.OPEN})  # can still be changed
ASKED_AHEAD = timedelta(days=28)  # the invitation has been read; the home page asks this late
SHOWN_TO_INVITED = frozenset(ThemeDayState) - {ThemeDayState.PLANNED}


def in_turn(candidates: Iterable[tuple[str, int]], hosted: Mapping[int, date]) -> list[int]:
    """Who could host, whose turn it is first: never yet, then longest ago; alike by name.

    `candidates` are names and keys; `hosted` says when each last did.
    """
    order = sorted(candidates, key=lambda one: (hosted.get(one[1], date.min), one[0].casefold()))
    return [key for _name, key in order]


def not_sent_on(workshops: Iterable[tuple[str, bool, int]]) -> int:
    """How many outcomes wait: written, not said to go no further, and sent nowhere.

    Each is its outcome, whether it goes no further, and to how many places it was sent.
    """
    return sum(bool(outcome) and not further and not sent for outcome, further, sent in workshops)

"""What needs somebody now: other apps register what they know, home shows it in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from samrad.access.actor import Actor


@dataclass(frozen=True)
class Attention:
    """One thing that waits for the reader, with the page where it is done.

    `tone` is neutral, info, warning or danger; `verb` is what the button says.
    """

    title: str
    url: str
    verb: str
    where: str = ""
    due: date | None = None
    tone: str = "neutral"


Source = Callable[[Actor, date], Iterable[Attention]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(actor, today)` gives what waits for the actor, in a bounded number of queries."""
    if source not in _sources:
        _sources.append(source)


def waiting_for(actor: Actor, on: date) -> list[Attention]:
    """Everything that waits, most urgent first."""
    urgency = {"danger": 0, "warning": 1, "info": 2, "neutral": 3}
    found = [attention for source in _sources for attention in source(actor, on)]
    return sorted(found, key=lambda one: (urgency[one.tone], one.due or date.max, one.title))

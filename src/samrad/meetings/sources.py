"""What could be put on an agenda, from wherever it comes: other apps register themselves here.

A source is asked when an agenda is set: what is due by that meeting, as the one who sets it may see
it. What is taken up keeps a reference to where it came from, so that it is not offered again and
the agenda leads back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.meetings.models import Meeting
from samrad.meetings.rules import ItemKind
from samrad.ui.pieces import Words


@dataclass(frozen=True)
class Suggestion:
    """A matter that is due: the item it would be, and why it is offered now."""

    kind: str  # the trail kind of what it comes from
    ref: UUID
    title: str
    why: str = ""
    text: str = ""
    asks: ItemKind = ItemKind.DISCUSSION
    classification: Classification = Classification.INTERNAL
    duration_minutes: int | None = None
    due: date | None = None

    @property
    def key(self) -> str:
        """What a form names it by."""
        return f"{self.kind}:{self.ref}"


Suggest = Callable[[Meeting, Actor], Iterable[Suggestion]]


@dataclass(frozen=True)
class Source:
    """A kind of thing that items come from: what the way back is called, and its page."""

    kind: str
    words: Words
    page: str = ""
    suggest: Suggest | None = None


_sources: dict[str, Source] = {}


def register(kind: str, *, words: Words, page: str = "", suggest: Suggest | None = None) -> None:
    """Things of the trail kind `kind` have the page `page`, opened with their reference, if any.

    `suggest(meeting, actor)` gives what is due by the meeting and visible to the actor, in few
    queries, with titles in the council's language. Items of things that are offered elsewhere on
    the page come without it.
    """
    _sources[kind] = Source(kind, words, page, suggest)


def source_of(kind: str) -> Source | None:
    """Where items of that kind come from, if the app is there that knows."""
    return _sources.get(kind)


def suggested_for(
    meeting: Meeting, actor: Actor, *, besides: Collection[UUID | None]
) -> list[Suggestion]:
    """Everything that is due and not among `besides`, the earliest due first."""
    found = [
        suggestion
        for source in _sources.values()
        if source.suggest
        for suggestion in source.suggest(meeting, actor)
        if suggestion.ref not in besides
    ]
    return sorted(found, key=lambda one: (one.due or date.max, one.title))

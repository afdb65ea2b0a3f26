"""What could be put on an agenda, from wherever it comes: other apps register themselves here.

A source is asked when an agenda is set: what is due by that meeting, as the one who sets it may see
it. What is taken up keeps a reference to where it came from, so that it is not offered again and
the agenda leads back to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.meetings.models import AgendaItem, Meeting, Proposal
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
    again: AgendaItem | None = None  # it stood on an agenda: word for word, for the same readers

    @property
    def key(self) -> str:
        """What a form names it by."""
        return f"{self.kind}:{self.ref}"


Suggest = Callable[[Meeting, Actor], Iterable[Suggestion]]


@dataclass(frozen=True)
class Shown:
    """What a source shows of one of its things beside a proposal: a template, given as `shown`.

    `beside_words`: another one for an item on an agenda, which has the words of it already.
    """

    template: str
    thing: Any
    beside_words: str = ""


Show = Callable[[Collection[UUID], Actor], Mapping[UUID, Shown]]


@dataclass(frozen=True)
class Source:
    """A kind of thing that items come from: what the way back is called, and its page."""

    kind: str
    words: Words
    page: str = ""
    suggest: Suggest | None = None
    show: Show | None = None


_sources: dict[str, Source] = {}


def register(
    kind: str,
    *,
    words: Words,
    page: str = "",
    suggest: Suggest | None = None,
    show: Show | None = None,
) -> None:
    """Things of the trail kind `kind` have the page `page`, opened with their reference, if any.

    `suggest(meeting, actor)` gives what is due by the meeting and visible to the actor, in few
    queries, with titles in the council's language. Items of things that are offered elsewhere on
    the page come without it. `show(refs, actor)` gives what the actor may see of things that gave
    rise to proposals, in one query.
    """
    _sources[kind] = Source(kind, words, page, suggest, show)


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


def show_sources(things: Iterable[Proposal | AgendaItem], actor: Actor) -> None:
    """Give every proposal or item that did not come from a person what its source shows: `shown`.

    One query for each kind of source that shows something, none where there is no such thing.
    """
    by_kind: dict[str, list[Proposal | AgendaItem]] = defaultdict(list)
    for thing in things:
        thing.shown = None
        if thing.source_ref is not None:
            by_kind[thing.source_kind].append(thing)
    for kind, given in by_kind.items():
        source = source_of(kind)
        if source and source.show:
            shown = source.show({one.source_ref for one in given if one.source_ref}, actor)
            for one in given:
                one.shown = shown.get(one.source_ref) if one.source_ref else None

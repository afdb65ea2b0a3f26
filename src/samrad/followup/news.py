"""What has happened in somebody's own councils, in words, newest first.

Apps register what they know as parts of one union, as they do for what waits: the database is
asked once, whatever there is. A part begins with what the reader may see and leaves out what is
restricted, for the page is looked at over shoulders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.prepared import Beside, prepared
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.documents.rules import Classification
from samrad.followup.attention import Part, Row
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.text import shortened

REMEMBERED = timedelta(days=90)
NEWEST = 9  # one more than home shows, which tells whether there is more
NEWEST_FIRST = ("-row_moment", "row_part", "row_ref")
LONGEST = 140


@dataclass(frozen=True)
class News:
    """One thing that happened, with the page where the whole of it stands."""

    text: str
    url: str
    council: str
    council_url: str
    at: datetime


@dataclass(frozen=True)
class Told:
    """Things of one kind that happened after `since`: what to read of each, and what is said.

    The columns are those of what waits; `moment` is when it happened.
    """

    things: QuerySet[Any, Any]
    columns: dict[str, Any]
    told: Callable[[Row], tuple[str, str]]

    def rows(self, number: int) -> QuerySet[Any, Any]:
        """The part in the columns of the union."""
        return Part(self.things, self.columns, told=lambda _rows: ()).rows(number)


Source = Callable[[Actor, frozenset[int], datetime], Iterable[Told]]
_sources: list[Source] = []


def register_news(source: Source) -> None:
    """`source(actor, councils, since)` gives parts of what happened in these councils of theirs."""
    if source not in _sources:
        _sources.append(source)


class Happened:
    """What happened since a moment; counted and cut into pages like a queryset."""

    def __init__(self, actor: Actor, since: datetime) -> None:
        self._parts = _parts(actor, since)

    def count(self) -> int:
        """How much: one query."""
        return _together(self._parts).count() if self._parts else 0

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, cut: slice) -> list[News]:
        """Some of it, newest first: one query, none for who sits in no council."""
        if not self._parts:
            return []
        return _told(_together(self._parts).order_by(*NEWEST_FIRST)[cut], self._parts)


def newest(actor: Actor, since: datetime) -> list[News]:
    """The first of it, as home asks for them at every look."""
    return _told(*_newest.both(actor, since))


@prepared
def _newest(actor: Actor, since: datetime) -> Beside[tuple[Any, ...]]:
    parts = _parts(actor, since)
    if not parts:
        return Beside(Task.objects.none().values_list("pk"), [])
    return Beside(_together(parts).order_by(*NEWEST_FIRST)[:NEWEST], parts)


def _parts(actor: Actor, since: datetime) -> list[Told]:
    councils = actor.councils_where(Permission.COUNCIL_SEE)
    found = [source(actor, councils, since) for source in _sources] if councils else []
    return [part for parts in found for part in parts]


def _together(parts: list[Told]) -> QuerySet[Any, Any]:
    first, *others = [part.rows(number) for number, part in enumerate(parts)]
    return first.union(*others, all=True)


def _told(rows: Iterable[Any], parts: list[Told]) -> list[News]:
    """Each row in the words of the part it comes from."""
    found = []
    for row in map(Row._make, rows):
        if row.moment is None or row.where_ref is None:
            message = "a part of the news says neither when nor where"
            raise ValueError(message)
        text, url = parts[row.part].told(row)
        page = reverse("cooperation:council", args=[row.where_ref])
        found.append(News(text, url, row.where, page, row.moment))
    return found


def by_council(news: Iterable[News]) -> list[tuple[str, str, list[News]]]:
    """The same under the council each is about: name, page, what happened."""
    groups: dict[tuple[str, str], list[News]] = {}
    for one in news:
        groups.setdefault((one.council, one.council_url), []).append(one)
    return [(name, page, found) for (name, page), found in groups.items()]


OF_COUNCIL = {"where": F("council__name"), "where_ref": F("council__ref")}


def of_follow_up(actor: Actor, councils: frozenset[int], since: datetime) -> Iterable[Told]:
    """Tasks that others have done; agreements that came into force."""
    tasks = Task.objects.visible_to(actor).exclude(classification=Classification.RESTRICTED)
    done = tasks.filter(council__in=councils, state=TaskState.DONE, closed_at__gt=since)
    yield Told(
        done.exclude(closed_by=actor.person_id).distinct(),
        {**OF_COUNCIL, "what": F("title"), "ref": F("ref"), "moment": F("closed_at")},
        told=partial(_told_of, sentence=_("Done: %(what)s"), page="followup:task"),
    )
    agreements = Agreement.objects.visible_to(actor)
    yield Told(
        agreements.filter(
            council__in=councils, state=AgreementState.IN_FORCE, recorded_at__gt=since
        ),
        {**OF_COUNCIL, "what": F("title"), "ref": F("ref"), "moment": F("recorded_at")},
        told=partial(_told_of, sentence=_("In force: %(what)s"), page="cooperation:agreement"),
    )


def _told_of(row: Row, *, sentence: str, page: str) -> tuple[str, str]:
    what = shortened(row.what, at_most=LONGEST)
    return sentence % {"what": what}, reverse(page, args=[row.ref])

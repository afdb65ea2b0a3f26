"""Writing the index: from the things themselves, all of it or what the record says was touched.

Nobody who changes something has to think of the index. Every change is told in the trail in its own
transaction, so what the trail has told since last time names what is to be read anew: a council
with everything that is its own, a person, an organisation. docs/adr/0014 tells why.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from samrad.access import findable
from samrad.access.findable import Findable, Rows, Text
from samrad.cooperation.models import Council
from samrad.search.models import Entry, EntryQuerySet, Progress
from samrad.search.rules import FOLDING, folded
from samrad.trail.models import TrailEntry

BATCH = 500
LONGEST = 60_000  # letters of one thing that are searched
MOST_NEW = 5_000  # entries of the trail; when there are more, everything is read anew
LATE = timedelta(minutes=5)  # a long transaction may tell of something after a later one has
COUNCIL = "council:"


@dataclass(frozen=True)
class Written:
    """How much of the index was other than it should be."""

    added: int = 0
    removed: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.added + other.added, self.removed + other.removed)


@transaction.atomic
def rebuild(*, at: datetime) -> Written:
    """Compare the whole index with the things it was made from, and put right what differs."""
    progress = _locked_progress(at)
    told = TrailEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    written = Written()
    for one in findable.kinds():
        written += _write(one, one.rows(), Entry.objects.filter(kind=one.kind))
    gone = Entry.objects.exclude(kind__in=[one.kind for one in findable.kinds()])
    written += Written(removed=gone.delete()[0])
    _note(progress, told, at)
    return written


@transaction.atomic
def catch_up(*, at: datetime) -> Written:
    """Read anew what the trail tells of since last time."""
    progress = _locked_progress(at)
    recent = Q(pk__gt=progress.trail_entry - MOST_NEW, at__gte=progress.looked_at - LATE)
    told = list(
        TrailEntry.objects.filter(Q(pk__gt=progress.trail_entry) | recent)
        .order_by("pk")
        .values_list("pk", "chain", "about_kind", "about_ref")[: MOST_NEW + 1]
    )
    if progress.trail_entry == 0 or len(told) > MOST_NEW:
        return rebuild(at=at)
    chains = {chain.removeprefix(COUNCIL) for _, chain, *_ in told if chain.startswith(COUNCIL)}
    about: dict[str, set[str]] = defaultdict(set)
    for _pk, _chain, kind, ref in told:
        about[kind].add(ref)
    written = _of_councils(chains) + _of_others(about)
    _note(progress, max([progress.trail_entry, *(pk for pk, *_ in told)]), at)
    return written


def _of_councils(refs: Collection[str]) -> Written:
    written = Written()
    councils = Council.objects.filter(ref__in=[UUID(ref) for ref in refs])
    for council in councils.values_list("pk", flat=True):
        for one in findable.kinds():
            if one.council:
                rows = one.rows().filter(**{one.council: council})
                there = Entry.objects.filter(kind=one.kind, council=council)
                written += _write(one, rows, there)
    return written


def _of_others(about: dict[str, set[str]]) -> Written:
    """What belongs to no council: found by what the trail says was touched."""
    written = Written()
    for one in findable.kinds():
        touched = Q(pk__in=[])
        for kind, path in one.follows.items():
            touched |= Q(**{f"{path}__in": about.get(kind, set())})
        if any(about.get(kind) for kind in one.follows):
            keys = list(one.rows().filter(touched).values_list("pk", flat=True).distinct())
            there = Entry.objects.filter(kind=one.kind, key__in=keys)
            written += _write(one, one.rows().filter(pk__in=keys), there)
    return written


def _write(one: Findable, rows: Rows, there: EntryQuerySet) -> Written:
    """Make the entries that are there into those of the rows; what is right already stays."""
    known = {key: (pk, mark) for pk, key, mark in there.values_list("pk", "key", "mark")}
    added = 0
    for some in _batches(one.texts(rows)):
        new = [_entry(one, text) for text in some]
        old = {entry.key: known.pop(entry.key, (0, "")) for entry in new}
        changed = [entry for entry in new if old[entry.key][1] != entry.mark]
        _remove([old[entry.key][0] for entry in changed])
        Entry.objects.bulk_create(changed)
        added += len(changed)
    _remove([pk for pk, _mark in known.values()])
    return Written(added, len(known))


def _remove(keys: Collection[int]) -> None:
    for some in _batches(key for key in keys if key):
        Entry.objects.filter(pk__in=some).delete()


Thing = TypeVar("Thing")


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    rest = iter(things)
    while some := list(islice(rest, BATCH)):
        yield some


def _entry(one: Findable, text: Text) -> Entry:
    shown = text.text[:LONGEST]
    title = folded(text.title) if text.is_titled else ""
    said = (one.kind, text.key, text.council, text.day, text.title, shown, text.page, text.anchor)
    return Entry(
        kind=one.kind,
        key=text.key,
        council_id=text.council,
        day=text.day,
        title=text.title,
        text=shown,
        folded_title=f" {title}",
        folded=f" {title} {folded(shown)}".rstrip(),
        page=text.page,
        anchor=text.anchor,
        mark=hashlib.blake2b(repr((FOLDING, *said)).encode(), digest_size=16).hexdigest(),
    )


def _locked_progress(at: datetime) -> Progress:
    """Whoever writes the index does so alone."""
    Progress.objects.get_or_create(pk=1, defaults={"looked_at": at})
    return Progress.objects.select_for_update().get(pk=1)


def _note(progress: Progress, told: int, at: datetime) -> None:
    progress.trail_entry, progress.looked_at = told, at
    progress.save(update_fields=["trail_entry", "looked_at"])

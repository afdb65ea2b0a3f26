"""What other apps use: record an event, read an object's history, verify a chain."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samrad.trail import rules
from samrad.trail.events import REGISTERED, VALUES_ERASED, Event
from samrad.trail.models import ChainHead, Recorded, TrailEntry, TrailValue
from samrad.ui import formats
from samrad.ui.pieces import Happening

__all__ = [
    "Happening",
    "erase",
    "event_codes_of",
    "history_of",
    "latest_of",
    "record",
    "register_withheld",
]


RESTRICTED = "restricted"  # a value of entries made while their object was restricted


A_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


WithheldSource = Callable[[], Mapping[str, Sequence[str]]]
_withheld: list[WithheldSource] = []


def register_withheld(source: WithheldSource) -> None:
    """`source()` gives the names, by the person's reference, that no history tells (N6).

    All of them: a history keeps the name somebody had at the time.
    """
    if source not in _withheld:
        _withheld.append(source)


class By(Protocol):
    """Who did it, as far as the trail needs to know."""

    @property
    def person_ref(self) -> UUID | None: ...
    @property
    def label(self) -> str: ...


@transaction.atomic
def record(event: Event, *, about: Recorded, by: By, at: datetime, **values: Any) -> TrailEntry:
    """Add an entry to the chain of `about`, in the same transaction as the change itself.

    `values` are JSON values that the event's sentence may use. Who did it and what the object was
    called are kept beside them, each with its own salt.
    """
    kept = {"by": by.label, "about": about.trail_label, **values}
    if about.trail_restricted:
        kept[RESTRICTED] = True
    salts = {name: rules.new_salt() for name in kept}
    head = _locked_head(about.trail_chain)
    entry = TrailEntry(
        chain=head.chain,
        sequence=head.sequence + 1,
        at=at,
        event=event.code,
        actor_ref=str(by.person_ref or ""),
        about_kind=about.trail_kind,
        about_ref=str(about.ref),
        digests={name: rules.digest(salts[name], value) for name, value in kept.items()},
        previous=head.hash,
    )
    entry.hash = rules.seal(entry.sealed())
    entry.save(force_insert=True)
    TrailValue.objects.bulk_create(
        TrailValue(entry=entry, name=name, salt=salts[name], value=value)
        for name, value in kept.items()
    )
    ChainHead.objects.filter(pk=head.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def _locked_head(chain: str) -> ChainHead:
    heads = ChainHead.objects.select_for_update()
    head = heads.filter(pk=chain).first()
    if head is None:
        ChainHead.objects.get_or_create(pk=chain)
        head = heads.get(pk=chain)
    return head


def history_of(
    about: Recorded,
    *,
    also: Iterable[Recorded] = (),
    without: Collection[Event] = (),
    since_latest: Collection[Event] = (),
    limit: int = 50,
) -> list[Happening]:
    """What has happened to `about` (and to `also`, its parts), newest first, in words.

    The caller has made sure that the reader may see the objects. What was said of one while it was
    restricted stays untold after it has been opened to more readers, and so does what the caller
    leaves out because it is for fewer: certain events, or whatever was said of a thing before the
    latest of certain events about it.
    """
    things = [about, *also]
    refs = [str(thing.ref) for thing in things]
    still_restricted = {str(thing.ref) for thing in things if thing.trail_restricted}
    entries = (
        TrailEntry.objects.filter(about_ref__in=refs)
        .exclude(event__in=[event.code for event in without])
        .order_by("-at", "-sequence")
    )
    if since_latest:
        entries = entries.exclude(Exists(_later(since_latest)))
    withheld = _names_not_told()
    return [
        _in_words(entry, values, whole=entry.about_ref in still_restricted, withheld=withheld)
        for entry, values in _with_values(entries[:limit])
    ]


def _with_values(entries: QuerySet[TrailEntry]) -> list[tuple[TrailEntry, dict[str, Any]]]:
    """Each entry with the values that are kept of it: one query, a row for every value."""
    rows: Any = (
        TrailEntry.objects.filter(pk__in=entries.values("pk"))
        .annotate(kept_name=F("values_kept__name"), kept_value=F("values_kept__value"))
        .order_by("-at", "-sequence", "-pk", "values_kept__pk")
    )
    found: list[tuple[TrailEntry, dict[str, Any]]] = []
    for row in rows:
        if not found or found[-1][0].pk != row.pk:
            found.append((row, {}))
        if row.kept_name is not None:
            found[-1][1][row.kept_name] = row.kept_value
    return found


def _later(events: Collection[Event]) -> QuerySet[TrailEntry]:
    """The entries of these events about the same thing that came after the entry asked about."""
    return TrailEntry.objects.filter(
        about_ref=OuterRef("about_ref"),
        chain=OuterRef("chain"),
        sequence__gt=OuterRef("sequence"),
        event__in=[event.code for event in events],
    )


def _names_not_told() -> dict[str, Sequence[str]]:
    return {ref: names for source in _withheld for ref, names in source().items()}


def _in_words(
    entry: TrailEntry, values: dict[str, Any], *, whole: bool, withheld: Mapping[str, Sequence[str]]
) -> Happening:
    if withheld:
        values = _without_names(entry, values, withheld)
    values = {name: _("(erased)") for name in entry.digests} | values
    if RESTRICTED in entry.digests and not whole:
        hidden = f"({pgettext('classification', 'Restricted').lower()})"
        values |= {name: hidden for name in values if name != "by"}
    event = REGISTERED.get(entry.event)
    sentence = str(event.sentence) if event else entry.event
    return Happening(
        text=sentence % {name: _told(one) for name, one in values.items()}, at=entry.at
    )


def _without_names(
    entry: TrailEntry, values: dict[str, Any], withheld: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The values with every withheld name covered, also one kept before it was withheld."""
    cover = _("Name withheld")
    every = {name for several in withheld.values() for name in several if name}
    names = "|".join(re.escape(name) for name in sorted(every, key=len, reverse=True))
    found = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    told = {
        name: found.sub(cover, value) if isinstance(value, str) and names else value
        for name, value in values.items()
    }
    if entry.actor_ref in withheld and "by" in told:
        told["by"] = cover
    return told


def _told(value: Any) -> Any:
    """A value as a sentence says it: a day in the reader's own way of writing days."""
    if isinstance(value, str) and A_DAY.fullmatch(value):
        with suppress(ValueError):  # 30 February
            return formats.day(date.fromisoformat(value))
    return value


def latest_of(about: Recorded, events: Collection[Event]) -> tuple[str, datetime] | None:
    """Who was the latest to do one of these things to `about`, and when, if that is still told."""
    entries = TrailEntry.objects.filter(
        about_ref=str(about.ref), event__in=[event.code for event in events]
    )
    entry = entries.order_by("-at", "-sequence").prefetch_related("values_kept").first()
    if entry is None:
        return None
    values = {row.name: row.value for row in entry.values_kept.all()}
    withheld = _names_not_told()
    name = _without_names(entry, values, withheld).get("by")
    return (str(name), entry.at) if name else None


def event_codes_of(about: Recorded) -> list[str]:
    """The codes of what has happened to `about`, oldest first."""
    entries = TrailEntry.objects.filter(about_ref=str(about.ref)).order_by("at", "sequence")
    return list(entries.values_list("event", flat=True))


@transaction.atomic
def erase(entry: TrailEntry, *, about: Recorded, by: By, at: datetime, reason: str) -> None:
    """Erase the values of `entry`; the chain stays whole and says that this was done, and why.

    What says so itself, the record of an erasure, is never erased: ValueError.
    """
    if entry.event == VALUES_ERASED.code:
        message = "the record of an erasure stays: without it the values would be missing untold"
        raise ValueError(message)
    TrailValue.objects.filter(entry=entry).delete()
    record(
        VALUES_ERASED,
        about=about,
        by=by,
        at=at,
        reason=reason,
        erased=[entry.chain, entry.sequence],
    )

"""What a meeting, its agenda and its papers say now, to hold against what was sent: one query."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, IntegerField, Max, QuerySet, TextField, Value
from django.db.models.functions import Cast

from samrad.access.prepared import prepared
from samrad.documents.rules import Classification
from samrad.meetings.models import AgendaItem, Meeting, Paper
from samrad.meetings.rules.sending import (
    INTERNAL,
    OPEN,
    Readers,
    SentItem,
    Snapshot,
    fingerprint,
    snapshot,
)


class _Row(NamedTuple):
    """An item or a paper with one of the seats it is for.

    `one` and `two` are an item's minutes and presenter, or a paper's item and latest version.
    """

    is_paper: int
    order: int
    pk: int
    ref: UUID
    title: str
    text: str
    kind: str
    one: int | None
    two: int | None
    classification: str
    seat: int | None


NUMBER, WORDS = IntegerField(), TextField()


def says_now(meeting: Meeting) -> Snapshot:
    """The same as `recipients.snapshot_of` of all items and papers, without reading them whole."""
    rows = sorted((_Row(*row) for row in _both(meeting.pk)), key=lambda row: row[:3])
    sent: tuple[list[SentItem], list[SentItem]] = ([], [])
    for (is_paper, *_place), alike in groupby(rows, key=lambda row: row[:3]):
        sent[is_paper].append(_sent(list(alike)))
    return snapshot(
        starts=meeting.starts_at.isoformat(),
        ends=meeting.ends_at.isoformat(),
        place=meeting.place,
        items=sent[0],
        papers=sent[1],
    )


@prepared
def _both(meeting: int) -> QuerySet[Any, Any]:
    return _items(meeting).union(_papers(meeting), all=True)


def _items(meeting: int) -> QuerySet[Any, Any]:
    return (
        AgendaItem.objects.filter(meeting=meeting)
        .order_by()
        .values_list(
            Value(0), "order", "pk", "ref", Cast("title", WORDS), "text", Cast("kind", WORDS),
            Cast("duration_minutes", NUMBER), Cast("presenter", NUMBER),
            Cast("classification", WORDS), Cast("audience", NUMBER),
        )
    )  # fmt: skip


def _papers(meeting: int) -> QuerySet[Any, Any]:
    empty = Value("", output_field=WORDS)
    return (
        Paper.objects.filter(meeting=meeting, withdrawn_at=None)
        .order_by()
        .annotate(version=Max("versions__number"), seat=F("audience"))
        .values_list(
            Value(1), "order", "pk", "ref", Cast("title", WORDS), empty, empty,
            Cast("item", NUMBER), Cast("version", NUMBER),
            Cast("classification", WORDS), Cast("seat", NUMBER),
        )
    )  # fmt: skip


def _sent(rows: list[_Row]) -> SentItem:
    """What somebody was shown of it, and for whom it is."""
    row = rows[0]
    if row.is_paper:
        shown = fingerprint(row.title, row.one, row.two or 0)
    else:
        shown = fingerprint(row.title, row.text, row.kind, row.one, row.two)
    return SentItem(str(row.ref), shown, _readers(rows), row.title)


def _readers(rows: list[_Row]) -> Readers:
    if rows[0].classification == Classification.OPEN:
        return OPEN
    if rows[0].classification == Classification.INTERNAL:
        return INTERNAL
    return sorted(row.seat for row in rows if row.seat is not None)

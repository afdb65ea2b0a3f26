"""Items on the agenda: added, changed, moved, taken off; what is unfinished put on again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Council, Seat
from samrad.documents.rules import Classification
from samrad.followup.api import unfinished_for
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line, shortened
from samrad.kernel.verdict import Refused
from samrad.meetings import as_written, events
from samrad.meetings.actions.carrying import TITLE_LENGTH, settle_titles, title_of
from samrad.meetings.actions.locking import locked
from samrad.meetings.actions.merging import let_joined_wait
from samrad.meetings.actions.narrowing import fit_proposal
from samrad.meetings.actions.papers import narrow_papers, remove_papers_of
from samrad.meetings.actions.stays import move_stays_from, uncross_stays
from samrad.meetings.models import AgendaItem, Meeting
from samrad.meetings.permissions import may_remove_item, may_set_agenda
from samrad.meetings.queries.agenda import left_over
from samrad.meetings.rules import ItemKind, Mandate, ProposalState
from samrad.meetings.rules.agenda import in_order, mark_of_order
from samrad.meetings.sources import Suggestion, suggested_for
from samrad.people.models import Person
from samrad.trail.api import record


def enforce_classification(
    classification: Classification, legal_basis: str, audience: Sequence[Seat], council: Council
) -> None:
    """Restricted needs the law it rests on; those named sit in the council."""
    if classification == Classification.RESTRICTED and not normalise_line(legal_basis):
        raise Refused(_("A restricted item needs the legal basis it rests on."))
    if any(seat.council_id != council.pk for seat in audience):
        raise Refused(_("A restricted item can only be for seats of this council."))


def append_item(meeting: Meeting, *, audience: Sequence[Seat] = (), **fields: Any) -> AgendaItem:
    """A new last item; whoever calls this has locked the meeting and asked for permission."""
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, order=last + 1, **fields)
    if item.is_restricted:
        item.audience.set(audience)
    return item


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    by: Actor,
    at: datetime,
    kind: ItemKind = ItemKind.DISCUSSION,
    text: str = "",
    presenter: Person | None = None,
    duration_minutes: int | None = None,
    mandate: Mandate = Mandate.UNKNOWN,
    classification: Classification = Classification.INTERNAL,
    legal_basis: str = "",
    audience: Sequence[Seat] = (),
) -> AgendaItem:
    """Put a new matter last on the agenda."""
    meeting = locked(meeting, "council")
    may_set_agenda(by, meeting).enforce()
    enforce_classification(classification, legal_basis, audience, meeting.council)
    item = append_item(
        meeting,
        audience=audience,
        title=normalise_line(title),
        text=normalise(text),
        kind=kind,
        presenter=presenter,
        duration_minutes=duration_minutes,
        mandate=mandate,
        classification=classification,
        legal_basis=normalise_line(legal_basis),
    )
    record(events.ITEM_ADDED, about=item, by=by, at=at)
    return item


def _locked_item(item: AgendaItem, *related: str) -> AgendaItem:
    """The meeting first, as everything that writes agendas and minutes does, then the item."""
    meeting = locked(item.meeting, "council")
    item = locked(item, *related)
    item.meeting = meeting
    return item


@transaction.atomic
def change_item(
    *,
    item: AgendaItem,
    title: str,
    kind: ItemKind,
    by: Actor,
    at: datetime,
    text: str = "",
    presenter: Person | None = None,
    duration_minutes: int | None = None,
    mandate: Mandate = Mandate.UNKNOWN,
    classification: Classification = Classification.INTERNAL,
    legal_basis: str = "",
    audience: Sequence[Seat] = (),
    seen: str = "",
) -> None:
    """Change what an item says, asks for, and whom it is for."""
    item = _locked_item(item, "proposal__council")
    may_set_agenda(by, item.meeting).enforce()
    enforce_seen(seen, as_written.of_item(item))
    enforce_classification(classification, legal_basis, audience, item.meeting.council)
    _enforce_same_readers(item, classification, audience)
    item.title_is_sources = item.title_is_sources and normalise_line(title) == item.title
    item.title, item.text, item.kind = normalise_line(title), normalise(text), kind
    item.presenter, item.duration_minutes, item.mandate = presenter, duration_minutes, mandate
    item.classification, item.legal_basis = classification, normalise_line(legal_basis)
    item.save(
        update_fields=[
            "title", "title_is_sources", "text", "kind", "presenter", "duration_minutes", "mandate",
            "classification", "legal_basis",
        ]
    )  # fmt: skip
    item.audience.set(audience if item.is_restricted else [])
    settle_titles([item])
    narrow_papers(item=item, by=by, at=at)
    fit_proposal(item=item, by=by, at=at)
    record(events.ITEM_CHANGED, about=item, by=by, at=at)


def _enforce_same_readers(
    item: AgendaItem, classification: Classification, audience: Sequence[Seat]
) -> None:
    """What was decided under an item is for the same readers, so these stay once it is decided."""
    wanted = (
        {seat.pk for seat in audience} if classification == Classification.RESTRICTED else set()
    )
    now = set(item.audience.values_list("pk", flat=True))
    if (classification, wanted) == (item.classification, now):
        return
    if item.has_decisions:
        raise Refused(
            _("Decisions are recorded under this item, so whom it is for can no longer be changed.")
        )


@transaction.atomic
def shift_item(*, item: AgendaItem, up: bool, by: Actor, at: datetime) -> bool:
    """Change places with the neighbour; False when there is none on that side."""
    meeting = locked(item.meeting, "council")
    may_set_agenda(by, meeting).enforce()
    items = list(meeting.items.order_by("order", "pk"))
    place = next((n for n, one in enumerate(items) if one.pk == item.pk), None)
    if place is None:
        return False
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        return False
    items[place], items[other] = items[other], items[place]
    _number(items)
    event = events.ITEM_MOVED_UP if up else events.ITEM_MOVED_DOWN
    moved = items[other]
    moved.meeting = meeting
    record(event, about=moved, by=by, at=at)
    uncross_stays(meeting, by=by, at=at)
    return True


def _number(items: Sequence[AgendaItem]) -> None:
    for order, item in enumerate(items, start=1):
        item.order = order
    AgendaItem.objects.bulk_update(items, ["order"])


class OrderChanged(Refused):
    """Somebody changed the agenda after it was shown to the one who put it in order."""


@transaction.atomic
def order_items(
    *, meeting: Meeting, order: Sequence[str], seen: str, by: Actor, at: datetime
) -> list[AgendaItem]:
    """Put the whole agenda in an order, if it still is as it was seen; the items as they now are.

    `seen` is the mark of the order that was shown. Whoever comes second sees the first one's order
    before changing it: nothing is lost, doubled or quietly put back.
    """
    meeting = locked(meeting, "council")
    may_set_agenda(by, meeting).enforce()
    items = list(meeting.items.order_by("order", "pk"))
    there = {str(item.ref): item for item in items}
    if mark_of_order(there) != seen or not in_order(order, list(there)):
        raise OrderChanged(
            _("Somebody has changed the agenda meanwhile. Open the page again to see it.")
        )
    wanted = [there[ref] for ref in order]
    if wanted != items:
        _number(wanted)
        record(events.AGENDA_REORDERED, about=meeting, by=by, at=at)
        uncross_stays(meeting, by=by, at=at)
    return wanted


@transaction.atomic
def add_suggested(*, meeting: Meeting, by: Actor, at: datetime, only: str = "") -> list[AgendaItem]:
    """Put on the agenda what its sources suggest: everything, or the one with the key `only`."""
    meeting = locked(meeting, "council")
    may_set_agenda(by, meeting).enforce()
    there = set(meeting.items.values_list("source_ref", flat=True))
    made = []
    wanted = [one for one in suggested_for(meeting, by, besides=there) if only in {"", one.key}]
    stood = _that_stood(wanted, by)
    for one in wanted:
        item = append_item(
            meeting,
            title=shortened(normalise_line(one.title), at_most=TITLE_LENGTH),
            source_kind=one.kind,
            source_ref=one.ref,
            **(_as_it_stood(stood[one.ref]) if one.again else _as_suggested(one)),
        )
        record(events.ITEM_ADDED, about=item, by=by, at=at)
        made.append(item)
    return made


def _that_stood(wanted: Sequence[Suggestion], by: Actor) -> dict[UUID, AgendaItem]:
    """The items that are put on an agenda again, by their references."""
    refs = [one.ref for one in wanted if one.again]
    found = AgendaItem.objects.visible_to(by).filter(ref__in=refs).prefetch_related("audience")
    return {one.ref: one for one in found} if refs else {}


def _as_it_stood(item: AgendaItem) -> dict[str, Any]:
    return {
        "text": item.text,
        "kind": item.kind,
        "duration_minutes": item.duration_minutes,
        "classification": item.classification,
        "legal_basis": item.legal_basis,
        "audience": list(item.audience.all()),
    }


def _as_suggested(one: Suggestion) -> dict[str, Any]:
    return {
        "text": normalise(one.text),
        "kind": one.asks,
        "duration_minutes": one.duration_minutes,
        "classification": one.classification,
    }


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Actor, at: datetime) -> bool:
    """Take an item off; the proposal it came from waits again.

    Whether somebody was noted to have come or left at it, and is now at the neighbouring item.
    """
    item = _locked_item(item, "proposal__council")
    may_remove_item(by, item).enforce()
    record(events.ITEM_REMOVED, about=item, by=by, at=at)
    proposal = item.proposal
    remove_papers_of(item=item, by=by, at=at)
    let_joined_wait([item], events.PROPOSAL_BACK, by=by, at=at)
    has_moved = move_stays_from(item, by=by, at=at)
    item.delete()
    if proposal and proposal.state == ProposalState.PLACED and not proposal.items.exists():
        proposal.state = ProposalState.WAITING
        proposal.save(update_fields=["state"])
        record(events.PROPOSAL_BACK, about=proposal, by=by, at=at)
    return has_moved


@transaction.atomic
def add_unfinished(
    *, meeting: Meeting, by: Actor, at: datetime, only: str = ""
) -> list[AgendaItem]:
    """Put every unfinished decision and task on the agenda that is not on it yet (E1).

    `only` is the reference of one of them.
    """
    meeting = locked(meeting, "council")
    may_set_agenda(by, meeting).enforce()
    made = []
    for thing in left_over(list(meeting.items.all()), unfinished_for(meeting.council, by)):
        if only and str(thing.ref) != only:
            continue
        item = append_item(
            meeting,
            title=title_of(thing),
            title_is_sources=True,
            kind=ItemKind.DISCUSSION,
            source_kind=thing.trail_kind,
            source_ref=thing.ref,
            classification=Classification(thing.classification),
            legal_basis=thing.legal_basis,
            audience=list(thing.audience.all()) if thing.is_restricted else [],
        )
        record(events.ITEM_ADDED, about=item, by=by, at=at)
        made.append(item)
    return made

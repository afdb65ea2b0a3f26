"""Additions that would end with their agreement are taken into the text that takes its place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.agreements import events
from samrad.agreements.actions.falling import tell_that_they_fell, void_signatures
from samrad.agreements.actions.holding import held
from samrad.agreements.actions.signatures import ready_to_sign
from samrad.agreements.actions.wordings import note_change
from samrad.agreements.models import Draft, DraftClause
from samrad.agreements.permissions import may_write_draft
from samrad.agreements.queries.additions import as_clause, lost_with
from samrad.agreements.rules import OUT_TO_SIGN
from samrad.trail.api import record


@transaction.atomic
def take_in_additions(*, draft: Draft, by: Actor, at: datetime, voids: bool = False) -> None:
    """Each becomes a clause of its own, last; once, however often it is asked for."""
    draft = held(draft)
    may_write_draft(by, draft).enforce()
    lost = [as_clause(one) for one in lost_with(draft)]
    if not lost:
        return
    fallen = void_signatures(draft, knowing=voids, by=by, at=at)
    last = max((one.order for one in draft.clauses.all()), default=0)
    DraftClause.objects.bulk_create(
        DraftClause(draft=draft, order=order, key=one.key, heading=one.heading, text=one.text)
        for order, one in enumerate(lost, start=last + 1)
    )
    note_change(draft, at=at)
    if draft.state in OUT_TO_SIGN:
        ready_to_sign(draft)
    what = ", ".join(one.heading for one in lost)
    record(events.DRAFT_WRITTEN, about=draft, by=by, at=at, what=what)
    tell_that_they_fell(draft, fallen, at=at)

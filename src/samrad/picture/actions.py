"""Writing findings, stating what both sides agree on, and confirming it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council, Seat
from samrad.documents.rules import Classification
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings.actions.agenda import enforce_classification
from samrad.meetings.actions.locking import person_of
from samrad.picture import as_written, events
from samrad.picture.models import Agreed, Confirmation, Finding, Order
from samrad.picture.permissions import (
    may_change_agreed,
    may_change_finding,
    may_confirm,
    may_write_for_picture,
    side_in,
)
from samrad.picture.rules import HowSure, Origin
from samrad.trail.api import record


@dataclass(frozen=True)
class Readers:
    """Whom something is for."""

    classification: Classification = Classification.INTERNAL
    legal_basis: str = ""
    audience: Sequence[Seat] = field(default_factory=tuple)


@dataclass(frozen=True)
class Found:
    """What a finding says."""

    what: str
    origin: Origin
    how_sure: HowSure
    from_date: date
    to_date: date
    origin_name: str = ""


@transaction.atomic
def write_finding(
    *, council: Council, found: Found, by: Actor, at: datetime, readers: Readers | None = None
) -> Finding:
    """A member writes what their side has found."""
    may_write_for_picture(by, council).enforce()
    finding = Finding(
        council=council, side=side_in(by, council.pk), written_by=person_of(by), written_at=at
    )
    _fill(finding, found)
    keep_for(finding, readers or Readers(), by)
    record(events.FINDING_WRITTEN, about=finding, by=by, at=at)
    return finding


@transaction.atomic
def change_finding(
    *,
    finding: Finding,
    found: Found,
    by: Actor,
    at: datetime,
    readers: Readers | None = None,
    seen: str = "",
) -> None:
    """The side whose it is says it anew."""
    finding = locked(finding, "council")
    may_change_finding(by, finding).enforce()
    enforce_seen(seen, as_written.of_finding(finding))
    _fill(finding, found)
    keep_for(finding, readers or Readers(), by)
    record(events.FINDING_CHANGED, about=finding, by=by, at=at)


def _fill(finding: Finding, found: Found) -> None:
    if not normalise(found.what):
        raise Refused(_("Say what was found."))
    if found.to_date < found.from_date:
        raise Refused(_("The last day is before the first."))
    finding.what, finding.origin = normalise(found.what), found.origin
    finding.origin_name, finding.how_sure = normalise_line(found.origin_name), found.how_sure
    finding.from_date, finding.to_date = found.from_date, found.to_date


@transaction.atomic
def withdraw_finding(*, finding: Finding, by: Actor, at: datetime) -> None:
    """It is no longer shown; the record keeps that it was."""
    finding = locked(finding, "council")
    may_change_finding(by, finding).enforce()
    finding.withdrawn_at = at
    finding.save(update_fields=["withdrawn_at"])
    record(events.FINDING_WITHDRAWN, about=finding, by=by, at=at)


@transaction.atomic
def state_agreed(
    *, council: Council, text: str, by: Actor, at: datetime, readers: Readers | None = None
) -> Agreed:
    """Somebody writes what both sides may agree on; neither has confirmed it yet."""
    may_write_for_picture(by, council).enforce()
    agreed = Agreed(council=council, text=_text(text), written_by=person_of(by), written_at=at)
    keep_for(agreed, readers or Readers(), by)
    record(events.AGREED_WRITTEN, about=agreed, by=by, at=at)
    return agreed


@transaction.atomic
def change_agreed(
    *,
    agreed: Agreed,
    text: str,
    by: Actor,
    at: datetime,
    readers: Readers | None = None,
    seen: str = "",
) -> None:
    """Another text: confirmations of the earlier one stay readable and no longer hold."""
    agreed = locked(agreed, "council")
    may_change_agreed(by, agreed).enforce()
    enforce_seen(seen, as_written.of_agreed(agreed))
    text = _text(text)
    agreed.version += text != agreed.text
    agreed.text, agreed.written_by, agreed.written_at = text, person_of(by), at
    keep_for(agreed, readers or Readers(), by)
    record(events.AGREED_CHANGED, about=agreed, by=by, at=at)


def _text(text: str) -> str:
    text = normalise(text)
    if not text:
        raise Refused(_("Say what both sides agree on."))
    return text


@transaction.atomic
def confirm_agreed(*, agreed: Agreed, version: int, by: Actor, at: datetime) -> None:
    """One side stands behind the text it has read, which must still be the text there is."""
    agreed = locked(agreed, "council")
    may_confirm(by, agreed).enforce()
    if version != agreed.version:
        raise Refused(_("The text was changed meanwhile. Read it again before you confirm it."))
    Confirmation.objects.create(
        agreed=agreed, side=side_in(by, agreed.council_id), person=person_of(by),
        version=agreed.version, confirmed_at=at,
    )  # fmt: skip
    record(events.AGREED_CONFIRMED, about=agreed, by=by, at=at)


@transaction.atomic
def withdraw_agreed(*, agreed: Agreed, by: Actor, at: datetime) -> None:
    """It is no longer what both sides agree on."""
    agreed = locked(agreed, "council")
    may_change_agreed(by, agreed).enforce()
    agreed.withdrawn_at = at
    agreed.save(update_fields=["withdrawn_at"])
    record(events.AGREED_WITHDRAWN, about=agreed, by=by, at=at)


def keep_for(row: Finding | Agreed | Order, readers: Readers, by: Actor) -> None:
    """Save it, for those it is for; who writes something restricted reads it."""
    enforce_classification(
        readers.classification, readers.legal_basis, readers.audience, row.council
    )
    row.classification = readers.classification
    row.legal_basis = normalise_line(readers.legal_basis)
    row.save()
    own = Seat.objects.filter(council=row.council, pk__in=by.seat_ids)
    row.audience.set({*readers.audience, *own} if row.is_restricted else [])

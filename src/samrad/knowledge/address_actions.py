"""What the police do about an address that comes back, who has read it, and when it goes."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F

from samrad.access.actor import SYSTEM, Actor
from samrad.access.rows import locked
from samrad.kernel.clock import day_of
from samrad.knowledge.events import (
    ADDRESS_ASSESSED,
    ADDRESS_CONTACTED,
    ADDRESS_MARK_TAKEN_BACK,
    ADDRESS_READ,
    ADDRESSES_DELETED,
    ADDRESSES_READ,
)
from samrad.knowledge.incident_models import AddressList, AddressMonth, RepeatAddress
from samrad.knowledge.permissions import may_mark_address
from samrad.knowledge.rules.repeats import AddressState, counts_as
from samrad.trail.api import record

FORWARD = {
    (AddressState.OPEN, AddressState.ASSESSED): ADDRESS_ASSESSED,
    (AddressState.OPEN, AddressState.CONTACTED): ADDRESS_CONTACTED,
    (AddressState.ASSESSED, AddressState.CONTACTED): ADDRESS_CONTACTED,
}


@transaction.atomic
def mark_address(*, address: RepeatAddress, state: AddressState, by: Actor, at: datetime) -> None:
    """Say what has been done about it; only how many such there are ever leaves the police."""
    address = locked(address, "address_list", "address_list__data_set")
    may_mark_address(by, address, state).enforce()
    before = AddressState(address.state)
    assessed, contacted = (
        now - then for now, then in zip(counts_as(state), counts_as(before), strict=True)
    )
    AddressMonth.objects.filter(pk=address.counted_in_id).update(
        assessed=F("assessed") + assessed, contacted=F("contacted") + contacted
    )
    address.state, address.state_at = state, at
    address.save(update_fields=["state", "state_at"])
    record(FORWARD.get((before, state), ADDRESS_MARK_TAKEN_BACK), about=address, by=by, at=at)


def record_list_read(*, addresses: AddressList, shown: int, by: Actor, at: datetime) -> None:
    """Each time somebody opens the list it is recorded, with how many addresses were on it."""
    record(ADDRESSES_READ, about=addresses, by=by, at=at, shown=shown)


def record_address_read(*, address: RepeatAddress, by: Actor, at: datetime) -> None:
    """Each time somebody opens one of them it is recorded."""
    record(ADDRESS_READ, about=address, by=by, at=at)


@transaction.atomic
def delete_old_addresses(*, at: datetime) -> int:
    """Delete the addresses whose time is over; how many. What was done stays as a number alone."""
    over = RepeatAddress.objects.filter(goes_date__lt=day_of(at))
    found = Counter(over.select_for_update().values_list("address_list", flat=True))
    lists = AddressList.objects.filter(pk__in=found).select_related("data_set").order_by("pk")
    for one in lists:
        over.filter(address_list=one).delete()
        record(ADDRESSES_DELETED, about=one, by=SYSTEM, at=at, count=found[one.pk])
    return found.total()

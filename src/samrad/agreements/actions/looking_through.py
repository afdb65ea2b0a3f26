"""An agreement that holds is looked through for what it lacks, where nobody waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from samrad.access.rows import locked
from samrad.cooperation.lacking import measure_of
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import MEASURED, UNREAD
from samrad.work.api import enqueue


def look_through_soon(agreement: Agreement, *, because: str = "") -> None:
    """By the worker: once by each measure, and once more for everything that makes it another."""
    key = f"look-through:{agreement.ref}:{measure_of(agreement.council.country)}:{because}"
    enqueue("agreements.look_through", key=key, agreement=str(agreement.ref))


@transaction.atomic
def note_what_lacks(*, agreement: Agreement, missing: Sequence[Mapping[str, str]]) -> None:
    """What the reader found lacking; a note beside the agreement, none of what was signed."""
    measure = measure_of(agreement.council.country)
    agreement = locked(agreement)
    agreement.missing = list(missing)
    told = {name: value for name, value in agreement.facts.items() if name != UNREAD}
    agreement.facts = {**told, MEASURED: measure}
    agreement.save(update_fields=["missing", "facts"])

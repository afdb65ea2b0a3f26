"""Taking incidents in and letting them go: months are merged, addresses are never kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from samrad.access.actor import SYSTEM, Actor
from samrad.documents.models import DiscardedFile
from samrad.kernel.clock import day_of
from samrad.knowledge.actions import keep_data_set
from samrad.knowledge.events import INCIDENTS_DELETED, INCIDENTS_TAKEN_IN
from samrad.knowledge.incident_terms import WORK_OUT, keep_terms
from samrad.knowledge.incidents import (
    Row,
    address_secret,
    as_parquet,
    columns_of,
    from_parquet,
    holds_any,
    in_one,
    incidents_in,
    laid_along,
    merged,
    rows_by_month,
)
from samrad.knowledge.models import DataSet, IncidentMonth, Release, ReleaseState
from samrad.knowledge.permissions import may_take_in_of
from samrad.knowledge.readers.incidents import Incidents, read_incidents
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.rules.repeats import counts_from, last_day_of
from samrad.trail.api import record
from samrad.work.api import enqueue

INCIDENTS_FOLDER = "incidents"  # in the media folder; months lie there by the year they came in


@dataclass(frozen=True)
class StagedIncidents:
    """What an incident file comes to. The file itself is not kept: it holds addresses."""

    recipe: Recipe
    name: str
    sha256: str
    size: int
    incidents: Incidents

    def counted(self) -> dict[str, Any]:
        """What was read, in numbers."""
        found = self.incidents
        return {
            "rows": len(found),
            "incidents": len(set(found.keys)),
            "months": sorted(set(found.months)),
            "addresses": len(set(found.addresses) - {""}),
            "without": {name: found.without(name) for name in found.moments},
            "out_of_order": found.out_of_order(),
        }

    def unmet(self) -> list[str]:
        """The types of incidents that make an address come up, and that no row is of."""
        rule = self.recipe.incidents
        wanted = rule.police.categories if rule and rule.police else ()
        return sorted(set(wanted) - set(self.incidents.categories))

    def waits(self) -> dict[str, Any]:
        """How long one waited in this file, for whoever takes it in; it is kept nowhere."""
        from samrad.knowledge.response_reckoning import waits_in  # noqa: PLC0415 - computes

        rule = self.recipe.incidents
        return waits_in(self.incidents, rule.response) if rule and rule.response else {}


def stage_incidents(
    *, content: bytes, name: str, recipe: Recipe, answers: Mapping[str, str]
) -> StagedIncidents:
    """Read an incident file. Raises `NotRead` or `Doubtful`."""
    digest = hashlib.sha256(content).hexdigest()
    return StagedIncidents(
        recipe, name, digest, len(content), read_incidents(content, recipe, answers)
    )


@transaction.atomic
def take_in_incidents(*, staged: StagedIncidents, by: Actor, at: datetime) -> tuple[Release, int]:
    """Lay the incidents into their months; the release, and how many of their rows were new.

    An incident that came in an earlier file is from now on as this one has it.
    """
    may_take_in_of(by, staged.recipe.country).enforce()
    data_set = keep_data_set(recipe=staged.recipe, by=by, at=at)
    codes = {side: list(words) for side, words in data_set.codes.items()}
    months = rows_by_month(staged.incidents, codes, address_secret())
    columns = columns_of(staged.incidents)
    assert staged.recipe.incidents is not None  # noqa: S101 (incidents were read by it)
    keep_terms(data_set, staged.recipe.incidents)
    enqueue(WORK_OUT, data_set=data_set.code)
    again = {one for rows in months.values() for one in incidents_in(rows)}
    for month in _standing_in(data_set, set(months), again):
        months[month] = []
    laid = [
        _lay(data_set, month, columns, rows, again, at=at) for month, rows in sorted(months.items())
    ]
    new = sum(one for one in laid if one is not None)
    current = data_set.releases.filter(is_current=True).first()
    if current is not None and all(one is None for one in laid):
        return current, 0
    data_set.codes = codes
    data_set.save(update_fields=["codes"])
    data_set.releases.filter(is_current=True).update(is_current=False)
    release = Release.objects.create(
        data_set=data_set,
        number=current.number + 1 if current else 1,
        state=ReleaseState.COMMITTED,
        file_name=staged.name[:255],
        sha256=staged.sha256,
        size=staged.size,
        retrieved_at=at,
        count=staged.counted(),
        is_current=True,
        taken_in_by_id=by.person_id,
    )
    record(INCIDENTS_TAKEN_IN, about=release, by=by, at=at, rows=new)
    return release, new


def _standing_in(data_set: DataSet, but: Set[str], incidents: Set[int | None]) -> list[str]:
    """The other months in which one of them stands, whose moment was another one then."""
    found = []
    for one in IncidentMonth.objects.filter(data_set=data_set):
        month = f"{one.month:%Y-%m}"
        if month not in but and holds_any(_content(one), incidents):
            found.append(month)
    return found


def _content(month: IncidentMonth) -> bytes:
    with month.content.open("rb") as file:
        return bytes(file.read())


def _lay(
    data_set: DataSet, month: str, columns: tuple[str, ...], rows: list[Row],
    again: Set[int | None], *, at: datetime,
) -> int | None:  # fmt: skip
    """Lay the rows of a month beside those of other incidents; how many were new.

    None where nothing changes. A month that all have left is gone. A column that one of both does
    not have is empty in its rows.
    """
    first = date.fromisoformat(f"{month}-01")
    kept = IncidentMonth.objects.filter(data_set=data_set, month=first).first()
    before: list[Row] = []
    if kept is not None:
        held, before = from_parquet(_content(kept))
        together = in_one(columns, held)
        before = laid_along(before, held, together)
        rows, columns = laid_along(rows, columns, together), together
    everything = merged(before, rows, again)
    if set(everything) == set(before):
        return None
    if kept is not None:
        DiscardedFile.objects.create(content=str(kept.content.name), discarded_at=at)
    if kept is not None and not everything:
        kept.delete()
        return 0
    came = counts_from(first, day_of(at))
    month_kept = kept or IncidentMonth(data_set=data_set, month=first, came_date=came)
    content = as_parquet(columns, everything)
    month_kept.rows = len(everything)
    month_kept.content.save(f"{data_set.code}-{month}.parquet", ContentFile(content), save=False)
    month_kept.save()
    return len(set(everything) - set(before))


@transaction.atomic
def delete_old_incidents(*, at: datetime) -> int:
    """Delete the months whose time is over; how many. The installation does it by itself."""
    deleted = 0
    for one in IncidentMonth.objects.select_related("data_set").order_by("pk"):
        keep_days = one.data_set.keep_days
        if last_day_of(one.month) + timedelta(days=keep_days) >= day_of(at):
            continue
        DiscardedFile.objects.create(content=str(one.content.name), discarded_at=at)
        record(INCIDENTS_DELETED, about=one.data_set, by=SYSTEM, at=at, month=f"{one.month:%Y-%m}")
        one.delete()
        deleted += 1
    return deleted


def delete_lost_files(*, at: datetime) -> int:
    """Delete the files of months that no row names; how many.

    A file is written before its row is, so whatever breaks in between leaves one. They are looked
    at once they are a day old: younger ones may be on their way.
    """
    held = {*IncidentMonth.objects.values_list("content", flat=True),
            *DiscardedFile.objects.values_list("content", flat=True)}  # fmt: skip
    storage, deleted = IncidentMonth._meta.get_field("content").storage, 0
    for name in _files_below(storage, INCIDENTS_FOLDER):
        if name not in held and storage.get_modified_time(name) < at - timedelta(days=1):
            storage.delete(name)
            deleted += 1
    return deleted


def _files_below(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{one}" for one in files)
    for one in folders:
        yield from _files_below(storage, f"{folder}/{one}")

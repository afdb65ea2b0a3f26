"""Taking incidents in and letting them go: months are merged, addresses are never kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from samrad.access.actor import SYSTEM, Actor
from samrad.documents.models import DiscardedFile
from samrad.kernel.clock import day_of
from samrad.knowledge.actions import keep_data_set, next_number
from samrad.knowledge.events import INCIDENTS_DELETED, INCIDENTS_TAKEN_IN
from samrad.knowledge.incident_terms import WORK_OUT, keep_terms
from samrad.knowledge.incidents import (
    Keyed,
    Row,
    address_secret,
    as_parquet,
    from_parquet,
    in_one,
    incidents_held,
    keyed,
    laid_along,
    merged,
)
from samrad.knowledge.models import DataSet, IncidentMonth, Release, ReleaseState
from samrad.knowledge.permissions import may_hand_in
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
    may_hand_in(by, staged.recipe).enforce()
    from samrad.knowledge.incident_arrivals import lay_down_waiting  # noqa: PLC0415 - it is above

    data_set = keep_data_set(recipe=staged.recipe, by=by, at=at)
    if lay_down_waiting(data_set=data_set.code, at=at, recipe=staged.recipe):
        data_set.refresh_from_db(fields=["codes"])
    made = merging(data_set, keyed(staged.incidents, address_secret()), at=at)
    found = lay_down(data_set=data_set, recipe=staged.recipe, made=made, at=at)
    current = data_set.releases.filter(is_current=True).first()
    if current is not None and not found.changed:
        return current, 0
    release = Release(
        data_set=data_set,
        number=next_number(data_set),
        file_name=staged.name[:255],
        sha256=staged.sha256,
        size=staged.size,
        retrieved_at=at,
        count=staged.counted(),
        taken_in_by_id=by.person_id,
    )
    incidents_count(release, new=found.new, by=by, at=at)
    return release, found.new


@dataclass(frozen=True)
class Laid:
    """What laying incidents down has come to, or would come to."""

    new: int = 0  # rows
    changed: bool = False
    known: int = 0  # incidents that came in an earlier file as well
    over: int = 0  # rows of months whose time is over: they are left out


@dataclass(frozen=True)
class MergedMonth:
    """A month as it will be kept: its rows, and the file they are in; none where all have left."""

    month: str
    kept: IncidentMonth | None
    rows: int
    content: bytes


@dataclass(frozen=True)
class Merging:
    """Incidents beside those of the months that stand, worked out while nobody waits for it.

    `against` is what they were merged with, to know whether it is still so.
    """

    found: Laid
    codes: Mapping[str, list[str]]
    months: Sequence[MergedMonth]
    against: tuple[Any, ...]


def merging(data_set: DataSet, came: Keyed, *, at: datetime) -> Merging:
    """What laying them down would write; nothing is written."""
    codes = {side: list(words) for side, words in data_set.codes.items()}
    standing = list(data_set.months.order_by("month"))
    months: list[MergedMonth] = []
    found = _laid(data_set, standing, came.by(codes), at, months)
    return Merging(found, codes, months, _mark(data_set, standing))


def is_as_merged_with(data_set: DataSet, against: tuple[Any, ...]) -> bool:
    """Whether what they were merged with still stands; the data set is locked."""
    return _mark(data_set, data_set.months.order_by("month")) == against


def _mark(data_set: DataSet, months: Iterable[IncidentMonth]) -> tuple[Any, ...]:
    kept = [(one.month, one.content.name, one.rows) for one in months]
    return data_set.codes, data_set.keep_days, kept


def lay_down(*, data_set: DataSet, recipe: Recipe, made: Merging, at: datetime) -> Laid:
    """Write merged months down; the data set is locked, and all are worked out anew from them."""
    assert recipe.incidents is not None  # noqa: S101 (incidents were read by it)
    keep_terms(data_set, recipe.incidents)
    enqueue(WORK_OUT, data_set=data_set.code)
    for month in made.months:
        _keep(data_set, month, at=at)
    if made.found.changed:
        data_set.codes = dict(made.codes)
        data_set.save(update_fields=["codes"])
    return made.found


def incidents_count(release: Release, *, new: int, by: Actor, at: datetime) -> None:
    """It is the release in force from now on, and says what came."""
    release.data_set.releases.filter(is_current=True).update(is_current=False)
    release.state, release.is_current = ReleaseState.COMMITTED, True
    release.save()
    record(INCIDENTS_TAKEN_IN, about=release, by=by, at=at, rows=new)


@dataclass(frozen=True)
class _Merge:
    """The rows of a month as they are kept, and as they will be."""

    before: Set[Row]
    columns: tuple[str, ...]
    rows: list[Row]

    @property
    def is_change(self) -> bool:
        return set(self.rows) != self.before

    def as_file(self) -> bytes:
        """What will be written; nothing where no row is left."""
        return as_parquet(self.columns, self.rows) if self.rows else b""


def _laid(
    data_set: DataSet, months: Iterable[IncidentMonth], came: Keyed, at: datetime,
    into: list[MergedMonth],
) -> Laid:  # fmt: skip
    """Go through every month that these incidents touch; months whose time is over are left out.

    Those that change are put `into` a list.
    """
    over = {month for month in came.months if is_over(_first_of(month), data_set.keep_days, at)}
    left_out = sum(len(came.months[month]) for month in over)
    came = came.only(came.months.keys() - over)
    again, known = came.incidents, set[int | None]()
    standing, new = {f"{one.month:%Y-%m}": one for one in months}, 0
    for month in sorted({*came.months, *standing}):
        kept, rows = standing.get(month), came.months.get(month, [])
        there = incidents_held(_content(kept)) & again if kept else set()
        known |= there
        if not rows and not there:
            continue
        merge = _merge(kept, came.columns, rows, again)
        new += len(set(merge.rows) - merge.before)
        if merge.is_change:
            into.append(MergedMonth(month, kept, len(merge.rows), merge.as_file()))
    return Laid(new, bool(into), len(known), left_out)


def _merge(
    kept: IncidentMonth | None, columns: tuple[str, ...], rows: list[Row], again: Set[int | None]
) -> _Merge:
    """The rows of a month beside those of other incidents.

    A column that one of both does not have is empty in its rows.
    """
    before: list[Row] = []
    if kept is not None:
        held, before = from_parquet(_content(kept))
        together = in_one(columns, held)
        before = laid_along(before, held, together)
        rows, columns = laid_along(rows, columns, together), together
    return _Merge(set(before), columns, merged(before, rows, again))


def _keep(data_set: DataSet, merged_month: MergedMonth, *, at: datetime) -> None:
    """Write a month down anew; one that all incidents have left is gone."""
    kept, first = merged_month.kept, _first_of(merged_month.month)
    if kept is not None:
        DiscardedFile.objects.create(content=str(kept.content.name), discarded_at=at)
    if kept is not None and not merged_month.rows:
        kept.delete()
        return
    came = counts_from(first, day_of(at))
    month = kept or IncidentMonth(data_set=data_set, month=first, came_date=came)
    month.rows = merged_month.rows
    content = ContentFile(merged_month.content)
    month.content.save(f"{data_set.code}-{merged_month.month}.parquet", content, save=False)
    month.save()


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def is_over(month: date, keep_days: int, at: datetime) -> bool:
    """Whether the time of a month's incidents is over."""
    return last_day_of(month) + timedelta(days=keep_days) < day_of(at)


def _content(month: IncidentMonth) -> bytes:
    with month.content.open("rb") as file:
        return bytes(file.read())


@transaction.atomic
def delete_old_incidents(*, at: datetime) -> int:
    """Delete the months whose time is over; how many. The installation does it by itself."""
    deleted = 0
    for one in IncidentMonth.objects.select_related("data_set").order_by("pk"):
        if not is_over(one.month, one.data_set.keep_days, at):
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

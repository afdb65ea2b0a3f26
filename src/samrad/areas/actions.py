"""Loading structures, and keeping names and codes up to date with the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import F

from samrad.access.actor import Actor
from samrad.areas.events import STRUCTURE_LOADED
from samrad.areas.models import (
    Area,
    AreaCode,
    AreaCover,
    AreaName,
    AreaRelation,
    AreaStructure,
    AreaSuccession,
    valid_on,
)
from samrad.areas.permissions import may_load_structures
from samrad.areas.queries import known_of
from samrad.areas.rules.difference import ChangeKind, Plan, difference
from samrad.areas.rules.kinds import MAIN_SCHEMES, NameKind
from samrad.areas.rules.names import searchable
from samrad.areas.rules.picture import Dated, KeptArea, Picture, covers_of
from samrad.areas.rules.structure import Structure
from samrad.trail import api as trail

_Row = TypeVar("_Row", AreaName, AreaCode, AreaRelation)
_Kept = TypeVar("_Kept", bound=Dated)

_AREA_FIELDS = [
    "valid_from", "valid_to", "population", "population_date", "population_source",
]  # fmt: skip


def preview_structure(*, structure: Structure, by: Actor) -> Plan:
    """What loading would change; raises `StructureRefused` when it cannot be loaded."""
    may_load_structures(by).enforce()
    return difference(structure, known_of(structure.country))


@transaction.atomic
def load_structure(*, structure: Structure, by: Actor, at: datetime) -> Plan:
    """Lay a structure over what is known: all of it, or nothing and why.

    A structure that changes nothing leaves no trace. Names and codes that begin on a
    later day are kept, and shown from that day on.
    """
    may_load_structures(by).enforce()
    known = known_of(structure.country)
    plan = difference(structure, known)
    if not plan.changes:
        return plan
    pks = _write(plan.picture, structure)
    _rewrite_covers(plan.picture, structure.country, pks)
    record = _keep_structure(structure, at)
    bring_names_up_to_date(on=at.astimezone(ZoneInfo("Europe/Oslo")).date())
    trail.record(
        STRUCTURE_LOADED,
        about=record,
        by=by,
        at=at,
        country=structure.country.value,
        from_date=structure.from_date.isoformat(),
        opened=_count(plan, ChangeKind.OPENED),
        ended=_count(plan, ChangeKind.ENDED),
        changes=len(plan.changes),
    )
    return plan


def _count(plan: Plan, kind: ChangeKind) -> int:
    return sum(change.kind is kind for change in plan.changes)


def _keep_structure(structure: Structure, at: datetime) -> AreaStructure:
    return AreaStructure.objects.create(
        country=structure.country,
        from_date=structure.from_date,
        title=structure.title,
        source=structure.source,
        credit=structure.credit,
        licence=structure.licence,
        population_source=structure.population_source,
        digest=structure.digest,
        loaded_at=at,
    )


def bring_names_up_to_date(*, on: date) -> int:
    """Let every area carry the name and the code that hold on a day; how many were changed.

    Called after a load and once a day, since a change may have been loaded ahead of its day.
    """
    areas: dict[int, Area] = {}
    names = AreaName.objects.filter(valid_on(on), kind=NameKind.OFFICIAL).exclude(
        name=F("area__name")
    )
    for name in names.select_related("area"):
        areas.setdefault(name.area_id, name.area).name = name.name
    codes = AreaCode.objects.filter(valid_on(on), scheme__in=MAIN_SCHEMES).exclude(
        code=F("area__code")
    )
    for code in codes.select_related("area"):
        areas.setdefault(code.area_id, code.area).code = code.code
    Area.objects.bulk_update(areas.values(), ["name", "code"])
    return len(areas)


# Writing a picture in few statements ----------------------------------------------------------


def _write(picture: Picture, structure: Structure) -> dict[int, int]:
    pks = _write_areas(picture, structure)
    _write_rows(
        AreaName,
        picture.names,
        lambda row: AreaName(
            area_id=pks[row.area],
            name=row.name,
            folded=searchable(row.name),
            language=row.language,
            kind=row.kind,
        ),
    )
    _write_rows(
        AreaCode,
        picture.codes,
        lambda row: AreaCode(area_id=pks[row.area], scheme=row.scheme, code=row.code),
    )
    _write_rows(
        AreaRelation,
        picture.relations,
        lambda row: AreaRelation(
            parent_id=pks[row.parent],
            child_id=pks[row.child],
            kind=row.kind,
            is_derived=row.is_derived,
            basis=row.basis,
        ),
        "is_derived",
        "basis",
    )
    AreaSuccession.objects.bulk_create(
        AreaSuccession(
            before_id=pks[row.before], after_id=pks[row.after], on_date=row.on, kind=row.kind
        )
        for row in picture.successions
        if row.is_new
    )
    return pks


def _write_rows(
    model: type[_Row], kept: Iterable[_Kept], made: Callable[[_Kept], _Row], *also: str
) -> None:
    """Create new rows, change changed ones and delete removed ones, each in few statements."""
    new, changed, removed = [], [], []
    for row in kept:
        if row.is_new and not row.is_removed:
            new.append(_dated(made(row), row))
        elif row.is_removed:
            removed.append(row.pk)
        elif row.is_changed:
            changed.append(_dated(made(row), row))
    rows: models.Manager[_Row] = model._default_manager
    rows.filter(pk__in=[pk for pk in removed if pk is not None]).delete()
    rows.bulk_update(changed, ["valid_from", "valid_to", *also])
    rows.bulk_create(new)


def _dated(made: _Row, row: Dated) -> _Row:
    made.pk, made.valid_from, made.valid_to = row.pk, row.valid_from, row.valid_to
    return made


def _write_areas(picture: Picture, structure: Structure) -> dict[int, int]:
    """Write the areas; the answer gives the pk of every key."""
    new = [kept for kept in picture.areas.values() if kept.is_new]
    made = Area.objects.bulk_create(_area_of(kept, structure) for kept in new)
    for kept, area in zip(new, made, strict=True):
        kept.pk = area.pk
    changed = [kept for kept in picture.areas.values() if kept.is_changed and kept not in new]
    Area.objects.bulk_update([_area_of(kept, structure) for kept in changed], _AREA_FIELDS)
    return {kept.key: kept.pk for kept in picture.areas.values() if kept.pk is not None}


def _area_of(kept: KeptArea, structure: Structure) -> Area:
    return Area(
        pk=kept.pk,
        country=structure.country,
        kind=kept.kind,
        code=kept.code,
        name=kept.name,
        valid_from=kept.valid_from,
        valid_to=kept.valid_to,
        population=kept.population,
        population_date=kept.population_date,
        population_source=kept.population_source,
    )


def _rewrite_covers(picture: Picture, country: str, pks: dict[int, int]) -> None:
    """Let the stored covers be what the relations give; rows that stay right are left alone."""
    wanted = {
        (pks[cover.ancestor], pks[cover.descendant], cover.window.start, cover.window.end)
        for cover in covers_of(picture)
    }
    wrong = []
    for row in AreaCover.objects.filter(descendant__country=country):
        stored = (row.ancestor_id, row.descendant_id, row.valid_from, row.valid_to)
        if stored in wanted:
            wanted.remove(stored)
        else:
            wrong.append(row.pk)
    AreaCover.objects.filter(pk__in=wrong).delete()
    AreaCover.objects.bulk_create(
        AreaCover(ancestor_id=ancestor, descendant_id=descendant, valid_from=start, valid_to=end)
        for ancestor, descendant, start, end in sorted(wanted)
    )

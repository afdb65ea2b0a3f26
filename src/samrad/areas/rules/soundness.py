"""What must hold of any country's areas: checked before a structure is written, and on demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from samrad.areas.rules.closure import Edge, Window, first_circle
from samrad.areas.rules.kinds import COVERING_RELATIONS, ONE_PARENT_A_DAY, AreaKind, RelationKind
from samrad.areas.rules.picture import KeptArea, KeptRelation, Picture
from samrad.areas.rules.structure import Structure, Trouble, TroubleKind


def troubles_in(picture: Picture, structure: Structure | None = None) -> list[Trouble]:
    """Everything that must not be; with the structure being laid, also what it leaves open."""
    where = {} if structure is None else {(r.kind, r.code): r.where for r in structure.rows}
    found = [
        *_one_code_each(picture, where),
        *_lives_hold_relations(picture, where),
        *_one_parent_a_day(picture, where),
        *_no_circle(picture),
    ]
    if structure is not None:
        found += _nobody_left_over(picture, where, structure.from_date)
    return found


Where = dict[tuple[AreaKind, str], str]


def _trouble(
    area: KeptArea, where: Where, place: str, kind: TroubleKind, **values: object
) -> Trouble:
    values = {"code": area.code, "name": area.name, **values}
    return Trouble(where.get((area.kind, area.code), ""), place, kind, values)


def _one_code_each(picture: Picture, where: Where) -> Iterator[Trouble]:
    seen: dict[tuple[AreaKind, str], list[tuple[Window, int]]] = defaultdict(list)
    for code in picture.codes:
        area = picture.areas[code.area]
        days = code.window.meeting(area.window)
        if code.is_removed or not days:
            continue
        for other, key in seen[area.kind, code.code]:
            if key != area.key and other.meeting(days):
                yield _trouble(area, where, "code", TroubleKind.SAME_CODE_AS_ANOTHER)
        seen[area.kind, code.code].append((days, area.key))


def _lives_hold_relations(picture: Picture, where: Where) -> Iterator[Trouble]:
    for relation in picture.relations:
        child, parent = picture.areas[relation.child], picture.areas[relation.parent]
        if relation.is_removed:
            continue
        if relation.window.meeting(child.window).meeting(parent.window) != relation.window:
            yield _trouble(
                child, where, "part_of", TroubleKind.OUTSIDE_ITS_LIFE, parent=parent.name
            )


def _one_parent_a_day(picture: Picture, where: Where) -> Iterator[Trouble]:
    for area in picture.areas.values():
        if area.kind is not AreaKind.MUNICIPALITY:
            continue
        by_kind: dict[AreaKind, list[KeptRelation]] = defaultdict(list)
        for relation in picture.parents_of(area):
            parent = picture.areas[relation.parent]
            if parent.kind not in ONE_PARENT_A_DAY or relation.kind is RelationKind.OVERLAP:
                continue
            for other in by_kind[parent.kind]:
                if other.window.meeting(relation.window):
                    both = f"{picture.areas[other.parent].name}, {parent.name}"
                    yield _trouble(area, where, "part_of", TroubleKind.TWO_PARENTS, parents=both)
            by_kind[parent.kind].append(relation)


def _no_circle(picture: Picture) -> Iterator[Trouble]:
    edges = [
        Edge(relation.parent, relation.child, relation.window)
        for relation in picture.relations
        if relation.kind in COVERING_RELATIONS and not relation.is_removed
    ]
    ring = first_circle(edges)
    if ring:
        names = ", ".join(picture.areas[key].name for key in ring)
        yield Trouble("", "part_of", TroubleKind.IN_A_CIRCLE, {"names": names})


def _nobody_left_over(picture: Picture, where: Where, day: date) -> Iterator[Trouble]:
    """No area lost a parent by that parent's end without being given another of the kind."""
    expected = {
        picture.areas[relation.parent].kind
        for relation in picture.relations
        if picture.areas[relation.child].kind is AreaKind.MUNICIPALITY
    } & ONE_PARENT_A_DAY
    for area in picture.alive(day):
        have = {picture.areas[r.parent].kind for r in picture.parents_of(area, day)}
        for kind in expected if area.kind is AreaKind.MUNICIPALITY else ():
            if kind not in have:
                yield _trouble(area, where, "part_of", TroubleKind.NO_PARENT, lacking=kind)
        if area.kind is not AreaKind.MUNICIPALITY:
            yield from _orphaned(picture, where, area, have, day)


def _orphaned(
    picture: Picture, where: Where, area: KeptArea, have: set[AreaKind], day: date
) -> Iterator[Trouble]:
    for relation in picture.parents_of(area):
        parent = picture.areas[relation.parent]
        just_ended = relation.window.end == parent.window.end < day
        if just_ended and relation.is_changed and parent.kind not in have:
            yield _trouble(area, where, "part_of", TroubleKind.ORPHANED, parent=parent.name)

"""What a structure file changes in what is known: the plan that is shown, then carried out.

Areas are matched by their main code on the structure's day. What the file says for an area and a
kind of parent replaces what held the day before; what it does not speak of stays. Nothing
disappears by silence: an area of a kind the file calls complete must be in it, or be said to have
merged, split or ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samrad.areas.rules.closure import day_before
from samrad.areas.rules.kinds import (
    ALWAYS,
    MAIN_SCHEMES,
    AreaKind,
    CodeScheme,
    NameKind,
    SuccessionKind,
)
from samrad.areas.rules.picture import (
    KeptArea,
    KeptCode,
    KeptName,
    KeptRelation,
    KeptSuccession,
    Picture,
)
from samrad.areas.rules.soundness import troubles_in
from samrad.areas.rules.structure import (
    Ended,
    PartOf,
    Renumbered,
    Row,
    Structure,
    StructureRefused,
    Succession,
    Trouble,
    TroubleKind,
)


class ChangeKind(StrEnum):
    """The kinds of change; the words are in `samrad.areas.words`."""

    OPENED = "opened"
    ENDED = "ended"
    BECAME = "became"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    NAME_ADDED = "name_added"
    CODE_ADDED = "code_added"
    PARENT_GAINED = "parent_gained"
    PARENT_LOST = "parent_lost"
    PARENT_CORRECTED = "parent_corrected"
    SPAN_CORRECTED = "span_corrected"
    POPULATION = "population"


@dataclass(frozen=True)
class Change:
    """One line of the difference."""

    kind: ChangeKind
    area_kind: AreaKind
    code: str
    name: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The difference, and the picture as it will be."""

    structure: Structure
    changes: tuple[Change, ...]
    picture: Picture


def difference(structure: Structure, known: Picture) -> Plan:
    """What `structure` changes in `known` (which becomes the new picture), or why it cannot."""
    if structure.digest in known.digests:
        return Plan(structure, (), known)
    if known.newest_from and structure.from_date < known.newest_from:
        values = {"newest": known.newest_from.isoformat()}
        raise StructureRefused([Trouble("", "from", TroubleKind.OLDER, values)])
    laying = _Laying(structure, known)
    laying.lay()
    troubles = laying.troubles or troubles_in(known, structure)
    if troubles:
        raise StructureRefused(troubles)
    return Plan(structure, tuple(laying.changes), known)


class _Laying:
    """Lays one structure over one picture, noting changes and troubles."""

    def __init__(self, structure: Structure, picture: Picture) -> None:
        self.structure = structure
        self.picture = picture
        self.day = structure.from_date
        self.eve = day_before(structure.from_date)
        self.is_first = picture.newest_from is None
        self.changes: list[Change] = []
        self.troubles: list[Trouble] = []
        self.spoken_of: set[int] = set()

    def lay(self) -> None:
        for renumbered in self.structure.renumbered:
            self.renumber(renumbered)
        becoming = [self.before_of(succession) for succession in self.structure.successions]
        matched = [(row, self.match(row)) for row in self.structure.rows]
        for row, area in matched:
            self.facts(row, area)
        for succession, before in zip(self.structure.successions, becoming, strict=True):
            self.succeed(succession, before)
        for ended in self.structure.ended:
            self.end_without_successor(ended)
        for row, area in matched:
            self.relate(row, area)
        self.require_all_spoken_of()

    # What is noted ------------------------------------------------------------------------

    def note(self, kind: ChangeKind, area: KeptArea, **values: object) -> None:
        self.changes.append(Change(kind, area.kind, area.code, area.name, values))

    def refuse(self, where: str, place: str, kind: TroubleKind, **values: object) -> None:
        self.troubles.append(Trouble(where, place, kind, values))

    # Areas --------------------------------------------------------------------------------

    def renumber(self, said: Renumbered) -> None:
        area = self.picture.find(said.of, said.before, self.eve)
        if area is None:
            self.refuse(said.where, "before", TroubleKind.NO_SUCH_AREA, code=said.before)
            return
        if self.picture.find(said.of, said.after, self.day) is area:
            return
        if self.picture.find(said.of, said.after, self.day):
            self.refuse(said.where, "after", TroubleKind.SAME_CODE_AS_ANOTHER, code=said.after)
            return
        for code in self.picture.codes_of(area):
            if code.scheme in MAIN_SCHEMES and self.day in code.window:
                code.end(self.eve)
                self.picture.add_code(
                    KeptCode(
                        area=area.key, scheme=code.scheme, code=said.after, valid_from=self.day
                    )
                )
        self.note(ChangeKind.RENUMBERED, area, before=said.before, after=said.after)

    def match(self, row: Row) -> KeptArea:
        last_day = row.valid.end if row.valid.end and row.valid.end < self.day else self.day
        area = self.picture.find(row.kind, row.code, last_day)
        if area is None:
            area = self.open(row)
        elif row.valid.start and row.valid.start != area.valid_from:
            area.valid_from, area.is_changed = row.valid.start, True
            self.note(ChangeKind.SPAN_CORRECTED, area, since=row.valid.start.isoformat())
        self.spoken_of.add(area.key)
        return area

    def open(self, row: Row) -> KeptArea:
        start = row.valid.start
        if start is None and not self.is_first:
            start = self.day
        scheme = CodeScheme.SAMRAD if row.kind in self.structure.own_codes else CodeScheme.OFFICIAL
        area = self.picture.add_area(
            KeptArea(
                key=self.picture.next_key(),
                kind=row.kind,
                code=row.code,
                name=row.name,
                valid_from=start,
                valid_to=row.valid.end,
            )
        )
        earlier = [c.span.end for c in row.codes if c.scheme is scheme and c.span.end]
        self.picture.add_code(
            KeptCode(
                area=area.key,
                scheme=scheme,
                code=row.code,
                valid_from=_day_after(max(earlier)) if earlier else start,
                valid_to=row.valid.end,
            )
        )
        self.picture.add_name(
            KeptName(area=area.key, name=row.name, kind=NameKind.OFFICIAL, valid_from=start)
        )
        self.note(ChangeKind.OPENED, area)
        return area

    def facts(self, row: Row, area: KeptArea) -> None:
        if row.valid.end is None or row.valid.end >= self.day:
            self.rename(row, area)
        self.other_names(row, area)
        self.other_codes(row, area)
        self.count_people(row, area)

    def rename(self, row: Row, area: KeptArea) -> None:
        official = [
            name
            for name in self.picture.names_of(area)
            if name.kind is NameKind.OFFICIAL and self.day in name.window
        ]
        if any(name.name == row.name for name in official):
            return
        before = official[0].name if official else area.name
        for name in self.picture.names_of(area):
            if name.kind is not NameKind.ALIAS and self.day in name.window:
                name.end(self.eve)
        self.picture.add_name(
            KeptName(area=area.key, name=row.name, kind=NameKind.OFFICIAL, valid_from=self.day)
        )
        self.note(ChangeKind.RENAMED, area, before=before, after=row.name)

    def other_names(self, row: Row, area: KeptArea) -> None:
        said = [(NameKind.PARALLEL, name, language) for language, name in row.parallel]
        said += [(NameKind.ALIAS, name, "") for name in row.aliases]
        have = {
            (name.kind, name.name)
            for name in self.picture.names_of(area)
            if name.valid_to is None or name.valid_to >= self.day
        }
        for kind, name, language in said:
            if (kind, name) not in have:
                self.picture.add_name(
                    KeptName(area=area.key, name=name, kind=kind, language=language)
                )
                if not area.is_new:
                    self.note(ChangeKind.NAME_ADDED, area, added=name)

    def other_codes(self, row: Row, area: KeptArea) -> None:
        have = {(code.scheme, code.code) for code in self.picture.codes_of(area)}
        for said in row.codes:
            if (said.scheme, said.code) in have:
                continue
            self.picture.add_code(
                KeptCode(
                    area=area.key,
                    scheme=said.scheme,
                    code=said.code,
                    valid_from=said.span.start,
                    valid_to=said.span.end,
                )
            )
            if not area.is_new:
                self.note(ChangeKind.CODE_ADDED, area, added=said.code)

    def count_people(self, row: Row, area: KeptArea) -> None:
        counted = self.structure.population_date or self.day
        if row.population is None or (area.population_date or ALWAYS) > counted:
            return
        said = (row.population, counted, self.structure.population_source)
        if said == (area.population, area.population_date, area.population_source):
            return
        if not area.is_new:
            self.note(ChangeKind.POPULATION, area, before=area.population, after=row.population)
        area.population, area.population_date, area.population_source = said
        area.is_changed = True

    # What became of them ------------------------------------------------------------------

    def before_of(self, said: Succession) -> list[KeptArea | None]:
        """The areas before, looked up before rows reuse their codes."""
        return [self.picture.find(said.of, code, day_before(said.on)) for code in said.before]

    def succeed(self, said: Succession, early: list[KeptArea | None]) -> None:
        found = [
            area or self.picture.find(said.of, code, day_before(said.on))
            for code, area in zip(said.before, early, strict=True)
        ]
        later = [self.picture.find(said.of, code, said.on) for code in said.after]
        for place, codes, areas in (("before", said.before, found), ("after", said.after, later)):
            for code, area in zip(codes, areas, strict=True):
                if area is None:
                    self.refuse(said.where, place, TroubleKind.NO_SUCH_AREA, code=code)
        befores = [area for area in found if area]
        afters = [area for area in later if area]
        if len(befores) < len(found) or len(afters) < len(later):
            return
        for before in befores:
            if before not in afters and said.kind is not SuccessionKind.BOUNDARY:
                self.end(before, day_before(said.on))
            for after in afters:
                if before is not after:
                    self.link(said, before, after)

    def link(self, said: Succession, before: KeptArea, after: KeptArea) -> None:
        if any(
            (kept.before, kept.after, kept.on) == (before.key, after.key, said.on)
            for kept in self.picture.successions
        ):
            return
        self.picture.successions.append(
            KeptSuccession(before=before.key, after=after.key, on=said.on, kind=said.kind)
        )
        self.note(
            ChangeKind.BECAME, before, how=said.kind, after=f"{after.code} {after.name}",
            on=said.on.isoformat(),
        )  # fmt: skip

    def end_without_successor(self, said: Ended) -> None:
        area = self.picture.find(said.of, said.code, self.eve)
        if area is None:
            self.refuse(said.where, "code", TroubleKind.NO_SUCH_AREA, code=said.code)
        elif area.valid_to is None or area.valid_to >= self.day:
            self.end(area, self.eve)

    def end(self, area: KeptArea, last_day: date) -> None:
        self.spoken_of.add(area.key)
        if area.valid_to is not None and area.valid_to <= last_day:
            return
        area.end(last_day)
        self.note(ChangeKind.ENDED, area, last_day=last_day.isoformat())
        after = _day_after(last_day)
        for code in self.picture.codes_of(area):
            if after in code.window:
                code.end(last_day)
        for relation in [*self.picture.parents_of(area), *self.picture.children_of(area)]:
            if relation.window.end >= after:
                relation.end(last_day)

    # What they are part of ----------------------------------------------------------------

    def relate(self, row: Row, area: KeptArea) -> None:
        wanted: dict[tuple[str, AreaKind], list[int]] = {}
        for said in row.part_of:
            span_end = said.span.end if said.span else None
            is_past = span_end is not None and span_end < self.day
            on = span_end if is_past and span_end else self.day
            parent = self.picture.find(said.kind, said.code, on)
            if parent is None:
                self.refuse(row.where, "part_of", TroubleKind.NO_SUCH_AREA, code=said.code)
                continue
            if not is_past:
                wanted.setdefault((said.relation, said.kind), []).append(parent.key)
            self.take_in(row, said, area, parent)
        self.let_go(area, wanted)

    def take_in(self, row: Row, said: PartOf, area: KeptArea, parent: KeptArea) -> None:
        is_derived = said.kind in self.structure.derived and area.kind is AreaKind.MUNICIPALITY
        basis = row.basis if is_derived else ""
        span = said.span
        last_day = span.end if span else None
        on = last_day if last_day and last_day < self.day else self.day
        for kept in self.picture.parents_of(area, on):
            if kept.parent == parent.key and kept.kind == said.relation:
                self.correct(area, parent, kept, is_derived, basis)
                return
        start = span.start if span else max(
            self.day, area.valid_from or ALWAYS, parent.valid_from or ALWAYS
        )  # fmt: skip
        self.picture.add_relation(
            KeptRelation(
                parent=parent.key,
                child=area.key,
                kind=said.relation,
                valid_from=start,
                valid_to=last_day,
                is_derived=is_derived,
                basis=basis,
            )
        )
        if not area.is_new:
            self.note(ChangeKind.PARENT_GAINED, area, parent=f"{parent.code} {parent.name}")

    def correct(
        self, area: KeptArea, parent: KeptArea, kept: KeptRelation, is_derived: bool, basis: str
    ) -> None:
        if (kept.is_derived, kept.basis) != (is_derived, basis):
            kept.is_derived, kept.basis, kept.is_changed = is_derived, basis, True
            self.note(ChangeKind.PARENT_CORRECTED, area, parent=f"{parent.code} {parent.name}")

    def let_go(self, area: KeptArea, wanted: Mapping[tuple[str, AreaKind], list[int]]) -> None:
        for kept in self.picture.parents_of(area, self.day):
            parent = self.picture.areas[kept.parent]
            keep = wanted.get((kept.kind, parent.kind))
            if keep is not None and kept.parent not in keep:
                kept.end(self.eve)
                self.note(ChangeKind.PARENT_LOST, area, parent=f"{parent.code} {parent.name}")

    def require_all_spoken_of(self) -> None:
        for area in self.picture.alive(self.day):
            if area.kind in self.structure.complete and area.key not in self.spoken_of:
                self.refuse(
                    "", "code", TroubleKind.MISSING_WITHOUT_A_WORD, code=area.code, name=area.name
                )


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)

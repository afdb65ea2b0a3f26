"""Reading areas: what is known of a country, what an area's page shows, what a code stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.areas.models import (
    KINDS_NAMED,
    Area,
    AreaCode,
    AreaCover,
    AreaName,
    AreaQuerySet,
    AreaRelation,
    AreaStructure,
    AreaSuccession,
    valid_on,
)
from samrad.areas.rules.kinds import (
    NOT_A_PLACE,
    AreaKind,
    CodeScheme,
    Country,
    NameKind,
    RelationKind,
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
from samrad.areas.rules.structure import Structure
from samrad.areas.words import basis_in_words
from samrad.ui.sorting import by_name, name_key


def known_of(country: str) -> Picture:
    """Everything in the database about the areas of one country, in seven queries at most."""
    structures = AreaStructure.objects.filter(country=country)
    loaded = list(structures.values_list("from_date", "digest"))
    return Picture(
        areas={area.pk: _kept_area(area) for area in Area.objects.filter(country=country)},
        names=[
            KeptName(
                pk=row.pk,
                area=row.area_id,
                name=row.name,
                kind=NameKind(row.kind),
                language=row.language,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in AreaName.objects.filter(area__country=country)
        ],
        codes=[
            KeptCode(
                pk=row.pk,
                area=row.area_id,
                scheme=CodeScheme(row.scheme),
                code=row.code,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in AreaCode.objects.filter(area__country=country)
        ],
        relations=[
            KeptRelation(
                pk=row.pk,
                parent=row.parent_id,
                child=row.child_id,
                kind=RelationKind(row.kind),
                is_derived=row.is_derived,
                basis=row.basis,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in AreaRelation.objects.filter(child__country=country)
        ],
        successions=[
            KeptSuccession(
                pk=row.pk,
                before=row.before_id,
                after=row.after_id,
                on=row.on_date,
                kind=SuccessionKind(row.kind),
            )
            for row in AreaSuccession.objects.filter(before__country=country)
        ],
        newest_from=max((day for day, _digest in loaded), default=None),
        digests=frozenset(digest for _day, digest in loaded),
    )


def _kept_area(area: Area) -> KeptArea:
    return KeptArea(
        pk=area.pk,
        key=area.pk,
        kind=AreaKind(area.kind),
        code=area.code,
        name=area.name,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
        population=area.population,
        population_date=area.population_date,
        population_source=area.population_source,
    )


def is_superseded(structure: Structure) -> bool:
    """Whether a newer structure of the same country is loaded already."""
    return AreaStructure.objects.filter(
        country=structure.country, from_date__gt=structure.from_date
    ).exists()


def area_with_code(
    country: str, code: str, *, on: date | None = None, kind: str = ""
) -> Area | None:
    """The area that `code` stands for, in any numbering: "0773" and "773" are both Morsø.

    None when no place carries it, as Denmark's 998 ("not stated"): see `is_no_place`. A kind
    settles which one is meant where two numberings use the same code.
    """
    found = Area.objects.in_country(country).with_code(code, on=on)
    if kind:
        found = found.of_kind(kind)
    return found.order_by("-valid_to", "pk").first() if on is None else found.first()


def is_no_place(country: str, code: str) -> bool:
    """Whether statistics use the code for "not stated" rather than for a place."""
    return code in NOT_A_PLACE[Country(country)]


@dataclass(frozen=True)
class Part:
    """One line of what an area is part of, or of what it contains."""

    area: Area
    kind: RelationKind
    is_derived: bool
    basis: str
    valid_from: date | None
    valid_to: date | None

    @property
    def basis_words(self) -> str:
        """How we know, where no register says so."""
        return basis_in_words(self.basis)


def areas_with_names(actor: Actor, on: date) -> AreaQuerySet:
    """Areas with names and codes, and as `is_near` whether the actor works at or around each."""
    near = is_near(actor.workplace_ids, on=on)
    return Area.objects.annotate(is_near=near).prefetch_related("names", "codes")


@dataclass(frozen=True)
class Relations:
    """The rows about what an area is or was part of, and about what is part of it on a day."""

    up: list[AreaRelation]
    down: list[AreaRelation]


def relations_of(area: Area, on: date) -> Relations:
    """Both ways, in one query."""
    either = Q(child=area) | (Q(parent=area) & valid_on(on))
    rows = list(AreaRelation.objects.filter(either).select_related("parent", "child"))
    return Relations(
        up=[row for row in rows if row.child_id == area.pk],
        down=[row for row in rows if row.parent_id == area.pk],
    )


def parents_of(area: Area, on: date, rows: Iterable[AreaRelation] | None = None) -> list[Part]:
    """What the area is directly part of on a day, widest first; by `rows` where they are read."""
    rows = area.relations_up.all() if rows is None else rows
    return _in_order([_part(row, row.parent) for row in rows if row.is_valid_on(on)])


def children_of(area: Area, on: date, rows: Iterable[AreaRelation] | None = None) -> list[Part]:
    """What is directly part of the area on a day, by kind and name; by `rows` as above."""
    if rows is None:
        rows = area.relations_down.filter(valid_on(on)).select_related("child")
    return _in_order([_part(row, row.child) for row in rows])


def _part(row: AreaRelation, other: Area) -> Part:
    kind = RelationKind(row.kind)
    return Part(other, kind, row.is_derived, row.basis, row.valid_from, row.valid_to)


def _in_order(parts: list[Part]) -> list[Part]:
    order = {kind.value: place for place, kind in enumerate(AreaKind)}
    return sorted(
        parts, key=lambda part: (order[part.area.kind], name_key(part.area.name), part.area.pk)
    )


@dataclass(frozen=True)
class People:
    """How many live in an area, on which day, who counted, and whether it is a sum."""

    number: int
    on: date
    source: str
    is_sum: bool = False


def people_in(area: Area, on: date) -> People | None:
    """The published population, or the sum of the municipalities in the area."""
    if area.population is not None and area.population_date:
        return People(area.population, area.population_date, area.population_source)
    if area.kind in {AreaKind.MUNICIPALITY, AreaKind.NAMED_AREA, AreaKind.UNINCORPORATED}:
        return None
    day = min(max(on, area.valid_from or on), area.valid_to or on)
    inside = Area.objects.covered_by([area.pk], on=day).municipalities().valid_on(day)
    summed = inside.aggregate(
        number=Sum("population"),
        counted=Count("population"),
        municipalities=Count("pk"),
        sources=Count("population_source", distinct=True),
        source=Min("population_source"),
        on=Min("population_date"),
    )
    if not summed["municipalities"] or summed["counted"] < summed["municipalities"]:
        return None
    if summed["sources"] != 1 or not area.is_valid_on(summed["on"]):
        return None
    return People(summed["number"], summed["on"], summed["source"], is_sum=True)


def structure_in_force(country: str, on: date) -> AreaStructure | None:
    """The structure whose areas hold on a day, or the first one, for its source line."""
    loaded = list(AreaStructure.objects.filter(country=country).order_by("from_date", "loaded_at"))
    begun = [structure for structure in loaded if structure.from_date <= on]
    return next(iter(begun[-1:] or loaded), None)


def counts_by_kind(on: date) -> dict[str, dict[str, int]]:
    """How many areas of each kind each country has on a day."""
    rows = (
        Area.objects.valid_on(on)
        .order_by()
        .values_list("country", "kind")
        .annotate(number=Count("pk"))
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for country, kind, number in rows:
        counted[country][kind] = number
    return dict(counted)


def areas_wanted(actor: Actor, *, text: str, country: str, kind: str, on: date) -> AreaQuerySet:
    """What a reader looks for among the areas that exist on a day, best match or nearest first.

    A search also finds what no longer exists: old papers use old names.
    """
    found = Area.objects.visible_to(actor)
    found = found.named(text) if text else found.valid_on(on).nearest_first(actor.workplace_ids)
    if country:
        found = found.in_country(country)
    if kind:
        found = found.of_kind(kind)
    return found


@dataclass(frozen=True)
class Found:
    """An area in a list, with what it lies in: two municipalities may share a name."""

    area: Area
    within: str
    code: str  # empty where only we have given it one
    is_there: bool


def with_districts(areas: list[Area], *, on: date) -> list[Found]:
    """The areas with the names of their county and police district: two queries more."""
    covers = (
        AreaCover.objects.on(on)
        .filter(
            descendant__in=[area.pk for area in areas],
            ancestor__kind__in=[AreaKind.POLICE_DISTRICT, AreaKind.COUNTY],
        )
        .exclude(ancestor=F("descendant"))
        .order_by("ancestor__kind", by_name("ancestor__name"))
        .values_list("descendant", "ancestor__name")
    )
    within: dict[int, list[str]] = defaultdict(list)
    for descendant, name in covers:
        within[descendant].append(name)
    ours = AreaCode.objects.filter(area__in=areas, scheme=CodeScheme.SAMRAD)
    unofficial = set(ours.values_list("area_id", "code"))
    return [
        Found(
            area=area,
            within=", ".join(within[area.pk]),
            code="" if (area.pk, area.code) in unofficial else area.code,
            is_there=area.is_valid_on(on),
        )
        for area in areas
    ]


def is_near(areas: Collection[int], *, on: date, area: str = "pk") -> Exists:
    """The condition that what `area` leads to contains one of `areas`, or lies within one."""
    covers = AreaCover.objects.on(on)
    return Exists(
        covers.filter(ancestor=OuterRef(area), descendant__in=areas)
        | covers.filter(descendant=OuterRef(area), ancestor__in=areas)
    )


def day_to_show(area: Area, on: date) -> date:
    """Today, or the last or first day of an area that is no more or not yet."""
    return min(max(on, area.valid_from or on), area.valid_to or on)


_LANGUAGES = {
    "nb": _("Norwegian"),
    "da": _("Danish"),
    "sv": _("Swedish"),
    "se": _("Northern Sami"),
    "smj": _("Lule Sami"),
    "sma": _("Southern Sami"),
    "fkv": _("Kven"),
}


@dataclass(frozen=True)
class OtherName:
    """A name beside the official one, and whose it is."""

    name: str
    note: str


def other_names(area: Area) -> list[OtherName]:
    """What else the area is called: in each language, by people, and formerly."""
    rows = sorted(area.names.all(), key=lambda row: (row.kind, row.pk))
    found = [
        OtherName(row.name, str(_LANGUAGES.get(row.language, ""))) for row in rows
        if row.name != area.name
    ]  # fmt: skip
    return list({name.name: name for name in found}.values())


def codes_of(area: Area) -> list[AreaCode]:
    """Its codes, those in use first; our own are nobody's business."""
    rows = [row for row in area.codes.all() if row.scheme != CodeScheme.SAMRAD]
    return sorted(rows, key=lambda row: (row.valid_to is not None, row.scheme, row.code))


@dataclass(frozen=True)
class Group:
    """What an area contains of one kind."""

    title: str
    parts: list[Part]


def by_kind(parts: Iterable[Part]) -> list[Group]:
    """Parts of an area, in groups."""
    grouped: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        grouped[part.area.kind].append(part)
    return [Group(str(KINDS_NAMED[AreaKind(kind)]), parts) for kind, parts in grouped.items()]

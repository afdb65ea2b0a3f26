"""Areas with their names, codes and dated relations, and the structures they were loaded from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samrad.areas.rules.kinds import (
    ALWAYS,
    FOREVER,
    WITHOUT_COUNCILS,
    AreaKind,
    CodeScheme,
    Country,
    NameKind,
    RelationKind,
    SuccessionKind,
)
from samrad.areas.rules.names import fold
from samrad.profiles.reader import profile
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of
from samrad.ui.sorting import by_name

if TYPE_CHECKING:
    from samrad.access.actor import Actor

COUNTRY_NAMES = {
    Country.NORWAY: _("Norway"), Country.DENMARK: _("Denmark"), Country.SWEDEN: _("Sweden"),
}  # fmt: skip

KIND_NAMES = {
    AreaKind.NATION: _("Nation"),
    AreaKind.POLICE_DISTRICT: _("Police district"),
    AreaKind.LOCAL_POLICE_AREA: _("Local police area"),
    AreaKind.COUNTY: _("County"),
    AreaKind.MUNICIPALITY: _("Municipality"),
    AreaKind.NAMED_AREA: _("Named area"),
    AreaKind.UNINCORPORATED: _("Outside the municipalities"),
}

#: Kinds that are called by a word of the country: politidistrikt, politikreds, polisregion.
KINDS_IN_PROFILES = {
    AreaKind.POLICE_DISTRICT: "district", AreaKind.LOCAL_POLICE_AREA: "local_police_area",
    AreaKind.MUNICIPALITY: "municipality", AreaKind.NAMED_AREA: "named_area",
}  # fmt: skip

KINDS_NAMED = {
    AreaKind.NATION: _("Nations"),
    AreaKind.POLICE_DISTRICT: _("Police districts"),
    AreaKind.LOCAL_POLICE_AREA: _("Local police areas"),
    AreaKind.COUNTY: _("Counties"),
    AreaKind.MUNICIPALITY: _("Municipalities"),
    AreaKind.NAMED_AREA: _("Named areas"),
    AreaKind.UNINCORPORATED: _("Outside the municipalities"),
}

_LONG_ENOUGH_TO_FIND_INSIDE = 4


def valid_on(day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on `day`; an unknown end is open."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day})
    )


def keys_within(areas: Iterable[int], *, on: date) -> models.QuerySet[Any]:
    """Keys of all that lies within any of `areas` on `on`, themselves included: a subquery."""
    return AreaCover.objects.below(areas, on=on)


class AreaQuerySet(models.QuerySet["Area"]):
    """Questions to ask about areas; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """All of them: names and codes of areas are public facts."""
        return self.all()

    def in_country(self, country: str) -> Self:
        """Those of one country."""
        return self.filter(country=country)

    def of_kind(self, *kinds: str) -> Self:
        """Those of these kinds."""
        return self.filter(kind__in=kinds)

    def municipalities(self) -> Self:
        """The municipalities."""
        return self.of_kind(AreaKind.MUNICIPALITY)

    def police_districts(self) -> Self:
        """Politidistrikter, politikredse and polisregioner."""
        return self.of_kind(AreaKind.POLICE_DISTRICT)

    def fit_for_councils(self) -> Self:
        """Those in which a council can be set up."""
        return self.exclude(kind__in=WITHOUT_COUNCILS)

    def valid_on(self, day: date) -> Self:
        """Those that exist on `day`."""
        return self.filter(valid_on(day))

    def with_everything(self) -> Self:
        """Together with names, codes and parents."""
        parents = AreaRelation.objects.select_related("parent")
        return self.prefetch_related("names", "codes", models.Prefetch("relations_up", parents))

    def covered_by(self, areas: Iterable[int] | models.QuerySet[Any], *, on: date) -> Self:
        """Those that lie within any of `areas` (given by key) on `on`, themselves included."""
        return self.filter(pk__in=AreaCover.objects.below(areas, on=on))

    def covering(self, areas: Iterable[int] | models.QuerySet[Any], *, on: date) -> Self:
        """Those within which any of `areas` lies on `on`, themselves included."""
        return self.filter(pk__in=AreaCover.objects.above(areas, on=on))

    def with_code(self, code: str, *, on: date | None = None) -> Self:
        """Those that carry `code` in any numbering, on `on` or at any time."""
        codes = AreaCode.objects.filter(code=code.strip())
        if on is not None:
            codes = codes.filter(valid_on(on))
        return self.filter(pk__in=codes.values("area"))

    def named(self, text: str) -> Self:
        """Those called `text` or so numbered, the best match first.

        Any name counts, also aliases, former names and each half of a bilingual one; case and
        diacritics do not ("as" finds Ås). A word may be half typed.
        """
        folded = fold(text)
        if not folded:
            return self.none()
        words = AreaName.objects.filter(area=OuterRef("pk"))
        inside = folded if len(folded) >= _LONG_ENOUGH_TO_FIND_INSIDE else f" {folded}"
        codes = AreaCode.objects.filter(area=OuterRef("pk"))
        code = text.strip()
        rank = models.Case(
            models.When(Exists(words.filter(folded=f" {folded}")), then=0),
            models.When(Exists(codes.filter(code=code)), then=0),
            models.When(Exists(words.filter(folded__startswith=f" {folded}")), then=1),
            models.When(Exists(words.filter(folded__contains=f" {folded}")), then=2),
            default=3,
            output_field=models.SmallIntegerField(),
        )
        found = Q(Exists(words.filter(folded__contains=inside)))
        if code.isdigit():
            found |= Q(Exists(codes.filter(code__startswith=code)))
        ranked = self.filter(found).annotate(rank=rank)
        return ranked.order_by("rank", F("valid_to").desc(nulls_first=True), by_name(), "pk")

    def widest_first(self) -> Self:
        """Nation, districts, counties, municipalities … and by name within each."""
        return self._with_width().order_by("width", by_name(), "pk")

    def nearest_first(self, workplaces: Collection[int]) -> Self:
        """`workplaces`, the rest of their country, the others; the widest first in each."""
        own = Area.objects.filter(pk__in=workplaces).values("country")
        near = models.Case(
            models.When(pk__in=workplaces, then=0),
            models.When(country__in=own, then=1),
            default=2,
            output_field=models.SmallIntegerField(),
        )
        return self._with_width().annotate(near=near).order_by("near", "width", by_name(), "pk")

    def _with_width(self) -> Self:
        order = [models.When(kind=kind, then=place) for place, kind in enumerate(AreaKind)]
        return self.annotate(
            width=models.Case(*order, default=99, output_field=models.SmallIntegerField())
        )


class Dated(models.Model):
    """Something that holds through a span of days, either end of which may be open."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_on(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return (self.valid_from or ALWAYS) <= day <= (self.valid_to or FOREVER)


class Area(Dated, Recorded):
    """A piece of ground with a name. A new name or number does not make it another area."""

    trail_kind = "area"

    country = models.CharField(max_length=2, choices=[(c.value, COUNTRY_NAMES[c]) for c in Country])
    kind = models.CharField(max_length=20, choices=[(k.value, KIND_NAMES[k]) for k in AreaKind])
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_date = models.DateField(null=True, blank=True)
    population_source = models.CharField(max_length=200, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "kind", "code", "valid_from"], name="area_code_once"
            ),
            models.UniqueConstraint(
                fields=["country", "kind", "code"],
                condition=Q(valid_from__isnull=True),
                name="area_code_once_undated",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="area_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["country", "kind", "name"], name="area_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The area's own page."""
        return address_of("areas:detail", self.ref)

    @property
    def kind_name(self) -> str:
        """What sort of area it is, by the country's own word where it has one."""
        code = KINDS_IN_PROFILES.get(AreaKind(self.kind))
        if code is None:
            return str(KIND_NAMES[AreaKind(self.kind)])
        words = profile(self.country).area_kind(code)
        return capfirst(words.in_language(get_language() or "en"))

    @property
    def country_name(self) -> str:
        """The country, for a reader."""
        return str(COUNTRY_NAMES[Country(self.country)])

    @property
    def may_hold_councils(self) -> bool:
        """Whether a council can be set up here."""
        return self.kind not in WITHOUT_COUNCILS


class AreaName(Dated):
    """One of the names of an area; a bilingual official name is kept as its parts."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=130)
    language = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in NameKind])

    class Meta:
        indexes = [models.Index(fields=["folded"], name="area_name_folded")]

    def __str__(self) -> str:
        return self.name


class AreaCode(Dated):
    """A code the area carries or carried, in one numbering."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=12, choices=[(s.value, s.value) for s in CodeScheme])
    code = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["code"], name="area_code_code")]

    def __str__(self) -> str:
        return self.code


class AreaRelation(Dated):
    """`child` is part of `parent` through a span of days; `basis` says how we know."""

    parent = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="relations_down")
    child = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="relations_up")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in RelationKind])
    is_derived = models.BooleanField(default=False)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "child", "kind", "valid_from"], name="area_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("child")), name="area_relation_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id}"


class AreaSuccession(models.Model):
    """`before` became `after` on a day: a merger, a split or a moved boundary."""

    before = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="successions_to")
    after = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="successions_from")
    on_date = models.DateField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in SuccessionKind])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after", "on_date"], name="area_succession_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} to {self.after_id}"


class AreaCoverQuerySet(models.QuerySet["AreaCover"]):
    """The flat answer to what lies where on a day."""

    def on(self, day: date) -> Self:
        """The covers that hold on `day`."""
        return self.filter(valid_from__lte=day, valid_to__gte=day)

    def below(
        self, areas: Iterable[int] | models.QuerySet[Any], *, on: date
    ) -> models.QuerySet[Any]:
        """Keys of everything within `areas`, as a subquery."""
        return self.on(on).filter(ancestor__in=areas).values("descendant")

    def above(
        self, areas: Iterable[int] | models.QuerySet[Any], *, on: date
    ) -> models.QuerySet[Any]:
        """Keys of everything that contains any of `areas`, as a subquery."""
        return self.on(on).filter(descendant__in=areas).values("ancestor")


class AreaCover(models.Model):
    """The closure of the relations, made anew at every load: see `rules.closure`.

    Open ends are the first and the last day there is, so that one comparison answers.
    """

    ancestor = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="covers_down")
    descendant = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="covers_up")
    valid_from = models.DateField(default=ALWAYS)
    valid_to = models.DateField(default=FOREVER)

    objects = AreaCoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor", "descendant", "valid_from"], name="area_cover_once"
            ),
        ]
        indexes = [
            models.Index(fields=["descendant", "ancestor"], name="area_cover_upward"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} covers {self.descendant_id}"


class AreaStructure(Recorded):
    """A structure file that was loaded: what it held, from which day, and where it came from."""

    trail_kind = "area_structure"

    country = models.CharField(max_length=2, choices=[(c.value, COUNTRY_NAMES[c]) for c in Country])
    from_date = models.DateField()
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    population_source = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "from_date", "digest"], name="area_structure_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

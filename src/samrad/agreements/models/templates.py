"""A template that those who coordinate an area have made of the country's, version by version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, AreaCover, keys_within
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation.models import Council
from samrad.kernel.clock import today
from samrad.reading.templates import agreement_template
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


def template_areas(actor: Actor) -> models.QuerySet[Area]:
    """Where the actor makes templates: what they coordinate, and the district whose council they
    keep."""
    granted = actor.areas_where(Permission.COUNCIL_SET_UP)
    kept = Council.objects.filter(pk__in=actor.councils_where(Permission.COUNCIL_MANAGE))
    districts = Q(kind=AreaKind.POLICE_DISTRICT, pk__in=kept.values("area"))
    return Area.objects.exclude(kind=AreaKind.NATION).filter(Q(pk__in=granted) | districts)


class TemplateQuerySet(models.QuerySet["TemplateVersion"]):
    """Templates of areas, as an actor may read them."""

    def visible_to(self, actor: Actor) -> TemplateQuerySet:
        """What is published, for all who see a council of the area; all of it for its keepers."""
        seats = Council.objects.filter(pk__in=actor.councils_where(Permission.COUNCIL_SEE))
        above = AreaCover.objects.above(seats.values("area"), on=today())
        covered = actor.areas_where(Permission.COUNCIL_SET_UP) | actor.areas_where(
            Permission.COUNCIL_OVERSEE
        )
        near = Q(area__in=above)
        if covered:
            near |= Q(area__in=keys_within(covered, on=today()))
            near |= Q(area__in=AreaCover.objects.above(covered, on=today()))
        own = Q(area__in=template_areas(actor).values("pk"))
        return self.filter(own | (near & Q(published_at__isnull=False)))

    def published(self) -> TemplateQuerySet:
        """Those that drafts begin from, or began from."""
        return self.filter(published_at__isnull=False)


class TemplateVersion(Recorded):
    """One version of an area's template of a kind, in one language; never changed once published.

    What was signed stands by itself: no agreement is changed by its template.
    """

    trail_kind = "agreement_template"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agreement_templates")
    kind = models.CharField(max_length=40)  # of the country's templates
    language = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField()
    national_version = models.CharField(max_length=20)  # what the country's was called then
    note = models.TextField(blank=True)  # what is changed, and why
    started_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["area", "kind", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "language", "number"], name="template_version_once"
            ),
            models.UniqueConstraint(
                fields=["area", "kind", "language"],
                condition=Q(published_at=None),
                name="template_one_being_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_name} ({self.area.name}, {self.number})"

    @property
    def kind_name(self) -> str:
        """What an agreement of this kind is called, in the template's own language."""
        return agreement_template(self.area.country, self.kind).name.in_language(self.language)

    @property
    def is_published(self) -> bool:
        """Whether drafts begin from it, or have begun from it."""
        return self.published_at is not None

    def get_absolute_url(self) -> str:
        """The version's own page."""
        return reverse("agreements:template", args=[self.ref])


class TemplateClause(models.Model):
    """A clause of an area's template, with what stands beside it."""

    template = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="clauses")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    guidance = models.TextField(blank=True)
    is_required = models.BooleanField(default=False)

    class Meta:
        ordering = ["template", "order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="template_clause_once"),
        ]

    def __str__(self) -> str:
        return self.heading

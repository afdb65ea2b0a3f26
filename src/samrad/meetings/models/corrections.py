"""Approved minutes put right: what is proposed instead, and every version that was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.kernel.clock import today
from samrad.meetings.models.minutes import Minutes
from samrad.meetings.readers import CORRECTION, members_read_early
from samrad.meetings.rules import OPEN_CORRECTION, CorrectionState, MinutesState, PartKind
from samrad.people.models import Person
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections as an actor may see them; what they say is read part by part."""

    def visible_to(self, actor: Actor) -> CorrectionQuerySet:
        """Those who write and approve see drafts; members read what waits, and what is approved.

        Where members wait for the approval of minutes, they wait for that of a correction as well.
        A covering level reads the versions, not how they came about.
        """
        writers = actor.councils_where(Permission.MINUTES_WRITE) | actor.councils_where(
            Permission.MINUTES_APPROVE
        )
        return self.filter(
            Q(minutes__meeting__council__in=writers)
            | self._read_by_members(actor, actor.councils_where(Permission.INTERNAL_SEE) - writers)
        )

    def _read_by_members(self, actor: Actor, councils: frozenset[int]) -> Q:
        """Those of the councils where the actor is a member: approved, or out and read early."""
        if not councils:
            return Q(pk__in=[])
        early = members_read_early(
            CorrectionApproval.objects.all(), today(), actor.countries_of(councils), CORRECTION
        )
        out = Q(state=CorrectionState.CIRCULATED) & early
        return Q(minutes__meeting__council__in=councils) & (out | Q(state=CorrectionState.APPROVED))

    def open(self) -> CorrectionQuerySet:
        """Those that may still become a version."""
        return self.filter(state__in=OPEN_CORRECTION)


class Correction(Recorded):
    """What should stand in approved minutes instead, and who asked for it.

    The approved text stands untouched until the correction is approved by the same rule.
    """

    trail_kind = "correction"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="corrections")
    state = models.CharField(
        max_length=12, choices=CorrectionState.choices(), default=CorrectionState.DRAFT
    )
    reason = models.TextField()
    asked_by = models.CharField(max_length=200)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    circulated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    returned_comment = models.TextField(blank=True)
    returned_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["minutes", "opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes"],
                condition=Q(state__in=sorted(OPEN_CORRECTION)),
                name="one_open_correction",
            ),
        ]

    def __str__(self) -> str:
        return str(self.minutes)

    def get_absolute_url(self) -> str:
        """What the correction changes."""
        return address_of("meetings:correction", self.ref)

    @property
    def trail_chain(self) -> str:
        return self.minutes.trail_chain


class CorrectedPart(models.Model):
    """One text, decision or seat as it should stand; what is not here stays as it was approved."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12, choices=PartKind.choices())
    about_ref = models.UUIDField()  # the item, the decision or the seat
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["correction", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "kind", "about_ref"], name="corrected_part_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.kind} {self.about_ref}"


class CorrectionApproval(models.Model):
    """One of those who must approve the correction has done so."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="approvals")
    function = models.CharField(max_length=12)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "function"], name="correction_approval_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.function}"


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    """Versions as an actor may see them; each reader is shown the items that are for them."""

    def visible_to(self, actor: Actor) -> MinutesVersionQuerySet:
        """Whoever may open the approved minutes may open what they said before."""
        minutes = Minutes.objects.visible_to(actor).filter(state=MinutesState.APPROVED)
        return self.filter(minutes__in=minutes.values("pk"))


class MinutesVersion(Recorded):
    """The minutes as they were approved, once for each time; never changed."""

    trail_kind = "minutes_version"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    approved_at = models.DateTimeField()
    correction = models.OneToOneField(  # none for the first
        Correction, null=True, blank=True, on_delete=models.PROTECT, related_name="version"
    )
    said = models.JSONField()  # rules.said.Said: everything, also what is restricted

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} ({self.number})"

    @property
    def trail_chain(self) -> str:
        return self.minutes.trail_chain

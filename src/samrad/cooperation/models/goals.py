"""What a council gives special attention to, and what its sides promise each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from samrad.cooperation.models.agreements import Agreement
from samrad.cooperation.models.councils import Council
from samrad.cooperation.rules import (
    Side,
)
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class FocusArea(Recorded):
    """What a council gives special attention to in a year (I2, thin)."""

    trail_kind = "focus_area"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="focus_areas")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="focus_areas"
    )
    title = models.CharField(max_length=300)
    expected_result = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField(default=0)
    named_at = models.DateTimeField(null=True, blank=True)  # here, whatever year it is of

    class Meta:
        ordering = ["council", "-year", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """What is promised is read with the agreement it stands in."""

    def of_agreements(self) -> CommitmentQuerySet:
        """Those that stand in an agreement."""
        return self.filter(agreement__isnull=False)

    def promised(self) -> CommitmentQuerySet:
        """Those that their own agreement promises: none that is only still followed from before."""
        return self.of_agreements().filter(carried_from=None)

    def visible_to(self, actor: Actor) -> CommitmentQuerySet:
        """Those of agreements the actor may read."""
        return self.filter(agreement__in=Agreement.objects.visible_to(actor).values("pk"))


class Commitment(Recorded):
    """What one side promises the other, with a rhythm in the agreement's own words (C7)."""

    trail_kind = "commitment"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="commitments")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    title = models.CharField(max_length=300)
    side = models.CharField(max_length=12, choices=Side.choices())
    rhythm = models.CharField(max_length=120, blank=True)
    carried_from = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # where it was promised, as long as nobody has said that this agreement promises it too
    goes_on_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="came_from"
    )  # in the agreement that holds now, which keeps how it is followed

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["council", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

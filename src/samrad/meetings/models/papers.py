"""What is handed in to be read: on an item of a meeting, or for the meeting as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.classified import readable
from samrad.cooperation.models import Seat, overseen
from samrad.documents.models import Classified, StoredFile
from samrad.documents.rules import Classification
from samrad.kernel.ids import uuid7
from samrad.meetings.models.agenda import AgendaItem
from samrad.meetings.models.meetings import Meeting
from samrad.meetings.rules import MinutesState
from samrad.people.models import Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers as an actor may see that they are there; withdrawn ones too, with their reason."""

    def visible_to(self, actor: Actor) -> PaperQuerySet:
        """By seat and its own classification, where the item it belongs to is seen as well.

        As items are: once the agenda is sent, and before by who sets it; a covering level sees
        open papers when the minutes are approved.
        """
        sent = Q(meeting__called_at__isnull=False) | Q(
            meeting__council__in=actor.councils_where(Permission.AGENDA_SET)
        )
        item_is_seen = Q(item=None) | Q(item__in=AgendaItem.objects.visible_to(actor).values("pk"))
        return self.filter(
            item_is_seen
            & (
                (sent & readable(Paper, actor, council="meeting__council"))
                | (
                    Q(classification=Classification.OPEN)
                    & Q(meeting__minutes__state=MinutesState.APPROVED)
                    & overseen(actor, council="meeting__council")
                )
            )
        )


class Paper(Recorded, Classified):
    """A document the council reads before or at a meeting; it may have been replaced since."""

    trail_kind = "paper"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="papers"
    )
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["meeting", "order", "pk"]
        indexes = [models.Index(fields=["meeting", "item"], name="paper_of_meeting")]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.meeting.trail_chain

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is no longer to be read."""
        return self.withdrawn_at is not None

    @property
    def current(self) -> PaperVersion | None:
        """The version that counts; its page or list has fetched the versions."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)

    @property
    def earlier(self) -> list[PaperVersion]:
        """The versions that were replaced, latest first."""
        ordered = sorted(self.versions.all(), key=lambda version: version.number, reverse=True)
        return ordered[1:]


class PaperVersionQuerySet(models.QuerySet["PaperVersion"]):
    """Versions as an actor may see them."""

    def visible_to(self, actor: Actor) -> PaperVersionQuerySet:
        """Whoever sees the paper."""
        return self.filter(paper__in=Paper.objects.visible_to(actor).values("pk"))


class PaperVersion(models.Model):
    """The file of a paper from when it was added or replaced until the next one came."""

    ref = models.UUIDField(default=uuid7, unique=True, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(  # None once it was deleted for good
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    notes = models.JSONField(default=list)  # documents.intake.Note: what it gives away
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PaperVersionQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} v{self.number}"

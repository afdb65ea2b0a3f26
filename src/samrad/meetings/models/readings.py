"""Minutes that existed before: read in, waiting for a person to confirm them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.rules import ReadingState
from samrad.documents.models import StoredFile
from samrad.meetings.models.meetings import Meeting
from samrad.people.models import Person
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class MinutesReadingQuerySet(models.QuerySet["MinutesReading"]):
    """What was read in is seen by those who write the council's minutes."""

    def visible_to(self, actor: Actor) -> MinutesReadingQuerySet:
        """Those of the councils whose minutes the actor writes."""
        return self.filter(council__in=actor.councils_where(Permission.MINUTES_WRITE))

    def waiting(self) -> MinutesReadingQuerySet:
        """Those nobody has dealt with."""
        return self.filter(state=ReadingState.WAITING)


class MinutesReading(Recorded):
    """A document with minutes, as it was understood: the staging of an import."""

    trail_kind = "minutes_reading"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+"
    )  # gone once the reading is discarded
    result = models.JSONField()  # samrad.reading.minutes.ReadMinutes as JSON
    state = models.CharField(
        max_length=12, choices=ReadingState.choices(), default=ReadingState.WAITING
    )
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MinutesReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return self.file.name if self.file else str(self.ref)

    def get_absolute_url(self) -> str:
        """Where it is looked through and confirmed."""
        return address_of("meetings:reading", self.ref)

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

"""When a council meets, and each time its agenda went out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council, Seat, overseen
from samrad.followup.models import Decision
from samrad.meetings import words
from samrad.meetings.rules import (
    MeetingState,
)
from samrad.people.models import Person
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings as an actor may see them."""

    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        """Everybody with a seat; a covering level sees that and when meetings are held."""
        return self.filter(
            Q(council__in=actor.councils_where(Permission.COUNCIL_SEE)) | overseen(actor)
        )


class Meeting(Recorded):
    """A meeting of a council."""

    trail_kind = "meeting"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=12, choices=MeetingState.choices(), default=MeetingState.PLANNED
    )
    state_reason = models.TextField(blank=True)
    is_extra = models.BooleanField(default=False)  # beside the year's plan
    occasion = models.CharField(max_length=200, blank=True)  # why there is an extra meeting
    guests = models.ManyToManyField(Seat, blank=True, related_name="+")  # guest seats asked to come
    called_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    # Another time or place, or called off: when that was said.
    changed_at = models.DateTimeField(null=True, blank=True)
    # For calendars: rises whenever time, place or state of a called meeting change; and from which
    # one on answers count, since a yes to another time is none.
    sequence = models.PositiveIntegerField(default=0)
    answers_from = models.PositiveIntegerField(default=0)
    # What was planned in one press has this in common, so that it can be taken back as one.
    plan = models.UUIDField(null=True, blank=True, db_index=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["council", "starts_at"], name="meeting_of_council")]

    def __str__(self) -> str:
        return f"{self.council.name} {self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The meeting's own page."""
        return address_of("meetings:detail", self.ref)

    @property
    def state_name(self) -> str:
        """The state, for a reader."""
        return str(words.MEETING_STATES[MeetingState(self.state)])

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return words.MEETING_TONES[MeetingState(self.state)]

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    @property
    def has_been_written_on(self) -> bool:
        """Whether anything stands in its minutes or has been decided at it: one query."""
        return bool(written_on(self.items.all()).exists())


def decided_at(meeting: Meeting) -> models.QuerySet[Decision]:
    """What was decided under the items of the meeting."""
    items: Any = meeting.items
    return Decision.objects.filter(
        source_kind=items.model.trail_kind, source_ref__in=items.values("ref")
    )


def written_on(items: Any) -> Any:
    """Those of the agenda items under which something stands in the minutes or was decided."""
    decided = Decision.objects.filter(
        source_kind=items.model.trail_kind, source_ref=models.OuterRef("ref")
    )
    return items.filter(~Q(minutes_text="") | models.Exists(decided))


class AgendaSending(models.Model):
    """The agenda went out: when, to how many, how long before, and what it said (D3)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sendings")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lead_days = models.SmallIntegerField()
    recipients = models.PositiveSmallIntegerField()
    said = models.JSONField()  # rules.sending.Snapshot: fingerprints, and titles of open items only

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_sending_number"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} #{self.number}"

"""Who came, what was written down, and who approved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Seat, overseen
from samrad.kernel.clock import today
from samrad.meetings.readers import members_read_early
from samrad.meetings.rules import (
    CouldDecide,
    MinutesState,
    Presence,
)
from samrad.people.models import Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


from samrad.meetings.models.agenda import AgendaItem
from samrad.meetings.models.meetings import Meeting


class MinutesRevision(models.Model):
    """Every text that was acknowledged as saved, so that none is ever lost (D5)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "version"]
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="minutes_revision_version"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"


class Attendance(models.Model):
    """Who sat in which seat, and for whom (D4)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    presence = models.CharField(max_length=12, choices=Presence.choices())
    stand_in = models.CharField(max_length=200, blank=True)  # who sat there instead
    from_item = models.ForeignKey(  # came when this item was reached
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    until_item = models.ForeignKey(  # left after this item
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "seat__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat", "person"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.presence}"


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Minutes as an actor may see them; their text is read item by item."""

    def visible_to(self, actor: Actor) -> MinutesQuerySet:
        """Those who write and approve see drafts; members what is circulated; others approved.

        Where the profile has minutes approved before they are sent out, members wait for that too,
        unless one of them has to step in as approver, as the seats are filled today.
        """
        writers = actor.councils_where(Permission.MINUTES_WRITE) | actor.councils_where(
            Permission.MINUTES_APPROVE
        )
        seen = actor.councils_where(Permission.COUNCIL_SEE) - writers
        return self.filter(
            Q(meeting__council__in=writers)
            | self._read_early(actor, actor.councils_where(Permission.INTERNAL_SEE) - writers)
            | (
                Q(state=MinutesState.APPROVED)
                & (Q(meeting__council__in=seen) | overseen(actor, council="meeting__council"))
            )
        )

    def _read_early(self, actor: Actor, councils: frozenset[int]) -> Q:
        """Those of the councils where the actor is a member that went out and wait."""
        if not councils:
            return Q(pk__in=[])
        countries = actor.countries_of(councils)
        return (
            Q(meeting__council__in=councils)
            & ~Q(state=MinutesState.DRAFT)
            & members_read_early(MinutesApproval.objects.all(), today(), countries)
        )


class Minutes(Recorded):
    """The minutes of a meeting: their state; the text lies with each item."""

    trail_kind = "minutes"

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(
        max_length=12, choices=MinutesState.choices(), default=MinutesState.DRAFT
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    circulated_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    could_decide = models.CharField(
        max_length=12, choices=CouldDecide.choices(), default=CouldDecide.NOT_SAID
    )
    could_decide_note = models.CharField(max_length=300, blank=True)  # why not, or on what terms
    # What went out for approval (rules.said.Said, also what is restricted), until it is approved.
    sent = models.JSONField(null=True, blank=True)
    returned_comment = models.TextField(blank=True)  # why they came back, until they go out again
    returned_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MinutesQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def trail_chain(self) -> str:
        return self.meeting.trail_chain


class MinutesApproval(models.Model):
    """One of those who must approve has done so; the profile says who they are (D4)."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="approvals")
    function = models.CharField(max_length=12)  # chair | vice_chair | member stepping in
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "function"], name="minutes_approval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.function}"

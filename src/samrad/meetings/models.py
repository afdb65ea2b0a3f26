"""Meetings of a council, what is on their agenda, who came, and what was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from samrad.access.vocabulary import Permission
from samrad.cooperation.classified import readable
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.rules import Side
from samrad.documents.models import Classified
from samrad.documents.rules import Classification
from samrad.followup.models import Decision
from samrad.kernel.clock import today
from samrad.meetings import words
from samrad.meetings.readers import members_read_early
from samrad.meetings.rules import (
    ItemKind,
    Mandate,
    MeetingState,
    MinutesState,
    Presence,
    ProposalState,
)
from samrad.people.models import Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings as an actor may see them."""

    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        """Everybody with a seat; a covering level sees that and when meetings are held."""
        return self.filter(
            Q(council__in=actor.councils_where(Permission.COUNCIL_SEE))
            | Q(council__in=Council.objects.overseen_by(actor).values("pk"))
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
    guests = models.ManyToManyField(Seat, blank=True, related_name="+")  # guest seats asked to come
    called_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)

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
        return reverse("meetings:detail", args=[self.ref])

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
        decided = Decision.objects.filter(
            source_kind=AgendaItem.trail_kind, source_ref=models.OuterRef("ref")
        )
        return self.items.filter(~Q(minutes_text="") | models.Exists(decided)).exists()


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


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals as an actor may read them."""

    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        """By seat and classification, and always one's own; a covering level reads none."""
        own = Q(proposed_by=actor.person_id) if actor.person_id else Q(pk__in=[])
        return self.filter(readable(Proposal, actor) | own)


class Proposal(Recorded, Classified):
    """A matter that either side wants on the agenda (D3)."""

    trail_kind = "proposal"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="proposals")
    title = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=ItemKind.choices(), default=ItemKind.DISCUSSION)
    side = models.CharField(max_length=12, choices=Side.choices())
    proposed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=ProposalState.choices(), default=ProposalState.WAITING
    )
    answer = models.TextField(blank=True)
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["proposed_at", "pk"]
        indexes = [models.Index(fields=["council", "state"], name="proposal_of_council")]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Agenda items as an actor may read them."""

    def visible_to(self, actor: Actor) -> AgendaItemQuerySet:
        """By seat and classification, once the agenda is sent; who sets it reads it before.

        A covering level reads open items of approved minutes.
        """
        overseen = Council.objects.overseen_by(actor).values("pk")
        sent = Q(meeting__called_at__isnull=False) | Q(
            meeting__council__in=actor.councils_where(Permission.AGENDA_SET)
        )
        return self.filter(
            (sent & readable(AgendaItem, actor, council="meeting__council"))
            | (
                Q(classification=Classification.OPEN)
                & Q(meeting__minutes__state=MinutesState.APPROVED)
                & Q(meeting__council__in=overseen)
            )
        )


class AgendaItem(Recorded, Classified):
    """One matter on one meeting's agenda."""

    trail_kind = "agenda_item"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices(), default=ItemKind.DISCUSSION)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    presenter = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    mandate = models.CharField(max_length=12, choices=Mandate.choices(), default=Mandate.UNKNOWN)
    source_kind = models.CharField(max_length=40, blank=True)  # an unfinished decision or task
    source_ref = models.UUIDField(null=True, blank=True)
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")

    # What was said and settled, written in the meeting.
    needs_no_task = models.BooleanField(
        default=False
    )  # said by a person, so that nothing is flagged
    minutes_text = models.TextField(blank=True)
    minutes_version = models.PositiveIntegerField(default=0)
    minutes_saved_at = models.DateTimeField(null=True, blank=True)
    minutes_saved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.meeting.trail_chain

    @property
    def has_decisions(self) -> bool:
        """Whether anything has been decided under it: one query."""
        return Decision.objects.filter(source_kind=self.trail_kind, source_ref=self.ref).exists()


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
        return self.filter(
            Q(meeting__council__in=writers)
            | (
                ~Q(state=MinutesState.DRAFT)
                & members_read_early(MinutesApproval.objects.all(), today())
                & Q(meeting__council__in=actor.councils_where(Permission.INTERNAL_SEE))
            )
            | (
                Q(state=MinutesState.APPROVED)
                & (
                    Q(meeting__council__in=actor.councils_where(Permission.COUNCIL_SEE))
                    | Q(meeting__council__in=Council.objects.overseen_by(actor).values("pk"))
                )
            )
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

"""Who does what by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.cooperation.classified import readable
from samrad.cooperation.models import Council, Seat
from samrad.documents.models import Classified
from samrad.documents.rules import Classification
from samrad.followup import words
from samrad.followup.provisional import with_their_minutes
from samrad.followup.rules import DecisionState, Reminder, TaskState
from samrad.kernel.clock import today
from samrad.people.models import Organisation, Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


from samrad.followup.models.decisions import Decision, drafts_of, reads_without_drafts
from samrad.ui.addresses import address_of


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks as an actor may read them."""

    def visible_to(self, actor: Actor) -> TaskQuerySet:
        """By seat and classification, and whatever oneself or one's organisation is to do.

        A covering level reads no tasks. Those of a decision in draft minutes are for whoever writes
        or approves the minutes; when these go out, whoever has a task reads it, and the others read
        it with its decision.
        """
        mine = Q(responsible_person=actor.person_id) if actor.person_id else Q(pk__in=[])
        theirs = Q(responsible_organisation__in=actor.organisation_ids) & ~Q(
            classification=Classification.RESTRICTED
        )
        drafted = Q(decision__state=DecisionState.DRAFTED)
        read = readable(Task, actor)
        if reads_without_drafts(actor):
            provisional = Q(decision__state=DecisionState.PROVISIONAL)
            early = Decision.objects.filter(with_their_minutes(actor)).values("pk")
            read &= ~provisional | drafts_of(actor) | Q(decision__in=early)
        return self.filter(read | mine | theirs, ~drafted | drafts_of(actor))

    def given(self) -> TaskQuerySet:
        """Those that somebody has been given: not what stands in draft minutes."""
        return self.exclude(decision__state=DecisionState.DRAFTED)

    def open(self) -> TaskQuerySet:
        """Those nobody has closed."""
        return self.filter(state=TaskState.OPEN)

    def overdue(self, on: date) -> TaskQuerySet:
        """Those still open after their deadline."""
        return self.open().filter(deadline_date__lt=on)


class Task(Recorded, Classified):
    """Somebody does something by a day (D4)."""

    trail_kind = "task"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="tasks")
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    title = models.CharField(max_length=300)
    responsible_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    responsible_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    deadline_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=TaskState.choices(), default=TaskState.OPEN)
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.ManyToManyField(Seat, blank=True, related_name="+")
    given_date = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_read_in = models.BooleanField(default=False)  # from minutes of a time before
    postponements = models.PositiveSmallIntegerField(default=0)
    # Of the row it was written on, as a decision's.
    once = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["deadline_date", "pk"]
        indexes = [
            models.Index(fields=["council", "state", "deadline_date"], name="task_of_council"),
            models.Index(fields=["responsible_person", "state"], name="task_of_person"),
            models.Index(fields=["asked_by", "state"], name="task_asked_by"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    def get_absolute_url(self) -> str:
        """The task's own page."""
        return address_of("followup:task", self.ref)

    @property
    def responsible(self) -> Person | Organisation | None:
        """Who does it: a person, or an organisation that has not said who."""
        return self.responsible_person or self.responsible_organisation

    @property
    def responsible_name(self) -> str:
        """What whoever does it is called, unless the name is withheld."""
        if self.responsible_person is not None:
            return self.responsible_person.label
        return self.responsible_organisation.name if self.responsible_organisation else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == TaskState.OPEN

    def is_overdue(self, on: date) -> bool:
        """Whether the deadline has passed and the task is still open."""
        return (
            self.state == TaskState.OPEN
            and self.deadline_date is not None
            and self.deadline_date < on
        )

    @property
    def state_name(self) -> str:
        """The state, for a reader."""
        late = self.is_overdue(today())
        return str(words.OVERDUE if late else words.TASK_STATES[TaskState(self.state)])

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return "danger" if self.is_overdue(today()) else words.TASK_TONES[TaskState(self.state)]


class ProgressNote(models.Model):
    """How far somebody says that a task has come, while it is open. It is read as the task is."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    text = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.noted_at:%Y-%m-%d}"


class Told(models.Model):
    """Somebody was told of a task's deadline.

    Each step once for each deadline it has had and for each person who has had it: whoever comes
    to a task has not heard what the one before was told.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="told")
    deadline_date = models.DateField()
    # Who had the task then; nobody where it was an organisation's.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reminder = models.CharField(max_length=12, choices=Reminder.choices())
    told_date = models.DateField()

    class Meta:
        ordering = ["told_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "deadline_date", "reminder"],
                condition=Q(person=None),
                name="task_told_once",
            ),
            models.UniqueConstraint(
                fields=["task", "deadline_date", "reminder", "person"],
                condition=Q(person__isnull=False),
                name="task_told_each_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.reminder}"

    @property
    def what(self) -> str:
        """What was done, for a reader."""
        return str(words.TOLD[Reminder(self.reminder)])

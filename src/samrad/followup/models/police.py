"""What a council asks of the police, followed through the police's own system and back (E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.documents.rules import Classification
from samrad.followup import words
from samrad.followup.models.decisions import Decision
from samrad.followup.models.tasks import Task
from samrad.followup.rules import WITH_THE_POLICE, DecisionState, PoliceState, TaskState
from samrad.people.models import Organisation, Person
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class PoliceRequestQuerySet(models.QuerySet["PoliceRequest"]):
    """Requests as an actor may read them."""

    def visible_to(self, actor: Actor) -> PoliceRequestQuerySet:
        """For members, where they read the decision or the task; a covering level reads none.

        What is asked for is settled, so that only restriction divides its readers.
        """
        named = Q(task__responsible_person=actor.person_id) if actor.person_id else Q(pk__in=[])
        for model, one in ((Decision, "decision"), (Task, "task")):
            seats: Any = model.audience.through
            rows = seats.objects.filter(seat_id__in=actor.seat_ids)
            named |= Q(**{f"{one}__in": rows.values(f"{one}_id")})
        restricted = Q(decision__classification=Classification.RESTRICTED) | Q(
            task__classification=Classification.RESTRICTED
        )
        kept = Q(council__in=actor.councils_where(Permission.RESTRICTED_KEEP))
        return self.filter(
            ~restricted | kept | named, council__in=actor.councils_where(Permission.INTERNAL_SEE)
        )

    def pending(self) -> PoliceRequestQuerySet:
        """Those that lie with the police, of what is not closed."""
        return self.filter(
            Q(task__state=TaskState.OPEN) | Q(decision__state=DecisionState.BINDING),
            state__in=WITH_THE_POLICE,
        )


class PoliceRequest(Recorded):
    """A decision or a task asks for the police to be present somewhere."""

    trail_kind = "police_request"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.CASCADE, related_name="police_requests"
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.CASCADE, related_name="police_requests"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    wish = models.TextField()
    state = models.CharField(
        max_length=12, choices=PoliceState.choices(), default=PoliceState.ASKED
    )
    reference = models.CharField(max_length=60, blank=True)  # in the police's own system
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PoliceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=None, task__isnull=False)
                | Q(decision__isnull=False, task=None),
                name="police_request_of_one_thing",
            )
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="police_request_waiting")]

    def __str__(self) -> str:
        return str(self.thing)

    @property
    def thing(self) -> Decision | Task:
        """The decision or the task that asks for it."""
        found = self.decision or self.task
        assert found is not None  # noqa: S101 - a constraint of the table
        return found

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    @property
    def trail_restricted(self) -> bool:
        return self.thing.is_restricted

    @property
    def is_pending(self) -> bool:
        """Whether it lies with the police."""
        return self.state in WITH_THE_POLICE

    @property
    def state_name(self) -> str:
        """The state, for a reader."""
        return str(words.POLICE_STATES[PoliceState(self.state)])

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return words.POLICE_TONES[PoliceState(self.state)]

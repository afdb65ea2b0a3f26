"""Theme days, their workshops, who is named to come, and where outcomes were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.followup.models import Task
from samrad.gatherings.rules import SHOWN_TO_INVITED, ThemeDayState
from samrad.meetings.models import Proposal
from samrad.people.models import Organisation, Person
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class ThemeDayQuerySet(models.QuerySet["ThemeDay"]):
    """Theme days as an actor may see them."""

    def visible_to(self, actor: Actor) -> ThemeDayQuerySet:
        """Who arranges sees it from the start; the council and those invited once it is open."""
        seated = actor.councils_where(Permission.COUNCIL_SEE)
        invited = self.model.invited.through.objects.filter(council__in=seated)
        arranging = Q(council__in=actor.councils_where(Permission.MEETING_PLAN))
        theirs = Q(council__in=seated) | Q(pk__in=invited.values("themeday"))
        return self.filter(arranging | (Q(state__in=SHOWN_TO_INVITED) & theirs))


class ThemeDay(Recorded):
    """A day on one theme, arranged by a council for itself and those it invites (D8)."""

    trail_kind = "theme_day"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="theme_days")
    title = models.CharField(max_length=200)
    invitation = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    host = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nominate_by = models.DateField()
    state = models.CharField(
        max_length=12, choices=ThemeDayState.choices(), default=ThemeDayState.PLANNED
    )
    state_reason = models.TextField(blank=True)
    invited = models.ManyToManyField(Council, blank=True, related_name="+")

    objects = ThemeDayQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="theme_day_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The theme day's own page."""
        return address_of("gatherings:detail", self.ref)

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    """Workshops as an actor may see them."""

    def visible_to(self, actor: Actor) -> WorkshopQuerySet:
        """As their theme days are."""
        return self.filter(theme_day__in=ThemeDay.objects.visible_to(actor).values("pk"))

    def waiting(self) -> WorkshopQuerySet:
        """Those whose outcome went nowhere, and of which nobody said that it goes no further."""
        return self.filter(goes_no_further=False, sent_on=None)


class Workshop(Recorded):
    """A part of the programme; its outcome is written when the day has been held."""

    trail_kind = "workshop"

    theme_day = models.ForeignKey(ThemeDay, on_delete=models.CASCADE, related_name="workshops")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    led_by = models.CharField(max_length=200, blank=True)
    outcome = models.TextField(blank=True)
    goes_no_further = models.BooleanField(default=False)  # said by a person: nothing to send on

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["theme_day", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_chain(self) -> str:
        return self.theme_day.trail_chain


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Those who are named to come, as an actor may see them."""

    def visible_to(self, actor: Actor) -> NominationQuerySet:
        """All of them for the arranging council; one's own council's for the others."""
        inside = actor.councils_where(Permission.INTERNAL_SEE)
        own = Q(nominated_by=actor.person_id) if actor.person_id else Q(pk__in=[])
        return self.filter(Q(theme_day__council__in=inside) | Q(council__in=inside) | own)


class Nomination(Recorded):
    """Somebody an organisation names to take part, with what they are there as."""

    trail_kind = "nomination"

    theme_day = models.ForeignKey(ThemeDay, on_delete=models.CASCADE, related_name="nominations")
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=120, blank=True)
    workshop = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.SET_NULL, related_name="participants"
    )
    nominated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def trail_chain(self) -> str:
        return self.theme_day.trail_chain


class SentOn(models.Model):
    """Where an outcome went: onto a council's table as a proposal, or to somebody as a task."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sent_on")
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    to = models.CharField(max_length=200)  # the council or the organisation, by name
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.to

"""Whom to turn to about a theme, and who sits for us in other people's forums."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, keys_within
from samrad.areas.queries import is_near
from samrad.cooperation.models.councils import Council
from samrad.kernel.clock import today
from samrad.people.models import Organisation, Person
from samrad.profiles.reader import profile
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    """Contacts are for those who work together in the area."""

    def visible_to(self, actor: Actor) -> ContactPointQuerySet:
        """Those who work in the area or around it, sit in its councils, or oversee it."""
        if actor.is_anonymous:
            return self.none()
        seen = Q(is_near(actor.workplace_ids, on=today(), area="area")) | Q(
            area__in=Council.objects.entered_by(actor).values("area")
        )
        areas = actor.areas_where(Permission.COUNCIL_OVERSEE) | actor.areas_where(
            Permission.COUNCIL_SET_UP
        )
        if areas:
            seen |= Q(area__in=keys_within(areas, on=today()))
        return self.filter(seen)

    def current(self) -> ContactPointQuerySet:
        """Those that still hold."""
        return self.filter(ended_date=None)

    def within(self, area: Area) -> ContactPointQuerySet:
        """Those of the area and of what it contains."""
        return self.filter(area__in=keys_within([area.pk], on=today()))


class ContactPoint(Recorded):
    """Whom to turn to about a theme at a municipality, a station or a school (A5).

    A person by name, or whoever holds a role there.
    """

    trail_kind = "contact_point"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="contact_points")
    theme = models.CharField(max_length=120)  # a theme of the country's profile, or own words
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contact_points"
    )
    role = models.CharField(max_length=40, blank=True)  # a role code of the country's profile
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_points"
    )
    note = models.CharField(max_length=200, blank=True)
    ended_date = models.DateField(null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        ordering = ["area", "theme", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, role__gt="") | Q(person__isnull=False, role=""),
                name="contact_point_person_or_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme_name}, {self.organisation.name}"

    def get_absolute_url(self) -> str:
        """The contacts of its area."""
        return reverse("cooperation:contacts", args=[self.area.ref])

    @property
    def theme_name(self) -> str:
        """The theme in the reader's language, where the country's profile has a word for it."""
        words = profile(self.organisation.country).contact_themes.get(self.theme)
        return words.in_language(get_language() or "en") if words else self.theme

    @property
    def role_name(self) -> str:
        """What the role is called in the country, in the reader's language; empty for a person."""
        if not self.role:
            return ""
        return (
            profile(self.organisation.country)
            .role(self.role)
            .name.in_language(get_language() or "en")
        )


class RepresentationQuerySet(models.QuerySet["Representation"]):
    """Who sits where is known inside the cooperation, and to those who sit."""

    def visible_to(self, actor: Actor) -> RepresentationQuerySet:
        """Permanent members of the council that keeps the register, coordinators, and oneself."""
        found = Q(council__in=actor.councils_where(Permission.INTERNAL_SEE))
        if actor.person_id is not None:
            found |= Q(person=actor.person_id) | Q(stand_in=actor.person_id)
        areas = actor.areas_where(Permission.COUNCIL_SET_UP)
        if areas:
            found |= Q(council__area__in=keys_within(areas, on=today()))
        return self.filter(found)

    def on(self, day: date) -> RepresentationQuerySet:
        """Those that have begun by `day` and not ended before it."""
        return self.filter(Q(from_date__lte=day) & (Q(to_date=None) | Q(to_date__gte=day)))


class Representation(Recorded):
    """Somebody sits for us in a forum that is not ours, with a stand-in, from a day (A7)."""

    trail_kind = "representation"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="representations")
    forum = models.CharField(max_length=200)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represents")
    stand_in = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in"
    )
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        ordering = ["forum", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=models.F("from_date")),
                name="representation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.forum

    def get_absolute_url(self) -> str:
        """The register it stands in."""
        return reverse("cooperation:representation", args=[self.council.ref])

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain


class RepresentationNote(Recorded):
    """What came of it, in a few words and on a day."""

    trail_kind = "representation_note"

    representation = models.ForeignKey(
        Representation, on_delete=models.CASCADE, related_name="notes"
    )
    noted_date = models.DateField()
    text = models.CharField(max_length=500)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["representation", "-noted_date", "-pk"]

    def __str__(self) -> str:
        return f"{self.representation} {self.noted_date}"

    @property
    def trail_chain(self) -> str:
        return self.representation.trail_chain

"""Organisations, persons, and who is what where, from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext

from samrad.access.vocabulary import Permission
from samrad.areas.models import keys_within
from samrad.kernel.clock import today
from samrad.people.fields import Searchable
from samrad.people.rules import Delivery, chosen_delivery
from samrad.profiles.reader import profile
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor


def in_readers_language(words: Any) -> str:
    """A text of a profile as this reader reads it."""
    text: str = words.in_language(get_language() or "en")
    return text


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations are public facts."""

    def visible_to(self, actor: Actor) -> OrganisationQuerySet:
        """Everybody who has signed in sees which organisations there are."""
        return self.none() if actor.is_anonymous else self


class Organisation(Recorded):
    """A police unit, a municipality or one of its sectors, an agency, an association."""

    trail_kind = "organisation"

    kind = models.CharField(max_length=40)  # a kind of organisation in the country's profile
    country = models.CharField(max_length=2)
    name = models.CharField(max_length=200)
    folded = Searchable("name")
    short_name = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey(
        "areas.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="units"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["country", "kind"], name="organisation_country_kind")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organisation's own page."""
        return address_of("people:organisation", self.ref)

    @property
    def kind_name(self) -> str:
        """What such a body is called in its country, in the reader's language."""
        return in_readers_language(profile(self.country).organisation_kind(self.kind).name)

    @property
    def side(self) -> str:
        """Whose side of the table it sits on: police, municipality or other."""
        return str(profile(self.country).organisation_kind(self.kind).side)


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons are seen by those who work with them."""

    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Everybody who has signed in may look up a colleague, unless the name is withheld.

        A withheld name (N6) is seen by the person, by those who keep people where the person is
        appointed, and by the installation's administrators.
        """
        if actor.is_anonymous:
            return self.none()
        if actor.is_system or actor.manages_installation:
            return self
        seen = Q(name_withheld=False) | Q(pk=actor.person_id)
        kept = actor.areas_where(Permission.PEOPLE_MANAGE)
        if kept:
            within = keys_within(kept, on=today())
            posts = Appointment.objects.on(today()).filter(organisation__area__in=within)
            seen |= Q(pk__in=posts.values("person"))
        return self.filter(seen)

    def here_on(self, day: date) -> PersonQuerySet:
        """Those who have not left by `day`."""
        return self.filter(Q(left_date=None) | Q(left_date__gte=day))


class Person(Recorded):
    """Somebody who works with or for a council; never a citizen who is spoken of."""

    trail_kind = "person"

    name = models.CharField(max_length=200)
    folded = Searchable("name")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, blank=True)
    name_withheld = models.BooleanField(default=False)
    former_names = models.TextField(blank=True)  # a line each: covered with the name (N6)
    left_date = models.DateField(null=True, blank=True)
    mail_choices = models.JSONField(default=dict, blank=True)  # MailKind → Delivery, if not at once
    seen_at = models.DateTimeField(null=True, blank=True)  # the latest look at home that was noted
    before_at = models.DateTimeField(null=True, blank=True)  # the last look of the visit before
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What every list and page calls this person: the name, unless it is withheld (N6).

        The name itself stands where only those are who may look the person up: `visible_to`.
        """
        return gettext("Name withheld") if self.name_withheld else self.name

    @property
    def trail_label(self) -> str:
        """The name, which the trail keeps and covers when it tells of somebody withheld."""
        return self.name

    def get_absolute_url(self) -> str:
        """The person's own page."""
        return address_of("people:person", self.ref)

    def delivery_of(self, kind: str) -> Delivery:
        """How mail of a kind comes to this person."""
        return chosen_delivery(self.mail_choices, kind)

    def has_left_by(self, day: date) -> bool:
        """Whether the person was gone on `day`."""
        return self.left_date is not None and self.left_date < day


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Dated roles."""

    def on(self, day: date) -> AppointmentQuerySet:
        """Those in force on `day`, first and last day included."""
        return self.filter(Q(from_date__lte=day) & (Q(to_date=None) | Q(to_date__gte=day)))

    def meeting(self, start: date, end: date | None) -> AppointmentQuerySet:
        """Those that share a day with the span."""
        found = self.filter(Q(to_date=None) | Q(to_date__gte=start))
        return found if end is None else found.filter(from_date__lte=end)

    def visible_to(self, actor: Actor) -> AppointmentQuerySet:
        """As persons are."""
        return self.filter(person__in=Person.objects.visible_to(actor))


class Appointment(Recorded):
    """A person holds a role at an organisation from a day, to a day or until further notice."""

    trail_kind = "appointment"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(max_length=40)  # a role code of the country's profile
    title = models.CharField(max_length=120, blank=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    succeeds = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successor"
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=models.F("from_date")),
                name="appointment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "from_date"], name="appointment_once"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(to_date=None),
                name="appointment_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "from_date"], name="appointment_post"),
            models.Index(fields=["person", "from_date"], name="appointment_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} ({self.role}, {self.organisation})"

    @property
    def role_name(self) -> str:
        """The title given to this person, or what the country calls the role."""
        return self.title or in_readers_language(
            profile(self.organisation.country).role(self.role).name
        )

    def is_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Who is away."""

    def on(self, day: date) -> AbsenceQuerySet:
        """Those away on `day`."""
        return self.filter(from_date__lte=day, to_date__gte=day)


class Absence(Recorded):
    """A person is away from a day to a day; deputies step in (A4)."""

    trail_kind = "absence"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    from_date = models.DateField()
    to_date = models.DateField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__gte=models.F("from_date")),
                name="absence_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.name}: {self.from_date} – {self.to_date}"


class ContactPost(Recorded):
    """A place in the chain of who the municipality calls at the police (A4).

    Order 1 is the police contact, 2 the first deputy, and so on; who that is follows from the
    appointment to the role at the unit.
    """

    trail_kind = "contact_post"

    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="contact_posts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contact_posts"
    )
    role = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["area", "order"]
        constraints = [
            models.UniqueConstraint(fields=["area", "order"], name="contact_post_order"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.order}: {self.role}"

    @property
    def role_name(self) -> str:
        """What the country calls the role, in the reader's language."""
        return in_readers_language(profile(self.organisation.country).role(self.role).name)


class GrantQuerySet(models.QuerySet["ExplicitGrant"]):
    """Roles given by name."""

    def on(self, day: date) -> GrantQuerySet:
        """Those in force on `day`."""
        return self.filter(Q(from_date__lte=day) & (Q(to_date=None) | Q(to_date__gte=day)))

    def meeting(self, start: date, end: date | None) -> GrantQuerySet:
        """Those that share a day with the span."""
        found = self.filter(Q(to_date=None) | Q(to_date__gte=start))
        return found if end is None else found.filter(from_date__lte=end)


class ExplicitGrant(Recorded):
    """A role given by name rather than by seat or appointment, from a day, to a day."""

    trail_kind = "grant"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40)  # a role of samrad.access.vocabulary
    area = models.ForeignKey("areas.Area", null=True, blank=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=300)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person.name}: {self.role}"

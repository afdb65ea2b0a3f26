"""Who there is: organisations, persons, appointments (role at organisation, from–to), accounts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from samrad.people.rules import OrganisationKind
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail address in lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """Make an account; without a password it can only be entered by invitation or agency."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do comes from the person's appointments alone."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The person's name where there is one."""
        person = getattr(self, "person", None)
        return person.name if person else self.email


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations are public facts."""

    def visible_to(self, actor: Actor) -> OrganisationQuerySet:
        """Everybody who has signed in sees which organisations there are."""
        return self.none() if actor.is_anonymous else self


class Organisation(Recorded):
    """A police unit, a municipality or one of its sectors, an agency, an association."""

    trail_kind = "organisation"

    kind = models.CharField(max_length=40, choices=OrganisationKind.choices())
    country = models.CharField(max_length=2)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=20, blank=True)
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


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons are seen by those who work with them."""

    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Everybody who has signed in may look up a colleague, unless the name is withheld.

        A withheld name (N6) is seen by the person and by those who manage people.
        """
        from samrad.access.vocabulary import Permission  # noqa: PLC0415

        if actor.is_anonymous:
            return self.none()
        if actor.holds_anywhere(Permission.PEOPLE_MANAGE):
            return self
        return self.filter(Q(name_withheld=False) | Q(pk=actor.person_id))


class Person(Recorded):
    """Somebody who works with or for a council; never a citizen who is spoken of."""

    trail_kind = "person"

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, blank=True)
    name_withheld = models.BooleanField(default=False)
    left_date = models.DateField(null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Dated roles."""

    def on(self, day: date) -> AppointmentQuerySet:
        """Those in force on `day`, first and last day included."""
        return self.filter(Q(from_date__lte=day) & (Q(to_date=None) | Q(to_date__gte=day)))

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

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=models.F("from_date")),
                name="appointment_ends_after_it_begins",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "from_date"], name="appointment_post"),
            models.Index(fields=["person", "from_date"], name="appointment_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.role}, {self.organisation})"


class Absence(Recorded):
    """A person is away from a day to a day; deputies step in (A4)."""

    trail_kind = "absence"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    from_date = models.DateField()
    to_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__gte=models.F("from_date")),
                name="absence_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.from_date} – {self.to_date}"


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


class ExplicitGrant(Recorded):
    """A role given by name rather than by seat or appointment, from a day, to a day."""

    trail_kind = "grant"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40)  # a role of samrad.access.vocabulary
    area = models.ForeignKey("areas.Area", null=True, blank=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=300)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Invitation(Recorded):
    """A mailed invitation to make an account; the link works once, for a person, for a while."""

    trail_kind = "invitation"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person} {self.invited_at:%Y-%m-%d}"

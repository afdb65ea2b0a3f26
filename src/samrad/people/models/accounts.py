"""Accounts, the invitations that lead to them, and the people a visitor of the demo can be."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string, salted_hmac

from samrad.people.models.register import Person
from samrad.people.rules import InvitationState, invitation_state
from samrad.trail.models import INSTALLATION, Recorded


def new_session_seed() -> str:
    """What the sessions of an account hang on; another seed ends them all."""
    return get_random_string(16)


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
    session_seed = models.CharField(max_length=16, default=new_session_seed, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The person's name where there is one."""
        person = getattr(self, "person", None)
        return person.name if person else self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session lasts until the password or the seed of the account changes."""
        salt = "samrad.people.models.User.session"
        value = f"{self.password}:{self.session_seed}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about links that were mailed."""

    def waiting(self) -> InvitationQuerySet:
        """Neither used nor withdrawn; some may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


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

    objects = InvitationQuerySet.as_manager()

    url = ""  # known only to the one who has just made the invitation

    def __str__(self) -> str:
        return f"{self.person.name} {self.invited_at:%Y-%m-%d}"

    def state_at(self, at: datetime) -> InvitationState:
        """Where it stands at a moment."""
        return invitation_state(
            at=at,
            expires_at=self.expires_at,
            accepted_at=self.accepted_at,
            withdrawn_at=self.withdrawn_at,
        )


class DemoMarker(models.Model):
    """This database holds the demo. Written when the demo is loaded, never anywhere else."""

    key = models.CharField(max_length=12, primary_key=True, default=INSTALLATION, editable=False)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(key=INSTALLATION), name="demo_marker_once"),
        ]

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d}"


class DemoPerson(models.Model):
    """Somebody a visitor of the demo can be, with what to try as them."""

    marker = models.ForeignKey(DemoMarker, on_delete=models.CASCADE, related_name="people")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="demo")
    group = models.CharField(max_length=200)  # the name of the council
    hint = models.JSONField(default=dict)  # words by language
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.group}: {self.person}"

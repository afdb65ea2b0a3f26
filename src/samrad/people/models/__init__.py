"""Who there is: organisations, persons, appointments (role at organisation, from–to), accounts."""

from samrad.people.models.accounts import DemoMarker, DemoPerson, Invitation, User
from samrad.people.models.register import (
    Absence,
    Appointment,
    ContactPost,
    ExplicitGrant,
    Organisation,
    Person,
)

__all__ = [
    "Absence",
    "Appointment",
    "ContactPost",
    "DemoMarker",
    "DemoPerson",
    "ExplicitGrant",
    "Invitation",
    "Organisation",
    "Person",
    "User",
]

"""Who analyses: those whose role takes data in and answers questions, and where they work."""

from __future__ import annotations

from datetime import date

from samrad.access.actor import Actor
from samrad.people.models import Appointment, Organisation
from samrad.people.models.register import AppointmentQuerySet
from samrad.profiles.reader import profile


def posts_of_analysts(country: str, *, on: date) -> AppointmentQuerySet:
    """The appointments of a country's analysts that are in force."""
    roles = [one.code for one in profile(country).roles if one.analyses]
    return Appointment.objects.on(on).filter(role__in=roles, organisation__country=country)


def where_one_analyses(by: Actor, country: str, *, on: date) -> Organisation | None:
    """The organisation at which somebody is an analyst; None where that is by no appointment.

    Not any they belong to: an analyst may sit for a municipality as well.
    """
    posts = posts_of_analysts(country, on=on).filter(person=by.person_id or 0)
    post = posts.select_related("organisation").order_by("from_date", "pk").first()
    return post.organisation if post else None

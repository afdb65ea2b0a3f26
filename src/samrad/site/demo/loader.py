"""Filling an empty database with the demo: all of it, in the order of time, or nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from samrad.access.actor import SYSTEM
from samrad.access.vocabulary import Role
from samrad.areas.actions import load_structure
from samrad.areas.packaged import packaged_structure
from samrad.areas.rules.kinds import Country
from samrad.areas.rules.reading import read_structure
from samrad.cooperation.models import Council
from samrad.kernel.clock import day_of, held_at, now, today
from samrad.people.api import add_organisation, grant_role, register_person
from samrad.people.models import DemoMarker, DemoPerson, Organisation, Person, User
from samrad.search.actions import rebuild
from samrad.site.demo.agreements import tell_of_drafts
from samrad.site.demo.bodies import tell_of_bodies
from samrad.site.demo.calls import TAKE_IN_CALLS
from samrad.site.demo.figures import TAKE_IN_FIGURES
from samrad.site.demo.files import read, text_of
from samrad.site.demo.meetings import tell_of_meetings
from samrad.site.demo.theme_days import tell_of_theme_days
from samrad.site.demo.two_sides import tell_of_two_sides
from samrad.site.demo.wheel import tell_of_wheels
from samrad.site.demo.world import Timeline, World, address_of
from samrad.work.api import Job, enqueue
from samrad.work.registry import task_named
from samrad.work.rules import JobState

COUNTRIES = ("no", "dk", "se")
INSTALLATION = "installation"
A_MOMENT = timedelta(seconds=20)
LAST_VISIT = timedelta(days=30)


class NotLoaded(Exception):
    """The demo was not loaded; the message says why and what to do."""


def load() -> int:
    """Load the demo and say how many steps were told; a database that has it is left alone."""
    if DemoMarker.objects.exists():
        return 0
    if any(model._default_manager.exists() for model in (User, Person, Organisation, Council)):
        message = "This database is in use. The demo is loaded into an empty one: choose another."
        raise NotLoaded(message)
    if settings.MAIL_URL:
        message = "The demo keeps its mail in the data folder: unset SAMRAD_MAIL_URL first."
        raise NotLoaded(message)
    with transaction.atomic():
        told = _tell()
    deliver_what_was_sent()
    rebuild(at=now())
    leave_the_figures_to_the_worker()
    return told


@transaction.atomic
def leave_the_figures_to_the_worker() -> None:
    """Denmark's figures take some seconds, and nobody waits for them at the door."""
    if "dk" in COUNTRIES:
        enqueue(TAKE_IN_FIGURES)
        enqueue(TAKE_IN_CALLS)


def _tell() -> int:
    """Note the steps of every country, take them in order, and mark the database as the demo's."""
    timeline = Timeline()
    worlds = [World(read(name), timeline, today()) for name in COUNTRIES]
    installation = read(INSTALLATION)
    first = worlds[0].days.day(min(world.data["started"] for world in worlds) - 7)
    start = worlds[0].days.moment(first, "08:00")
    with held_at(start):
        _load_areas(start)
        administrator = _appoint_administrator(installation, start)
    for world in worlds:
        world.tell_of_people(administrator)
        world.tell_of_councils()
        tell_of_bodies(world)
        tell_of_meetings(world)
        tell_of_wheels(world)
        tell_of_theme_days(world)
        tell_of_two_sides(world)
        tell_of_drafts(world)
    told = timeline.run(until=now())
    _mark(worlds, installation, administrator)
    return told


def _load_areas(at: datetime) -> None:
    for country in Country:
        load_structure(structure=packaged_structure(country), by=SYSTEM, at=at)
    named = read_structure(text_of("named_areas.toml"), text_of, called="named_areas.toml")
    load_structure(structure=named, by=SYSTEM, at=at)


def _appoint_administrator(data: dict[str, Any], at: datetime) -> Person:
    """Whoever runs the installation is the only one whom nobody but the program appoints."""
    organisation = add_organisation(
        kind=data["kind"], country=data["country"], name=data["organisation"], area=None,
        by=SYSTEM, at=at,
    )  # fmt: skip
    person = register_person(
        name=data["name"],
        organisation=organisation,
        role=data["role"],
        title=data["title"],
        from_date=day_of(at),
        email=address_of(data["name"]),
        language=data["language"],
        by=SYSTEM,
        at=at,
    ).person
    grant_role(
        person=person, role=Role.ADMINISTRATOR, reason=data["reason"], from_date=day_of(at),
        by=SYSTEM, at=at,
    )  # fmt: skip
    return person


def _mark(worlds: list[World], installation: dict[str, Any], administrator: Person) -> None:
    """Say that this is the demo, and whom a visitor can be in it."""
    marker = DemoMarker.objects.create(loaded_at=now())
    parts = [
        (group["name"], world.people[key], hint)
        for world in worlds
        for group in world.data["visit"]
        for key, hint in group["as"].items()
    ]
    parts.append((installation["group"], administrator, installation["hint"]))
    DemoPerson.objects.bulk_create(
        DemoPerson(marker=marker, person=person, group=group, hint=hint, order=order)
        for order, (group, person, hint) in enumerate(parts, start=1)
    )
    # They have been here before, so that their home tells what has happened since.
    Person.objects.exclude(demo=None).update(seen_at=marker.loaded_at - LAST_VISIT)


@transaction.atomic
def deliver_what_was_sent() -> None:
    """Let every mail of the story arrive when it was sent, so that none of it is news tomorrow.

    The jobs are done as a worker does them, but for leasing them one by one: nobody else works yet.
    Nothing leaves the machine: without a mail server, mail is kept in the data folder.
    """
    waiting = list(Job.objects.filter(state=JobState.WAITING).order_by("due_at", "pk"))
    for job in waiting:
        with held_at(job.due_at + A_MOMENT):
            task_named(job.name).work(**job.arguments)
    Job.objects.filter(pk__in=[job.pk for job in waiting]).update(
        state=JobState.DONE, finished_at=now(), attempts=1, arguments={}
    )

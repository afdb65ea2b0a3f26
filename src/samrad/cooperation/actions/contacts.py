"""Contact points by theme, and who represents us where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.areas.models import Area
from samrad.cooperation import as_written, events
from samrad.cooperation.models import (
    ContactPoint,
    Council,
    Representation,
    RepresentationNote,
)
from samrad.cooperation.permissions import (
    has_come_of_it,
    is_stood_in_for,
    may_keep_contact_points,
    may_keep_representation,
    may_note_representation,
)
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise_line
from samrad.people.models import Organisation, Person
from samrad.profiles.reader import profile
from samrad.trail.api import record


@dataclass(frozen=True)
class WantedContact:
    """Whom to turn to: a person by name, or whoever holds a role there."""

    theme: str
    organisation: Organisation
    role: str = ""
    person: Person | None = None
    note: str = ""


@transaction.atomic
def add_contact_point(
    *, area: Area, wanted: WantedContact, by: Actor, at: datetime
) -> ContactPoint:
    """One more contact in an area."""
    may_keep_contact_points(by, area).enforce()
    made = ContactPoint(area=area)
    _fill(made, wanted)
    made.save(force_insert=True)
    record(events.CONTACT_POINT_ADDED, about=made, by=by, at=at)
    return made


@transaction.atomic
def change_contact_point(
    *, point: ContactPoint, wanted: WantedContact, by: Actor, at: datetime, seen: str = ""
) -> None:
    """Somebody else, or for another theme."""
    point = locked(point, "area", "organisation")
    may_keep_contact_points(by, point.area).enforce()
    enforce_seen(seen, as_written.of_contact(point))
    _fill(point, wanted)
    point.save()
    record(events.CONTACT_POINT_CHANGED, about=point, by=by, at=at)


def _fill(point: ContactPoint, wanted: WantedContact) -> None:
    if wanted.role:
        profile(wanted.organisation.country).role(wanted.role)
    point.theme = normalise_line(wanted.theme)
    point.organisation = wanted.organisation
    point.person, point.role = wanted.person, "" if wanted.person else wanted.role
    point.note = normalise_line(wanted.note)


@transaction.atomic
def end_contact_point(*, point: ContactPoint, by: Actor, at: datetime) -> None:
    """Nobody is the contact any longer."""
    point = locked(point, "area", "organisation")
    may_keep_contact_points(by, point.area).enforce()
    point.ended_date = day_of(at, profile(point.area.country).zone)
    point.save(update_fields=["ended_date"])
    record(events.CONTACT_POINT_ENDED, about=point, by=by, at=at)


@dataclass(frozen=True)
class WantedRepresentation:
    """Who is to sit for us, where, and who stands in."""

    forum: str
    person: Person
    from_date: date
    area: Area | None = None
    stand_in: Person | None = None
    to_date: date | None = None


@transaction.atomic
def send_representative(
    *, council: Council, wanted: WantedRepresentation, by: Actor, at: datetime
) -> Representation:
    """Somebody sits for us in a forum that is not ours."""
    council = locked(council, "area")
    may_keep_representation(by, council).enforce()
    is_stood_in_for(wanted.person, wanted.stand_in).enforce()
    made = Representation.objects.create(
        council=council,
        forum=normalise_line(wanted.forum),
        area=wanted.area,
        person=wanted.person,
        stand_in=wanted.stand_in,
        from_date=wanted.from_date,
        to_date=wanted.to_date,
    )
    record(events.REPRESENTATIVE_SENT, about=made, by=by, at=at, person=wanted.person.name)
    return made


@transaction.atomic
def change_representation(
    *,
    representation: Representation,
    wanted: WantedRepresentation,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> None:
    """Somebody else sits there, somebody else stands in, or it has come to an end."""
    one = locked(representation, "council__area")
    may_keep_representation(by, one.council).enforce()
    enforce_seen(seen, as_written.of_representation(one))
    is_stood_in_for(wanted.person, wanted.stand_in).enforce()
    one.forum, one.area = normalise_line(wanted.forum), wanted.area
    one.person, one.stand_in = wanted.person, wanted.stand_in
    one.from_date, one.to_date = wanted.from_date, wanted.to_date
    one.save()
    record(events.REPRESENTATION_CHANGED, about=one, by=by, at=at, person=wanted.person.name)


@transaction.atomic
def note_representation(
    *, representation: Representation, noted_date: date, text: str, by: Actor, at: datetime
) -> RepresentationNote:
    """What came of it, on a day."""
    one = locked(representation, "council__area")
    may_note_representation(by, one).enforce()
    has_come_of_it(noted_date, day_of(at, one.council.zone)).enforce()
    made = RepresentationNote.objects.create(
        representation=one,
        noted_date=noted_date,
        text=normalise_line(text),
        noted_by=Person.objects.get(pk=by.person_id or 0),
    )
    record(events.REPRESENTATION_NOTED, about=one, by=by, at=at, day=noted_date.isoformat())
    return made

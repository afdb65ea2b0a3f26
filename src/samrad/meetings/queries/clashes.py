"""Whose meetings could get in the way of those that are being planned, told in words.

Somebody who plans sees when the people of their council are busy, as in any calendar; in what, they
see only where they see that council's meetings anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.access.actor import Actor
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.rules import SeatFunction
from samrad.cooperation.seats import FilledSeat, seats_filled_in
from samrad.kernel.clock import today
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.clashes import Clash, ClashKind, Slot, clashes_of, days_blocked
from samrad.people.models import Appointment
from samrad.ui.formats import clock
from samrad.ui.sorting import name_key

NAMED = 3  # so many names in a sentence; the rest is a number


@dataclass(frozen=True)
class ClashTold:
    """A clash as a sentence; a hard one is shown as a warning."""

    text: str
    is_hard: bool


@dataclass(frozen=True)
class Surroundings:
    """Who sits in the councils that are planned, and what else these people have to go to."""

    persons: Mapping[int, frozenset[int]]  # by council
    names: Mapping[int, str]
    held: Sequence[Slot]
    told: Mapping[str, str] = field(default_factory=dict)  # whose meeting it is, where that is seen

    def slot(self, key: str, council: Council, starts: datetime, ends: datetime) -> Slot:
        """A meeting that is wanted."""
        zone = ZoneInfo(council.zone)
        return Slot(
            key=key,
            council=council.pk,
            area=council.area_id,
            day=starts.astimezone(zone).date(),
            starts=starts.astimezone(zone),
            ends=ends.astimezone(zone),
            persons=self.persons.get(council.pk, frozenset()),
        )

    def blocked(self, like: Slot, also: Sequence[Slot] = ()) -> set[date]:
        """The days on which somebody has to be elsewhere at those hours."""
        return days_blocked(like, [*self.held, *also])

    def clashes(self, wanted: Sequence[Slot], councils: Iterable[Council]) -> Clashes:
        """What stands in the way of each of the wanted meetings."""
        names = {council.pk: council.name for council in councils}
        own = {slot.key: names[slot.council] for slot in wanted}
        here = replace(self, told={**self.told, **own})
        found = clashes_of(wanted, self.held)
        return {key: here.in_words(clashes) for key, clashes in found.items()}

    def in_words(self, clashes: Iterable[Clash]) -> list[ClashTold]:
        """Those that may be told, the hard ones first."""
        told = [self._told(clash) for clash in clashes]
        return list(dict.fromkeys(one for one in told if one))

    def _told(self, clash: Clash) -> ClashTold | None:
        other = clash.other
        council = self.told.get(other.key, "")
        facts = {
            "who": self._who(clash.persons),
            "council": council,
            "from": clock(other.starts, other.starts.tzinfo),
            "to": clock(other.ends, other.ends.tzinfo),
        }
        sentence = _sentence(clash.kind, len(clash.persons), named=bool(council))
        return ClashTold(sentence % facts, clash.kind == ClashKind.PERSON) if sentence else None

    def _who(self, persons: Collection[int]) -> str:
        names = sorted((self.names[key] for key in persons if key in self.names), key=name_key)
        if len(names) <= NAMED:
            return ", ".join(names)
        more = len(names) - NAMED
        rest = ngettext("%(n)s more", "%(n)s more", more) % {"n": more}
        return _("%(names)s and %(rest)s") % {"names": ", ".join(names[:NAMED]), "rest": rest}


Clashes = dict[str, list[ClashTold]]


def _sentence(kind: ClashKind, persons: int, *, named: bool) -> str:
    if kind == ClashKind.AREA:
        return _("%(council)s meets in the same area that day, %(from)s–%(to)s.") if named else ""
    if kind == ClashKind.PERSON and named:
        return ngettext(
            "%(who)s is in %(council)s at that time, %(from)s–%(to)s.",
            "%(who)s are in %(council)s at that time, %(from)s–%(to)s.",
            persons,
        )
    if kind == ClashKind.PERSON:
        return ngettext(
            "%(who)s is in another meeting at that time, %(from)s–%(to)s.",
            "%(who)s are in another meeting at that time, %(from)s–%(to)s.",
            persons,
        )
    if not named:
        return ""
    return ngettext(
        "%(who)s is in %(council)s the same day, %(from)s–%(to)s.",
        "%(who)s are in %(council)s the same day, %(from)s–%(to)s.",
        persons,
    )


def surroundings_of(
    councils: Sequence[Council],
    actor: Actor,
    first: date,
    last: date,
    *,
    without: Meeting | None = None,
) -> Surroundings:
    """Everything from the first day to the last that could be in the way: three queries.

    `without` is the meeting that is moved: it is not in its own way.
    """
    on = today()
    filled = seats_filled_in(councils, on)
    persons = {key: _persons(seats) for key, seats in filled.items()}
    everybody = frozenset().union(*persons.values())
    around = _meetings_around(councils, everybody, actor, first, last)
    meetings = [one for one in around if without is None or one.pk != without.pk]
    others = {one.council_id: one.council for one in meetings if one.council_id not in persons}
    theirs = seats_filled_in(others.values(), on) if others else {}
    sitting = {**persons, **{key: _persons(seats) for key, seats in theirs.items()}}
    return Surroundings(
        persons=persons,
        names=_names([*filled.values()]),
        held=[_slot(one, sitting[one.council_id]) for one in meetings],
        told={_key(one): one.council.name for one in meetings if getattr(one, "is_seen", False)},
    )


def _persons(seats: Iterable[FilledSeat]) -> frozenset[int]:
    """Those who are called each time; guests come when they are asked."""
    return frozenset(one.pk for seat in seats if not seat.is_guest for one in seat.persons)


def _names(filled: Iterable[Iterable[FilledSeat]]) -> dict[int, str]:
    return {
        person.pk: f"{person.label} ({one.seat})" if person.name_withheld else person.label
        for seats in filled
        for one in seats
        for person in one.persons
    }


def _meetings_around(
    councils: Sequence[Council], persons: Collection[int], actor: Actor, first: date, last: date
) -> QuerySet[Meeting]:
    """Of these councils, of those their people sit in as well, and of those in the same areas."""
    on, zone = today(), ZoneInfo(councils[0].zone)
    posts = Appointment.objects.on(on).filter(
        person__in=persons, organisation=OuterRef("organisation"), role=OuterRef("role")
    )
    seats = Seat.objects.on(on).exclude(function=SeatFunction.GUEST).filter(Exists(posts))
    seen = Meeting.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    return (
        Meeting.objects.filter(
            Q(council__in=[one.pk for one in councils])
            | Q(council__in=seats.values("council"))
            | Q(council__area__in={one.area_id for one in councils}),
            starts_at__gte=datetime.combine(first, time(), zone),
            starts_at__lt=datetime.combine(last + timedelta(days=1), time(), zone),
        )
        .exclude(state=MeetingState.CANCELLED)
        .select_related("council")
        .annotate(is_seen=Exists(seen))
        .order_by("starts_at")
    )


def _key(meeting: Meeting) -> str:
    return f"held-{meeting.pk}"


def _slot(meeting: Meeting, persons: frozenset[int]) -> Slot:
    zone = ZoneInfo(meeting.council.zone)
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    day = meeting.starts_at.astimezone(zone).date()
    council = meeting.council
    return Slot(_key(meeting), council.pk, council.area_id, day, starts, ends, persons)

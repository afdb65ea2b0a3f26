"""What the home page shows besides what waits: councils with how they stand, and the installation.

Councils take two queries, whether somebody sits in one or oversees a nation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.vocabulary import Permission
from samrad.areas.rules.kinds import Country
from samrad.cooperation.models import Agreement, Council, oversees
from samrad.cooperation.rules import AgreementState, SeatFunction
from samrad.cooperation.seats import seats_filled_in
from samrad.kernel.clock import today
from samrad.meetings.models import Called, Meeting, Minutes
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.meetings.rules.invitations import Answer
from samrad.people.models import Invitation, Organisation, Person
from samrad.people.queries.directory import first_coordinator
from samrad.post.models import Message
from samrad.profiles.model import AGREED_LEVELS, Level
from samrad.profiles.reader import profile
from samrad.ui.sorting import by_name
from samrad.work.api import QueueFigures, heartbeat_age, queue_figures

SHOWN = 15
COUNCILS_SHOWN = 10  # of those overseen
LIVELY = 60.0  # seconds since a worker was last seen
SLOW = timedelta(days=21)  # minutes that have waited longer than this want a look
# All but groups that end when they have delivered.
REGULAR_LEVELS = frozenset(set(Level) - {Level.EXECUTING, Level.PROJECT, Level.NETWORK})


@dataclass(frozen=True)
class Standing:
    """A council with how it stands: what comes next, what became of the last meeting."""

    council: Council
    is_mine: bool
    meets_regularly: bool
    needs_agreement: bool
    has_agreement: bool
    next: Meeting | None
    last: Meeting | None
    at: datetime

    @property
    def minutes(self) -> Minutes | None:
        """The minutes of the last meeting, if they have been begun."""
        return getattr(self.last, "minutes", None)

    @property
    def is_approved(self) -> bool:
        """Whether the minutes of the last meeting count."""
        return self.minutes is not None and self.minutes.state == MinutesState.APPROVED

    @property
    def is_waiting(self) -> bool:
        """Whether they are out for approval."""
        return self.minutes is not None and self.minutes.state == MinutesState.CIRCULATED

    @property
    def is_slow(self) -> bool:
        """Whether the minutes of the last meeting have been on their way for too long."""
        return self.last is not None and not self.is_approved and self.at - self.last.ends_at > SLOW

    @property
    def lacks_meeting(self) -> bool:
        """Whether a council that meets regularly has no meeting planned."""
        return self.meets_regularly and self.next is None

    @property
    def lacks_agreement(self) -> bool:
        """Whether a council that rests on an agreement has none in force."""
        return self.needs_agreement and not self.has_agreement

    @property
    def wants_a_look(self) -> bool:
        """Whether something is missing that a council should have."""
        return self.lacks_meeting or self.lacks_agreement or self.is_slow


@dataclass(frozen=True)
class Standings:
    """The actor's own councils, and of those overseen the ones that lack most, with how many."""

    mine: list[Standing]
    overseen: list[Standing]
    number_overseen: int

    @property
    def are_many(self) -> bool:
        """Whether more are overseen than are shown."""
        return self.number_overseen > len(self.overseen)


def standings(actor: Actor, at: datetime) -> Standings:
    """How the councils at work that the actor sees stand; they are counted in the same query."""
    mine = actor.councils_where(Permission.COUNCIL_SEE)
    if not oversees(actor):
        return Standings(_standings(_seen(actor, at), mine, at), [], 0)
    councils: list[Any] = _lacking_most(actor, at)
    found = _standings(councils, mine, at)
    own = [one for one in found if one.is_mine]
    return Standings(
        mine=own,
        overseen=[one for one in found if not one.is_mine][:COUNCILS_SHOWN],
        number_overseen=councils[0].number - len(own) if councils else 0,
    )


@prepared
def _seen(actor: Actor, at: datetime) -> QuerySet[Council]:
    seen = Council.objects.visible_to(actor).active()
    return _with_meetings(seen, at).order_by(by_name(), "pk")


@prepared
def _lacking_most(actor: Actor, at: datetime) -> QuerySet[Council]:
    """My own councils, and of the others those that lack most; each with how many there are."""
    seen = _with_meetings(Council.objects.visible_to(actor).active(), at)
    marked = seen.annotate(lacking=_lacking(actor, at), number=Window(Count("pk")))
    mine = actor.councils_where(Permission.COUNCIL_SEE)
    return marked.order_by("lacking", by_name(), "pk")[: COUNCILS_SHOWN + len(mine)]


def standings_of(councils: Sequence[Council], actor: Actor, at: datetime) -> list[Standing]:
    """Those of the councils that are at work; the actor sees them all."""
    mine = actor.councils_where(Permission.COUNCIL_SEE)
    return _standings(_known([one.pk for one in councils], at), mine, at)


@prepared
def _known(councils: list[int], at: datetime) -> QuerySet[Council]:
    return _with_meetings(Council.objects.filter(pk__in=councils).active(), at)


def _standings(councils: Iterable[Council], mine: frozenset[int], at: datetime) -> list[Standing]:
    councils = list(councils)
    keys = {key for one in councils for key in (one.next_pk, one.last_pk) if key}  # type: ignore[attr-defined]
    meetings = {meeting.pk: meeting for meeting in _with_minutes(list(keys))} if keys else {}
    return [_standing(one, meetings, mine, at) for one in councils]


@prepared
def _with_minutes(meetings: list[int]) -> QuerySet[Meeting]:
    """With how many of those called said that they cannot come."""
    declined = Called.objects.filter(
        meeting=OuterRef("pk"), answer=Answer.DECLINED, person__left_date=None
    )
    number = declined.order_by().values("meeting").annotate(number=Count("pk")).values("number")
    found = Meeting.objects.filter(pk__in=meetings).select_related("minutes")
    return found.annotate(declined=Subquery(number))


def _standing(
    council: Council, meetings: dict[int, Meeting], mine: frozenset[int], at: datetime
) -> Standing:
    found = Standing(
        council=council,
        is_mine=council.pk in mine,
        meets_regularly=(council.country, council.tier) in tiers_at(REGULAR_LEVELS),
        needs_agreement=(council.country, council.tier) in tiers_at(AGREED_LEVELS),
        has_agreement=council.has_agreement,  # type: ignore[attr-defined]
        next=meetings.get(council.next_pk),  # type: ignore[attr-defined]
        last=meetings.get(council.last_pk),  # type: ignore[attr-defined]
        at=at,
    )
    for meeting in (found.next, found.last):
        if meeting:
            meeting.council = council
    return found


def _with_meetings(councils: QuerySet[Council], at: datetime) -> QuerySet[Council]:
    of_council = Meeting.objects.filter(council=OuterRef("pk")).exclude(
        state=MeetingState.CANCELLED
    )
    coming = of_council.filter(ends_at__gte=at).order_by("starts_at")
    been = of_council.filter(ends_at__lt=at).exclude(state=MeetingState.PLANNED)
    in_force = Agreement.objects.filter(council=OuterRef("pk"), state=AgreementState.IN_FORCE)
    return councils.annotate(
        next_pk=Subquery(coming.values("pk")[:1]),
        last_pk=Subquery(been.order_by("-starts_at").values("pk")[:1]),
        has_agreement=Exists(in_force),
    )


def _lacking(actor: Actor, at: datetime) -> Case:
    """The order councils are shown in: my own, then what lacks most."""
    long_ago = Meeting.objects.filter(pk=OuterRef("last_pk"), ends_at__lt=at - SLOW)
    no_meeting = Q(next_pk=None) & _of_tiers(REGULAR_LEVELS)
    no_agreement = Q(has_agreement=False) & _of_tiers(AGREED_LEVELS)
    return Case(
        When(pk__in=actor.councils_where(Permission.COUNCIL_SEE), then=Value(0)),
        When(no_meeting & no_agreement, then=Value(1)),
        When(no_meeting, then=Value(2)),
        When(no_agreement, then=Value(3)),
        When(Exists(long_ago.exclude(minutes__state=MinutesState.APPROVED)), then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )


@cache
def tiers_at(levels: frozenset[Level]) -> frozenset[tuple[str, str]]:
    """The kinds of council at these levels, each with its country."""
    return frozenset(
        (country.value, tier.code)
        for country in Country
        for tier in profile(country.value).tiers
        if tier.level in levels
    )


def _of_tiers(levels: frozenset[Level]) -> Q:
    condition = Q(pk__in=[])
    for country, tier in tiers_at(levels):
        condition |= Q(country=country, tier=tier)
    return condition


@dataclass(frozen=True)
class Beginning:
    """How far an installation without a council has come."""

    may_set_up: bool
    has_organisations: bool
    coordinator: Person | None


def beginning(actor: Actor) -> Beginning | None:
    """For those who bring the first council about; None for others, and once there is one."""
    may_set_up = actor.holds_anywhere(Permission.COUNCIL_SET_UP)
    if not (may_set_up or actor.manages_installation) or Council.objects.exists():
        return None
    if may_set_up:
        return Beginning(may_set_up=True, has_organisations=True, coordinator=None)
    return Beginning(
        may_set_up=False,
        has_organisations=Organisation.objects.exists(),
        coordinator=first_coordinator(today()),
    )


def whom_to_ask(actor: Actor, on: date) -> list[tuple[Council, Sequence[Person]]]:
    """Of each of one's councils the secretary, or else the chair; not the actor: two queries."""
    mine = Council.objects.filter(pk__in=actor.councils_where(Permission.COUNCIL_SEE)).active()
    councils = list(mine.order_by(by_name(), "pk")[:COUNCILS_SHOWN])
    keepers = (SeatFunction.SECRETARY, SeatFunction.CHAIR)
    filled = seats_filled_in(councils, on, functions=keepers)
    found: list[tuple[Council, Sequence[Person]]] = []
    for council in councils:
        by_function: dict[str, list[Person]] = {one: [] for one in keepers}
        for one in filled[council.pk]:
            by_function[one.seat.function] += one.persons
        persons = next((by_function[one] for one in keepers if by_function[one]), [])
        if persons and actor.person_id not in {person.pk for person in persons}:
            found.append((council, persons))
    return found


@dataclass(frozen=True)
class Health:
    """How the installation is doing, for whoever runs it."""

    queue: QueueFigures
    heartbeat_seconds: float | None
    troubled_mail: int
    invited: list[Invitation]
    at: datetime

    @property
    def has_worker(self) -> bool:
        """Whether a worker was alive a moment ago."""
        return self.heartbeat_seconds is not None and self.heartbeat_seconds < LIVELY

    @property
    def is_well(self) -> bool:
        """Whether nothing wants attention."""
        return self.has_worker and not self.queue.dead and not self.troubled_mail


def health_of_installation(at: datetime) -> Health:
    """Queue, worker, mail, and who was invited and has not come: four queries."""
    invited = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return Health(
        queue=queue_figures(at),
        heartbeat_seconds=heartbeat_age(at),
        troubled_mail=Message.objects.troubled().count(),
        invited=list(invited.select_related("person").order_by("invited_at")[:SHOWN]),
        at=at,
    )

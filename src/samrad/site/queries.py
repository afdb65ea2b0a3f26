"""What the home page shows besides what waits: councils with how they stand, and the installation.

Councils take two queries, whether somebody sits in one or oversees a nation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.rules.kinds import Country
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.rules import AgreementState
from samrad.meetings.models import Meeting, Minutes
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.people.models import Invitation
from samrad.post.models import Message
from samrad.profiles.model import Level
from samrad.profiles.reader import profile
from samrad.work.api import QueueFigures, heartbeat_age, queue_figures

SHOWN = 15
LIVELY = 60.0  # seconds since a worker was last seen
SLOW = timedelta(days=21)  # minutes that have waited longer than this want a look
AGREED_LEVELS = {Level.STRATEGIC, Level.OPERATIVE}  # those that rest on an agreement or a plan


@dataclass(frozen=True)
class Standing:
    """A council with how it stands: what comes next, what became of the last meeting."""

    council: Council
    is_mine: bool
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
    def wants_a_look(self) -> bool:
        """Whether something is missing that a council should have."""
        return (
            self.next is None or self.is_slow or (self.needs_agreement and not self.has_agreement)
        )


def standings(actor: Actor, at: datetime) -> list[Standing]:
    """The actor's own councils, then those overseen, what lacks most first."""
    mine = actor.councils_where(Permission.COUNCIL_SEE)
    councils = list(_with_meetings(actor, at)[: SHOWN + len(mine)])
    keys = {key for one in councils for key in (one.next_pk, one.last_pk) if key}  # type: ignore[attr-defined]
    meetings = {
        meeting.pk: meeting
        for meeting in Meeting.objects.filter(pk__in=keys).select_related("minutes")
    }
    return [_standing(one, meetings, mine, at) for one in councils]


def _standing(
    council: Council, meetings: dict[int, Meeting], mine: frozenset[int], at: datetime
) -> Standing:
    found = Standing(
        council=council,
        is_mine=council.pk in mine,
        needs_agreement=(council.country, council.tier) in agreed_tiers(),
        has_agreement=council.has_agreement,  # type: ignore[attr-defined]
        next=meetings.get(council.next_pk),  # type: ignore[attr-defined]
        last=meetings.get(council.last_pk),  # type: ignore[attr-defined]
        at=at,
    )
    for meeting in (found.next, found.last):
        if meeting:
            meeting.council = council
    return found


def _with_meetings(actor: Actor, at: datetime) -> QuerySet[Council]:
    of_council = Meeting.objects.filter(council=OuterRef("pk")).exclude(
        state=MeetingState.CANCELLED
    )
    coming = of_council.filter(ends_at__gte=at).order_by("starts_at")
    been = of_council.filter(ends_at__lt=at).exclude(state=MeetingState.PLANNED)
    in_force = Agreement.objects.filter(council=OuterRef("pk"), state=AgreementState.IN_FORCE)
    mine = Q(pk__in=actor.councils_where(Permission.COUNCIL_SEE))
    return (
        Council.objects.visible_to(actor)
        .active()
        .annotate(
            next_pk=Subquery(coming.values("pk")[:1]),
            last_pk=Subquery(been.order_by("-starts_at").values("pk")[:1]),
            has_agreement=Exists(in_force),
            rests_on_one=Case(
                When(_agreed(), then=True), default=False, output_field=BooleanField()
            ),
        )
        .annotate(
            place=Case(
                When(mine, then=Value(0)),
                When(next_pk=None, then=Value(1)),
                When(has_agreement=False, rests_on_one=True, then=Value(2)),
                default=Value(3),
                output_field=IntegerField(),
            )
        )
        .order_by("place", "name", "pk")
    )


@cache
def agreed_tiers() -> frozenset[tuple[str, str]]:
    """The kinds of council that rest on an agreement or a plan of their own."""
    return frozenset(
        (country.value, tier.code)
        for country in Country
        for tier in profile(country.value).tiers
        if tier.level in AGREED_LEVELS
    )


def _agreed() -> Q:
    condition = Q(pk__in=[])
    for country, tier in agreed_tiers():
        condition |= Q(country=country, tier=tier)
    return condition


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

"""What is read about theme days: whose turn it is, who is invited, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.shapes import Number
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.seats import seats_filled_in
from samrad.gatherings.models import Nomination, ThemeDay, Workshop
from samrad.gatherings.rules import ASKED_AHEAD, ThemeDayState, in_turn
from samrad.kernel.clock import today
from samrad.people.models import Organisation, Person
from samrad.profiles.reader import profile
from samrad.ui.sorting import by_name

KEEPERS = ("secretary", "chair")


def theme_days_seen(council: Council | int, actor: Actor) -> QuerySet[ThemeDay]:
    """Those the council arranges and those it is invited to, the latest first."""
    return (
        ThemeDay.objects.visible_to(actor)
        .filter(Q(council=council) | Q(invited=council))
        .select_related("council", "host")
        .order_by("-starts_at")
        .distinct()
    )


@prepared
def newest_seen(council: int, actor: Actor, at_most: Number) -> QuerySet[ThemeDay]:
    """The latest of them, as a list."""
    return theme_days_seen(council, actor)[:at_most]


def could_be_invited(council: Council, day: ThemeDay | None = None) -> QuerySet[Council]:
    """The councils around it: those under it, the one above, and their other ones.

    Also those invited to the day already, whatever has become of them since.
    """
    near = Q(parent=council)
    if council.parent_id:
        near |= Q(pk=council.parent_id) | Q(parent=council.parent_id)
    those = Q(pk__in=Council.objects.active().filter(near).values("pk"))
    if day is not None and day.pk is not None:
        those |= Q(pk__in=day.invited.values("pk"))
    return Council.objects.filter(those).exclude(pk=council.pk).order_by(by_name(), "pk")


def hosts_in_turn(council: Council) -> list[Organisation]:
    """The organisations with a seat around the council, whose turn it is to host first."""
    around = [council.pk, *could_be_invited(council).values_list("pk", flat=True)]
    seats = Seat.objects.on(today(council.zone)).filter(council__in=around)
    never = profile(council.country).theme_days.not_hosted_by
    around_the_table = Organisation.objects.filter(
        pk__in=seats.values("organisation"), parent=None
    ).exclude(kind__in=never)
    found = {one.pk: one for one in around_the_table}
    held = (
        ThemeDay.objects.filter(council=council, host__in=found)
        .exclude(state=ThemeDayState.CANCELLED)
        .values_list("host")
        .annotate(last=Max("starts_at"))
    )
    hosted = {host: moment.astimezone().date() for host, moment in held}
    return [found[key] for key in in_turn(((one.name, one.pk) for one in found.values()), hosted)]


def workshops_of(day: ThemeDay) -> list[Workshop]:
    """The programme with how many are named for each part and where outcomes went: two queries."""
    found = day.workshops.annotate(named=Count("participants", distinct=True))
    workshops = list(found.prefetch_related("sent_on").order_by("order", "pk"))
    for workshop in workshops:
        workshop.theme_day = day
    return workshops


def nominations_seen(day: ThemeDay, actor: Actor) -> list[Nomination]:
    """Those who are named, as the actor may see them."""
    seen = Nomination.objects.visible_to(actor).filter(theme_day=day)
    found = list(seen.select_related("organisation", "workshop", "council"))
    for nomination in found:
        nomination.theme_day = day
    return found


def keepers_of(councils: Sequence[Council], on: date) -> list[Person]:
    """Who is asked to name participants: secretaries and chairs, each once."""
    by_council = keepers_by_council(councils, on).values()
    return list({person.pk: person for several in by_council for person in several}.values())


def keepers_by_council(councils: Sequence[Council], on: date) -> dict[int, list[Person]]:
    """The same, by the council they keep."""
    return {
        council: [
            person
            for one in seats
            if one.seat.function in KEEPERS
            for person in one.persons
        ]
        for council, seats in seats_filled_in(councils, on).items()
    }  # fmt: skip


def organisations_of(actor: Actor, councils: Sequence[int]) -> list[tuple[Organisation, int]]:
    """For whom the actor could name somebody: the organisations at the table, and by which council.

    Whoever keeps a council names for all of its organisations, others for their own.
    """
    seats = Seat.objects.on(today()).filter(council__in=councils).select_related("organisation")
    kept = {one.council_id for one in actor.held if one.role in KEEPERS and one.council_id}
    found = {
        one.organisation_id: (one.organisation, one.council_id)
        for one in seats.order_by(by_name("organisation__name"), "pk")
        if one.council_id in kept or one.organisation_id in actor.organisation_ids
    }
    return list(found.values())


def waiting_for_me(actor: Actor, on: date, at: datetime) -> QuerySet[ThemeDay]:
    """In one query: open days for which names are due within four weeks and nobody of the actor's
    organisations is named yet, and days the actor arranged that have been and whose outcomes are
    not all sent on.
    """
    arranging = actor.councils_where(Permission.MEETING_PLAN)
    named = Nomination.objects.filter(
        organisation__in=actor.organisation_ids, theme_day=OuterRef("pk")
    )
    due = Q(nominate_by__gte=on, nominate_by__lte=on + ASKED_AHEAD, ends_at__gte=at)
    lacking = Q(state=ThemeDayState.OPEN) & due & ~Exists(named)
    over = Q(
        council__in=arranging, state__in=[ThemeDayState.OPEN, ThemeDayState.HELD], ends_at__lt=at
    )
    inside = actor.councils_where(Permission.INTERNAL_SEE)
    asked = ThemeDay.invited.through.objects.filter(council__in=inside).values("themeday")
    return (
        ThemeDay.objects.visible_to(actor)
        .filter((lacking & (Q(council__in=inside) | Q(pk__in=asked))) | over)
        .select_related("council")
        .order_by("nominate_by", "pk")
    )

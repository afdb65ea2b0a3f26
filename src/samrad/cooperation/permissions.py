"""Who may set up councils, change their seats and take agreements in."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import PERMISSIONS_OF, Permission, Role
from samrad.areas.models import Area
from samrad.cooperation.models import AgreementReading, Council, Seat
from samrad.cooperation.rules import CouncilState, ReadingState, SeatFunction
from samrad.kernel.clock import today
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.people.models import Appointment
from samrad.ui.formats import day_long


def _reaches(actor: Actor, permission: Permission, area: Area) -> bool:
    if actor.is_system:
        return True
    areas = actor.areas_where(permission)
    return bool(areas) and (
        area.pk in areas or Area.objects.covered_by(areas, on=today()).filter(pk=area.pk).exists()
    )


def may_set_up_council(actor: Actor, area: Area) -> Verdict:
    """Whoever coordinates the area sets up its councils."""
    if not area.may_hold_councils:
        return refuse(_("There are no councils in such an area."))
    if not _reaches(actor, Permission.COUNCIL_SET_UP, area):
        return refuse(_("Only those who coordinate this area set up councils here."))
    return ALLOWED


def may_read_in_agreement(actor: Actor, area: Area) -> Verdict:
    """Whoever coordinates the area takes its agreements in."""
    if not _reaches(actor, Permission.AGREEMENT_READ_IN, area):
        return refuse(_("Only those who coordinate this area read agreements in."))
    return ALLOWED


def may_settle_reading(actor: Actor, reading: AgreementReading) -> Verdict:
    """A reading that waits is confirmed or discarded by those who may read in."""
    if reading.state != ReadingState.WAITING:
        return refuse(_("This document has already been dealt with."))
    return may_read_in_agreement(actor, reading.area)


def has_begun(first_day: date, on: date) -> Verdict:
    """An agreement counts from its day on; until then what was read of it waits."""
    if first_day > on:
        reason = _(
            "This agreement does not hold before %(day)s. What was read waits here: "
            "confirm it when the day has come."
        )
        return refuse(reason % {"day": day_long(first_day)})
    return ALLOWED


def coordinates(actor: Actor, area: Area) -> bool:
    """Whether the actor sets councils up in the area: one query, none for who does so nowhere."""
    return _reaches(actor, Permission.COUNCIL_SET_UP, area)


def may_manage_council(actor: Actor, council: Council) -> Verdict:
    """The secretary and chair keep the council's seats and purpose, and so do coordinators."""
    if council.state == CouncilState.ENDED:
        return refuse(_("This council has ended."))
    if actor.holds(Permission.COUNCIL_MANAGE, in_council=council.pk):
        return ALLOWED
    if _reaches(actor, Permission.COUNCIL_SET_UP, council.area):
        return ALLOWED
    return refuse(_("Only the council's secretary or chair, or a coordinator, changes this."))


def may_place_seat(actor: Actor, seat: Seat, function: str) -> Verdict:
    """Seats are kept by those who keep the council; nobody seats themselves higher than they sit.

    One exception lets a council begin: whoever sets it up takes its secretary's seat, when it has
    never had one.
    """
    verdict = may_manage_council(actor, seat.council)
    if not verdict or actor.is_system or not _gains(actor, seat.council, function):
        return verdict
    if not _holds_post(actor, seat):
        return verdict
    secretaries = Seat.objects.filter(council=seat.council, function=SeatFunction.SECRETARY)
    if function == SeatFunction.SECRETARY and not secretaries.exists():
        return verdict
    return refuse(
        _("This seat would be yours, with more rights than you have here: somebody else gives it.")
    )


def may_end_seat(actor: Actor, seat: Seat, last_date: date) -> Verdict:
    """Those who keep the council bring an end forward; putting one off is giving the seat anew."""
    if seat.to_date is None or last_date <= seat.to_date:
        return may_manage_council(actor, seat.council)
    verdict = may_place_seat(actor, seat, seat.function)
    if verdict and not actor.is_system and _holds_post(actor, seat):
        return refuse(_("This seat is yours: somebody else must put off its last day."))
    return verdict


def _gains(actor: Actor, council: Council, function: str) -> bool:
    """Whether a seat of that function would give the actor something in the council."""
    return any(
        not actor.holds(permission, in_council=council)
        for permission in PERMISSIONS_OF[Role(function)]
    )


def _holds_post(actor: Actor, seat: Seat) -> bool:
    """Whether the actor fills the seat, today or on a day to come."""
    posts = Appointment.objects.filter(organisation=seat.organisation_id, role=seat.role)
    return posts.filter(person=actor.person_id or 0).meeting(today(), None).exists()

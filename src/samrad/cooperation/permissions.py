"""Who may set up councils, change their seats and take agreements in."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import PERMISSIONS_OF, Permission, Role
from samrad.areas.models import Area
from samrad.cooperation.models import (
    Agreement,
    AgreementReading,
    Council,
    Representation,
    Seat,
)
from samrad.cooperation.rules import (
    NEXT_COUNCIL_STATES,
    AgreementState,
    CouncilState,
    ReadingState,
    SeatFunction,
)
from samrad.kernel.clock import today
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.people.models import Appointment, Person
from samrad.profiles.model import Level
from samrad.profiles.reader import profile
from samrad.reading.templates import agreement_template
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


def fits_under(parent: Agreement | None, *, council: Council, kind: str) -> Verdict:
    """The country's templates say which kind of agreement is part of which, in the same council."""
    if parent is None:
        return ALLOWED
    fits = parent.kind in agreement_template(council.country, kind).under
    stands = parent.state == AgreementState.IN_FORCE and parent.parent_id is None
    if parent.council_id != council.pk or not fits or not stands:
        return refuse(_("An agreement of this kind is not part of that one."))
    return ALLOWED


def coordinates(actor: Actor, area: Area) -> bool:
    """Whether the actor sets councils up in the area: one query, none for who does so nowhere."""
    return _reaches(actor, Permission.COUNCIL_SET_UP, area)


def may_manage_council(actor: Actor, council: Council) -> Verdict:
    """The secretary and chair keep the council's seats and purpose, and so do coordinators."""
    if council.state == CouncilState.ENDED:
        return refuse(_("This council has ended."))
    if council.state == CouncilState.CONSIDERED:
        return refuse(_("This body is not set up."))
    if actor.holds(Permission.COUNCIL_MANAGE, in_council=council.pk):
        return ALLOWED
    if _reaches(actor, Permission.COUNCIL_SET_UP, council.area):
        return ALLOWED
    return refuse(_("Only the council's secretary or chair, or a coordinator, changes this."))


def lies_below(tier: str, country: str, parent: Council | None) -> Verdict:
    """The country's profile says what kind of body lies under which."""
    if parent is None:
        return ALLOWED
    if parent.country != country or parent.tier not in profile(country).tier(tier).parents:
        return refuse(_("Such a body does not lie below one of that kind."))
    return ALLOWED


def is_planned_to_end(tier: str, country: str, planned_end_date: date | None) -> Verdict:
    """A project group is set up for a time."""
    if profile(country).tier(tier).level is Level.PROJECT and planned_end_date is None:
        return refuse(_("A project group is set up for a time: say until when."))
    return ALLOWED


def may_set_up_below(actor: Actor, parent: Council, area: Area | None = None) -> Verdict:
    """Those who keep a council set up the bodies below it, in its area or inside it."""
    if parent.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so nothing is set up below it."))
    verdict = may_manage_council(actor, parent)
    if not verdict or area is None or area.pk == parent.area_id or actor.is_system:
        return verdict
    if Area.objects.covered_by([parent.area_id], on=today()).filter(pk=area.pk).exists():
        return verdict
    return refuse(_("A body below this council lies in the council's own area."))


def may_place_first_seat(actor: Actor, seat: Seat, function: str) -> Verdict:
    """The seats a body is set up with: whoever sets it up takes none but the secretary's."""
    parent = seat.council.parent
    verdict = may_set_up_below(actor, parent) if parent else may_manage_council(actor, seat.council)
    return _not_above_oneself(verdict, actor, seat, function)


def may_end_council(actor: Actor, council: Council, last_date: date, *, on: date) -> Verdict:
    """Those who keep it end it, with a day that has come."""
    verdict = _may_bring(actor, council, CouncilState.ENDED)
    if verdict and last_date > on:
        return refuse(_("The last day lies ahead. End the council when it has come."))
    if verdict and council.established_date and last_date < council.established_date:
        return refuse(_("The last day lies before the council was set up."))
    return verdict


def may_rest_council(actor: Actor, council: Council) -> Verdict:
    """Those who keep it put it at rest."""
    return _may_bring(actor, council, CouncilState.RESTING)


def may_wake_council(actor: Actor, council: Council) -> Verdict:
    """Those who keep it let it begin again."""
    if council.state != CouncilState.RESTING:
        return refuse(_("This council is not at rest."))
    return may_manage_council(actor, council)


def _may_bring(actor: Actor, council: Council, to: CouncilState) -> Verdict:
    verdict = may_manage_council(actor, council)
    if verdict and to not in NEXT_COUNCIL_STATES[CouncilState(council.state)]:
        return refuse(_("The council cannot go from where it is to there."))
    return verdict


def may_deliver_report(actor: Actor, council: Council) -> Verdict:
    """A group that is set up for a time says in the end what it did."""
    if council.planned_end_date is None:
        return refuse(_("Only groups that are set up for a time deliver a final report."))
    if actor.person_id is None:
        return refuse(_("A final report is delivered by somebody."))
    if council.state == CouncilState.ENDED:
        return refuse(_("This council has ended."))
    return may_manage_council(actor, council)


def may_consider_council(actor: Actor, area: Area, parent: Council | None = None) -> Verdict:
    """Recorded by whoever would set the body up."""
    return may_set_up_below(actor, parent, area) if parent else may_set_up_council(actor, area)


def may_reconsider(actor: Actor, council: Council) -> Verdict:
    """Where it stands is kept by whoever would set the body up, as long as it is not there."""
    if council.state != CouncilState.CONSIDERED:
        return refuse(_("This body is not one that is only considered."))
    if _reaches(actor, Permission.COUNCIL_SET_UP, council.area):
        return ALLOWED
    return may_consider_council(actor, council.area, council.parent)


def is_answered_in_order(asked: date | None, answered: date | None) -> Verdict:
    """Nobody answers before they are asked."""
    if asked and answered and answered < asked:
        return refuse(_("The answer cannot come before the invitation."))
    return ALLOWED


def is_adopted(adopted: date, on: date) -> Verdict:
    """Terms of reference are put in when they have been adopted."""
    if adopted > on:
        return refuse(_("The day of adoption lies ahead. Put the text in when it is adopted."))
    return ALLOWED


def may_keep_contact_points(actor: Actor, area: Area) -> Verdict:
    """Contacts by theme are kept by whoever coordinates the area."""
    if _reaches(actor, Permission.COUNCIL_SET_UP, area):
        return ALLOWED
    return refuse(_("Only those who coordinate this area change its contacts."))


def may_keep_representation(actor: Actor, council: Council) -> Verdict:
    """Who sits where for us is kept by those who keep the council."""
    return may_manage_council(actor, council)


def may_note_representation(actor: Actor, representation: Representation) -> Verdict:
    """Whoever sits there, and the stand-in, note what came of it; so do those who keep the list."""
    if actor.person_id is None:
        return refuse(_("A note is written by somebody."))
    if actor.person_id in {representation.person_id, representation.stand_in_id}:
        return ALLOWED
    return may_keep_representation(actor, representation.council)


def is_stood_in_for(person: Person, stand_in: Person | None) -> Verdict:
    """Nobody stands in for themselves."""
    if stand_in is not None and stand_in.pk == person.pk:
        return refuse(_("The stand-in is somebody else."))
    return ALLOWED


def has_come_of_it(noted: date, on: date) -> Verdict:
    """What came of a meeting is noted afterwards."""
    if noted > on:
        return refuse(_("The day lies ahead. Note what came of it afterwards."))
    return ALLOWED


def may_place_seat(actor: Actor, seat: Seat, function: str) -> Verdict:
    """Seats are kept by those who keep the council; nobody seats themselves higher than they sit.

    One exception lets a council begin: whoever sets it up takes its secretary's seat, when it has
    never had one.
    """
    return _not_above_oneself(may_manage_council(actor, seat.council), actor, seat, function)


def _not_above_oneself(verdict: Verdict, actor: Actor, seat: Seat, function: str) -> Verdict:
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

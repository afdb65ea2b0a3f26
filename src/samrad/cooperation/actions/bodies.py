"""Terms of reference, final reports, and bodies that are not set up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import override

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation import as_written, events
from samrad.cooperation.actions.councils import WantedCouncil, made_council
from samrad.cooperation.models import Consideration, Council, FinalReport, TermsOfReference
from samrad.cooperation.permissions import (
    is_adopted,
    is_answered_in_order,
    may_consider_council,
    may_deliver_report,
    may_manage_council,
    may_reconsider,
)
from samrad.cooperation.rules import CouncilState, Course
from samrad.cooperation.words import COURSES
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise
from samrad.people.models import Person
from samrad.profiles.reader import profile
from samrad.trail.api import record


@dataclass(frozen=True)
class HowItStands:
    """Where it stands with a body that is not set up."""

    course: str
    initiative: str = ""
    asked_date: date | None = None
    answered_date: date | None = None
    reason: str = ""
    watched: str = ""
    review_date: date | None = None


@transaction.atomic
def adopt_terms(
    *, council: Council, text: str, adopted_date: date, by: Actor, at: datetime, seen: str = ""
) -> TermsOfReference:
    """A new version of how the council works; earlier ones stay readable."""
    council = locked(council, "area")
    may_manage_council(by, council).enforce()
    is_adopted(adopted_date, day_of(at, council.zone)).enforce()
    last = council.terms.order_by("-number").first()
    enforce_seen(seen, as_written.of_terms(last))
    number = last.number + 1 if last else 1
    made = TermsOfReference.objects.create(
        council=council, number=number, adopted_date=adopted_date, text=normalise(text)
    )
    day = adopted_date.isoformat()
    record(events.TERMS_ADOPTED, about=made, by=by, at=at, number=made.number, day=day)
    return made


@transaction.atomic
def deliver_report(
    *, council: Council, text: str, advice: str = "", by: Actor, at: datetime, seen: str = ""
) -> FinalReport:
    """What a group for a time has done, to the council above it; it can be put right later."""
    council = locked(council, "area")
    may_deliver_report(by, council).enforce()
    enforce_seen(seen, as_written.of_report(FinalReport.objects.filter(council=council).first()))
    report, is_new = FinalReport.objects.update_or_create(
        council=council,
        defaults={
            "text": normalise(text),
            "advice": normalise(advice),
            "delivered_by": Person.objects.get(pk=by.person_id or 0),
            "delivered_at": at,
        },
    )
    event = events.REPORT_DELIVERED if is_new else events.REPORT_CHANGED
    record(event, about=report, by=by, at=at)
    return report


@transaction.atomic
def consider_council(
    *, wanted: WantedCouncil, stands: HowItStands, by: Actor, at: datetime
) -> Council:
    """A body that is not there is recorded as well: who asked, what was answered, what is watched.

    It has no seats, meets not, and counts nowhere as a council.
    """
    may_consider_council(by, wanted.area, wanted.parent).enforce()
    council = made_council(replace(wanted, seats=()), state=CouncilState.CONSIDERED, at=at)
    record(events.COUNCIL_CONSIDERED, about=council, by=by, at=at)
    _note(council, stands, by=by, at=at)
    return council


@transaction.atomic
def reconsider(
    *, council: Council, stands: HowItStands, by: Actor, at: datetime, seen: str = ""
) -> Consideration:
    """How it stands now; what was recorded before stays in its history."""
    council = locked(council, "area", "parent")
    may_reconsider(by, council).enforce()
    enforce_seen(seen, as_written.of_consideration(council.considerations.first()))
    return _note(council, stands, by=by, at=at)


def _note(council: Council, stands: HowItStands, *, by: Actor, at: datetime) -> Consideration:
    is_answered_in_order(stands.asked_date, stands.answered_date).enforce()
    made = Consideration.objects.create(
        council=council,
        course=stands.course,
        initiative=stands.initiative,
        asked_date=stands.asked_date,
        answered_date=stands.answered_date,
        reason=normalise(stands.reason),
        watched=normalise(stands.watched),
        review_date=stands.review_date,
        recorded_at=at,
    )
    with override(profile(council.country).languages[0]):
        course = str(COURSES[Course(stands.course)])
    record(events.CONSIDERATION_NOTED, about=made, by=by, at=at, course=course)
    return made


@transaction.atomic
def set_up_considered(*, council: Council, by: Actor, at: datetime) -> None:
    """What was considered is set up after all; its seats are placed next."""
    council = locked(council, "area", "parent")
    may_reconsider(by, council).enforce()
    council.state = CouncilState.ACTIVE
    council.established_date = day_of(at, council.zone)
    council.save(update_fields=["state", "established_date"])
    record(events.COUNCIL_SET_UP, about=council, by=by, at=at)


@transaction.atomic
def drop_considered(*, council: Council, reason: str, by: Actor, at: datetime) -> None:
    """Nobody thinks of it any longer."""
    council = locked(council, "area", "parent")
    may_reconsider(by, council).enforce()
    council.state, council.state_reason = CouncilState.ENDED, normalise(reason)
    council.ended_date = day_of(at, council.zone)
    council.save(update_fields=["state", "state_reason", "ended_date"])
    record(events.CONSIDERATION_DROPPED, about=council, by=by, at=at, reason=council.state_reason)

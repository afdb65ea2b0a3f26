"""A draft that all have signed becomes the agreement in force, on its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.access.actor import SYSTEM
from samrad.access.rows import locked
from samrad.agreements import events, letters
from samrad.agreements.actions.carrying import carry_promises
from samrad.agreements.actions.holding import held
from samrad.agreements.actions.looking_through import look_through_soon
from samrad.agreements.actions.order import comes_in_order, give_up_lost_additions
from samrad.agreements.models import Draft
from samrad.agreements.queries.parties import holders_of, members_of
from samrad.agreements.queries.templates import makes_anew, origin_of, proposed_for
from samrad.agreements.rules import ADDITIONS, SIGNED_HERE, DraftState
from samrad.agreements.rules.renewal import renewal_day
from samrad.cooperation.actions import WantedAgreement, bring_into_force, change_council
from samrad.cooperation.events import AGREEMENT_ENDED
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.rules import UNREAD, AgreementState
from samrad.kernel.clock import day_of
from samrad.kernel.verdict import Refused
from samrad.profiles.reader import profile
from samrad.trail.api import record
from samrad.ui import formats


def take_effect(draft: Draft, *, at: datetime) -> None:
    """Inside the transaction of whoever signed last, or of the worker on the first day.

    The council follows what was agreed: its agreement, its focus areas, how often it meets. Nobody
    has to have the right to change the council for that: the parties have signed. Nothing that they
    have signed is changed by it.
    """
    comes_in_order(draft).enforce()
    council, day = draft.council, day_of(at, draft.council.zone)
    start = draft.from_date or day
    if draft.is_amendment:
        _note_addition(draft)
    else:
        _take_its_place(draft, start, at=at)
    draft.state, draft.settled_at = DraftState.IN_FORCE, at
    draft.save(update_fields=["state", "settled_at", "agreement"])
    event = events.AMENDMENT_IN_FORCE if draft.is_amendment else events.DRAFT_IN_FORCE
    record(event, about=draft, by=SYSTEM, at=at, start=start.isoformat())
    offices = holders_of(draft.parties.all(), day).values()
    signers = [person for held in offices for person in held]
    letters.tell(draft, [*members_of(council, day), *signers], "in_force", start=start)


def _take_its_place(draft: Draft, start: date, *, at: datetime) -> None:
    """The agreement of the council from now on; only the main one says how often it meets."""
    council = draft.council
    made = bring_into_force(council=council, wanted=_wanted(draft), by=SYSTEM, at=at)
    if made.state != AgreementState.IN_FORCE:
        raise Refused(_("Another agreement of the council stands in its way."))
    draft.agreement = made
    look_through_soon(made)
    _end_what_it_replaces(draft, made, start, at=at)
    give_up_lost_additions(council=council, at=at)
    if made.parent_id is None:
        _meet_as_agreed(council, draft.meetings_per_year, at=at)


def _note_addition(draft: Draft) -> None:
    """The agreement itself says that something was added, so that its page need not ask."""
    if draft.amends is not None:
        agreement = locked(draft.amends)
        added = [*agreement.facts.get(ADDITIONS, []), str(draft.ref)]
        agreement.facts = {**agreement.facts, ADDITIONS: added}
        agreement.save(update_fields=["facts"])
        look_through_soon(agreement, because=str(draft.ref))


def _wanted(draft: Draft) -> WantedAgreement:
    proposed = proposed_for(draft)
    zone = draft.council.zone
    start = draft.from_date or day_of(draft.started_at, zone)
    elections = profile(draft.council.country).elections
    return WantedAgreement(
        title=draft.title,
        kind=draft.kind,
        from_date=start,
        to_date=draft.to_date,
        renewal_date=renewal_day(draft.renewal_date, start, elections),
        clauses=tuple(
            {
                "key": one.key,
                "heading": one.heading,
                "origin": origin_of(one, proposed),
                "text": one.text,
            }
            for one in draft.clauses.all()
            if one.text
        ),
        facts={SIGNED_HERE: draft.sha256(), UNREAD: True},
        focus_areas=tuple(draft.focus_titles),
        focus_year=start.year,
    )


def _end_what_it_replaces(draft: Draft, made: Agreement, start: date, *, at: datetime) -> None:
    """A part made anew ends the one before it; the main agreement's end is its own rule."""
    before = draft.revises
    if before is None:
        return
    before.refresh_from_db()
    if makes_anew(draft, before):
        before.state = AgreementState.ENDED
        last = start - timedelta(days=1)
        last = min(last, before.to_date or last)  # it may have run out by itself long ago
        before.to_date = max(last, before.from_date or last)
        before.save(update_fields=["state", "to_date"])
        record(AGREEMENT_ENDED, about=before, by=SYSTEM, at=at)
        carry_promises([before], made, at=at)


def _meet_as_agreed(council: Council, meetings: int | None, *, at: datetime) -> None:
    if meetings is None or meetings == council.meetings_per_year:
        return
    change_council(
        council=council, name=council.name, purpose=council.purpose,
        slt_relation=council.slt_relation, meetings_per_year=meetings,
        notice_days=council.notice_days, planned_end_date=council.planned_end_date,
        by=SYSTEM, at=at,
    )  # fmt: skip


def is_due(draft: Draft, *, at: datetime) -> bool:
    """Whether all have signed and the first day has come."""
    day = day_of(at, draft.council.zone)
    is_signed = draft.state == DraftState.SIGNED
    return is_signed and draft.from_date is not None and draft.from_date <= day


def stands_in_the_way(draft: Draft, *, at: datetime) -> str:
    """Why what is due does not come into force; nothing where it will, or is not due.

    Where nothing is known to stand in its way, the worker has not come to it, or has failed.
    """
    if not is_due(draft, at=at):
        return ""
    known, day = str(comes_in_order(draft).reason), day_of(at, draft.council.zone)
    if known or draft.from_date is None or draft.from_date == day:  # still, in the coming night
        return known
    late = _(
        "It should have come into force on %(day)s. That is tried again every night: if it still "
        "says so tomorrow, tell whoever runs Samråd here."
    )
    return late % {"day": formats.day(draft.from_date)}


def due_to_take_effect(*, at: datetime) -> list[Draft]:
    """What all have signed and whose first day has come."""
    signed = Draft.objects.filter(state=DraftState.SIGNED)
    return [one for one in signed.select_related("council__area") if is_due(one, at=at)]


@transaction.atomic
def take_effect_if_due(*, draft: Draft, at: datetime) -> None:
    """On its first day, once; nothing where it has come into force or been changed meanwhile."""
    draft = held(draft)
    if is_due(draft, at=at):
        take_effect(draft, at=at)

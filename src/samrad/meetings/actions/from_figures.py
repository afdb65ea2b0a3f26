"""What figures stand out with is proposed to the councils that take such things up (G3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import translation

from samrad.access.actor import SYSTEM
from samrad.areas.models import AreaCover
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.rules import Side
from samrad.documents.rules import Classification
from samrad.kernel.clock import day_of
from samrad.kernel.text import shortened
from samrad.knowledge.alarms_told import AlarmTold, told_alarm
from samrad.knowledge.models import Alarm
from samrad.meetings import events
from samrad.meetings.actions.carrying import TITLE_LENGTH
from samrad.meetings.models import Proposal
from samrad.meetings.rules import ItemKind
from samrad.profiles.reader import profile
from samrad.profiles.takes_up import TakesUp
from samrad.trail.api import record


def propose_alarms(alarms: Sequence[Alarm], *, at: datetime) -> list[Proposal]:
    """Each once to every council that takes it up, whatever becomes of the figures afterwards.

    Called within the transaction that keeps the alarms, with the data set locked, so that two
    workers cannot propose the same; a council set up later hears what still is news then.
    """
    listening = _listening(alarms, at)
    councils = {council.pk for found in listening.values() for council in found}
    known = set(
        Proposal.objects.filter(
            council__in=councils, source_kind=Alarm.trail_kind,
            source_ref__in=[alarm.ref for alarm in alarms],
        ).values_list("council_id", "source_ref")
    )  # fmt: skip
    return [
        _propose(alarm, council, at)
        for alarm in alarms
        for council in listening.get(alarm.area_id, ())
        if _takes_up(council, alarm) and (council.pk, alarm.ref) not in known
    ]


def _listening(alarms: Iterable[Alarm], at: datetime) -> Mapping[int, list[Council]]:
    """The councils at work over each area: its own and those of the areas it lies in."""
    areas = {alarm.area_id for alarm in alarms}
    covers = AreaCover.objects.on(day_of(at)).filter(descendant__in=areas)
    above = defaultdict(set)
    for ancestor, descendant in covers.values_list("ancestor", "descendant"):
        above[ancestor].add(descendant)
    found: dict[int, list[Council]] = defaultdict(list)
    for council in Council.objects.active().filter(area__in=[*above]).order_by("pk"):
        for area in above[council.area_id]:
            found[area].append(council)
    return found


def _takes_up(council: Council, alarm: Alarm) -> bool:
    """By the country's profile: every figure, those that stand out among all series, or none."""
    wanted = profile(council.country).tier(council.tier).takes_up
    return wanted is TakesUp.EVERY or (wanted is TakesUp.SURE and alarm.survives)


def _propose(alarm: Alarm, council: Council, at: datetime) -> Proposal:
    restricted = alarm.data_set.classification == Classification.RESTRICTED
    with translation.override(profile(council.country).languages[0]):
        told = told_alarm(alarm)
        proposal = Proposal.objects.create(
            council=council,
            title=shortened(told.title, at_most=TITLE_LENGTH),
            reason=_reason(told),
            kind=ItemKind.DISCUSSION,
            side=Side.OTHER,
            proposed_at=at,
            classification=Classification.RESTRICTED if restricted else Classification.INTERNAL,
            legal_basis=alarm.data_set.legal_basis if restricted else "",
            source_kind=Alarm.trail_kind,
            source_ref=alarm.ref,
        )
    if restricted:
        proposal.audience.set(Seat.objects.filter(council=council, side=Side.POLICE))
    record(events.PROPOSAL_FROM_FIGURES, about=proposal, by=SYSTEM, at=at)
    return proposal


def _reason(told: AlarmTold) -> str:
    """As it stands on the agenda, should it be put there: what was seen, and how sure it is."""
    return " ".join(part for part in (told.sentence, told.certainty, told.follows) if part)

"""All agreements somebody may see: which hold, which are late, which are being made anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, F, Q

from samrad.access.actor import Actor
from samrad.agreements.models import Draft
from samrad.agreements.queries.due import renewal_of
from samrad.agreements.rules import DraftState
from samrad.areas.models import Area, AreaCover
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation.models import Agreement, AgreementQuerySet, Council
from samrad.cooperation.rules import AgreementState
from samrad.kernel.choices import Choices
from samrad.profiles.reader import profile, profile_codes
from samrad.ui.sorting import by_name

MOST_AREAS = 80


class Standing(Choices):
    """How an agreement stands."""

    IN_FORCE = "in_force"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    DRAFT = "draft"
    ENDED = "ended"


def _conditions(on: date) -> dict[Standing, Q]:
    """Each standing; an agreement has exactly one of them."""
    binds = Q(state=AgreementState.IN_FORCE)
    expired, open_end = Q(to_date__lt=on), Q(to_date=None) | Q(to_date__gte=on)
    late, not_late = _late(on)
    return {
        Standing.OVERDUE: binds & open_end & late,
        Standing.EXPIRED: binds & expired,
        Standing.IN_FORCE: binds & open_end & not_late,
        Standing.DRAFT: Q(state=AgreementState.DRAFT),
        Standing.ENDED: Q(state=AgreementState.ENDED),
    }


def _late(on: date) -> tuple[Q, Q]:
    """By the day an agreement names, else by the election after it began; the others after it."""
    before = on - timedelta(days=1)
    late, not_late = Q(renewal_date__lt=on), Q(renewal_date__gte=on)
    elections = {code: profile(code).elections.last_before(before) for code in profile_codes()}
    known = {code: day for code, day in elections.items() if day is not None}
    names_none = Q(renewal_date=None)
    not_late |= names_none & (Q(from_date=None) | ~Q(council__country__in=known))
    for code, election in known.items():
        there = names_none & Q(council__country=code)
        late |= there & Q(from_date__lt=election)
        not_late |= there & Q(from_date__gte=election)
    return late, not_late


def standing_of(agreement: Agreement, on: date) -> Standing:
    """How one agreement stands."""
    if agreement.state != AgreementState.IN_FORCE:
        return Standing.DRAFT if agreement.state == AgreementState.DRAFT else Standing.ENDED
    if agreement.to_date is not None and agreement.to_date < on:
        return Standing.EXPIRED
    day = renewal_of(agreement)
    return Standing.OVERDUE if day is not None and day < on else Standing.IN_FORCE


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the register; nothing said leaves nothing out."""

    text: str = ""
    kind: str = ""
    area: Area | None = None
    standings: tuple[Standing, ...] = ()
    making: DraftState | None = None  # those of which a draft is as far as that


def agreements_found(actor: Actor, sought: Sought, on: date) -> AgreementQuerySet:
    """Those that fit, with what a row shows of them; by council, the main one first."""
    found = Agreement.objects.visible_to(actor).select_related("council__area", "parent")
    found = found.filter(_says(sought, on))
    if sought.making is not None:
        drafts = Draft.objects.visible_to(actor).under_way().filter(state=sought.making)
        found = found.filter(
            Q(pk__in=drafts.exclude(revises=None).values("revises"))
            | Q(pk__in=drafts.exclude(amends=None).values("amends"))
        )
    if sought.standings:
        conditions = _conditions(on)
        found = found.filter(reduce(or_, (conditions[one] for one in sought.standings)))
    main_first = F("parent").asc(nulls_first=True)
    return found.order_by(
        by_name("council__name"), "council", "state", main_first, "-from_date", "pk"
    )


def _says(sought: Sought, on: date) -> Q:
    """Words, kind and place, of an agreement or of a draft of one."""
    said = Q()
    if sought.text:
        councils = Council.objects.called(sought.text).values("pk")
        said &= Q(title__icontains=sought.text) | Q(council__in=councils)
    if sought.kind:
        said &= Q(kind=sought.kind)
    if sought.area is not None:
        said &= Q(council__area__in=AreaCover.objects.below([sought.area.pk], on=on))
    return said


def numbers_of(actor: Actor, sought: Sought, on: date) -> dict[Standing, int]:
    """How many stand how, whatever standing is asked for: one query."""
    everything = Sought(sought.text, sought.kind, sought.area)
    found = agreements_found(actor, everything, on).order_by()
    counts = found.aggregate(
        **{one.value: Count("pk", filter=says) for one, says in _conditions(on).items()}
    )
    return {one: counts[one.value] for one in Standing}


def areas_to_choose(actor: Actor, on: date, asked: UUID | None = None) -> list[Area]:
    """The areas that hold a council whose agreement the actor may see, the larger ones first.

    Where they are too many to list them all, the one `asked` for is among them all the same.
    """
    seen = Agreement.objects.visible_to(actor).values("council__area")
    areas = Area.objects.covering(seen, on=on).exclude(kind=AreaKind.NATION)
    listed = list(areas.widest_first()[:MOST_AREAS])
    if asked is None or any(one.ref == asked for one in listed):
        return listed
    return [*listed, *areas.filter(ref=asked)]


@dataclass(frozen=True)
class Row:
    """One agreement in the register, what is being made to take its place, and what is added."""

    agreement: Agreement
    standing: Standing
    drafts: Sequence[Draft] = ()


def rows_of(agreements: Sequence[Agreement], actor: Actor, on: date) -> list[Row]:
    """With the drafts under way that the actor may read: one query for them all."""
    drafts = _revisions(agreements, actor)
    return [Row(one, standing_of(one, on), drafts.get(one.pk, ())) for one in agreements]


def _revisions(agreements: Iterable[Agreement], actor: Actor) -> dict[int, list[Draft]]:
    """What takes an agreement's place before what is added to it, each from the oldest on."""
    keys = [one.pk for one in agreements]
    if not keys:
        return {}
    found = Draft.objects.visible_to(actor).under_way()
    found = found.filter(Q(revises__in=keys) | Q(amends__in=keys))
    drafts: dict[int, list[Draft]] = {}
    for draft in sorted(found, key=lambda one: (one.is_amendment, one.started_at, one.pk)):
        drafts.setdefault(draft.revises_id or draft.amends_id or 0, []).append(draft)
    return drafts


def first_drafts(actor: Actor, sought: Sought, on: date) -> list[Draft]:
    """Drafts under way that no agreement names as made anew or added to; those stand with it."""
    if sought.standings:
        return []
    found = Draft.objects.visible_to(actor).under_way().filter(_says(sought, on))
    found = found.filter(revises=None, amends=None)
    if sought.making is not None:
        found = found.filter(state=sought.making)
    return list(found.select_related("council__area")[:MOST_AREAS])

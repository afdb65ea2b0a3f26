"""What meetings put on somebody's home page, in a bounded number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.followup.api import Attention, Part, Row
from samrad.kernel.clock import beginning_of, now
from samrad.meetings.models import (
    AgendaItem,
    Correction,
    CorrectionApproval,
    Meeting,
    Minutes,
    MinutesApproval,
)
from samrad.meetings.permissions import (
    functions_of,
    may_approve_correction,
    may_approve_minutes,
    may_write_correction,
)
from samrad.meetings.queries.agenda import proposals_waiting
from samrad.meetings.queries.corrections import slots_of_corrections
from samrad.meetings.queries.minutes import slots_of_all
from samrad.meetings.queries.notice import out_by
from samrad.meetings.rules import CorrectionState, MeetingState, MinutesState
from samrad.meetings.rules.minutes import ApprovalSlot
from samrad.meetings.rules.notice import LONGEST_NOTICE
from samrad.profiles.reader import profile
from samrad.ui.formats import day as in_words

OF_MEETING = {
    "ref": F("ref"),
    "moment": F("starts_at"),
    "where": F("council__name"),
    "country": F("council__country"),
    "tier": F("council__tier"),
}
LOOKED_AT = timedelta(days=7)  # an agenda is mentioned a week before it should be out
ENOUGH = 20
LOOKED_THROUGH = 200  # what could wait for me, before each is asked whether it does


def approvals(actor: Actor, on: date) -> Iterable[Attention]:
    """Minutes that wait for my approval, the longest first: four queries, fewer when I chair.

    Minutes under correction are found by the same query; only when there are any is more asked.
    """
    found = _out_or_corrected(actor)
    waiting = [minutes for minutes in found if minutes.state == MinutesState.CIRCULATED]
    if len(waiting) < len(found):
        yield from corrections(actor, on)
    pairs = zip(waiting, _slots(waiting, actor, on), strict=True)
    mine = (one.meeting for one, slots in pairs if may_approve_minutes(actor, one, slots))
    for meeting in islice(mine, ENOUGH):
        title = _("Approve the minutes of %(day)s")
        yield _attention(meeting, title, "approve", _("Read"), "warning")


@prepared
def _out_or_corrected(actor: Actor) -> models.QuerySet[Minutes]:
    """Minutes that could wait for the actor, and those that are being corrected."""
    corrected = Correction.objects.open().filter(minutes=OuterRef("pk"))
    return (
        Minutes.objects.visible_to(actor)
        .filter(
            (Q(state=MinutesState.CIRCULATED) & _could_be_mine(actor, MinutesApproval, "minutes"))
            | Q(Exists(corrected)),
            meeting__council__in=actor.councils_where(Permission.INTERNAL_SEE),
        )
        .select_related("meeting__council")
        .prefetch_related("approvals")
        .order_by(_chaired_first(actor, "meeting"), "circulated_at", "pk")[:LOOKED_THROUGH]
    )


def _could_be_mine(actor: Actor, kept: type[models.Model], path: str) -> Q:
    """What I did not write and have not approved already; `kept` are the approvals."""
    given = kept._default_manager.filter(**{path: OuterRef("pk"), "person": actor.person_id})
    return ~Q(written_by=actor.person_id) & ~Q(Exists(given))


def _chaired_first(actor: Actor, path: str) -> Case:
    """My own councils' before those in which I would have to step in."""
    inside = actor.councils_where(Permission.INTERNAL_SEE)
    chaired = [council for council in inside if functions_of(actor, council)]
    return Case(When(**{f"{path}__council__in": chaired}, then=Value(0)), default=Value(1))


def corrections(actor: Actor, on: date) -> Iterable[Attention]:
    """Corrections of approved minutes that I should finish, or that wait for my approval."""
    found = list(
        Correction.objects.visible_to(actor)
        .open()
        .filter(
            Q(state=CorrectionState.DRAFT)
            | _could_be_mine(actor, CorrectionApproval, "correction"),
            minutes__meeting__council__in=actor.councils_where(Permission.INTERNAL_SEE),
        )
        .select_related("minutes__meeting__council")
        .prefetch_related("approvals")
        .order_by(_chaired_first(actor, "minutes__meeting"), "opened_at", "pk")[:LOOKED_THROUGH]
    )
    yield from islice(_of_corrections(found, actor, on), ENOUGH)


def _of_corrections(found: Sequence[Correction], actor: Actor, on: date) -> Iterable[Attention]:
    for correction, slots in zip(found, slots_of_corrections(found, on), strict=True):
        if may_approve_correction(actor, correction, slots):
            yield _about_correction(correction, _("Approve the correction of %(day)s"), _("Read"))
        elif may_write_correction(actor, correction):
            yield _about_correction(correction, _("Finish the correction of %(day)s"), _("Write"))


def _about_correction(correction: Correction, title: str, verb: str) -> Attention:
    meeting = correction.minutes.meeting
    return Attention(
        title=title % {"day": in_words(meeting.starts_at, meeting.council.zone)},
        url=correction.get_absolute_url(),
        verb=verb,
        where=meeting.council.name,
        due=None,
        tone="warning",
    )


def _slots(waiting: Sequence[Minutes], actor: Actor, on: date) -> list[list[ApprovalSlot]]:
    """What is still needed of each; nobody is asked who sits where when it is plainly the actor."""
    mine = [_own_slot(minutes, actor) for minutes in waiting]
    if all(mine):
        return mine
    return slots_of_all(waiting, on)


def _own_slot(minutes: Minutes, actor: Actor) -> list[ApprovalSlot]:
    """The slot of a function the actor fills and nobody has approved in, if there is one."""
    council = minutes.meeting.council
    given = {one.function: one.person_id for one in minutes.approvals.all()}
    own = functions_of(actor, council.pk)
    needed = [str(one) for one in profile(council.country).minutes_approval.approvers]
    if actor.person_id in given.values():
        return []
    return [ApprovalSlot(one) for one in needed if one in own and one not in given]


def agendas(actor: Actor, on: date) -> Iterable[Part]:
    """Agendas I should send soon, or should have sent."""
    soon = Meeting.objects.filter(
        council__in=actor.councils_where(Permission.AGENDA_SEND),
        state=MeetingState.PLANNED,
        starts_at__gte=now(),
        starts_at__lt=beginning_of(on + timedelta(days=LONGEST_NOTICE + 1) + LOOKED_AT),
    )
    has_items = Exists(AgendaItem.objects.filter(meeting=OuterRef("pk")))
    if actor.councils_where(Permission.AGENDA_SEND):
        yield Part(
            soon,
            {
                **OF_MEETING,
                "stage": Case(When(has_items, then=Value("send")), default=Value("agenda")),
                "number": F("council__notice_days"),
            },
            told=partial(_agendas, on=on),
        )


def _agendas(rows: Iterable[Row], on: date) -> Iterable[Attention]:
    titles = {"send": _("Send the agenda of %(day)s"), "agenda": _("Set the agenda of %(day)s")}
    for row in rows:
        meeting = meeting_of(row)
        meeting.council.notice_days = row.number
        if (latest := out_by(meeting)) <= on + LOOKED_AT:
            tone = "danger" if latest < on else "info"
            verb = pgettext("button", "Open")
            yield _attention(meeting, titles[row.stage], row.stage, verb, tone, due=latest)


def drafts(actor: Actor, on: date) -> Iterable[Part]:
    """Meetings that have been, whose minutes I have not finished."""
    writing = actor.councils_where(Permission.MINUTES_WRITE)
    approving = [council for council in writing if functions_of(actor, council)]
    over = Meeting.objects.filter(
        council__in=writing,
        state=MeetingState.CALLED,
        ends_at__lt=now(),
    ).exclude(minutes__state__in=[MinutesState.CIRCULATED, MinutesState.APPROVED])
    begun = When(minutes__isnull=False, then=Value("minutes"))
    if writing:
        yield Part(
            over,
            {
                **OF_MEETING,
                "stage": Case(begun, default=Value("detail")),
                "number": Case(When(council__in=approving, then=Value(1)), default=Value(0)),
            },
            told=_drafts,
        )


def _drafts(rows: Iterable[Row]) -> Iterable[Attention]:
    begun, not_begun = _("Finish the minutes of %(day)s"), _("Write the minutes of %(day)s")
    for row in islice(rows, ENOUGH):
        title = begun if row.stage == "minutes" else not_begun
        tone = "info" if row.number else "warning"  # who leads reads and approves before writing
        yield _attention(meeting_of(row), title, row.stage, _("Write"), tone)


def proposals(actor: Actor, on: date) -> Iterable[Part]:
    """Proposals that wait for my answer, one line for each council."""
    councils = actor.councils_where(Permission.AGENDA_SET)
    if councils:
        yield Part(
            proposals_waiting(actor, councils).select_related(None),
            {"ref": F("ref"), "where": F("council__name"), "where_ref": F("council__ref")},
            told=_proposals,
        )


def _proposals(rows: Iterable[Row]) -> Iterable[Attention]:
    for (name, ref), n in sorted(Counter((row.where, row.where_ref) for row in rows).items()):
        title = ngettext(
            "%(n)s proposal waits for an answer", "%(n)s proposals wait for an answer", n
        )
        yield Attention(
            title=title % {"n": n},
            url=reverse("meetings:proposals", args=[ref]),
            verb=_("Answer"),
            where=name,
            tone="info",
        )


def meeting_of(row: Row) -> Meeting:
    """The meeting of a row, as much of it as home tells."""
    council = Council(name=row.where, country=row.country, tier=row.tier)
    assert row.moment  # noqa: S101 (a meeting has a time)
    return Meeting(ref=row.ref, starts_at=row.moment, council=council)


def _attention(
    meeting: Meeting, title: str, page: str, verb: str, tone: str, *, due: date | None = None
) -> Attention:
    return Attention(
        title=title % {"day": in_words(meeting.starts_at, meeting.council.zone)},
        url=reverse(f"meetings:{page}", args=[meeting.ref]),
        verb=verb,
        where=meeting.council.name,
        due=due,
        tone=tone,
    )

"""What meetings themselves suggest: agreements to renew, minutes to approve, guests to hear.

And what stood on the agenda of a meeting that was cancelled, until another takes it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, TruncDate
from django.utils import translation
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Agreement, Seat
from samrad.cooperation.rules import AgreementState, Rhythm, SeatFunction
from samrad.cooperation.words import RHYTHMS
from samrad.documents.rules import Classification
from samrad.meetings.models import AgendaItem, Meeting, Minutes
from samrad.meetings.queries.guests import due_among
from samrad.meetings.queries.minutes import day_of
from samrad.meetings.rules import ItemKind, MeetingState, MinutesState
from samrad.meetings.sources import Suggestion
from samrad.profiles.reader import profile
from samrad.ui.formats import day

RENEWED_AHEAD = timedelta(days=183)  # half a year is what hearing and signing take
CALLED_OFF_LATELY = timedelta(days=183)
Row = tuple[str, UUID, str, date | None, date | None]


def what_is_due(meeting: Meeting, actor: Actor) -> Iterable[Suggestion]:
    """Everything in one query, as this page asks a lot already; in more where there is some."""
    rows = _renewals(meeting, actor).union(
        _minutes(meeting, actor), _guests(meeting, actor), _called_off(meeting, actor), all=True
    )
    language = profile(meeting.council.country).languages[0]  # what the council writes in
    guests = []
    for sort, ref, title, first, second in rows:
        if sort == Seat.trail_kind:
            guests.append(ref)
            continue
        kind, _colon, readers = sort.partition(":")
        if kind == AgendaItem.trail_kind:
            yield _once_more(
                AgendaItem(ref=ref, title=title, classification=readers), first, meeting
            )
            continue
        on = min(filter(None, (first, second)))
        make = _renewal if sort == Agreement.trail_kind else _approval
        yield make(ref, title, on, language)
    yield from _turns(meeting, guests, language)


def _renewals(meeting: Meeting, actor: Actor) -> QuerySet[Agreement, Row]:
    """The agreement in force, if it ends or is to be renewed within half a year of the meeting."""
    latest = day_of(meeting) + RENEWED_AHEAD
    return (
        Agreement.objects.visible_to(actor)
        .filter(
            Q(to_date__lte=latest) | Q(renewal_date__lte=latest),
            council=meeting.council_id,
            state=AgreementState.IN_FORCE,
        )
        .annotate(sort=Value(Agreement.trail_kind), what=F("title"))
        .order_by()
        .values_list("sort", "ref", "what", "to_date", "renewal_date")
    )


def _minutes(meeting: Meeting, actor: Actor) -> QuerySet[Minutes, Row]:
    """Minutes of earlier meetings that still wait for somebody's approval."""
    return (
        Minutes.objects.visible_to(actor)
        .filter(
            meeting__council=meeting.council_id,
            meeting__starts_at__lt=meeting.starts_at,
            state=MinutesState.CIRCULATED,
        )
        .annotate(
            sort=Value(Meeting.trail_kind),
            what=Value(""),
            first=TruncDate("meeting__starts_at", tzinfo=ZoneInfo(meeting.council.zone)),
            second=Value(None, output_field=DateField()),
        )
        .order_by()
        .values_list("sort", "meeting__ref", "what", "first", "second")
    )


def _guests(meeting: Meeting, actor: Actor) -> QuerySet[Seat, Row]:
    """Guests who have a seat on the day of the meeting and come in a rhythm."""
    none = Value(None, output_field=DateField())
    return (
        Seat.objects.visible_to(actor)
        .on(day_of(meeting))
        .filter(council=meeting.council_id, function=SeatFunction.GUEST)
        .exclude(rhythm="")
        .annotate(sort=Value(Seat.trail_kind), what=F("rhythm"), first=none, second=none)
        .order_by()
        .values_list("sort", "ref", "what", "first", "second")
    )


def _called_off(meeting: Meeting, actor: Actor) -> QuerySet[AgendaItem, Row]:
    """What was to be taken up at a meeting that was cancelled, and has not been since.

    What came from a proposal, or from something else that is kept, is offered by that again.
    Restricted items are offered to whoever reads them, and are for the same seats again.
    """
    taken_up = AgendaItem.objects.filter(
        source_kind=AgendaItem.trail_kind, source_ref=OuterRef("ref")
    ).exclude(meeting__state=MeetingState.CANCELLED)
    zone = ZoneInfo(meeting.council.zone)
    return (
        AgendaItem.objects.visible_to(actor)
        .filter(
            ~Exists(taken_up),
            meeting__council=meeting.council_id,
            meeting__state=MeetingState.CANCELLED,
            meeting__starts_at__gte=meeting.starts_at - CALLED_OFF_LATELY,
            proposal=None,
            source_ref=None,
        )
        .annotate(
            sort=Concat(Value(f"{AgendaItem.trail_kind}:"), F("classification")),
            what=F("title"),
            first=TruncDate("meeting__starts_at", tzinfo=zone),
            second=Value(None, output_field=DateField()),
        )
        .order_by()
        .values_list("sort", "ref", "what", "first", "second")
    )


def items_called_off(meeting: Meeting, actor: Actor) -> tuple[int, int]:
    """How many items the actor reads on it, and how many of them not everybody there reads."""
    read = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
    narrow = Q(classification=Classification.RESTRICTED)
    everything = Count("pk", distinct=True)
    counted = read.aggregate(on_it=everything, narrow=Count("pk", filter=narrow, distinct=True))
    return counted["on_it"], counted["narrow"]


def _once_more(item: AgendaItem, on: date | None, meeting: Meeting) -> Suggestion:
    """The same item: its words and its readers are copied when it is put on the agenda."""
    item.meeting = meeting  # of the same council, whose record tells who has read it
    return Suggestion(
        AgendaItem.trail_kind, item.ref, item.title,
        _("The meeting of %(day)s was cancelled.") % {"day": day(on) if on else ""},
        classification=Classification(item.classification),
        again=item,
    )  # fmt: skip


def _turns(meeting: Meeting, refs: Sequence[UUID], language: str) -> Iterable[Suggestion]:
    """Those whose turn it is by their rhythm. Everybody reads who comes, the guest too."""
    if not refs:
        return
    seats = list(Seat.objects.filter(ref__in=refs).select_related("organisation"))
    due = due_among(seats, meeting)
    for seat in seats:
        if seat.pk not in due:
            continue
        who = f"{seat.organisation.name} ({seat.theme})" if seat.theme else seat.organisation.name
        with translation.override(language):
            title = _("Guest: %(who)s") % {"who": who}
        rhythm = str(RHYTHMS[Rhythm(seat.rhythm)])
        why = _("It is their turn. How often: %(rhythm)s") % {"rhythm": rhythm.lower()}
        yield Suggestion(
            Seat.trail_kind, seat.ref, title, why,
            asks=ItemKind.INFORMATION, classification=Classification.OPEN,
        )  # fmt: skip


def _renewal(ref: UUID, agreement: str, on: date, language: str) -> Suggestion:
    why = _("It is to be renewed by %(day)s.") % {"day": day(on)}
    with translation.override(language):
        title = _("Renewal: %(agreement)s") % {"agreement": agreement}
    return Suggestion(Agreement.trail_kind, ref, title, why, asks=ItemKind.DECISION, due=on)


def _approval(ref: UUID, _title: str, on: date, language: str) -> Suggestion:
    with translation.override(language):
        title = _("Approval of the minutes of %(day)s") % {"day": day(on)}
    why = _("They have not been approved by everybody yet.")
    return Suggestion(Meeting.trail_kind, ref, title, why, asks=ItemKind.DECISION)

"""What meetings tell of what has happened: agendas, changes, minutes, decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.followup.attention import Row
from samrad.followup.models import Decision
from samrad.followup.news import LONGEST, OF_COUNCIL, Told
from samrad.followup.rules import DecisionState
from samrad.kernel.text import shortened
from samrad.meetings.models import AgendaItem, AgendaSending, Meeting, Minutes, MinutesVersion
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.ui.formats import day as in_words


def of_meetings(actor: Actor, councils: frozenset[int], since: datetime) -> Iterable[Told]:
    """Each part begins with the meetings, minutes and decisions that the reader may see."""
    meetings = Meeting.objects.visible_to(actor).filter(council__in=councils)
    sendings = AgendaSending.objects.filter(
        meeting__in=meetings.exclude(state=MeetingState.CANCELLED).values("pk"), sent_at__gt=since
    ).exclude(sent_by=actor.person_id)
    yield Told(
        sendings, _columns("meeting__", moment="sent_at", number=F("number")), told=_of_sending
    )
    changed = meetings.filter(changed_at__gt=since)
    yield Told(changed, _columns("", moment="changed_at", stage=F("state")), told=_of_change)
    yield from _of_minutes(actor, councils, since)
    yield _of_decisions(actor, councils, since)


def _of_minutes(actor: Actor, councils: frozenset[int], since: datetime) -> Iterable[Told]:
    """Out for approval, approved, corrected: whatever of it the reader may open."""
    minutes = Minutes.objects.visible_to(actor).filter(meeting__council__in=councils)
    out = minutes.filter(state=MinutesState.CIRCULATED, circulated_at__gt=since)
    counting = minutes.filter(state=MinutesState.APPROVED, approved_at__gt=since)
    corrected = MinutesVersion.objects.visible_to(actor).filter(
        minutes__meeting__council__in=councils, number__gt=1, approved_at__gt=since
    )
    for things, path, moment, sentence in (
        (out, "meeting__", "circulated_at", _("The minutes of %(day)s wait for approval")),
        (counting, "meeting__", "approved_at", _("The minutes of %(day)s are approved")),
        (
            corrected, "minutes__meeting__", "approved_at",
            _("The minutes of %(day)s have been corrected"),
        ),
    ):  # fmt: skip
        yield Told(things, _columns(path, moment=moment), told=partial(_read, sentence=sentence))


def _of_decisions(actor: Actor, councils: frozenset[int], since: datetime) -> Told:
    """Decisions bind from when their minutes are approved; nobody is told of what is a draft."""
    approved = Minutes.objects.filter(
        state=MinutesState.APPROVED, meeting__items__ref=OuterRef("source_ref")
    )
    decisions = (
        Decision.objects.visible_to(actor)
        .filter(council__in=councils, source_kind=AgendaItem.trail_kind)
        .exclude(state__in=[DecisionState.DRAFTED, DecisionState.PROVISIONAL])
        .exclude(classification=Classification.RESTRICTED)
        .annotate(bound_at=Subquery(approved.values("approved_at")[:1]))
        .filter(bound_at__gt=since)
    )
    columns = {**OF_COUNCIL, "what": F("text"), "ref": F("ref"), "moment": F("bound_at")}
    return Told(decisions.distinct(), columns, told=_of_decision)


def _columns(meeting: str, *, moment: str, **more: Any) -> dict[str, Any]:
    """Which meeting it is about, on which day, and when it happened."""
    zone = timezone.get_default_timezone()  # the three countries share one clock
    return {
        "where": F(f"{meeting}council__name"),
        "where_ref": F(f"{meeting}council__ref"),
        "ref": F(f"{meeting}ref"),
        "due": TruncDate(F(f"{meeting}starts_at"), tzinfo=zone),
        "moment": F(moment),
        **more,
    }


def _said(row: Row, sentence: str) -> str:
    return sentence % {"day": in_words(row.due) if row.due else ""}


def _read(row: Row, *, sentence: str) -> tuple[str, str]:
    return _said(row, sentence), reverse("meetings:read", args=[row.ref])


def _of_sending(row: Row) -> tuple[str, str]:
    sentence = (
        _("The agenda of %(day)s has gone out")
        if row.number == 1
        else _("The agenda of %(day)s has changed")
    )
    return _said(row, sentence), reverse("meetings:detail", args=[row.ref])


def _of_change(row: Row) -> tuple[str, str]:
    sentence = (
        _("The meeting on %(day)s is cancelled")
        if row.stage == MeetingState.CANCELLED
        else _("A meeting has another time or place: %(day)s")
    )
    return _said(row, sentence), reverse("meetings:detail", args=[row.ref])


def _of_decision(row: Row) -> tuple[str, str]:
    what = shortened(row.what, at_most=LONGEST)
    return _("Decided: %(what)s") % {"what": what}, reverse("followup:decision", args=[row.ref])

"""Meetings, what is on their agenda, what their minutes say, papers and proposals, as found.

What is restricted is not. Minutes are found from when they go out, by whoever may open them; a
draft never is, since those who write it have it before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.access.vocabulary import Permission
from samrad.documents.richtext import words_of
from samrad.documents.rules import Classification
from samrad.kernel.clock import day_of
from samrad.meetings.models import AgendaItem, Meeting, Minutes, Paper, Proposal
from samrad.meetings.rules import MinutesState
from samrad.ui.formats import day as day_in_words

if TYPE_CHECKING:
    from samrad.access.actor import Actor

NOT_RESTRICTED = ~Q(classification=Classification.RESTRICTED)
MINUTES_ARE_OUT = Q(meeting__minutes__state__in=[MinutesState.CIRCULATED, MinutesState.APPROVED])


def _day(meeting: Meeting) -> date:
    return day_of(meeting.starts_at, meeting.council.zone)


def _meetings(rows: Rows) -> Iterator[Text]:
    for one in rows.select_related("council").iterator():
        yield Text(one.pk, one.ref, one.occasion, one.place, council=one.council_id, day=_day(one))


def _heading(title: str, day: date | None) -> str:
    if title:
        return title
    return _("Meeting on %(day)s") % {"day": day_in_words(day)}


def _items(rows: Rows) -> Iterator[Text]:
    found = rows.filter(NOT_RESTRICTED).select_related("meeting__council")
    for one in found.iterator():
        yield _of_item(one, words_of(one.text))


def _minutes(rows: Rows) -> Iterator[Text]:
    found = rows.filter(NOT_RESTRICTED, MINUTES_ARE_OUT).exclude(minutes_text="")
    for one in found.select_related("meeting__council").iterator():
        yield _of_item(one, words_of(one.minutes_text), is_titled=False)


def _of_item(one: AgendaItem, text: str, *, is_titled: bool = True) -> Text:
    return Text(
        one.pk, one.meeting.ref, one.title, text, council=one.meeting.council_id,
        day=_day(one.meeting), anchor=f"item-{one.ref}", is_titled=is_titled,
    )  # fmt: skip


def _papers(rows: Rows) -> Iterator[Text]:
    found = rows.filter(NOT_RESTRICTED, withdrawn_at=None).select_related(
        "meeting__council", "item"
    )
    for one in found.iterator():
        yield Text(
            one.pk, one.meeting.ref, one.title, council=one.meeting.council_id,
            day=_day(one.meeting), anchor=f"item-{one.item.ref}" if one.item else "",
        )  # fmt: skip


def _proposals(rows: Rows) -> Iterator[Text]:
    for one in rows.filter(NOT_RESTRICTED).select_related("council").iterator():
        yield Text(
            one.pk, one.council.ref, one.title, words_of(one.reason),
            council=one.council_id, day=day_of(one.proposed_at, one.council.zone),
        )  # fmt: skip


def _items_seen(actor: Actor) -> Sequence[Sight]:
    return [Sight(AgendaItem.objects.visible_to(actor).filter(NOT_RESTRICTED))]


def _minutes_seen(actor: Actor) -> Sequence[Sight]:
    """The item, and the minutes it stands in: two questions, asked beside each other."""
    out = Minutes.objects.visible_to(actor).exclude(state=MinutesState.DRAFT)
    return [*_items_seen(actor), Sight(out, path="meeting__items")]


def _papers_seen(actor: Actor) -> Sequence[Sight]:
    return [Sight(Paper.objects.visible_to(actor).filter(NOT_RESTRICTED, withdrawn_at=None))]


def _proposals_seen(actor: Actor) -> Sequence[Sight]:
    """Those of the councils whose list of proposals the actor may open."""
    councils = actor.councils_where(Permission.AGENDA_PROPOSE)
    seen = Proposal.objects.visible_to(actor).filter(NOT_RESTRICTED, council__in=councils)
    return [Sight(seen)] if councils else []


MEETINGS = Findable(
    kind="meeting",
    one=gettext_lazy("Meeting"),
    many=gettext_lazy("Meetings"),
    order=50,
    icon="calendar",
    page="meetings:detail",
    council="council",
    within_councils=True,
    rows=Meeting.objects.all,
    texts=_meetings,
    seen_by=lambda actor: [Sight(Meeting.objects.visible_to(actor))],
    heading=_heading,
)
ITEMS = Findable(
    kind="item",
    one=gettext_lazy("Agenda item"),
    many=gettext_lazy("Agenda items"),
    order=60,
    icon="menu",
    page="meetings:detail",
    council="meeting__council",
    within_councils=True,
    rows=AgendaItem.objects.all,
    texts=_items,
    seen_by=_items_seen,
)
MINUTES = Findable(
    kind="minutes",
    one=gettext_lazy("Minutes"),
    many=gettext_lazy("Minutes"),
    order=70,
    icon="document",
    page="meetings:read",
    council="meeting__council",
    within_councils=True,
    rows=AgendaItem.objects.all,
    texts=_minutes,
    seen_by=_minutes_seen,
)
PAPERS = Findable(
    kind="paper",
    one=pgettext_lazy("of a meeting", "Paper"),
    many=gettext_lazy("Papers"),
    order=80,
    icon="document",
    page="meetings:detail",
    council="meeting__council",
    within_councils=True,
    rows=Paper.objects.all,
    texts=_papers,
    seen_by=_papers_seen,
)
PROPOSALS = Findable(
    kind="proposal",
    one=gettext_lazy("Proposal"),
    many=gettext_lazy("Proposals"),
    order=90,
    icon="plus",
    page="meetings:proposals",
    council="council",
    rows=Proposal.objects.all,
    texts=_proposals,
    seen_by=_proposals_seen,
)

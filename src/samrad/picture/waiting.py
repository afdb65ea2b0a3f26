"""Statements that wait for the confirmation of somebody's side, on their home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.api import Attention, Part, Row
from samrad.kernel.clock import beginning_of
from samrad.picture.models import Agreed, Confirmation, Order
from samrad.picture.queries import waiting_for_sides
from samrad.picture.rules import UNANSWERED, OrderState

DECLINED_TOLD = timedelta(days=30)


ANEW = "anew"  # my side has confirmed an earlier text


def to_confirm(actor: Actor, on: date) -> Iterable[Part]:
    """What my side has not confirmed as it reads; what I wrote, once somebody has confirmed it."""
    conditions, before = [], []
    for side, councils in waiting_for_sides(actor).items():
        of_mine = Confirmation.objects.filter(agreed=OuterRef("pk"), side=side)
        as_it_reads = of_mine.filter(version=OuterRef("version"))
        conditions.append(Q(council__in=councils) & Q(~Exists(as_it_reads)))
        before.append(Q(council__in=councils) & Q(Exists(of_mine)))
    if not conditions:
        return
    things = Agreed.objects.visible_to(actor).standing().filter(reduce(or_, conditions))
    of_somebody = Confirmation.objects.filter(agreed=OuterRef("pk"), version=OuterRef("version"))
    yield Part(
        things.filter(~Q(written_by=actor.person_id) | Q(Exists(of_somebody))).order_by(),
        {
            "ref": F("ref"), "where": F("council__name"), "where_ref": F("council__ref"),
            "stage": Case(When(reduce(or_, before), then=Value(ANEW)), default=Value("")),
        },
        told=_told,
    )  # fmt: skip


def _told(rows: Iterable[Row]) -> Iterable[Attention]:
    """A line for each council, however many wait, and another where a confirmation fell."""
    titles = {
        ANEW: _("The text that your side confirmed has been changed: read it and confirm anew"),
        "": _("Confirm what both sides agree on"),
    }
    for name, ref, stage in sorted({(row.where, row.where_ref, row.stage) for row in rows}):
        yield Attention(
            title=titles[stage],
            url=reverse("picture:council", args=[ref]),
            verb=_("Read"),
            where=name,
            tone="info",
        )


def to_answer(actor: Actor, on: date) -> Iterable[Part]:
    """Analyses that my organisation has been asked for and has not answered."""
    if not actor.organisation_ids:
        return
    things = Order.objects.visible_to(actor).filter(
        answers__in=actor.organisation_ids, state__in=UNANSWERED
    )
    columns = {"ref": F("ref"), "where": F("council__name"), "due": F("deadline_date")}
    yield Part(things.order_by(), columns, told=_to_answer)


def _to_answer(rows: Iterable[Row]) -> Iterable[Attention]:
    for row in rows:
        yield Attention(
            title=_("Answer the analysis that was ordered"),
            url=reverse("picture:order", args=[row.ref]),
            verb=pgettext("button", "Open"),
            where=row.where,
            due=row.due,
            tone="info",
        )


def to_use(actor: Actor, on: date) -> Iterable[Part]:
    """What the council I keep has asked: answered and not put to use, late, or declined of late."""
    councils = actor.councils_where(Permission.AGENDA_SET)
    if councils:
        answered = Q(state=OrderState.ANSWERED)
        late = Q(state__in=UNANSWERED, deadline_date__lt=on)
        since = beginning_of(on - DECLINED_TOLD)
        declined = Q(state=OrderState.DECLINED, answered_at__gte=since)
        things = Order.objects.visible_to(actor).filter(council__in=councils)
        columns = {
            "ref": F("ref"), "where": F("council__name"), "stage": F("state"),
            "due": F("deadline_date"),
        }  # fmt: skip
        yield Part(things.filter(answered | late | declined).order_by(), columns, told=_to_use)


def _to_use(rows: Iterable[Row]) -> Iterable[Attention]:
    titles = {
        OrderState.ANSWERED: _("An analysis has been answered: say what it serves"),
        OrderState.DECLINED: _("An analysis has been declined: see why"),
    }
    for row in rows:
        is_late = row.stage in UNANSWERED
        yield Attention(
            title=titles.get(OrderState(row.stage), _("An analysis has not come in time")),
            url=reverse("picture:order", args=[row.ref]),
            verb=_("Read"),
            where=row.where,
            due=row.due if is_late else None,
            tone="warning" if is_late else "info",
        )

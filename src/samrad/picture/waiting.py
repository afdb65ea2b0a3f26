"""Statements that wait for the confirmation of somebody's side, on their home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.api import Attention, Part, Row
from samrad.picture.models import Agreed, Confirmation, Order
from samrad.picture.queries import waiting_for_sides
from samrad.picture.rules import UNANSWERED, OrderState


def to_confirm(actor: Actor, on: date) -> Iterable[Part]:
    """What somebody else has written and my side has not confirmed as it reads."""
    conditions = []
    for side, councils in waiting_for_sides(actor).items():
        given = Confirmation.objects.filter(
            agreed=OuterRef("pk"), side=side, version=OuterRef("version")
        )
        conditions.append(Q(council__in=councils) & Q(~Exists(given)))
    if not conditions:
        return
    wanted = reduce(or_, conditions)
    things = Agreed.objects.visible_to(actor).standing().filter(wanted)
    yield Part(
        things.exclude(written_by=actor.person_id).order_by(),
        {"ref": F("ref"), "where": F("council__name"), "where_ref": F("council__ref")},
        told=_told,
    )


def _told(rows: Iterable[Row]) -> Iterable[Attention]:
    """A line for each council, however many wait."""
    for name, ref in sorted({(row.where, row.where_ref) for row in rows}):
        yield Attention(
            title=_("Confirm what both sides agree on"),
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
    """Answers that the council I keep has not put to use."""
    councils = actor.councils_where(Permission.AGENDA_SET)
    if councils:
        things = Order.objects.visible_to(actor).filter(
            council__in=councils, state=OrderState.ANSWERED
        )
        columns = {"ref": F("ref"), "where": F("council__name")}
        yield Part(things.order_by(), columns, told=_to_use)


def _to_use(rows: Iterable[Row]) -> Iterable[Attention]:
    for row in rows:
        yield Attention(
            title=_("An analysis has been answered: say what it serves"),
            url=reverse("picture:order", args=[row.ref]),
            verb=_("Read"),
            where=row.where,
            tone="info",
        )

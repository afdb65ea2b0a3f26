"""Statements that wait for the confirmation of somebody's side, on their home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.followup.api import Attention, Part, Row
from samrad.picture.models import Agreed, Confirmation
from samrad.picture.queries import waiting_for_sides


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

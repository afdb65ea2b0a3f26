"""What theme days put on somebody's home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.api import Attention, Part, Row
from samrad.gatherings.queries import waiting_for_me
from samrad.kernel.clock import now

ENOUGH = 8
NAME, WRITE = "name", "write"


def theme_days(actor: Actor, on: date) -> Iterable[Part]:
    """Days for which my organisation has named nobody, and mine that wait for their outcomes."""
    if not actor.councils_where(Permission.INTERNAL_SEE):
        return
    at = now()
    over = When(ends_at__lt=at, then=Value(WRITE))
    yield Part(
        waiting_for_me(actor, on, at),
        {
            "what": F("title"),
            "ref": F("ref"),
            "where": F("council__name"),
            "due": F("nominate_by"),
            "stage": Case(over, default=Value(NAME)),
        },
        told=_told,
    )


def _told(rows: Iterable[Row]) -> Iterable[Attention]:
    for row in islice(rows, ENOUGH):
        yield _write(row) if row.stage == WRITE else _name(row)


def _name(row: Row) -> Attention:
    return Attention(
        title=_("Name participants for “%(title)s”") % {"title": row.what},
        url=reverse("gatherings:detail", args=[row.ref]),
        verb=_("Name them"),
        where=row.where,
        due=row.due,
        tone="info",
    )


def _write(row: Row) -> Attention:
    return Attention(
        title=_("Send on what “%(title)s” came to") % {"title": row.what},
        url=reverse("gatherings:detail", args=[row.ref]),
        verb=_("Write"),
        where=row.where,
        tone="warning",
    )

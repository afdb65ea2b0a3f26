"""What theme days put on somebody's home page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import islice

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.api import Attention, Part, Row
from samrad.gatherings.models import Workshop
from samrad.gatherings.queries import waiting_for_me
from samrad.gatherings.rules import ThemeDayState
from samrad.kernel.clock import now

ENOUGH = 8
NAME, WRITE, CLOSE = "name", "write", "close"


def theme_days(actor: Actor, on: date) -> Iterable[Part]:
    """Days for which my organisation has named nobody, and mine that wait for their outcomes."""
    if not actor.councils_where(Permission.INTERNAL_SEE):
        return
    at = now()
    left = Exists(Workshop.objects.waiting().filter(theme_day=OuterRef("pk")))
    settled = When(~left, state=ThemeDayState.HELD, then=Value(CLOSE))
    over = When(ends_at__lt=at, then=Value(WRITE))
    yield Part(
        waiting_for_me(actor, on, at),
        {
            "what": F("title"),
            "ref": F("ref"),
            "where": F("council__name"),
            "due": F("nominate_by"),
            "stage": Case(settled, over, default=Value(NAME)),
        },
        told=_told,
    )


def _told(rows: Iterable[Row]) -> Iterable[Attention]:
    for row in islice(rows, ENOUGH):
        yield TOLD[row.stage](row)


def _name(row: Row) -> Attention:
    title = _("Name participants for “%(title)s”")
    return replace(_about(row, title, _("Name them"), "info"), due=row.due)


def _write(row: Row) -> Attention:
    return _about(row, _("Send on what “%(title)s” came to"), _("Write"), "warning")


def _close(row: Row) -> Attention:
    title = _("Close “%(title)s”: its outcomes are sent on")
    return _about(row, title, pgettext("button", "Open"), "info")


TOLD = {NAME: _name, WRITE: _write, CLOSE: _close}


def _about(row: Row, title: str, verb: str, tone: str) -> Attention:
    url = reverse("gatherings:detail", args=[row.ref])
    return Attention(title % {"title": row.what}, url, verb, where=row.where, tone=tone)

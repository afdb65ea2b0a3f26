"""What becomes of a council's theme days when the council rests or ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from samrad.access.actor import Actor
from samrad.cooperation.endings import OpenEnd
from samrad.cooperation.models import Council
from samrad.gatherings.actions import cancel_theme_day
from samrad.gatherings.models import ThemeDay, Workshop
from samrad.gatherings.permissions import may_arrange
from samrad.gatherings.rules import ThemeDayState
from samrad.kernel.clock import now

COMING = (ThemeDayState.PLANNED, ThemeDayState.OPEN)


def open_ends(council: Council, actor: Actor) -> Iterable[OpenEnd]:
    """Theme days to come are cancelled with it; whoever may not cancel them has it done first."""
    number = _ahead(council, now()).count()
    page = reverse("cooperation:council", args=[council.ref])
    if number and (actor.is_system or may_arrange(actor, council)):
        text = ngettext(
            "%(n)s theme day to come is cancelled, with a mail to those who were invited.",
            "%(n)s theme days to come are cancelled, with a mail to those who were invited.",
            number,
        )
        yield OpenEnd(text % {"n": number}, page)
    elif number:
        text = ngettext(
            "%(n)s theme day is planned. The council's secretary or chair cancels it first.",
            "%(n)s theme days are planned. The council's secretary or chair cancels them first.",
            number,
        )
        yield OpenEnd(text % {"n": number}, page, stops=True)
    been = _not_sent_on(council, now()).count()
    if been:
        text = ngettext(
            "What %(n)s theme day came to has not been sent on. Send it on, or say it goes no"
            " further: nobody can when the council is gone.",
            "What %(n)s theme days came to has not been sent on. Send it on, or say it goes no"
            " further: nobody can when the council is gone.",
            been,
        )
        yield OpenEnd(text % {"n": been}, page, stops=True, only_when_it_ends=True)


def _not_sent_on(council: Council, at: datetime) -> QuerySet[ThemeDay]:
    """Those that have been, with a workshop whose outcome went nowhere."""
    over = Q(state=ThemeDayState.OPEN, ends_at__lt=at) | Q(state=ThemeDayState.HELD)
    left = Workshop.objects.waiting().filter(theme_day=OuterRef("pk"))
    return ThemeDay.objects.filter(over, Exists(left), council=council)


def cancel_what_is_ahead(
    council: Council, *, ends: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Every theme day to come is off, also when the council only rests."""
    for day in _ahead(council, at):
        cancel_theme_day(day=day, reason=reason, by=by, at=at)


def _ahead(council: Council, at: datetime) -> QuerySet[ThemeDay]:
    return ThemeDay.objects.filter(council=council, state__in=COMING, ends_at__gte=at).order_by(
        "starts_at"
    )

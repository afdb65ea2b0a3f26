"""What theme days put on somebody's home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.followup.api import Attention
from samrad.gatherings.models import ThemeDay
from samrad.gatherings.queries import waiting_for_me
from samrad.kernel.clock import now

ENOUGH = 8


def theme_days(actor: Actor, on: date) -> Iterable[Attention]:
    """Days for which my organisation has named nobody, and mine that wait for their outcomes."""
    if not actor.councils_where(Permission.INTERNAL_SEE):
        return
    at = now()
    for day in waiting_for_me(actor, on, at)[:ENOUGH]:
        yield _write(day) if day.ends_at < at else _name(day)


def _name(day: ThemeDay) -> Attention:
    return Attention(
        title=_("Name participants for “%(title)s”") % {"title": day.title},
        url=day.get_absolute_url(),
        verb=_("Name them"),
        where=day.council.name,
        due=day.nominate_by,
        tone="info",
    )


def _write(day: ThemeDay) -> Attention:
    return Attention(
        title=_("Send on what “%(title)s” came to") % {"title": day.title},
        url=day.get_absolute_url(),
        verb=_("Write"),
        where=day.council.name,
        tone="warning",
    )

"""What is late in the wheels that somebody keeps, on their home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samrad.access.actor import Actor
from samrad.followup.api import Attention
from samrad.wheel.queries.late import late_for
from samrad.wheel.queries.year import Entry


def late_activities(actor: Actor, on: date) -> Iterable[Attention]:
    """One line for each council, in wheels that have been taken into use: one query."""
    late = sorted(late_for(actor, on), key=lambda one: one.council.pk)
    for _council, found in groupby(late, key=lambda one: one.council.pk):
        yield _attention(list(found))


def _attention(late: list[Entry]) -> Attention:
    council = late[0].council
    url = late[0].url if len(late) == 1 else reverse("wheel:wheel", args=[council.ref])
    return Attention(
        title=_title(late),
        url=url,
        verb=pgettext("button", "Open"),
        where=council.name,
        tone="info",
    )


def _title(late: list[Entry]) -> str:
    if len(late) == 1:
        return _("Late in the year wheel: %(what)s") % {"what": late[0].told.title}
    counted = ngettext(
        "%(n)s activity of the year wheel is late",
        "%(n)s activities of the year wheel are late",
        len(late),
    )
    return counted % {"n": len(late)}

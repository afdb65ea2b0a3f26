"""Drafts that are open when a council rests or ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.access.actor import Actor
from samrad.agreements.actions.drafts import withdraw_draft
from samrad.agreements.models import Draft
from samrad.cooperation.endings import OpenEnd
from samrad.cooperation.models import Council
from samrad.profiles.reader import profile


def open_ends(council: Council, _actor: Actor) -> Iterable[OpenEnd]:
    """Each draft under way is given up."""
    for one in Draft.objects.under_way().filter(council=council):
        text = _("The draft “%(title)s” is given up.") % {"title": one.title}
        yield OpenEnd(text, one.get_absolute_url())


def withdraw_what_is_open(
    council: Council, *, ends: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Nobody writes an agreement for a council that is not at work, whether it ends or rests."""
    with override(profile(council.country).languages[0]):
        why = reason or _("The council is not at work.")
    for one in Draft.objects.under_way().filter(council=council).select_related("council__area"):
        withdraw_draft(draft=one, reason=why, by=by, at=at, voids=True)

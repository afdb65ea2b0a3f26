"""Drafts that are open when a council rests or ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.access.actor import Actor
from samrad.agreements.actions.drafts import withdraw_draft
from samrad.agreements.models import Draft
from samrad.agreements.rules import DraftState
from samrad.cooperation.endings import OpenEnd
from samrad.cooperation.models import Council
from samrad.profiles.reader import profile


def open_ends(council: Council, _actor: Actor) -> Iterable[OpenEnd]:
    """Each draft under way is given up, also one that only waits for its first day."""
    for one in Draft.objects.under_way().filter(council=council):
        if one.state == DraftState.SIGNED:
            text = _("“%(title)s”, which all parties have signed, is given up and never holds.")
        else:
            text = _("The draft “%(title)s” is given up.")
        yield OpenEnd(text % {"title": one.title}, one.get_absolute_url())


def withdraw_what_is_open(
    council: Council, *, ends: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Nobody writes an agreement for a council that is not at work, whether it ends or rests.

    What all have signed is given up too: it would come into force where nobody keeps it. Whoever
    lets the council begin again begins from it, and the parties sign for the days to come.
    """
    with override(profile(council.country).languages[0]):
        why = reason or _("The council is not at work.")
    for one in Draft.objects.under_way().filter(council=council).select_related("council__area"):
        withdraw_draft(draft=one, reason=why, by=by, at=at, voids=True)

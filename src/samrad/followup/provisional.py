"""Decisions whose minutes wait for approval are read by those who may open these minutes.

Which they are is said by the app that keeps the minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from samrad.access.vocabulary import Permission

if TYPE_CHECKING:
    from samrad.access.actor import Actor

Opened = Callable[["Actor"], Q]
_opened: list[Opened] = []


def register(opened: Opened) -> None:
    """`opened(actor)` is the condition for decisions of minutes that the actor may open."""
    if opened not in _opened:
        _opened.append(opened)


def with_their_minutes(actor: Actor) -> Q:
    """Provisional decisions that the actor may read; one of no minutes is for members."""
    loose = Q(source_ref=None, council__in=actor.councils_where(Permission.INTERNAL_SEE))
    return reduce(or_, (opened(actor) for opened in _opened), loose)

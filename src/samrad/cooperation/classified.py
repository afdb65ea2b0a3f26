"""Who reads what in a council, by classification: the one rule for items, decisions and tasks.

Open: everybody with a seat. Internal: permanent members. Restricted: the seats it names, and the
chair and secretary who keep it. A covering level sees only what its caller adds: open matters
that have been approved or sent.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.documents.rules import Classification

if TYPE_CHECKING:
    from samrad.access.actor import Actor


def readable(model: type[models.Model], actor: Actor, *, council: str = "council") -> Q:
    """The condition under which `actor`, by a seat, may read rows of `model`.

    `council` is the path from the row to its council's key; the model has `classification` and an
    `audience` of seats.
    """
    seen = actor.councils_where(Permission.COUNCIL_SEE)
    internal = actor.councils_where(Permission.INTERNAL_SEE)
    kept = actor.councils_where(Permission.RESTRICTED_KEEP)
    # Each council stands in as few conditions as can be: most people read all of most councils.
    all_of = seen & internal & kept
    most_of = (seen & internal) - all_of
    wanted = [
        (frozenset(Classification), all_of),
        (frozenset({Classification.OPEN, Classification.INTERNAL}), most_of),
        (frozenset({Classification.OPEN}), seen - all_of - most_of),
        (frozenset({Classification.INTERNAL}), internal - all_of - most_of),
        (frozenset({Classification.RESTRICTED}), kept - all_of),
    ]
    found = [_in(councils, council, classes) for classes, councils in wanted if councils]
    if actor.seat_ids and seen - all_of:
        found.append(Q(**{f"{council}__in": seen - all_of}) & _named_in(model, actor))
    return reduce(or_, found) if found else Q(pk__in=[])


def _in(councils: frozenset[int], path: str, classes: frozenset[Classification]) -> Q:
    there = Q(**{f"{path}__in": councils})
    return there if classes == frozenset(Classification) else there & Q(classification__in=classes)


def _named_in(model: type[models.Model], actor: Actor) -> Q:
    """Rows whose audience has one of the actor's seats."""
    audience: Any = model.audience.through  # type: ignore[attr-defined]
    own_column = model.audience.field.m2m_column_name()  # type: ignore[attr-defined]
    return Q(pk__in=audience.objects.filter(seat_id__in=actor.seat_ids).values(own_column))

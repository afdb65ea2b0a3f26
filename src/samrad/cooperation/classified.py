"""Who reads what in a council, by classification: the one rule for items, decisions and tasks.

Open: everybody with a seat. Internal: permanent members. Restricted: the seats it names, and the
chair and secretary who keep it. A covering level sees only what its caller adds: open matters
that have been approved or sent.
"""

from __future__ import annotations

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
    audience: Any = model.audience.through  # type: ignore[attr-defined]
    own_column = model.audience.field.m2m_column_name()  # type: ignore[attr-defined]
    named = audience.objects.filter(seat_id__in=actor.seat_ids).values(own_column)

    def where(permission: Permission) -> Q:
        return Q(**{f"{council}__in": actor.councils_where(permission)})

    return (
        (Q(classification=Classification.OPEN) & where(Permission.COUNCIL_SEE))
        | (Q(classification=Classification.INTERNAL) & where(Permission.INTERNAL_SEE))
        | (Q(classification=Classification.RESTRICTED) & where(Permission.RESTRICTED_KEEP))
        | (where(Permission.COUNCIL_SEE) & Q(pk__in=named))
    )

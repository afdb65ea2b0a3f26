"""What agreements tell of what has happened: that a comment of the reader's was answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.agreements.models import ClauseComment
from samrad.agreements.rules import Outcome
from samrad.followup.attention import Row
from samrad.followup.news import Told
from samrad.ui.addresses import address_of


def of_comments(actor: Actor, councils: frozenset[int], since: datetime) -> Iterable[Told]:
    """The reader's own comments that somebody else has answered."""
    mine = ClauseComment.objects.visible_to(actor).filter(
        by=actor.person_id, clause__draft__council__in=councils, answered_at__gt=since
    )
    columns = {
        "where": F("clause__draft__council__name"),
        "where_ref": F("clause__draft__council__ref"),
        "what": F("clause__heading"), "ref": F("clause__draft__ref"),
        "moment": F("answered_at"), "stage": Concat("outcome", Value("#"), "clause__key"),
    }  # fmt: skip
    yield Told(mine.exclude(answered_by=actor.person_id), columns, told=_answered)


def _answered(row: Row) -> tuple[str, str]:
    outcome, _hash, clause = row.stage.partition("#")
    told = (
        _("Your comment on “%(what)s” has been followed")
        if outcome == Outcome.TAKEN
        else _("Your comment on “%(what)s” has been answered")
    )
    return told % {"what": row.what}, f"{address_of('agreements:draft', row.ref)}#{clause}"

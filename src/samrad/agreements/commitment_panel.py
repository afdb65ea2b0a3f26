"""What an agreement's page shows of its promises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.agreements.models import Evaluation
from samrad.agreements.permissions import may_follow_commitments
from samrad.agreements.queries.commitments import noted_in
from samrad.cooperation.models import Agreement
from samrad.cooperation.panels import NextStep, Panel

UNDER_THE_TEXT = 20
AFTER_THE_PROMISES = 25


def promises(agreement: Agreement, actor: Actor) -> Iterable[Panel | NextStep]:
    """Each promise with who answers for it, and the way to how it is kept, in one query."""
    noted = noted_in(agreement)
    may_follow = bool(may_follow_commitments(actor, agreement))
    if not noted and not may_follow:
        return
    context = {
        "promised": noted,
        "links": may_follow,
        "url": reverse("agreements:commitments", args=[agreement.ref]),
        "label": _("How they are kept") if noted else _("Note a promise"),
    }
    yield Panel("agreements/panel_promised.html", order=UNDER_THE_TEXT, context=context)


def last_evaluated(agreement: Agreement, actor: Actor) -> Iterable[Panel | NextStep]:
    """What was found the last time, of the whole and of each promise, for those inside."""
    seen = Evaluation.objects.visible_to(actor).filter(agreement=agreement)
    rows: list[Any] = list(
        seen.filter(pk=Subquery(seen.values("pk")[:1]))
        .select_related("by")
        .annotate(
            promise=F("promises__title"), finding=F("promises__finding"), said=F("promises__text")
        )
        .order_by("promises__pk")
    )
    if not rows:
        return
    context = {
        "one": rows[0],
        "found": [
            {"title": one.promise, "finding": one.finding, "text": one.said}
            for one in rows
            if one.finding
        ],
        "zone": agreement.council.zone,
        "url": reverse("agreements:signatures", args=[agreement.ref]),
    }
    yield Panel("agreements/panel_evaluated.html", order=AFTER_THE_PROMISES, context=context)

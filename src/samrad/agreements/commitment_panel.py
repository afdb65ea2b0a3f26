"""What an agreement's page shows of its promises."""

from __future__ import annotations

from collections.abc import Iterable

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
    """What was found the last time, for those inside: two queries."""
    seen = Evaluation.objects.visible_to(actor).filter(agreement=agreement)
    last = seen.select_related("by").prefetch_related("promises").first()
    if last is None:
        return
    context = {
        "one": last,
        "zone": agreement.council.zone,
        "url": reverse("agreements:signatures", args=[agreement.ref]),
    }
    yield Panel("agreements/panel_evaluated.html", order=AFTER_THE_PROMISES, context=context)

"""What goes on when an agreement ends with nothing in its place."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from samrad.agreements.models import Draft
from samrad.agreements.queries.additions import Addition, added_to
from samrad.cooperation.models import Agreement, Commitment


@dataclass(frozen=True)
class GoingOn:
    """What whoever ends an agreement should know of it."""

    promises: list[Commitment]  # followed: in the year wheel or by a task
    parts: list[Agreement]  # in force under it
    added: list[Addition]  # additions that hold, and end with it
    waiting: list[Draft]  # additions under way, that are given up
    anew: list[Draft]  # drafts that make it anew, and go on without it


def followed_in(agreement: Agreement) -> list[Commitment]:
    """The promises of the agreement that come back or wait to be done."""
    found = agreement.commitments.exclude(following=None).select_related("council", "agreement")
    return list(found.order_by("pk"))


def going_on(agreement: Agreement) -> GoingOn:
    """Four queries at most."""
    drafts = Draft.objects.under_way().filter(Q(amends=agreement) | Q(revises=agreement))
    return GoingOn(
        promises=followed_in(agreement),
        parts=list(agreement.parts.in_force()),
        added=added_to(agreement),
        waiting=[one for one in drafts if one.is_amendment],
        anew=[one for one in drafts if not one.is_amendment],
    )

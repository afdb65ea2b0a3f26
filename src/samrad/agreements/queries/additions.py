"""Additions to an agreement that hold beside its own text."""

from __future__ import annotations

from collections.abc import Iterable

from samrad.agreements.models import Draft, DraftClause
from samrad.agreements.queries.templates import Beginning
from samrad.agreements.queries.versions import HasText
from samrad.agreements.rules import ADDITIONS, DraftState
from samrad.cooperation.models import Agreement

ADDED = "addition_"


def drafts_added_to(agreement: Agreement) -> list[Draft]:
    """The additions that hold, each with its clauses; no query where there is none."""
    if not agreement.facts.get(ADDITIONS):
        return []
    drafts = Draft.objects.filter(amends=agreement, state=DraftState.IN_FORCE)
    return list(drafts.prefetch_related("clauses").order_by("from_date", "pk"))


def additions_to(agreement: Agreement) -> list[Beginning]:
    """The same, each as a clause of the agreement that is made anew."""
    return [
        Beginning(key_of(one), one.title, "\n\n".join(c.text for c in one.clauses.all() if c.text))
        for one in drafts_added_to(agreement)
    ]


def as_it_holds(agreement: Agreement) -> list[HasText]:
    """The agreement's clauses, then what was added to it."""
    return [*agreement.clauses.all(), *additions_to(agreement)]


def key_of(addition: Draft) -> str:
    """The key of the clause that an addition becomes."""
    return f"{ADDED}{addition.ref.hex}"


def not_carried(ending: Agreement, clauses: Iterable[DraftClause]) -> list[Draft]:
    """The additions that end with an agreement: those that no clause of the new one holds."""
    there = {one.key for one in clauses if one.text}
    return [one for one in drafts_added_to(ending) if key_of(one) not in there]

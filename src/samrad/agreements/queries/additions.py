"""Additions to an agreement that hold beside its own text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from samrad.agreements.models import Draft, DraftClause
from samrad.agreements.queries.templates import Beginning, ends_with
from samrad.agreements.queries.versions import HasText
from samrad.agreements.rules import ADDITIONS, DraftState
from samrad.areas.rules.names import fold
from samrad.cooperation.models import Agreement
from samrad.documents.richtext import words_of

ADDED = "addition_"


@dataclass(frozen=True)
class Addition:
    """One that holds, with what it says."""

    draft: Draft
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.draft.title


def added_to(agreement: Agreement) -> list[Addition]:
    """The additions that hold: one query, none where there is none."""
    if not agreement.facts.get(ADDITIONS):
        return []
    clauses = DraftClause.objects.filter(
        draft__amends=agreement, draft__state=DraftState.IN_FORCE
    ).order_by("draft__from_date", "draft_id", "order")
    together = groupby(clauses.select_related("draft"), key=lambda one: one.draft)
    return [Addition(draft, tuple(one.text for one in own if one.text)) for draft, own in together]


def additions_to(agreement: Agreement) -> list[Beginning]:
    """The same, each as a clause of the agreement that is made anew."""
    return [as_clause(one) for one in added_to(agreement)]


def as_clause(addition: Addition) -> Beginning:
    """An addition as it stands in a text that takes the place of what it was added to."""
    return Beginning(key_of(addition.draft), addition.title, "\n\n".join(addition.texts))


def as_it_holds(agreement: Agreement) -> list[HasText]:
    """The agreement's clauses, then what was added to it."""
    return [*agreement.clauses.all(), *additions_to(agreement)]


def key_of(addition: Draft) -> str:
    """The key of the clause that an addition becomes."""
    return f"{ADDED}{addition.ref.hex}"


def not_carried(ending: Agreement, clauses: Iterable[DraftClause]) -> list[Addition]:
    """The additions that end with an agreement: those that no clause of the new one holds."""
    added = added_to(ending)
    if not added:
        return []
    there = {one.key: fold(words_of(one.text)) for one in clauses if one.text}
    return [
        one
        for one in added
        if key_of(one.draft) not in there and not _stands_in(one, there.values())
    ]


def lost_with(draft: Draft, clauses: Iterable[DraftClause] | None = None) -> list[Addition]:
    """The same of what ends when the draft comes into force."""
    ending = ends_with(draft)
    if ending is None:
        return []
    return not_carried(ending, draft.clauses.all() if clauses is None else clauses)


def _stands_in(addition: Addition, texts: Collection[str]) -> bool:
    """Whether all that it says was written into other clauses, word for word."""
    said = [fold(words_of(one)) for one in addition.texts]
    return bool(said) and all(any(one in text for text in texts) for one in said)

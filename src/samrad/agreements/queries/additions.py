"""Additions to an agreement that hold beside its own text."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from samrad.agreements.models import Draft, DraftClause
from samrad.agreements.queries.templates import Beginning, ends_with
from samrad.agreements.queries.versions import HasText
from samrad.agreements.rules import ADDITIONS, DraftState
from samrad.areas.rules.names import fold
from samrad.cooperation.models import Agreement
from samrad.documents.richtext import words_of

ADDED = "addition_"


def drafts_added_to(agreement: Agreement) -> list[Draft]:
    """The additions that hold, each with its clauses; no query where there is none."""
    if not agreement.facts.get(ADDITIONS):
        return []
    drafts = Draft.objects.filter(amends=agreement, state=DraftState.IN_FORCE)
    return list(drafts.prefetch_related("clauses").order_by("from_date", "pk"))


def additions_to(agreement: Agreement) -> list[Beginning]:
    """The same, each as a clause of the agreement that is made anew."""
    return [as_clause(one) for one in drafts_added_to(agreement)]


def as_clause(addition: Draft) -> Beginning:
    """An addition as it stands in a text that takes the place of what it was added to."""
    text = "\n\n".join(one.text for one in addition.clauses.all() if one.text)
    return Beginning(key_of(addition), addition.title, text)


def as_it_holds(agreement: Agreement) -> list[HasText]:
    """The agreement's clauses, then what was added to it."""
    return [*agreement.clauses.all(), *additions_to(agreement)]


def key_of(addition: Draft) -> str:
    """The key of the clause that an addition becomes."""
    return f"{ADDED}{addition.ref.hex}"


def not_carried(ending: Agreement, clauses: Iterable[DraftClause]) -> list[Draft]:
    """The additions that end with an agreement: those that no clause of the new one holds."""
    added = drafts_added_to(ending)
    if not added:
        return []
    there = {one.key: fold(words_of(one.text)) for one in clauses if one.text}
    return [
        one for one in added if key_of(one) not in there and not _stands_in(one, there.values())
    ]


def lost_with(draft: Draft) -> list[Draft]:
    """The same of what ends when the draft comes into force."""
    ending = ends_with(draft)
    return not_carried(ending, draft.clauses.all()) if ending else []


def _stands_in(addition: Draft, texts: Collection[str]) -> bool:
    """Whether all that it says was written into other clauses, word for word."""
    said = [fold(words_of(one.text)) for one in addition.clauses.all() if one.text]
    return bool(said) and all(any(one in text for text in texts) for one in said)

"""A draft's clauses with what has been said of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samrad.agreements.models import ClauseComment, Draft, DraftClause
from samrad.agreements.rules import Outcome
from samrad.agreements.rules.signing import gaps_in


@dataclass(frozen=True)
class ClauseRead:
    """A clause with its comments, in the order they came."""

    clause: DraftClause
    comments: Sequence[ClauseComment]


def clauses_read(draft: Draft, *, with_comments: bool) -> list[ClauseRead]:
    """Every clause of the draft: two queries. What is said of it is for those inside alone."""
    under: dict[int, list[ClauseComment]] = {}
    if with_comments:
        said = ClauseComment.objects.filter(clause__draft=draft)
        for one in said.select_related("by", "answered_by"):
            under.setdefault(one.clause_id, []).append(one)
    return [ClauseRead(one, under.get(one.pk, [])) for one in draft.clauses.all()]


@dataclass(frozen=True)
class Unfilled:
    """A place of a draft with gaps, and how many."""

    name: str
    anchor: str  # on the page where it is written
    gaps: int


def unfilled_in(draft: Draft, clauses: Iterable[DraftClause]) -> list[Unfilled]:
    """Title first, then clause by clause, as they are filled in."""
    places = [(_("Title"), "id_title", draft.title)]
    places += [(one.heading, one.key, one.text) for one in clauses]
    counted = [Unfilled(name, anchor, len(gaps_in(text))) for name, anchor, text in places]
    return [one for one in counted if one.gaps]


def open_comments_of(clauses: Iterable[ClauseRead]) -> list[ClauseComment]:
    """The comments that nobody has answered yet, in the order of the text."""
    return [
        comment
        for clause in clauses
        for comment in clause.comments
        if comment.outcome == Outcome.OPEN
    ]

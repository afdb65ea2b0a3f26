"""A draft's clauses with what has been said of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samrad.agreements.models import ClauseComment, Draft, DraftClause
from samrad.agreements.rules import Outcome
from samrad.agreements.rules.signing import gaps_in


@dataclass(frozen=True)
class ClauseRead:
    """A clause with its comments, in the order they came."""

    clause: DraftClause
    comments: Sequence[ClauseComment]

    @property
    def gaps(self) -> int:
        """How many places are still to be filled in."""
        return len(gaps_in(self.clause.text))


def clauses_read(draft: Draft, *, with_comments: bool) -> list[ClauseRead]:
    """Every clause of the draft: two queries. What is said of it is for those inside alone."""
    under: dict[int, list[ClauseComment]] = {}
    if with_comments:
        said = ClauseComment.objects.filter(clause__draft=draft)
        for one in said.select_related("by", "answered_by"):
            under.setdefault(one.clause_id, []).append(one)
    return [ClauseRead(one, under.get(one.pk, [])) for one in draft.clauses.all()]


def open_comments_of(clauses: Iterable[ClauseRead]) -> list[ClauseComment]:
    """The comments that nobody has answered yet, in the order of the text."""
    return [
        comment
        for clause in clauses
        for comment in clause.comments
        if comment.outcome == Outcome.OPEN
    ]

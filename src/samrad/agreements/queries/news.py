"""What has become of a draft since it was put out for comments, and of what one said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, Subquery

from samrad.access.actor import Actor
from samrad.agreements.models import (
    ClauseComment,
    Draft,
    DraftClause,
    Party,
    Signature,
    Wording,
)
from samrad.agreements.queries.fallen import clauses_of
from samrad.agreements.queries.frames import frame_changes, frame_of_draft, frame_of_text
from samrad.agreements.queries.versions import Became, ClauseChange, changes_between


@dataclass(frozen=True)
class News:
    """For whoever is to sign it."""

    changed: Sequence[str]  # headings of clauses and names of parts of the frame
    was_heard: bool  # whether the text that was put out for comments is known
    mine: Sequence[ClauseComment]


def news_for(
    draft: Draft,
    heard: Wording | None,
    actor: Actor,
    *,
    clauses: Iterable[DraftClause],
    parties: Sequence[Party],
) -> News:
    """What is otherwise than in the text that was commented on, and the reader's comments."""
    mine = ClauseComment.objects.filter(clause__draft=draft, by=actor.person_id)
    return News(
        changed=_named(draft, heard, clauses, parties) if heard else [],
        was_heard=heard is not None,
        mine=list(mine.select_related("clause")),
    )


def _named(
    draft: Draft, heard: Wording, clauses: Iterable[DraftClause], parties: Sequence[Party]
) -> list[str]:
    """Title, days, parties and the like first, as they stand above the clauses."""
    before = frame_of_text(draft, heard.signed_text, parties)
    frame = frame_changes(before, frame_of_draft(draft, parties))
    texts = since_comments(heard, clauses)
    return [*(one.label for one in frame), *(one.heading for one in texts)]


def texts_before(party: Party) -> tuple[Wording | None, bool]:
    """What its draft was when it was heard last, and whether there is a text that was signed for
    the party before it was changed: one query."""
    signed = Signature.objects.filter(party=party).order_by("-at", "-pk").values("sha256")[:1]
    known = Wording.objects.filter(draft=party.draft_id).annotate(fell=Q(sha256=Subquery(signed)))
    there = list(known.filter(Q(fell=True) | Q(heard_at__isnull=False)).order_by("heard_at"))
    heard = [one for one in there if one.heard_at is not None]
    return heard[-1] if heard else None, any(one.fell for one in there)


def put_out_for_comments(draft: Draft) -> Wording | None:
    """The text that the council's members were asked about last."""
    return draft.wordings.exclude(heard_at=None).order_by("-heard_at").first()


def since_comments(heard: Wording, clauses: Iterable[DraftClause]) -> list[ClauseChange]:
    """The clauses that are others by now."""
    before = [one for one in clauses_of(heard) if one.text]
    changes = changes_between(before, clauses)
    return [one for one in changes if one.became != Became.SAME]

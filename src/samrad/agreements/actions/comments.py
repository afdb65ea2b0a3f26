"""A draft put out for comments, what is said of it, and what the writer makes of that."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.agreements import as_written, events, letters
from samrad.agreements.actions.drafts import write_draft
from samrad.agreements.actions.holding import held
from samrad.agreements.actions.wordings import keep_what_is_heard
from samrad.agreements.models import ClauseComment, Draft, DraftClause
from samrad.agreements.permissions import (
    is_ahead,
    may_answer_comment,
    may_bring_draft,
    may_comment,
)
from samrad.agreements.queries.parties import members_of
from samrad.agreements.rules import DraftState, Outcome
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise
from samrad.people.models import Person
from samrad.trail.api import record


@transaction.atomic
def open_comments(*, draft: Draft, until: date, by: Actor, at: datetime) -> None:
    """The council's permanent members read the draft and say what they think, until a day."""
    draft = held(draft)
    may_bring_draft(by, draft, DraftState.COMMENTS).enforce()
    day = day_of(at, draft.council.zone)
    is_ahead(until, day).enforce()
    draft.state, draft.comments_until = DraftState.COMMENTS, until
    draft.shown_at = draft.shown_at or at
    draft.save(update_fields=["state", "comments_until", "shown_at"])
    keep_what_is_heard(draft, at=at)
    record(events.COMMENTS_OPENED, about=draft, by=by, at=at, day=until.isoformat())
    readers = [one for one in members_of(draft.council, day) if one.pk != by.person_id]
    letters.tell(draft, readers, "comments", until=until)


@transaction.atomic
def comment_on(*, clause: DraftClause, text: str, by: Actor, at: datetime) -> ClauseComment:
    """What somebody says of a clause."""
    draft = held(clause.draft)
    may_comment(by, draft).enforce()
    clause = locked(clause)
    clause.draft = draft
    comment = ClauseComment.objects.create(
        clause=clause, text=normalise(text), by_id=by.person_id or 0, at=at
    )
    record(events.COMMENT_MADE, about=comment, by=by, at=at)
    return comment


@transaction.atomic
def answer_comment(
    *,
    comment: ClauseComment,
    outcome: Outcome,
    answer: str,
    by: Actor,
    at: datetime,
    text: str | None = None,
    seen: str = "",
) -> None:
    """The writer followed it, and says how the clause reads now; or says why the text stands."""
    draft = held(comment.clause.draft)
    comment = locked(comment, "clause", "by")
    comment.clause.draft = draft
    may_answer_comment(by, comment).enforce()
    clause = comment.clause
    enforce_seen(seen, as_written.of_clause(clause))
    if text is not None and outcome == Outcome.TAKEN:
        write_draft(draft=draft, given={as_written.field_of(clause): text}, by=by, at=at)
    comment.outcome, comment.answer = outcome, normalise(answer)
    comment.answered_by = Person.objects.filter(pk=by.person_id or 0).first()
    comment.answered_at = at
    comment.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    event = events.COMMENT_TAKEN if outcome == Outcome.TAKEN else events.COMMENT_LEFT
    record(event, about=comment, by=by, at=at)

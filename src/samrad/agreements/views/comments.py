"""A draft out for comments."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.agreements.actions.comments import answer_comment, comment_on, open_comments
from samrad.agreements.forms.comments import AnswerForm, CommentForm, OpenCommentsForm
from samrad.agreements.models import ClauseComment, DraftClause
from samrad.agreements.permissions import may_answer_comment, may_bring_draft, may_comment
from samrad.agreements.queries.lacking import missing_in_draft
from samrad.agreements.rules import DraftState, Outcome
from samrad.agreements.views.common import FORM, draft_or_404, form_page, posted
from samrad.cooperation.reading_words import missing_in_words
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.ui.changing import on_what_is_there

USUAL_TIME = timedelta(days=21)


@declare(SIGNED_IN)
@FORM
def open_up(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Put the draft out for comments until a day."""
    found, actor = draft_or_404(request, ref), request.actor
    may_bring_draft(actor, found, DraftState.COMMENTS).enforce()
    initial = {"until": found.comments_until or today(found.council.zone) + USUAL_TIME}
    form = OpenCommentsForm(posted(request), actor=actor, council=found.council_id, initial=initial)
    if request.method == "POST" and form.is_valid():
        open_comments(draft=found, until=form.cleaned_data["until"], by=actor, at=now())
        messages.success(request, _("The council's members have been asked what they think."))
        return redirect(found)
    lead = _("The council's permanent members read the draft and comment clause by clause.")
    lacks = missing_in_words(found.council.country, missing_in_draft(found), found.kind)
    return form_page(
        request, form, _("Put out for comments"), back=found, lead=lead, save=_("Put it out"),
        template="agreements/open_comments.html", draft=found, lacks=lacks,
    )  # fmt: skip


@declare(SIGNED_IN)
@FORM
def comment(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say what you think of a clause."""
    clause, actor = _clause_or_404(request, ref), request.actor
    draft = clause.draft
    may_comment(actor, draft).enforce()
    form = CommentForm(posted(request), actor=actor, council=draft.council_id)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = comment_on(clause=clause, text=form.cleaned_data["text"], by=actor, at=now())
            note_answers(form.number_answers, about=made, by=actor, at=now())
        messages.success(request, _("Your comment stands with the clause."))
        return redirect(f"{draft.get_absolute_url()}#{clause.key}")
    title = _("Comment on “%(heading)s”") % {"heading": clause.heading}
    return form_page(
        request, form, title, back=draft, quoted=clause.text, save=_("Send the comment")
    )


def _clause_or_404(request: ActorRequest, ref: UUID) -> DraftClause:
    """The clause of a draft that the reader may see."""
    clauses = DraftClause.objects.select_related("draft__council__area", "draft__amends")
    found = clauses.filter(ref=ref).first()
    if found is None:
        raise not_there()
    draft_or_404(request, found.draft.ref)
    return found


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def answer(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say what came of a comment."""
    comments = ClauseComment.objects.select_related("clause__draft__council__area", "by")
    found, actor = visible_or_404(comments, request.actor, ref=ref), request.actor
    draft = found.clause.draft
    may_answer_comment(actor, found).enforce()
    found.clause.draft = draft
    form = AnswerForm(posted(request), clause=found.clause, actor=actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            answer_comment(
                comment=found, outcome=Outcome(given["outcome"]), answer=given["answer"],
                text=given["text"], seen=form.seen, by=actor, at=now(),
            )  # fmt: skip
            note_answers(form.number_answers, about=draft, by=actor, at=now())
        messages.success(request, _("The comment is answered."))
        return redirect(f"{draft.get_absolute_url()}#{found.clause.key}")
    title = _("Answer a comment on “%(heading)s”") % {"heading": found.clause.heading}
    return form_page(request, form, title, back=draft, quoted=found.text, save=_("Answer"))

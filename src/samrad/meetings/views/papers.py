"""Papers: the page they are kept on, opening one, replacing and withdrawing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import handed_out, note_answers
from samrad.documents.forms import HARMLESS
from samrad.documents.intake import Note
from samrad.documents.words import NOTES
from samrad.kernel.clock import now
from samrad.meetings.actions.papers import (
    add_paper,
    change_paper,
    remove_paper,
    replace_paper,
    shift_paper,
    withdraw_paper,
)
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.forms.papers import PaperForm, PapersForm, ReplaceForm, WithdrawForm
from samrad.meetings.models import Meeting, Paper, PaperVersion
from samrad.meetings.permissions import (
    may_keep_papers,
    may_open_paper,
    may_remove_paper,
    may_withdraw_paper,
)
from samrad.meetings.queries.agenda import agenda_of
from samrad.meetings.queries.minutes import day_of
from samrad.meetings.queries.papers import papers_seen
from samrad.meetings.views.found import meeting_or_404, posted
from samrad.ui.changing import on_what_is_there


@declare(SIGNED_IN)
@require_GET
def read(request: ActorRequest, ref: UUID) -> HttpResponseBase:
    """Open a paper: the version that counts."""
    paper = _paper_or_404(request, ref)
    return _opened(request, paper, paper.current)


@declare(SIGNED_IN)
@require_GET
def read_version(request: ActorRequest, ref: UUID) -> HttpResponseBase:
    """Open a version, also one that was replaced."""
    versions = PaperVersion.objects.select_related("paper", "file")
    version = visible_or_404(versions, request.actor, ref=ref)
    return _opened(request, _paper_or_404(request, version.paper.ref), version)


def _opened(request: ActorRequest, paper: Paper, version: PaperVersion | None) -> HttpResponseBase:
    """The file itself, once it is noted who opened it."""
    may_open_paper(request.actor, paper).enforce()
    file = version.file if version else None
    if file is None or not file.content.storage.exists(str(file.content.name)):
        messages.error(request, _("The file is gone and cannot be opened."))
        return redirect(paper.meeting)
    record_reading(items=[paper], by=request.actor, at=now())
    return handed_out(file, in_place=True)


def _paper_or_404(request: ActorRequest, ref: UUID) -> Paper:
    papers: QuerySet[Paper] = Paper.objects.select_related(
        "meeting__council", "meeting__minutes", "item", "withdrawn_by"
    ).prefetch_related("versions__file", "versions__added_by")
    paper = visible_or_404(papers, request.actor, ref=ref)
    if paper.item:
        paper.item.meeting = paper.meeting
    return paper


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def papers(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The papers of a meeting, to add to and to put in order."""
    meeting, actor = meeting_or_404(request, ref), request.actor
    may_keep_papers(actor, meeting).enforce()
    agenda = agenda_of(meeting, actor)
    form = PapersForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        meeting=meeting,
        agenda=agenda,
        filled=seats_filled(meeting.council, day_of(meeting)),
        actor=actor,
        council=meeting.council_id,
        initial={"item": request.GET.get("item", "")},
    )
    if request.method == "POST":
        added = _add(request, meeting, form)
        if request.headers.get("Accept") == "application/json":
            return _told(form, added)
        _say(request, added)
        if form.is_valid():
            return redirect("meetings:papers", meeting.ref)
    items = [one.item for one in agenda]
    record_reading(items=items, by=actor, at=now())
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "agenda": agenda,
        "papers": papers_seen(meeting, actor, items),
        "form": form,
    }
    return render(request, "meetings/papers.html", context, status=422 if form.is_bound else 200)


def _add(request: ActorRequest, meeting: Meeting, form: PapersForm) -> list[PaperVersion]:
    """Keep the files nothing is said against, each by itself."""
    form.is_valid()
    added = []
    for one in form.to_add():
        with transaction.atomic():
            paper = add_paper(
                meeting=meeting,
                item=form.place,
                handed_in=one,
                readers=form.chosen_readers(),
                answers=form.number_answers,
                by=request.actor,
                at=now(),
            )
        added.append(paper.versions.get())
    return added


def _told(form: PapersForm, added: list[PaperVersion]) -> JsonResponse:
    """The same for the page's script, which sends one file at a time."""
    if form.is_valid():
        notes = [_in_words(note) for version in added for note in version.notes]
        return JsonResponse({"added": len(added), "notes": notes})
    wrong = [
        str(one)
        for name, errors in form.errors.items()
        for one in errors
        if name != HARMLESS  # its question says the same
    ]
    answer = {"error": " ".join(wrong), "questions": form.questions_in_words()}
    return JsonResponse(answer, status=422)


def _say(request: ActorRequest, added: list[PaperVersion]) -> None:
    if added:
        told = ngettext("%(n)s paper is added.", "%(n)s papers are added.", len(added))
        messages.success(request, told % {"n": len(added)})
    for version in added:
        for note in version.notes:
            messages.warning(request, f"{version.paper.title}: {_in_words(note)}")


def _in_words(note: str) -> str:
    return str(NOTES[Note(note)])


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def change(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What a paper is called, whom it is for, and what has become of it."""
    paper = _paper_or_404(request, ref)
    keeps = may_keep_papers(request.actor, paper.meeting)
    if not may_withdraw_paper(request.actor, paper):
        keeps.enforce()
    form = _paper_form(request, paper)
    if request.method == "POST":
        keeps.enforce()
        if form.is_valid():
            with transaction.atomic():
                change_paper(
                    paper=paper, title=form.cleaned_data["title"], readers=form.readers(),
                    seen=form.seen, by=request.actor, at=now(),
                )  # fmt: skip
                note_answers(form.number_answers, about=paper, by=request.actor, at=now())
            messages.success(request, _("The paper is changed."))
            return redirect("meetings:papers", paper.meeting.ref)
    return _page(request, paper, form=form)


@declare(SIGNED_IN)
@require_POST
def replace(request: ActorRequest, ref: UUID) -> HttpResponse:
    """A new version of a paper."""
    paper = _paper_or_404(request, ref)
    may_keep_papers(request.actor, paper.meeting).enforce()
    form = _replace_form(request, paper)
    if not form.is_valid():
        return _page(request, paper, replacing=form)
    with transaction.atomic():
        version = replace_paper(
            paper=paper, handed_in=form.cleaned_data["file"], answers=form.number_answers,
            by=request.actor, at=now(),
        )  # fmt: skip
    messages.success(request, _("The paper is replaced. The earlier version is kept."))
    for note in version.notes:
        messages.warning(request, _in_words(note))
    return redirect("meetings:change_paper", paper.ref)


@declare(SIGNED_IN)
@require_POST
def shift(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Up or down by one."""
    paper = _paper_or_404(request, ref)
    shift_paper(paper=paper, up=request.POST.get("to") == "up", by=request.actor, at=now())
    return redirect(f"{reverse('meetings:papers', args=[paper.meeting.ref])}#paper-{paper.ref}")


@declare(SIGNED_IN)
@require_POST
def remove(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Take a paper away that nobody was told of."""
    paper = _paper_or_404(request, ref)
    remove_paper(paper=paper, by=request.actor, at=now())
    messages.success(request, _("The paper is removed."))
    return redirect("meetings:papers", paper.meeting.ref)


@declare(SIGNED_IN)
@require_POST
def withdraw(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Call a paper back, with a reason."""
    paper = _paper_or_404(request, ref)
    may_withdraw_paper(request.actor, paper).enforce()
    form = _withdraw_form(request, paper)
    if not form.is_valid():
        return _page(request, paper, withdrawing=form)
    with transaction.atomic():
        withdraw_paper(
            paper=paper, reason=form.cleaned_data["reason"], erase=form.cleaned_data["erase"],
            by=request.actor, at=now(),
        )  # fmt: skip
        note_answers(form.number_answers, about=paper, by=request.actor, at=now())
    messages.success(request, _("The paper is withdrawn."))
    return redirect(paper.meeting)


def _paper_form(request: ActorRequest, paper: Paper, *, is_sent: bool = True) -> PaperForm:
    return PaperForm(
        posted(request) if is_sent else None,
        paper=paper,
        filled=seats_filled(paper.meeting.council, day_of(paper.meeting)),
        actor=request.actor,
        council=paper.meeting.council_id,
    )


def _replace_form(request: ActorRequest, paper: Paper, *, is_sent: bool = True) -> ReplaceForm:
    return ReplaceForm(
        posted(request) if is_sent else None,
        request.FILES if is_sent else None,
        actor=request.actor,
        council=paper.meeting.council_id,
        prefix="replace",
    )


def _withdraw_form(request: ActorRequest, paper: Paper, *, is_sent: bool = True) -> WithdrawForm:
    return WithdrawForm(
        posted(request) if is_sent else None,
        actor=request.actor,
        council=paper.meeting.council_id,
        prefix="withdraw",
    )


def _page(
    request: ActorRequest,
    paper: Paper,
    *,
    form: PaperForm | None = None,
    replacing: ReplaceForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> HttpResponse:
    """The paper's page, with what was filled in on the part of it that was sent."""
    actor = request.actor
    forms: dict[str, Any] = {
        "form": form or _paper_form(request, paper, is_sent=False),
        "replacing": replacing or _replace_form(request, paper, is_sent=False),
        "withdrawing": withdrawing or _withdraw_form(request, paper, is_sent=False),
    }
    current = paper.current
    context = {
        "paper": paper,
        "meeting": paper.meeting,
        "council": paper.meeting.council,
        "current": current,
        "notes": [_in_words(note) for note in current.notes] if current else [],
        "may_keep": bool(may_keep_papers(actor, paper.meeting)) and not paper.is_withdrawn,
        "may_remove": bool(may_remove_paper(actor, paper)),
        "may_withdraw": bool(may_withdraw_paper(actor, paper)),
        **forms,
    }
    status = 422 if any(one.is_bound for one in forms.values()) else 200
    return render(request, "meetings/paper.html", context, status=status)

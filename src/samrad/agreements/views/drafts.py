"""A draft: begun, read on its page, written, its parties chosen, given up."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.agreements import words
from samrad.agreements.actions.additions import take_in_additions
from samrad.agreements.actions.drafts import (
    choose_parties,
    start_draft,
    withdraw_draft,
    write_draft,
)
from samrad.agreements.actions.force import stands_in_the_way
from samrad.agreements.actions.signatures import replaced_by
from samrad.agreements.forms.life import (
    PartiesForm,
    ReasonForm,
    StartForm,
    TakeInForm,
    WriteForm,
)
from samrad.agreements.models import Draft, Signature, Wording
from samrad.agreements.permissions import (
    may_bring_draft,
    may_comment,
    may_draft_agreement,
    may_write_draft,
    reads_inside,
)
from samrad.agreements.queries.additions import Addition, as_clause, as_it_holds, lost_with
from samrad.agreements.queries.areas import newer_for, templates_for
from samrad.agreements.queries.checking import checked
from samrad.agreements.queries.due import renewal_of_draft
from samrad.agreements.queries.frames import (
    frame_changes,
    frame_of,
    frame_of_draft,
    frame_of_text,
)
from samrad.agreements.queries.heard import Heard, heard_of
from samrad.agreements.queries.news import put_out_for_comments, since_comments
from samrad.agreements.queries.parties import Candidate, board_of, bound_by, candidates
from samrad.agreements.queries.reading import (
    ClauseRead,
    clauses_read,
    open_comments_of,
    unfilled_in,
)
from samrad.agreements.queries.templates import guidance_for, template_of
from samrad.agreements.queries.versions import before_of, changes_between
from samrad.agreements.rules import DraftState
from samrad.agreements.rules.signing import grouped
from samrad.agreements.views.common import (
    FORM,
    REFUSED,
    draft_or_404,
    form_page,
    made_or_404,
    posted,
)
from samrad.cooperation.models import Council
from samrad.cooperation.permissions import may_manage_council
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people.models.register import in_readers_language
from samrad.profiles.reader import profile
from samrad.ui import formats
from samrad.ui.changing import on_what_is_there
from samrad.ui.pieces import Step, StepState, steps_to

LISTED = 50


@declare(SIGNED_IN)
@FORM
def start(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Begin a draft: from the template, or from the agreement in force."""
    councils = Council.objects.select_related("area")
    council, actor = visible_or_404(councils, request.actor, ref=ref), request.actor
    may_draft_agreement(actor, council).enforce()
    form = StartForm(
        posted(request), council=council, templates=templates_for(council), actor=actor,
        proposed=request.GET.get("begins", ""),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        draft = start_draft(council=council, by=actor, at=now(), **form.begins_with())
        messages.success(request, _("The draft is there. Fill in its gaps, clause by clause."))
        return redirect("agreements:write", draft.ref)
    context = {
        "council": council,
        "form": form,
        "drafts": Draft.objects.visible_to(actor).under_way().filter(council=council),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "agreements/start.html", context, status=status)


@declare(SIGNED_IN)
@require_GET
def drafts(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The agreements of a council that are being made, and those that were: for those inside."""
    councils = Council.objects.select_related("area")
    council, actor = visible_or_404(councils, request.actor, ref=ref), request.actor
    manages = bool(may_draft_agreement(actor, council))
    if not manages and not actor.holds(Permission.INTERNAL_SEE, in_council=council):
        raise not_there()
    found = Draft.objects.visible_to(actor).filter(council=council)
    context = {"council": council, "drafts": found[:LISTED], "manages": manages}
    return render(request, "agreements/drafts.html", context)


@declare(SIGNED_IN)
@require_GET
def draft(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The draft as it stands: its text, what is said of it, who has signed."""
    found, actor = draft_or_404(request, ref), request.actor
    manages = may_manage_council(actor, found.council)
    board = board_of(found, actor, manages=manages)
    inside = reads_inside(actor, found.council)
    clauses = clauses_read(found, with_comments=inside)
    unfilled = unfilled_in(found, [one.clause for one in clauses])
    check = checked(found, [row.party for row in board.rows], [one.clause for one in clauses])
    heard = heard_of(found, today(found.council.zone))
    comments = bool(may_comment(actor, found))
    context = {
        "draft": found,
        "council": found.council,
        "clauses": clauses,
        "gaps": sum(one.gaps for one in unfilled),
        "unfilled": unfilled,
        "open_comments": open_comments_of(clauses),
        "board": board,
        "check": check,
        "digests": [grouped(one) for one in check.signed_hashes],
        "stands_in_its_way": stands_in_the_way(found, at=now()),
        "steps": _steps(found),
        "heard": heard if inside else None,
        "asks_me": comments and heard is not None and heard.still_asks(actor.person_id),
        "leads": _leads(found, actor, heard),
        "manages": bool(manages) and found.is_under_way,
        "comments": comments,
        "renews": renewal_of_draft(found),
        "newer": newer_for(found) if inside and found.is_under_way else None,
        "lost": _lost(found, clauses) if manages and found.is_under_way else [],
        "inside": inside,
        "outside": not inside,
        "scans": inside,
    }
    return render(request, "agreements/draft.html", context)


def _lost(found: Draft, clauses: Iterable[ClauseRead]) -> list[Addition]:
    return lost_with(found, [one.clause for one in clauses])


def _steps(found: Draft) -> list[Step]:
    """The way it goes; what all have signed and does not hold yet stands between two steps."""
    state = DraftState(found.state)
    steps = steps_to(words.STEP_OF[state], words.STEPS)
    if state == DraftState.SIGNED and found.from_date:
        label = _("In force %(day)s") % {"day": formats.day(found.from_date)}
        steps[-1] = Step(label, StepState.AHEAD)
    return steps


def _leads(found: Draft, actor: Actor, heard: Heard | None) -> bool:
    """Whether the next step is theirs: the one who began it, as long as they keep the council."""
    return heard is None or found.started_by_id == actor.person_id or not heard.writer_keeps


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def write(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The whole draft on one page, the template's guidance beside each clause."""
    found, actor = draft_or_404(request, ref), request.actor
    may_write_draft(actor, found).enforce()
    template = template_of(found.council.country, found.kind)
    own = found.template.clauses.all() if found.template else ()
    guidance = guidance_for(template, found.clauses.all(), get_language() or "en", own)
    form = WriteForm(
        posted(request), draft=found, guidance=guidance, signed=_signed(found), actor=actor
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                write_draft(
                    draft=found, given=form.cleaned_data, seen=form.seen, voids=form.voids,
                    by=actor, at=now(),
                )  # fmt: skip
                note_answers(form.number_answers, about=found, by=actor, at=now())
        except Refused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("The draft is saved."))
            return redirect(found)
    signed = _signed(found)
    context = {"draft": found, "council": found.council, "form": form, "signed": signed}
    status = REFUSED if form.is_bound else 200
    return render(request, "agreements/write.html", context, status=status)


def _signed(found: Draft) -> list[str]:
    """The parties whose signature would fall."""
    given = Signature.objects.filter(party__draft=found, voided_at=None)
    return list(given.values_list("party__organisation__name", flat=True))


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def parties(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Which organisations are bound, and by which office."""
    found, actor = draft_or_404(request, ref), request.actor
    may_write_draft(actor, found).enforce()
    form = PartiesForm(
        posted(request), draft=found, offered=list(_offered(found)), signed=_signed(found),
        actor=actor,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            choose_parties(
                draft=found, parties=form.cleaned_data["parties"], seen=form.seen,
                voids=form.voids, by=actor, at=now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("It is recorded who signs."))
            return redirect(found)
    lead = _("Those who sit in the council and hold an office that binds their organisation.")
    return form_page(request, form, _("Who signs"), back=found, lead=lead)


def _offered(found: Draft) -> Iterable[tuple[Candidate, str]]:
    country = profile(found.council.country)
    there = [
        Candidate(one.organisation, one.role)
        for one in found.parties.select_related("organisation")
    ]
    there += bound_by(found.amends) if found.amends else []
    offered = candidates(found.council, today(found.council.zone))
    known = {(one.organisation.pk, one.role) for one in offered}
    more = {(one.organisation.pk, one.role): one for one in there}
    offered += [one for mark, one in more.items() if mark not in known]
    for one in offered:
        office = in_readers_language(country.role(one.role).name)
        yield one, f"{one.organisation.name} – {office}"


@declare(SIGNED_IN)
@require_GET
def changes(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What the draft says otherwise than the agreement it is to take the place of; on request,
    than the text that was put out for comments."""
    found = made_or_404(request, ref)
    heard = put_out_for_comments(found)
    if heard is not None and request.GET.get("since") == "comments":
        return _since_comments(request, found, heard)
    if found.is_amendment:
        raise not_there()  # it adds to an agreement, and takes the place of none
    before = before_of(found.agreement) if found.agreement else replaced_by(found)
    context = {
        "council": found.council, "title": found.title, "back": found, "before": before,
        "heard": heard,
    }  # fmt: skip
    if before:
        context |= {
            "changes": changes_between(as_it_holds(before), found.clauses.all()),
            "frame": frame_changes(frame_of(before), frame_of_draft(found)),
        }
    return render(request, "agreements/changes.html", context)


def _since_comments(request: ActorRequest, found: Draft, heard: Wording) -> HttpResponse:
    clauses = [one for one in found.clauses.all() if one.text]
    lead = _("What has been changed since it was put out for comments on %(day)s.")
    context = {
        "council": found.council,
        "title": found.title,
        "back": found,
        "lead": lead % {"day": formats.day(heard.heard_at, found.council.zone)},
        "since_comments": True,
        "changes": since_comments(heard, clauses),
        "frame": frame_changes(frame_of_text(found, heard.signed_text), frame_of_draft(found)),
    }
    return render(request, "agreements/changes.html", context)


@declare(SIGNED_IN)
@FORM
def take_in(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What was added to the agreement that ends, and the way of it into the draft."""
    found, actor = draft_or_404(request, ref), request.actor
    may_write_draft(actor, found).enforce()
    lost = [as_clause(one) for one in lost_with(found)]
    if not lost:
        return redirect(found)
    form = TakeInForm(posted(request), signed=_signed(found), actor=actor, council=found.council_id)
    if request.method == "POST" and form.is_valid():
        try:
            take_in_additions(draft=found, voids=form.voids, by=actor, at=now())
        except Refused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("What was added stands in the draft now."))
            return redirect(found)
    lead = _("This ends with the agreement, unless it stands in the text that takes its place.")
    return form_page(
        request, form, _("Take in what was added"), back=found, lead=lead,
        save=_("Take it in"), template="agreements/take_in.html", lost=lost,
    )  # fmt: skip


@declare(SIGNED_IN)
@FORM
def withdraw(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Give the draft up, with a reason."""
    found, actor = draft_or_404(request, ref), request.actor
    may_bring_draft(actor, found, DraftState.WITHDRAWN).enforce()
    signed = _signed(found)
    form = ReasonForm(posted(request), signed=signed, actor=actor, council=found.council_id)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                withdraw_draft(
                    draft=found, reason=form.cleaned_data["reason"], voids=form.voids, by=actor,
                    at=now(),
                )  # fmt: skip
                note_answers(form.number_answers, about=found, by=actor, at=now())
        except Refused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("The draft is given up."))
            return redirect(found)
    warns = _(
        "It has been signed. If you give it up, it never holds, and those who signed hear it."
    )
    lead = warns if signed else ""
    return form_page(
        request, form, _("Give the draft up"), back=found, save=_("Give it up"), tone="danger",
        lead=lead,
    )  # fmt: skip

"""Proposing items, and the secretary's answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.meetings.actions.merging import merge_proposal
from samrad.meetings.actions.proposals import (
    decline_proposal,
    keep_for_later,
    pass_on_figure,
    place_proposal,
    propose_item,
)
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.forms.agenda import DeclineForm, MergeForm, PlaceForm, ProposalForm
from samrad.meetings.forms.people import person_choices
from samrad.meetings.models import Meeting, Proposal
from samrad.meetings.permissions import (
    may_answer_proposals,
    may_pass_on,
    may_plan_meetings,
    may_propose,
)
from samrad.meetings.queries.agenda import (
    items_to_join,
    proposals_to_place,
    with_what_they_joined,
)
from samrad.meetings.queries.lists import coming_meetings
from samrad.meetings.rules import ItemKind, ProposalState
from samrad.meetings.rules.states import OPEN_PROPOSALS
from samrad.meetings.sources import show_sources
from samrad.meetings.views.found import council_or_404, posted, proposal_or_404
from samrad.ui.formats import day_long

SHOWN = 100


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def propose(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What somebody wants the council to take up."""
    council = council_or_404(request, ref)
    may_propose(request.actor, council).enforce()
    filled = seats_filled(council, today(council.zone))
    form = ProposalForm(posted(request), filled=filled, actor=request.actor, council=council)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            proposal = propose_item(
                council=council,
                title=form.cleaned_data["title"],
                reason=form.cleaned_data["reason"],
                kind=ItemKind(form.cleaned_data["kind"]),
                asks_for_meeting=form.cleaned_data["asks_for_meeting"],
                **form.classified(),
                by=request.actor,
                at=now(),
            )
            note_answers(form.number_answers, about=proposal, by=request.actor, at=now())
        messages.success(
            request, _("Thank you. Whoever keeps the agenda sees your proposal and answers it.")
        )
        return redirect("meetings:proposals", council.ref)
    context = {
        "council": council,
        "form": form,
        "title": _("Propose an item"),
        "lead": _("Both sides propose what the council should take up."),
        "save": _("Send the proposal"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/form.html", context, status=status)


@declare(SIGNED_IN)
@require_GET
def proposal(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One proposal and what became of it: also for who made it and has no seat in the council."""
    found = proposal_or_404(request, ref)
    show_sources([found], request.actor)
    record_reading(items=[found], by=request.actor, at=now())
    meetings = Meeting.objects.visible_to(request.actor).filter(items__proposal=found)
    context = {
        "council": found.council,
        "proposal": found,
        "meetings": list(meetings.select_related("council").distinct()),
        "sees_council": request.actor.holds(Permission.COUNCIL_SEE, in_council=found.council_id),
    }
    return render(request, "meetings/proposal.html", context)


@declare(SIGNED_IN)
@require_GET
def proposals(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Proposals as the reader may see them; the secretary answers here."""
    council = council_or_404(request, ref)
    if not may_propose(request.actor, council):
        may_answer_proposals(request.actor, council).enforce()
    return _inbox(request, council)


def _inbox(
    request: ActorRequest,
    council: Council,
    *,
    refused: Proposal | None = None,
    form: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    seen = (
        with_what_they_joined(Proposal.objects.visible_to(request.actor), request.actor)
        .filter(council=council)
        .select_related("proposed_by")
        .prefetch_related("items__meeting")
    )
    waiting = list(seen.filter(state__in=OPEN_PROPOSALS))
    answered = list(seen.exclude(state__in=OPEN_PROPOSALS).order_by("-proposed_at", "-pk")[:SHOWN])
    for proposal in (*waiting, *answered):
        proposal.council = council
    show_sources([*waiting, *answered], request.actor)
    answers = bool(may_answer_proposals(request.actor, council))
    merge_form = _merge_form(request, council, waiting) if answers and waiting else None
    record_reading(items=[*waiting, *answered], by=request.actor, at=now())
    meetings = list(coming_meetings(council, now()))
    context = {
        "council": council,
        "waiting": [one for one in waiting if one.state == ProposalState.WAITING],
        "later": [one for one in waiting if one.state == ProposalState.LATER],
        "may_plan": bool(may_plan_meetings(request.actor, council)),
        "answered": answered,
        "answers": answers,
        "may_propose": bool(may_propose(request.actor, council)),
        "has_meetings": bool(meetings),
        "meetings": [(one.ref, day_long(one.starts_at, council.zone)) for one in meetings],
        "presenters": person_choices(seats_filled(council, today(council.zone)))
        if answers and waiting and meetings
        else [],
        "above": _hears_of_figures(request, council, waiting),
        "merge_form": merge_form,
        "has_items_to_join": merge_form is not None and merge_form.has_items,
        "refused": refused,
        "refused_form": form,
    }
    return render(request, "meetings/proposals.html", context, status=status)


def _hears_of_figures(
    request: ActorRequest, council: Council, waiting: Sequence[Proposal]
) -> Council | None:
    """The council above, where the reader may pass figures on to it and there are any."""
    if council.parent_id is None or not any(one.source_ref for one in waiting):
        return None
    above = council.parent
    return above if above and may_pass_on(request.actor, council, above) else None


def _merge_form(
    request: ActorRequest, council: Council, waiting: Sequence[Proposal], posted: Any = None
) -> MergeForm:
    items = items_to_join(request.actor, council, now())
    return MergeForm(posted, items=items, proposals=waiting, auto_id=False)


@declare(SIGNED_IN)
@require_POST
def merge(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Take a proposal up under an item or another proposal."""
    proposal = proposal_or_404(request, ref)
    council = proposal.council
    may_answer_proposals(request.actor, council).enforce()
    others = proposals_to_place(request.actor, council.pk).exclude(pk=proposal.pk)
    form = _merge_form(request, council, list(others), request.POST)
    if form.is_valid():
        merge_proposal(proposal=proposal, into=form.chosen(), by=request.actor, at=now())
        messages.success(request, _("The proposal is taken up there."))
    else:
        messages.error(request, _("Choose an item or a proposal that is still there."))
    return redirect("meetings:proposals", council.ref)


@declare(SIGNED_IN)
@require_POST
def place(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Put a proposal on an agenda."""
    proposal = proposal_or_404(request, ref)
    may_answer_proposals(request.actor, proposal.council).enforce()
    form = PlaceForm(
        request.POST,
        meetings=coming_meetings(proposal.council, now()),
        filled=seats_filled(proposal.council, today(proposal.council.zone)),
        proposer=proposal.proposed_by,
    )
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form[field].label}: {errors[0]}")
        return redirect("meetings:proposals", proposal.council.ref)
    item = place_proposal(
        proposal=proposal, meeting=form.chosen(), by=request.actor, at=now(),
        placing=form.placing(),
    )  # fmt: skip
    messages.success(request, _("The proposal is on the agenda."))
    if request.POST.get("back") == "agenda":
        return redirect("meetings:agenda", item.meeting.ref)
    return redirect("meetings:proposals", proposal.council.ref)


@declare(SIGNED_IN)
@require_POST
def pass_on(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Lay a figure before the council above."""
    proposal = proposal_or_404(request, ref)
    passed = pass_on_figure(proposal=proposal, by=request.actor, at=now())
    told = _("The figure is passed on to %(council)s, which answers it.")
    messages.success(request, told % {"council": passed.council.name})
    return redirect("meetings:proposals", proposal.council.ref)


@declare(SIGNED_IN)
@require_POST
def later(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Yes, but not yet."""
    proposal = proposal_or_404(request, ref)
    keep_for_later(proposal=proposal, by=request.actor, at=now())
    messages.success(request, _("The proposal is kept for later."))
    return redirect("meetings:proposals", proposal.council.ref)


@declare(SIGNED_IN)
@require_POST
def decline(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say no, and why."""
    proposal = proposal_or_404(request, ref)
    may_answer_proposals(request.actor, proposal.council).enforce()
    form = DeclineForm(request.POST, actor=request.actor, council=proposal.council_id)
    if not form.is_valid():
        return _inbox(request, proposal.council, refused=proposal, form=form, status=422)
    with transaction.atomic():
        decline_proposal(
            proposal=proposal, answer=form.cleaned_data["answer"], by=request.actor, at=now()
        )
        note_answers(form.number_answers, about=proposal, by=request.actor, at=now())
    if proposal.source_ref is None:
        told = _("The proposal is declined; whoever proposed it is told.")
    else:
        told = _("The proposal is declined. The same figure is not proposed again.")
    messages.success(request, told)
    return redirect("meetings:proposals", proposal.council.ref)

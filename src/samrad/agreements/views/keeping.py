"""An agreement in force: its versions, additions, evaluation and end."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.agreements.actions.drafts import start_amendment
from samrad.agreements.actions.keeping import end_agreement, record_evaluation
from samrad.agreements.forms.evaluation import EvaluationForm
from samrad.agreements.forms.life import EndAgreementForm
from samrad.agreements.models import Draft, Evaluation
from samrad.agreements.permissions import (
    may_amend,
    may_end_agreement,
    may_evaluate,
    may_stop_following,
    reads_inside,
)
from samrad.agreements.queries.additions import as_it_holds
from samrad.agreements.queries.checking import checked
from samrad.agreements.queries.commitments import (
    carried_of,
    own_of,
    promised_in,
    sums_of,
)
from samrad.agreements.queries.due import evaluation_of
from samrad.agreements.queries.frames import frame_changes, frame_of
from samrad.agreements.queries.going_on import going_on
from samrad.agreements.queries.parties import board_of, names_covered, said_for
from samrad.agreements.queries.versions import changes_between, lineage_of
from samrad.agreements.rules.renewal import looked_back_on
from samrad.agreements.rules.signing import grouped
from samrad.agreements.views.common import (
    FORM,
    agreement_or_404,
    form_page,
    made_or_404,
    posted,
)
from samrad.cooperation.rules import AgreementState
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.trail.api import history_of


@declare(SIGNED_IN)
@require_GET
def versions(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What each agreement of the council says otherwise than the one before it."""
    found = agreement_or_404(request, ref)
    line = lineage_of(found)
    before = dict(pairwise(line))
    earlier = before.get(found)
    context: dict[str, Any] = {
        "council": found.council,
        "title": found.title,
        "back": found,
        "before": earlier,
        "line": line,
    }
    if earlier:
        context |= {
            "changes": changes_between(as_it_holds(earlier), found.clauses.all()),
            "frame": frame_changes(frame_of(earlier), frame_of(found)),
        }
    return render(request, "agreements/changes.html", context)


@declare(SIGNED_IN)
@require_GET
def signatures(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Who signed the agreement, and whether it still is what they signed."""
    found = agreement_or_404(request, ref)
    made = Draft.objects.select_related("amends").filter(agreement=found).first()
    context: dict[str, Any] = {"council": found.council, "back": found, "made": made}
    if made is not None:
        made.council, made.agreement = found.council, found
        board = board_of(made, request.actor)
        check = checked(made, [row.party for row in board.rows])
        context |= {
            "board": board,
            "check": check,
            "digests": [grouped(one) for one in check.signed_hashes],
        }
    inside = request.actor.holds(Permission.INTERNAL_SEE, in_council=found.council_id)
    if inside:
        seen = Evaluation.objects.visible_to(request.actor).filter(agreement=found)
        evaluations = list(seen.select_related("by").prefetch_related("promises"))
        is_held = found.state == AgreementState.IN_FORCE
        context["evaluations"] = evaluations
        context["evaluate_by"] = evaluation_of(found, evaluations) if is_held else None
    context |= {"inside": inside, "scans": reads_inside(request.actor, found.council)}
    return render(request, "agreements/signatures.html", context)


@declare(SIGNED_IN)
@require_GET
def history(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What has happened to a draft, in words."""
    found = made_or_404(request, ref)
    cover, names = Person(name_withheld=True).label, names_covered(found)
    history = [
        replace(one, text=reduce(lambda text, name: text.replace(name, cover), names, one.text))
        for one in history_of(found)
    ]
    inside = reads_inside(request.actor, found.council)
    context = {
        "council": found.council, "back": found, "history": history,
        "said": said_for(found) if inside else [],
    }  # fmt: skip
    return render(request, "agreements/history.html", context)


@declare(SIGNED_IN)
@FORM
def amend(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Begin an addition to an agreement in force."""
    found, actor = agreement_or_404(request, ref), request.actor
    may_amend(actor, found).enforce()
    if request.method == "POST":
        draft = start_amendment(agreement=found, by=actor, at=now())
        messages.success(request, _("Write what is added; it is signed as the agreement was."))
        return redirect("agreements:write", draft.ref)
    context = {"agreement": found, "council": found.council, "back": found}
    return render(request, "agreements/amend.html", context)


@declare(SIGNED_IN)
@FORM
def evaluate(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Record what the parties found when they looked back."""
    found, actor = agreement_or_404(request, ref), request.actor
    may_evaluate(actor, found).enforce()
    on = today(found.council.zone)
    year = looked_back_on(on)
    promised = promised_in(found, actor, year, on)
    form = EvaluationForm(
        posted(request), actor=actor, council=found.council_id, initial={"held_date": on},
        promised=[one.commitment for one in own_of(promised)],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = record_evaluation(
                agreement=found, held_date=form.cleaned_data["held_date"],
                text=form.cleaned_data["text"], findings=form.found(), by=actor, at=now(),
            )  # fmt: skip
            note_answers(form.number_answers, about=made, by=actor, at=now())
        messages.success(request, _("The evaluation is recorded."))
        return redirect(found)
    lead = _("Once a year the parties look back on what they promised.")
    return form_page(
        request, form, _("Evaluate the agreement"), back=found, lead=lead,
        template="agreements/evaluate.html", promised=own_of(promised), sums=sums_of(promised),
        carried=carried_of(promised), year=str(year),
    )  # fmt: skip


@declare(SIGNED_IN)
@FORM
def end(request: ActorRequest, ref: UUID) -> HttpResponse:
    """End the agreement, with a reason."""
    found, actor = agreement_or_404(request, ref), request.actor
    may_end_agreement(actor, found).enforce()
    goes_on = going_on(found)
    on = today(found.council.zone)
    asks = bool(goes_on.promises) and bool(may_stop_following(actor, found))
    form = EndAgreementForm(
        posted(request), actor=actor, council=found.council_id, asks_of_promises=asks,
        initial={"last_day": min(on, found.to_date or on)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                end_agreement(
                    agreement=found, last_day=form.cleaned_data["last_day"],
                    reason=form.cleaned_data["reason"], by=actor, at=now(),
                    stops_promises=bool(form.cleaned_data.get("stops_promises")),
                )  # fmt: skip
                note_answers(form.number_answers, about=found, by=actor, at=now())
        except Refused as refused:
            form.add_error("last_day", str(refused.reason))
        else:
            messages.success(request, _("The agreement has ended."))
            return redirect(found)
    lead = _("Nothing takes its place. To make it anew, write a new one instead.")
    return form_page(
        request, form, _("End the agreement"), back=found, lead=lead, save=_("End it"),
        tone="danger", template="agreements/end.html", goes_on=goes_on,
    )  # fmt: skip

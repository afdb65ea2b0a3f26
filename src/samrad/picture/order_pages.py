"""Ordered analyses: a council's list, one of them, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area
from samrad.cooperation.models import Council
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.followup.models import Decision
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.meetings.models import Meeting
from samrad.people.models import Organisation
from samrad.picture import ordering
from samrad.picture.models import Order
from samrad.picture.order_forms import AnswerForm, DeclineOrderForm, OrderForm, UseForm
from samrad.picture.permissions import may_answer_order, may_note_use, may_order
from samrad.picture.reading import record_reading
from samrad.picture.rules import CLOSED, OrderState
from samrad.ui.sorting import by_name

SHOWN = 100
ORDERS = Order.objects.select_related(
    "council", "answers", "written_by", "accepted_by", "answered_by"
)


@declare(SIGNED_IN)
@require_GET
def orders(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What a council has asked: what is open, the most pressing first, then the latest of the
    rest."""
    council = visible_or_404(Council, request.actor, ref=ref)
    asked = ORDERS.visible_to(request.actor).filter(council=council)
    done = asked.filter(state__in=CLOSED).order_by("-written_at", "-pk")
    seen = [*asked.exclude(state__in=CLOSED), *done[:SHOWN]]
    record_reading(seen, by=request.actor, at=now())
    may = bool(may_order(request.actor, council))
    context = {"council": council, "orders": seen, "may_order": may}
    return render(request, "picture/orders.html", context)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def new_order(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Ask a question."""
    council = visible_or_404(Council, request.actor, ref=ref)
    may_order(request.actor, council).enforce()
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        organisations=list(_who_could_answer(council)),
        filled=seats_filled(council, today(council.zone)),
        actor=request.actor,
        council=council,
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = ordering.order_analysis(
                    council=council, **form.said(), by=request.actor, at=now()
                )
                note_answers(form.number_answers, about=made, by=request.actor, at=now())
        except Refused as refused:
            form.add_error("audience", str(refused.reason))
        else:
            messages.success(
                request, _("The analysis is ordered. Those asked see it on their page.")
            )
            return redirect("picture:order", made.ref)
    context = {"form": form, "council": council, "title": _("Order an analysis")}
    status = 422 if form.is_bound else 200
    return render(request, "picture/form.html", context, status=status)


def _who_could_answer(council: Council) -> QuerySet[Organisation]:
    """Organisations of the area and of what it lies in."""
    around = Area.objects.covering([council.area_id], on=today(council.zone))
    return Organisation.objects.filter(area__in=around).order_by(by_name("name"), "pk")


@declare(SIGNED_IN)
@require_GET
def order(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One analysis: the question, the answer, what it served."""
    return _page(request, _found(request, ref))


@declare(SIGNED_IN)
@require_POST
def accept(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It will be answered."""
    found = _found(request, ref)
    ordering.accept_order(order=found, by=request.actor, at=now())
    messages.success(request, _("You have accepted to answer it."))
    return redirect("picture:order", ref)


@declare(SIGNED_IN)
@require_POST
def decline(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It will not, and why."""
    found = _found(request, ref)
    may_answer_order(request.actor, found, OrderState.DECLINED).enforce()
    form = DeclineOrderForm(request.POST, actor=request.actor, council=found.council)
    if not form.is_valid():
        return _page(request, found, status=422, decline_form=form)
    with transaction.atomic():
        reason = form.cleaned_data["reason"]
        ordering.decline_order(order=found, reason=reason, by=request.actor, at=now())
        note_answers(form.number_answers, about=found, by=request.actor, at=now())
    messages.success(request, _("The analysis is declined; the council sees why."))
    return redirect("picture:order", ref)


@declare(SIGNED_IN)
@require_POST
def answer(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Answer it."""
    found = _found(request, ref)
    may_answer_order(request.actor, found, OrderState.ANSWERED).enforce()
    form = AnswerForm(request.POST, actor=request.actor, council=found.council)
    if not form.is_valid():
        return _page(request, found, status=422, answer_form=form)
    with transaction.atomic():
        said = form.cleaned_data["answer"]
        ordering.answer_order(order=found, answer=said, by=request.actor, at=now())
        note_answers(form.number_answers, about=found, by=request.actor, at=now())
    messages.success(request, _("The analysis is answered; the council sees it."))
    return redirect("picture:order", ref)


@declare(SIGNED_IN)
@require_POST
def use(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say what it served."""
    found = _found(request, ref)
    may_note_use(request.actor, found).enforce()
    form = _use_form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, use_form=form)
    ordering.note_use(order=found, served=form.chosen(), by=request.actor, at=now())
    messages.success(request, _("It is noted what the analysis served."))
    return redirect("picture:order", ref)


def _found(request: ActorRequest, ref: UUID) -> Order:
    return visible_or_404(ORDERS, request.actor, ref=ref)


def _use_form(request: ActorRequest, found: Order, posted: Any = None) -> UseForm:
    decisions = Decision.objects.visible_to(request.actor).filter(council=found.council_id)
    meetings = Meeting.objects.visible_to(request.actor).filter(council=found.council_id)
    return UseForm(
        posted, decisions=list(decisions.order_by("-pk")[:SHOWN]),
        meetings=list(meetings.order_by("-starts_at")[:SHOWN]), zone=found.council.zone,
    )  # fmt: skip


def _page(request: ActorRequest, found: Order, status: int = 200, **forms: Any) -> HttpResponse:
    actor, council = request.actor, found.council
    record_reading([found], by=actor, at=now())
    answers = bool(may_answer_order(actor, found, OrderState.ANSWERED))
    declines = bool(may_answer_order(actor, found, OrderState.DECLINED))
    context = {
        "order": found,
        "council": council,
        "sees_council": actor.holds(Permission.COUNCIL_SEE, in_council=council),
        "accepts": bool(may_answer_order(actor, found, OrderState.ACCEPTED)),
        "answer_form": AnswerForm(actor=actor, council=council) if answers else None,
        "decline_form": DeclineOrderForm(actor=actor, council=council) if declines else None,
        "use_form": _use_form(request, found) if may_note_use(actor, found) else None,
        **forms,
    }
    return render(request, "picture/order.html", context, status=status)

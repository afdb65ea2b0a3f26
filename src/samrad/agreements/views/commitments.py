"""What the parties have promised, year by year; and how each promise is followed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.agreements.actions.commitments import (
    add_commitment,
    follow_commitment,
    stop_following,
)
from samrad.agreements.actions.settling import promise_here_too, say_it_is, take_out
from samrad.agreements.forms.commitments import (
    CommitmentForm,
    SettleForm,
    StopForm,
    TakeOutForm,
)
from samrad.agreements.models import Following
from samrad.agreements.permissions import (
    may_follow_commitments,
    may_stop_following,
    may_take_out,
)
from samrad.agreements.queries.commitments import (
    began_in,
    carried_of,
    never_followed,
    own_of,
    promised_in,
    sums_of,
)
from samrad.cooperation.models import Agreement, AgreementQuerySet, Commitment
from samrad.cooperation.rules import AgreementState
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.trail.api import history_of
from samrad.ui.changing import on_what_is_there
from samrad.ui.formats import number

REFUSED = 422
YEARS_BACK = 30


@declare(SIGNED_IN)
@require_GET
def commitments(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Everything promised in the agreement and what came of it in a year, for the evaluation."""
    found = visible_or_404(_agreements(), request.actor, ref=ref)
    on = today(found.council.zone)
    last = _last_year(found, on)
    year = _year(request.GET.get("year", ""), on, last)
    promised = promised_in(found, request.actor, year, on)
    context = {
        "agreement": found,
        "council": found.council,
        "promised": own_of(promised),
        "carried": carried_of(promised),
        "sums": sums_of(promised),
        "year": str(year),
        "before": str(year - 1) if year > began_in(found, on) else "",
        "after": str(year + 1) if year < last else "",
        "may_follow": may_follow_commitments(request.actor, found),
        "may_stop": may_stop_following(request.actor, found),
    }
    return render(request, "agreements/commitments.html", context)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Something the text promises that was not noted yet."""
    found, actor = visible_or_404(_agreements(), request.actor, ref=ref), request.actor
    may_follow_commitments(actor, found).enforce()
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = add_commitment(agreement=found, kept=form.kept(), by=actor, at=now())
            note_answers(form.number_answers, about=made, by=actor, at=now())
        messages.success(request, _("“%(what)s” is followed from now on.") % {"what": made.title})
        return redirect("agreements:commitments", found.ref)
    return _page(request, found, form, _("Note a promise"))


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def follow(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Who keeps one promise, how often, and when."""
    commitment, found = _commitment(request, ref)
    may_follow_commitments(request.actor, found).enforce()
    form = _form(request, found, commitment)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            follow_commitment(
                commitment=commitment, kept=form.kept(), seen=form.seen,
                by=request.actor, at=now(),
            )  # fmt: skip
            note_answers(form.number_answers, about=commitment, by=request.actor, at=now())
        messages.success(request, _("It is settled how the promise is kept."))
        return redirect("agreements:commitments", found.ref)
    return _page(request, found, form, _("How the promise is kept"), commitment)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def settle(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What a promise of the agreement before is in the one that holds now."""
    commitment, found = _commitment(request, ref)
    may_follow_commitments(request.actor, found).enforce()
    if commitment.carried_from is None:
        return redirect("agreements:commitments", found.ref)
    own = {str(one.ref): one for one in found.commitments.filter(carried_from=None)}
    form = SettleForm(_posted(request), own=own.values())
    if request.method == "POST" and form.is_valid():
        chosen = own.get(form.cleaned_data["now"])
        if chosen is None:
            promise_here_too(commitment=commitment, by=request.actor, at=now())
        else:
            say_it_is(commitment=commitment, own=chosen, by=request.actor, at=now())
        messages.success(request, _("It is settled what the promise is now."))
        return redirect("agreements:commitments", found.ref)
    return _page(request, found, form, commitment.title, commitment)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def take_it_out(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What was noted and never followed is no promise of the agreement."""
    commitment, found = _commitment(request, ref)
    may_take_out(request.actor, commitment).enforce()
    form = TakeOutForm(
        _posted(request), actor=request.actor, council=found.council,
        others=never_followed(found).exclude(pk=commitment.pk),
    )  # fmt: skip
    if (
        request.method == "POST"
        and form.is_valid()
        and _taken_out(request, commitment, found, form)
    ):
        taken = 1 + len(form.with_it())
        told = ngettext("The promise is taken out.", "%(n)s promises are taken out.", taken)
        messages.success(request, told % {"n": number(taken)})
        return redirect("agreements:commitments", found.ref)
    title = _("Take out “%(what)s”") % {"what": commitment.title}
    return _page(request, found, form, title)


def _taken_out(
    request: ActorRequest, commitment: Commitment, found: Agreement, form: TakeOutForm
) -> bool:
    """All of them, or none: then the form says which one stays, and why."""
    reason, by, one = form.cleaned_data["reason"], request.actor, commitment
    try:
        with transaction.atomic():
            for one in (commitment, *form.with_it()):
                take_out(commitment=one, reason=reason, by=by, at=now())
            note_answers(form.number_answers, about=found, by=by, at=now())
    except Refused as refused:
        form.add_error(None, f"{one.title}: {refused.reason}")
        return False
    return True


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def stop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It is followed no more."""
    commitment, found = _commitment(request, ref)
    may_stop_following(request.actor, found).enforce()
    form = StopForm(_posted(request), actor=request.actor, council=found.council)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            reason = form.cleaned_data["reason"]
            stop_following(commitment=commitment, reason=reason, by=request.actor, at=now())
            note_answers(form.number_answers, about=commitment, by=request.actor, at=now())
        messages.success(request, _("The promise is followed no more."))
        return redirect("agreements:commitments", found.ref)
    title = _("Stop following “%(what)s”") % {"what": commitment.title}
    return _page(request, found, form, title)


def _agreements() -> AgreementQuerySet:
    """With what its pages name."""
    return Agreement.objects.select_related("council__area")


def _commitment(request: ActorRequest, ref: UUID) -> tuple[Commitment, Agreement]:
    rows = Commitment.objects.select_related("council__area", "agreement__council", "carried_from")
    commitment = visible_or_404(rows.of_agreements(), request.actor, ref=ref)
    assert commitment.agreement is not None  # noqa: S101 - `of_agreements` gives no other
    return commitment, commitment.agreement


def _last_year(found: Agreement, on: date) -> int:
    """This year, or the one in which the agreement ended."""
    has_ended = found.state == AgreementState.ENDED and found.to_date is not None
    return min(found.to_date.year, on.year) if has_ended and found.to_date else on.year


def _year(asked: str, on: date, last: int) -> int:
    """The year asked for, as long as it is one that has begun; else the last one."""
    year = int(asked) if asked.isdecimal() and len(asked) == len("2026") else last
    return max(on.year - YEARS_BACK, min(year, on.year))


def _posted(request: ActorRequest) -> object:
    return request.POST if request.method == "POST" else None


def _form(
    request: ActorRequest, found: Agreement, commitment: Commitment | None = None
) -> CommitmentForm:
    filled = seats_filled(found.council, today(found.council.zone))
    return CommitmentForm(
        _posted(request), actor=request.actor, council=found.council, filled=filled,
        commitment=commitment,
    )  # fmt: skip


def _page(
    request: ActorRequest,
    found: Agreement,
    form: CommitmentForm | StopForm | TakeOutForm | SettleForm,
    title: str,
    commitment: Commitment | None = None,
) -> HttpResponse:
    followed = commitment and Following.objects.filter(commitment=commitment).exists()
    context = {
        "agreement": found,
        "council": found.council,
        "form": form,
        "title": title,
        "stopping": isinstance(form, StopForm),
        "taking_out": isinstance(form, TakeOutForm),
        "carried_from": commitment.carried_from if commitment else None,
        "commitment": commitment if followed else None,
        "history": history_of(commitment) if commitment else None,
    }
    status = REFUSED if form.is_bound and form.errors else 200
    return render(request, "agreements/commitment.html", context, status=status)

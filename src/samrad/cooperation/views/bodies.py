"""Bodies below a council, resting and ending, terms of reference, final reports."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation import actions, as_written, endings
from samrad.cooperation.forms.bodies import END, BelowForm, EndForm, ReportForm, TermsForm
from samrad.cooperation.models import Council, FinalReport, TermsOfReference
from samrad.cooperation.permissions import (
    may_deliver_report,
    may_manage_council,
    may_rest_council,
    may_set_up_below,
)
from samrad.cooperation.queries import COUNCILS_WITH_AREA
from samrad.cooperation.seats import seats_filled
from samrad.cooperation.views.common import FORM, form_page, managed, saved
from samrad.kernel.clock import now, today
from samrad.ui.changing import on_what_is_there


@declare(SIGNED_IN)
@FORM
def below(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Set a body up below this council."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    may_set_up_below(request.actor, found).enforce()
    filled = seats_filled(found, today(found.zone))
    form = BelowForm(request.POST or None, council=found, filled=filled, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        made: list[Council] = []

        def act() -> Council:
            wanted = form.wanted()
            made.append(
                actions.set_up_below(parent=found, wanted=wanted, by=request.actor, at=now())
            )
            return made[-1]

        told = _("The body is set up. Now say who else sits in it.")
        if saved(request, form, act, told):
            return redirect("cooperation:seats", made[-1].ref)
    lead = _("It reports to this council, and stands in its structure.")
    return form_page(request, found, form, _("Set up a body below"), lead=lead, save=_("Set up"))


@declare(SIGNED_IN)
@FORM
def end(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Put a council at rest or end it; what is open in it is named first."""
    found = managed(request, ref)
    rests = bool(may_rest_council(request.actor, found))
    form = EndForm(request.POST or None, council=found, rests=rests, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        told = saved(request, form, lambda: _ended(found, form, request), _("It is recorded."))
        if told:
            return told
    open_ends = endings.open_ends_of(found, request.actor)
    either_way = [one for one in open_ends if not (rests and one.only_when_it_ends)]
    return form_page(
        request, found, form, _("Rest or end"), template="cooperation/end.html",
        open_ends=either_way, at_the_end=[one for one in open_ends if one not in either_way],
    )  # fmt: skip


def _ended(found: Council, form: EndForm, request: ActorRequest) -> Council:
    given, by = form.cleaned_data, request.actor
    if given["kind"] == END:
        actions.end_council(
            council=found, reason=given["reason"], last_date=given["last_date"], by=by, at=now()
        )
    else:
        actions.rest_council(council=found, reason=given["reason"], by=by, at=now())
    return found


@declare(SIGNED_IN)
@require_POST
def wake(request: ActorRequest, ref: UUID) -> HttpResponse:
    """A council at rest begins again."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    actions.wake_council(council=found, by=request.actor, at=now())
    messages.success(request, _("The council is at work again."))
    return redirect(found)


@declare(SIGNED_IN)
@require_GET
def terms(request: ActorRequest, ref: UUID) -> HttpResponse:
    """How the council works, as it was adopted; earlier versions too."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    versions = list(TermsOfReference.objects.visible_to(request.actor).filter(council=found))
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked), None)
    if asked and shown is None:
        raise not_there()
    context = {
        "council": found,
        "versions": versions,
        "shown": shown or (versions[0] if versions else None),
        "is_current": shown is None or shown == versions[0],
        "manages": bool(may_manage_council(request.actor, found)),
    }
    return render(request, "cooperation/terms.html", context)


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def adopt_terms(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Put in what has been adopted: the text there is, changed, as a new version."""
    found = managed(request, ref)
    last = found.terms.order_by("-number").first()
    form = TermsForm(
        request.POST or None, initial={"adopted_date": today(found.zone)},
        there=as_written.of_terms(last), about=last, council=found, actor=request.actor,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act() -> Council:
            actions.adopt_terms(
                council=found, **form.cleaned_data, seen=form.seen, by=request.actor, at=now()
            )
            return found

        if told := saved(request, form, act, _("The terms of reference are in.")):
            return told
    lead = _("Earlier versions stay readable. What was decided under them was decided under them.")
    return form_page(request, found, form, _("Terms of reference"), lead=lead)


@declare(SIGNED_IN)
@require_GET
def report(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What a group for a time delivered: for the group, and for the council above it."""
    reports = FinalReport.objects.visible_to(request.actor)
    delivered = reports.select_related("delivered_by", "council__parent").filter(council__ref=ref)
    found = delivered.first()
    if found is None:
        raise not_there()
    is_seen = Council.objects.visible_to(request.actor).filter(pk=found.council_id).exists()
    context = {
        "council": found.council,
        "report": found,
        "is_seen": is_seen,
        "may_change": bool(may_deliver_report(request.actor, found.council)),
    }
    return render(request, "cooperation/report.html", context)


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def deliver(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Write the final report, or put it right."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    may_deliver_report(request.actor, found).enforce()
    there = FinalReport.objects.filter(council=found).first()
    form = ReportForm(
        request.POST or None, there=as_written.of_report(there), about=there,
        council=found, actor=request.actor,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act() -> Council:
            actions.deliver_report(
                council=found, **form.cleaned_data, seen=form.seen, by=request.actor, at=now()
            )
            return found

        if told := saved(request, form, act, _("The final report is delivered.")):
            return told
    lead = found.mandate or _("It is read by the group and by the council that set it up.")
    cancel = reverse("cooperation:council", args=[found.ref])
    return form_page(request, found, form, _("Final report"), lead=lead, cancel=cancel)

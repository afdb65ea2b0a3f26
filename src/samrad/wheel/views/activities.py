"""Adding an activity of the council's own, changing it, ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.documents.api import note_answers
from samrad.kernel.clock import now
from samrad.ui.changing import on_what_is_there
from samrad.wheel.actions.activities import add_activity, change_activity, end_activity
from samrad.wheel.forms import ActivityForm, EndForm
from samrad.wheel.models import Activity
from samrad.wheel.permissions import may_change_activity, may_keep_wheel

REFUSED = 422


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Something that recurs in this council."""
    council, actor = visible_or_404(Council, request.actor, ref=ref), request.actor
    may_keep_wheel(actor, council).enforce()
    form = ActivityForm(_posted(request), actor=actor, council=council)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            activity = add_activity(council=council, wanted=form.wanted(), by=actor, at=now())
            note_answers(form.number_answers, about=activity, by=actor, at=now())
        messages.success(request, _("“%(what)s” is in the year wheel.") % {"what": activity.title})
        return redirect("wheel:wheel", council.ref)
    return _page(request, council, form, _("Add an activity"))


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def change(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Other words, another time of the year."""
    activity, actor = _found(request, ref), request.actor
    may_change_activity(actor, activity).enforce()
    form = ActivityForm(_posted(request), actor=actor, council=activity.council, activity=activity)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            change_activity(
                activity=activity, wanted=form.wanted(), seen=form.seen, by=actor, at=now()
            )
            note_answers(form.number_answers, about=activity, by=actor, at=now())
        messages.success(request, _("The activity is changed."))
        return redirect("wheel:wheel", activity.council.ref)
    return _page(request, activity.council, form, _("Change the activity"), activity)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It does not come again."""
    activity, actor = _found(request, ref), request.actor
    may_change_activity(actor, activity).enforce()
    form = EndForm(_posted(request), actor=actor, council=activity.council)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with transaction.atomic():
            end_activity(activity=activity, reason=reason, by=actor, at=now())
            note_answers(form.number_answers, about=activity, by=actor, at=now())
        messages.success(request, _("The activity is ended."))
        return redirect("wheel:wheel", activity.council.ref)
    title = _("End “%(what)s”") % {"what": activity.title}
    return _page(request, activity.council, form, title, tone="danger")


def _found(request: ActorRequest, ref: UUID) -> Activity:
    found = Activity.objects.select_related("council")
    return visible_or_404(found, request.actor, ref=ref)


def _posted(request: ActorRequest) -> object:
    return request.POST if request.method == "POST" else None


def _page(  # noqa: PLR0917 - what the page shows, in the order it shows it
    request: ActorRequest,
    council: Council,
    form: ActivityForm | EndForm,
    title: str,
    activity: Activity | None = None,
    tone: str = "",
) -> HttpResponse:
    context = {
        "council": council, "form": form, "title": title, "activity": activity, "tone": tone,
    }  # fmt: skip
    status = REFUSED if form.is_bound and form.errors else 200
    return render(request, "wheel/activity.html", context, status=status)

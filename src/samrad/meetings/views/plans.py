"""Taking back what was planned in one press, while nothing has been done with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.kernel.clock import now
from samrad.meetings.actions.taking_back import PlanChanged, take_plan_back
from samrad.meetings.models import Meeting
from samrad.meetings.permissions import may_plan_meetings
from samrad.meetings.queries.plans import plan_back
from samrad.meetings.views.found import meeting_or_404

PLANS = Permission.MEETING_PLAN


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def take_back(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What goes, what stays and why; then all of it in one press."""
    meeting, actor = meeting_or_404(request, ref), request.actor
    may_plan_meetings(actor, meeting.council).enforce()
    if request.method == "GET":
        return _page(request, meeting)
    try:
        gone = take_plan_back(
            meeting=meeting, by=actor, at=now(), shown=request.POST.get("shown", "")
        )
    except PlanChanged as refused:
        return _page(request, meeting, changed=refused.reason, status=409)
    told = ngettext(
        "%(n)s meeting is taken back. It is no longer planned.",
        "%(n)s meetings are taken back. They are no longer planned.",
        len(gone),
    )
    messages.success(request, told % {"n": len(gone)})
    if any(not actor.holds(PLANS, in_council=one.council_id) for one in gone):
        messages.info(request, _("Those who keep these councils get a mail about it."))
    url = reverse("meetings:council", args=[meeting.council.ref])
    if len({one.council_id for one in gone}) > 1:
        url = reverse("meetings:plan_together")
    return redirect(f"{url}?year={meeting.starts_at.year}#s-status")


def _page(
    request: ActorRequest, meeting: Meeting, *, changed: object = "", status: int = 200
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "back": plan_back(meeting, request.actor, now()),
        "changed": changed,
    }
    return render(request, "meetings/take_back.html", context, status=status)

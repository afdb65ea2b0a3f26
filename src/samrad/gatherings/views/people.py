"""Who comes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.documents.api import note_answers
from samrad.gatherings import actions
from samrad.gatherings.forms import (
    NominationForm,
)
from samrad.gatherings.models import Nomination, ThemeDay
from samrad.gatherings.permissions import (
    councils_of,
    may_nominate,
)
from samrad.gatherings.queries import (
    nominations_seen,
    organisations_of,
)
from samrad.gatherings.views.found import day_or_404, form_page, posted
from samrad.kernel.clock import now


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def nominate_somebody(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Name somebody who comes."""
    day, actor = day_or_404(request, ref), request.actor
    may_nominate(actor, day).enforce()
    organisations = organisations_of(actor, list(councils_of(actor, day)))
    own = next((one for one, _council in organisations if one.pk in actor.organisation_ids), None)
    form = NominationForm(
        posted(request), actor=actor, council=day.council_id,
        organisations=organisations, initial={"organisation": str(own.ref)} if own else None,
        workshops=list(day.workshops.all()),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        _name(day, form, actor)
        messages.success(request, _("The participant is named. You can name another."))
        return redirect("gatherings:nominate", day.ref)
    mine = [one for one in nominations_seen(day, actor) if one.nominated_by_id == actor.person_id]
    return form_page(request, form, day.council, _("Name participants"), day=day, mine=mine)


@transaction.atomic
def _name(day: ThemeDay, form: NominationForm, by: Actor) -> None:
    made = actions.nominate(day=day, **form.named(), by=by, at=now())
    note_answers(form.number_answers, about=made, by=by, at=now())


@declare(SIGNED_IN)
@require_POST
def withdraw_nomination(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Somebody does not come after all."""
    nominations = Nomination.objects.select_related("theme_day__council")
    found = visible_or_404(nominations, request.actor, ref=ref)
    actions.withdraw(nomination=found, by=request.actor, at=now())
    messages.success(request, _("The participant is withdrawn."))
    return redirect(found.theme_day)

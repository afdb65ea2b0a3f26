"""Bodies that are not set up: recorded, looked at again, set up after all, dropped (B4)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation import actions, as_written
from samrad.cooperation.events import CONSIDERATION_DROPPED
from samrad.cooperation.forms.bodies import ConsiderForm, DropForm, StandsForm
from samrad.cooperation.models import Consideration, Council
from samrad.cooperation.permissions import may_consider_council, may_reconsider
from samrad.cooperation.queries import COUNCILS_WITH_AREA
from samrad.cooperation.views.common import FORM, form_page, saved
from samrad.kernel.clock import now, today
from samrad.trail.api import history_of
from samrad.ui.changing import on_what_is_there


def considered(request: ActorRequest, found: Council) -> HttpResponse:
    """The page of a body that is not there, or no longer thought of.

    A covering level sees that, and not why.
    """
    told = list(Consideration.objects.visible_to(request.actor).filter(council=found))
    keeps = bool(may_reconsider(request.actor, found))
    context = {
        "council": found,
        "current": told[0] if told else None,
        "earlier": told[1:],
        "is_due": keeps
        and bool(told and told[0].review_date and told[0].review_date <= today(found.zone)),
        "keeps": keeps,
        "told_why": bool(told),
        "history": history_of(found, also=told, without=() if told else (CONSIDERATION_DROPPED,)),
    }
    return render(request, "cooperation/considered.html", context)


@declare(Permission.COUNCIL_SET_UP)
@FORM
def consider(request: ActorRequest) -> HttpResponse:
    """Record a council that is not there."""
    return _consider(request, None)


@declare(SIGNED_IN)
@FORM
def consider_below(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Record a body below this council that is not there."""
    parent = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    may_consider_council(request.actor, parent.area, parent).enforce()
    return _consider(request, parent)


def _consider(request: ActorRequest, parent: Council | None) -> HttpResponse:
    form = ConsiderForm(request.POST or None, parent=parent, actor=request.actor)
    if request.method == "POST" and form.is_valid():

        def act() -> Council:
            return actions.consider_council(
                wanted=form.wanted(), stands=form.stands(), by=request.actor, at=now()
            )

        if told := saved(request, form, act, _("It is recorded, with the reason.")):
            return told
    context = {
        "council": parent,
        "form": form,
        "title": _("Record a body that is not set up"),
        "lead": _(
            "Who was asked, what was answered, and when it is looked at again:"
            " so that nobody has to remember."
        ),
        "cancel": parent.get_absolute_url() if parent else reverse("cooperation:councils"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cooperation/form.html", context, status=status)


def _found(request: ActorRequest, ref: UUID) -> Council:
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    may_reconsider(request.actor, found).enforce()
    return found


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def reconsider(request: ActorRequest, ref: UUID) -> HttpResponse:
    """How it stands now."""
    found = _found(request, ref)
    last = found.considerations.first()
    form = StandsForm(
        request.POST or None, there=as_written.of_consideration(last), about=last,
        council=found.parent_id, actor=request.actor,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act() -> Council:
            actions.reconsider(
                council=found, stands=form.stands(), seen=form.seen, by=request.actor, at=now()
            )
            return found

        if told := saved(request, form, act, _("It is recorded.")):
            return told
    return form_page(request, found, form, _("How it stands now"))


@declare(SIGNED_IN)
@require_POST
def set_up(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What was considered is set up after all."""
    found = _found(request, ref)
    actions.set_up_considered(council=found, by=request.actor, at=now())
    messages.success(request, _("The council is set up. Now say who sits in it."))
    return redirect(found)


@declare(SIGNED_IN)
@FORM
def drop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It is no longer thought of."""
    found = _found(request, ref)
    form = DropForm(request.POST or None, council=found.parent_id, actor=request.actor)
    if request.method == "POST" and form.is_valid():

        def act() -> Council:
            actions.drop_considered(council=found, **form.cleaned_data, by=request.actor, at=now())
            return found

        if saved(request, form, act, _("It is no longer considered.")):
            return redirect(found)
    return form_page(request, found, form, _("No longer considered"))

"""Contact points by theme in an area, and who represents a council where."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.areas.models import Area
from samrad.cooperation import actions
from samrad.cooperation.contacts import contacts_within, forums_of, sees_contacts
from samrad.cooperation.forms.contacts import ContactPointForm, NoteForm, RepresentationForm
from samrad.cooperation.models import ContactPoint, Representation
from samrad.cooperation.permissions import (
    may_keep_contact_points,
    may_keep_representation,
    may_note_representation,
)
from samrad.cooperation.queries import COUNCILS_WITH_AREA
from samrad.cooperation.views.common import FORM, form_page, managed, saved
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import now, today
from samrad.ui.changing import on_what_is_there

POINTS = ContactPoint.objects.select_related("area", "organisation", "person")
FORUMS = Representation.objects.select_related("council__area", "person", "stand_in", "area")


@declare(SIGNED_IN)
@require_GET
def contacts(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Whom to turn to about what, in an area and in what it contains."""
    area = visible_or_404(Area, request.actor, ref=ref)
    if not sees_contacts(area, request.actor):
        raise not_there()
    asked = request.GET.get("theme", "")[:120]
    context = {
        "area": area,
        "contacts": contacts_within(area, request.actor, today(), theme=asked),
        "asked": asked,
        "keeps": bool(may_keep_contact_points(request.actor, area)),
    }
    return render(request, "cooperation/contacts.html", context)


def _area_form(
    request: ActorRequest, area: Area, form: GuardedForm, title: str, point: ContactPoint | None
) -> HttpResponse:
    context = {"area": area, "form": form, "title": title, "point": point}
    status = 422 if form.is_bound else 200
    return render(request, "cooperation/contact_form.html", context, status=status)


@declare(SIGNED_IN)
@FORM
def add_contact(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One more contact."""
    area = visible_or_404(Area, request.actor, ref=ref)
    if not sees_contacts(area, request.actor):
        raise not_there()
    may_keep_contact_points(request.actor, area).enforce()
    form = ContactPointForm(request.POST or None, area=area, actor=request.actor)
    if request.method == "POST" and form.is_valid():

        def act() -> ContactPoint:
            wanted = form.wanted()
            return actions.add_contact_point(area=area, wanted=wanted, by=request.actor, at=now())

        if told := saved(request, form, act, _("The contact is added.")):
            return told
    return _area_form(request, area, form, _("Add a contact"), None)


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def contact(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change a contact."""
    point = visible_or_404(POINTS, request.actor, ref=ref)
    may_keep_contact_points(request.actor, point.area).enforce()
    form = ContactPointForm(request.POST or None, area=point.area, point=point, actor=request.actor)
    if request.method == "POST" and form.is_valid():

        def act() -> ContactPoint:
            wanted = form.wanted()
            actions.change_contact_point(
                point=point, wanted=wanted, seen=form.seen, by=request.actor, at=now()
            )
            return point

        if told := saved(request, form, act, _("The contact is changed.")):
            return told
    return _area_form(request, point.area, form, point.theme_name, point)


@declare(SIGNED_IN)
@require_POST
def end_contact(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Nobody is the contact any longer."""
    point = visible_or_404(POINTS, request.actor, ref=ref)
    actions.end_contact_point(point=point, by=request.actor, at=now())
    return redirect("cooperation:contacts", point.area.ref)


@declare(SIGNED_IN)
@require_GET
def representation(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Who sits for this council's parties where, and what came of it."""
    found = visible_or_404(COUNCILS_WITH_AREA, request.actor, ref=ref)
    asked, past = request.GET.get("person", "")[:40], request.GET.get("past") == "1"
    keeps = bool(may_keep_representation(request.actor, found))
    forums = forums_of(found, request.actor, today(found.zone), person=asked, past=past)
    if not forums.may_open and not keeps:
        raise not_there()
    context = {"council": found, "forums": forums, "keeps": keeps}
    return render(request, "cooperation/representation.html", context)


@declare(SIGNED_IN)
@FORM
def add_representation(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One more forum."""
    found = managed(request, ref)
    form = RepresentationForm(request.POST or None, council=found, actor=request.actor)
    if request.method == "POST" and form.is_valid():

        def act() -> Representation:
            wanted = form.wanted()
            return actions.send_representative(
                council=found, wanted=wanted, by=request.actor, at=now()
            )

        if told := saved(request, form, act, _("It is recorded who represents us.")):
            return told
    return form_page(request, found, form, _("Add a forum"))


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def change_representation(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Who sits there now, and until when."""
    one = visible_or_404(FORUMS, request.actor, ref=ref)
    may_keep_representation(request.actor, one.council).enforce()
    form = RepresentationForm(
        request.POST or None, council=one.council, representation=one, actor=request.actor
    )
    if request.method == "POST" and form.is_valid():

        def act() -> Representation:
            actions.change_representation(
                representation=one,
                wanted=form.wanted(),
                seen=form.seen,
                by=request.actor,
                at=now(),
            )
            return one

        if told := saved(request, form, act, _("It is recorded who represents us.")):
            return told
    return form_page(request, one.council, form, one.forum)


@declare(SIGNED_IN)
@FORM
def note_representation(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What came of it."""
    one = visible_or_404(FORUMS, request.actor, ref=ref)
    may_note_representation(request.actor, one).enforce()
    form = NoteForm(
        request.POST or None,
        initial={"noted_date": today(one.council.zone)},
        council=one.council,
        actor=request.actor,
    )
    if request.method == "POST" and form.is_valid():

        def act() -> Representation:
            actions.note_representation(
                representation=one, **form.cleaned_data, by=request.actor, at=now()
            )
            return one

        if told := saved(request, form, act, _("The note is kept.")):
            return told
    return form_page(request, one.council, form, _("What came of it"), lead=one.forum)

"""The directory, and the pages of a person and an organisation."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission, Role
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.kernel.clock import now, today
from samrad.kernel.text import normalise_line
from samrad.people.forms.organisations import GIVEN_BY_NAME
from samrad.people.forms.people import AbsenceForm, LastDayForm
from samrad.people.models import (
    Absence,
    Appointment,
    ExplicitGrant,
    Invitation,
    Organisation,
    Person,
)
from samrad.people.permissions import (
    may_change_person,
    may_end_grant,
    may_grant_role,
    may_keep_people_at,
    may_record_absence,
    may_see_contact,
    may_take_back,
    may_withhold_name,
    weighed,
)
from samrad.people.queries.contact import PoliceContact, contact_through
from samrad.people.queries.directory import found_organisations, found_people
from samrad.people.rules import InvitationState
from samrad.trail.api import history_of
from samrad.ui.pieces import Tab

A_PAGE = 40


@declare(SIGNED_IN)
def people(request: ActorRequest) -> HttpResponse:
    """Everybody one may see, or those who were searched for."""
    text = normalise_line(request.GET.get("q", ""))[:100]
    found = found_people(request.actor, text=text, on=today())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "text": text, "tabs": _tabs(text, "people")}
    return render(request, "people/list.html", context)


@declare(SIGNED_IN)
def organisations(request: ActorRequest) -> HttpResponse:
    """All organisations, or those that were searched for."""
    text = normalise_line(request.GET.get("q", ""))[:100]
    found = found_organisations(request.actor, text=text)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "text": text,
        "tabs": _tabs(text, "organisations"),
        "may_add": request.actor.holds_anywhere(Permission.PEOPLE_MANAGE),
    }
    return render(request, "people/organisations.html", context)


@declare(SIGNED_IN)
def person(request: ActorRequest, ref: str) -> HttpResponse:
    """What somebody is, was and can be reached at."""
    found = visible_or_404(Person, request.actor, ref=ref)
    appointments = list(
        weighed(Appointment.objects.filter(person=found), request.actor)
        .select_related("organisation__area")
        .order_by("-from_date", "pk")
    )
    day = today()
    current = [appointment for appointment in appointments if appointment.is_on(day)]
    shared = [
        a.organisation for a in current if a.organisation_id in request.actor.organisation_ids
    ]
    context = {
        "person": found,
        "current": current,
        "contact_area": next((one.area for one in shared if _is_municipality(one.area)), None),
        "ahead": [a for a in appointments if a.from_date > day],
        "earlier": [a for a in appointments if a.to_date is not None and a.to_date < day],
        "absences": Absence.objects.filter(person=found, to_date__gte=day).order_by("from_date"),
        "left": found.has_left_by(day),
        "may_take_back": found.left_date is not None and may_take_back(request.actor, found),
        "contact": _who_answers(request.actor, current),
        **_may_do(request.actor, found, appointments),
    }
    if context["may_change"] or found.pk == request.actor.person_id:
        also = [*appointments, *(given.grant for given in context.get("given", ()))]
        context["history"] = history_of(found, also=also)
    return render(request, "people/person.html", context)


def _who_answers(actor: Actor, current: list[Appointment]) -> PoliceContact | None:
    """On the page of somebody whom a municipality calls: who answers there now."""
    through = contact_through(current, actor, today())
    if through is None:
        return None
    contact, works_there = through
    return contact if may_see_contact(actor, contact.area, works_there=works_there) else None


def _may_do(actor: Actor, found: Person, posts: list[Appointment]) -> dict[str, Any]:
    """What this reader can do here; invitations are looked up only for those who send them."""
    change = may_change_person(actor, found, posts)
    oneself = found.pk == actor.person_id
    may: dict[str, Any] = {
        "may_change": change,
        "may_be_absent": change or (oneself and may_record_absence(actor, found)),
        "may_withhold": change or (oneself and may_withhold_name(actor, found)),
        "absence_form": AbsenceForm(prefix="absence"),
        "leave_form": LastDayForm(prefix="leave", initial={"to_date": today()}),
    }
    if change:
        last = Invitation.objects.filter(person=found).order_by("-invited_at").first()
        waiting = last is not None and last.state_at(now()) == InvitationState.WAITING
        may |= {"invitation": last, "is_waiting": waiting}
    if may_grant_role(actor):
        has_any = not posts or posts[0].is_granted  # type: ignore[attr-defined]
        may["given"] = _given_by_name(found, actor) if has_any else []
    return may


class GivenByName(NamedTuple):
    """A role by name with what it is called, and whether this reader may end it."""

    grant: ExplicitGrant
    role: Any
    may_end: bool


def _given_by_name(found: Person, actor: Actor) -> list[GivenByName]:
    """Those of today and to come."""
    grants = ExplicitGrant.objects.filter(person=found).meeting(today(), None)
    return [
        GivenByName(one, GIVEN_BY_NAME[Role(one.role)], bool(may_end_grant(actor, one)))
        for one in grants.select_related("area").order_by("from_date", "pk")
    ]


@declare(SIGNED_IN)
def organisation(request: ActorRequest, ref: str) -> HttpResponse:
    """Who works there, what belongs to it, and what has happened."""
    organisations = Organisation.objects.select_related("area", "parent")
    found = visible_or_404(organisations, request.actor, ref=ref)
    day = today()
    staff = (
        Appointment.objects.on(day)
        .filter(organisation=found)
        .visible_to(request.actor)
        .select_related("person", "organisation")
        .order_by("role", "person__folded")
    )
    context = {
        "organisation": found,
        "staff": staff,
        "units": Organisation.objects.filter(parent=found),
        "history": history_of(found),
        "may_keep": may_keep_people_at(request.actor, found),
        "contact_area": found.area if _sees_contact(request.actor, found.area) else None,
    }
    return render(request, "people/organisation.html", context)


def _is_municipality(area: Area | None) -> bool:
    return area is not None and area.kind == AreaKind.MUNICIPALITY


def _sees_contact(actor: Actor, area: Area | None) -> bool:
    """Whether to offer the page about whom the municipality calls."""
    return area is not None and _is_municipality(area) and bool(may_see_contact(actor, area))


def _tabs(text: str, current: str) -> list[Tab]:
    search = f"?q={text}" if text else ""
    return [
        Tab(_("People"), reverse("people:list") + search, current == "people"),
        Tab(
            _("Organisations"), reverse("people:organisations") + search, current == "organisations"
        ),
    ]


def chosen_or_found(request: ActorRequest) -> dict[str, Any]:
    """The person chosen on a page that asks for one, or those who match what was typed."""
    text = normalise_line(request.GET.get("q", ""))[:100]
    chosen = request.GET.get("person") or request.POST.get("person")
    if chosen:
        return {
            "chosen": visible_or_404(Person, request.actor, ref=_reference(chosen)),
            "text": text,
        }
    found = found_people(request.actor, text=text, on=today(), with_those_who_left=True)
    return {"chosen": None, "text": text, "matches": found[:12] if text else []}


def _reference(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise Http404 from None

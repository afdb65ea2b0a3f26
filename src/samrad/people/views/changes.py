"""Changing who holds which role, and what is noted about a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people import as_written
from samrad.people.actions.accounts import invite_person, withdraw_invitation
from samrad.people.actions.appointments import (
    appoint,
    end_appointment,
    register_person,
    register_successor,
    replace_holder,
)
from samrad.people.actions.persons import (
    change_person,
    end_absence,
    person_leaves,
    person_returns,
    record_absence,
    withhold_name,
)
from samrad.people.forms.people import (
    AbsenceForm,
    DetailsForm,
    FollowForm,
    LastDayForm,
    NewPersonForm,
    RoleForm,
    WithholdForm,
)
from samrad.people.models import Absence, Appointment, Invitation, Organisation, Person
from samrad.people.permissions import (
    may_change_person,
    may_end_appointment,
    may_keep_people_at,
    may_record_absence,
)
from samrad.people.queries.contact import is_called
from samrad.people.rules import day_before
from samrad.people.views.directory import chosen_or_found
from samrad.ui.changing import on_what_is_there
from samrad.ui.keeping import saved

KEEPERS = Permission.PEOPLE_MANAGE


@declare(KEEPERS)
def appoint_somebody(request: ActorRequest, ref: str) -> HttpResponse:
    """Give a role at an organisation to somebody new, or to somebody who is here already."""
    organisation = visible_or_404(Organisation, request.actor, ref=ref)
    may_keep_people_at(request.actor, organisation).enforce()
    who = chosen_or_found(request)
    posted = request.POST or None
    newcomer = None if who["chosen"] else NewPersonForm(posted)
    role = RoleForm(organisation, posted, initial={"from_date": today()})
    forms = [form for form in (newcomer, role) if form is not None]
    if request.method == "POST" and _all_valid(forms):
        given = {
            "organisation": organisation,
            **role.cleaned_data,
            "by": request.actor,
            "at": now(),
        }

        def act() -> Appointment:
            if newcomer is None:
                return appoint(person=who["chosen"], **given)
            return register_person(**newcomer.cleaned_data, **given)

        made = _told_if_refused(role, act)
        if made is not None:
            saved(request, _("The role is recorded."))
            return redirect(made.person)
    context = {"organisation": organisation, "newcomer": newcomer, "form": role, **who}
    return render(request, "people/appoint.html", context)


@declare(KEEPERS)
def change_holder(request: ActorRequest, ref: str) -> HttpResponse:
    """Who follows in a role: one page, one act."""
    appointment = _appointment(request, ref)
    may_keep_people_at(request.actor, appointment.organisation).enforce()
    who = chosen_or_found(request)
    posted = request.POST or None
    newcomer = None if who["chosen"] else NewPersonForm(posted)
    form = FollowForm(posted, initial={"from_date": today()})
    forms = [one for one in (newcomer, form) if one is not None]
    if request.method == "POST" and _all_valid(forms):
        first = form.cleaned_data["from_date"]

        given = {
            "appointment": appointment, "from_date": first, "by": request.actor, "at": now(),
        }  # fmt: skip

        def act() -> Appointment:
            if newcomer is None:
                return replace_holder(person=who["chosen"], **given)
            return register_successor(**newcomer.cleaned_data, **given)

        after = _told_if_refused(form, act)
        if after is not None:
            saved(request, _("The change is recorded. Seats follow by themselves."))
            return redirect(after.person if first <= today() else after.organisation)
    context = {"appointment": appointment, "newcomer": newcomer, "form": form, **who}
    return render(request, "people/change_holder.html", context)


@declare(KEEPERS)
def end_role(request: ActorRequest, ref: str) -> HttpResponse:
    """Let a role end without anybody following yet."""
    appointment = _appointment(request, ref)
    may_end_appointment(request.actor, appointment).enforce()
    form = LastDayForm(request.POST or None, initial={"to_date": today()})
    if request.method == "POST" and form.is_valid():

        def act() -> bool:
            last = form.cleaned_data["to_date"]
            end_appointment(appointment=appointment, to_date=last, by=request.actor, at=now())
            return True

        if _told_if_refused(form, act):
            saved(request, _("The end is recorded."))
            return redirect(appointment.organisation)
    context = {"appointment": appointment, "form": form}
    return render(request, "people/end_role.html", context)


@declare(KEEPERS)
@on_what_is_there
def details(request: ActorRequest, ref: str) -> HttpResponse:
    """Correct a name or an address."""
    person = visible_or_404(Person, request.actor, ref=ref)
    may_change_person(request.actor, person).enforce()
    form = DetailsForm(request.POST or None, there=as_written.of_person(person), about=person)
    if request.method == "POST" and form.is_valid():

        def act() -> bool:
            change_person(
                person=person, **form.cleaned_data, seen=form.seen, by=request.actor, at=now()
            )
            return True

        if _told_if_refused(form, act):
            saved(request, _("The details are saved."))
            return redirect(person)
    return render(request, "people/details.html", {"person": person, "form": form})


@declare(KEEPERS)
@require_POST
def leave(request: ActorRequest, ref: str) -> HttpResponse:
    """Somebody leaves for good."""
    person = visible_or_404(Person, request.actor, ref=ref)
    may_change_person(request.actor, person).enforce()
    form = LastDayForm(request.POST, prefix="leave")
    if not form.is_valid():
        return _back_with(request, person, form)
    last = form.cleaned_data["to_date"]
    person_leaves(person=person, left_date=last, by=request.actor, at=now())
    saved(request, _("It is recorded. Every role ends with that day."))
    return redirect(person)


@declare(KEEPERS)
@require_POST
def returned(request: ActorRequest, ref: str) -> HttpResponse:
    """Somebody who left is back, or stays after all."""
    person = visible_or_404(Person, request.actor, ref=ref)
    person_returns(person=person, by=request.actor, at=now())
    saved(request, _("The person is back. Now give the role they have: open the organisation."))
    return redirect(person)


@declare(SIGNED_IN)
@require_POST
def absence(request: ActorRequest, ref: str) -> HttpResponse:
    """Somebody is away for a while."""
    person = visible_or_404(Person, request.actor, ref=ref)
    may_record_absence(request.actor, person).enforce()
    form = AbsenceForm(request.POST, prefix="absence")
    if not form.is_valid():
        return _back_with(request, person, form)
    record_absence(person=person, **form.cleaned_data, by=request.actor, at=now())
    if is_called(person, today()):
        saved(request, _("The absence is recorded. Calls go to whoever stands in."))
    else:
        saved(request, _("The absence is recorded. The others see it."))
    return redirect(person)


@declare(SIGNED_IN)
@require_POST
def back_again(request: ActorRequest, ref: str) -> HttpResponse:
    """Somebody is back already: yesterday was the last day away."""
    found = get_object_or_404(
        Absence.objects.filter(person__in=Person.objects.visible_to(request.actor)), ref=ref
    )
    end_absence(absence=found, to_date=day_before(today()), by=request.actor, at=now())
    saved(request, _("The absence has ended."))
    return redirect(found.person)


@declare(SIGNED_IN)
@require_POST
def withhold(request: ActorRequest, ref: str) -> HttpResponse:
    """Keep a name away from lists and pages, or show it again."""
    person = visible_or_404(Person, request.actor, ref=ref)
    form = WithholdForm(request.POST)
    form.is_valid()
    withheld = form.cleaned_data["withheld"]
    withhold_name(person=person, withheld=withheld, by=request.actor, at=now())
    text = _("The name is withheld.") if withheld else _("The name is shown again.")
    saved(request, text)
    return redirect(person)


@declare(KEEPERS)
@require_POST
def invite(request: ActorRequest, ref: str) -> HttpResponse:
    """Send an invitation."""
    person = visible_or_404(Person, request.actor, ref=ref)
    invite_person(person=person, by=request.actor, at=now())
    saved(request, _("The invitation is on its way."))
    return redirect(person)


@declare(KEEPERS)
@require_POST
def withdraw(request: ActorRequest, ref: str) -> HttpResponse:
    """Withdraw an invitation."""
    found = get_object_or_404(
        Invitation.objects.filter(person__in=Person.objects.visible_to(request.actor)), ref=ref
    )
    withdraw_invitation(invitation=found, by=request.actor, at=now())
    saved(request, _("The invitation is withdrawn."))
    return redirect(found.person)


def _appointment(request: ActorRequest, ref: str) -> Appointment:
    found = Appointment.objects.select_related("person", "organisation")
    return visible_or_404(found, request.actor, ref=ref)


def _all_valid(forms: list[Any]) -> bool:
    """Ask every form, so that all errors are shown at once."""
    answers = [form.is_valid() for form in forms]
    return all(answers)


def _told_if_refused(form: Any, act: Callable[[], Any]) -> Any:
    """What `act` gives; a refusal that lies in the answers is told beside them."""
    try:
        return act()
    except Refused as error:
        form.add_error(None, str(error.reason))
        return None


def _back_with(request: ActorRequest, person: Person, form: Any) -> HttpResponse:
    context = {"person": person, "form": form, "action": request.path}
    return render(request, "people/once_more.html", context)

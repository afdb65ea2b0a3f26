"""Roles given by name: by those who run the installation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.gate import declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission, Role
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people.actions.roles import end_grant, grant_role
from samrad.people.forms.organisations import GIVEN_BY_NAME, GrantForm, GrantInAreaForm
from samrad.people.forms.people import LastDayForm
from samrad.people.models import ExplicitGrant, Person
from samrad.people.permissions import may_end_grant, may_grant_role
from samrad.people.views.places import chosen_area_or_found
from samrad.ui.keeping import saved
from samrad.ui.pieces import Tab

EVERYTHING = "everything"


@declare(Permission.INSTALLATION_MANAGE)
def give_a_role(request: ActorRequest, ref: str) -> HttpResponse:
    """For an area, which is chosen first, or for the installation as a whole."""
    person = visible_or_404(Person, request.actor, ref=ref)
    may_grant_role(request.actor).enforce()
    everything = request.GET.get("reach") == EVERYTHING
    where = {"area": None} if everything else chosen_area_or_found(request)
    context = {"person": person, **where, "tabs": _tabs(person, everything=everything)}
    if everything or where["area"]:
        form = (GrantForm if everything else GrantInAreaForm)(
            request.POST or None, initial={"from_date": today()}
        )
        if request.method == "POST" and form.is_valid() and _given(request, person, form, where):
            saved(request, _("The role is given."))
            return redirect(person)
        context["form"] = form
    return render(request, "people/give_role.html", context)


def _given(request: ActorRequest, person: Person, form: Any, where: dict[str, Any]) -> bool:
    given = {"role": Role.ADMINISTRATOR, **form.cleaned_data}
    given["role"] = Role(given["role"])
    try:
        grant_role(person=person, area=where["area"], **given, by=request.actor, at=now())
    except Refused as error:
        form.add_error(None, str(error.reason))
        return False
    return True


def _tabs(person: Person, *, everything: bool) -> list[Tab]:
    url = reverse("people:give_role", args=[person.ref])
    return [
        Tab(_("For an area"), url, not everything),
        Tab(_("For the whole installation"), f"{url}?reach={EVERYTHING}", everything),
    ]


@declare(Permission.INSTALLATION_MANAGE)
def end_given_role(request: ActorRequest, ref: str) -> HttpResponse:
    """The last day of a role by name."""
    people = Person.objects.visible_to(request.actor)
    found = ExplicitGrant.objects.filter(person__in=people).select_related("person", "area")
    grant = get_object_or_404(found, ref=ref)
    may_end_grant(request.actor, grant).enforce()
    form = LastDayForm(request.POST or None, initial={"to_date": today()})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["to_date"]
        try:
            end_grant(grant=grant, to_date=last, by=request.actor, at=now())
        except Refused as error:
            form.add_error(None, str(error.reason))
        else:
            saved(request, _("The end is recorded."))
            return redirect(grant.person)
    context = {"grant": grant, "role": GIVEN_BY_NAME[Role(grant.role)], "form": form}
    return render(request, "people/end_given_role.html", context)

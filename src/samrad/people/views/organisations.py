"""Adding an organisation, and correcting one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.gate import declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people import as_written
from samrad.people.actions.organisations import add_organisation, change_organisation
from samrad.people.forms.organisations import NewOrganisationForm, OrganisationForm
from samrad.people.models import Organisation
from samrad.people.permissions import may_add_organisation, may_keep_people_at
from samrad.people.views.changes import KEEPERS
from samrad.people.views.places import chosen_area_or_found
from samrad.ui.changing import on_what_is_there
from samrad.ui.keeping import saved
from samrad.ui.pieces import steps_to

STEPS = [gettext_lazy("Where it is"), gettext_lazy("What it is"), gettext_lazy("Who works there")]


@declare(KEEPERS)
def add_an_organisation(request: ActorRequest) -> HttpResponse:
    """First where it is, then what it is; the page of the new one offers to add its people."""
    where = chosen_area_or_found(request)
    area = where["area"]
    if area is None:
        context = {**where, "steps": steps_to(0, STEPS)}
        return render(request, "people/add_organisation.html", context)
    may_add_organisation(request.actor, area).enforce()
    form = NewOrganisationForm(area, today(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_organisation(
                **form.cleaned_data, country=area.country, area=area, by=request.actor, at=now()
            )
        except Refused as error:
            form.add_error(None, str(error.reason))
        else:
            saved(request, _("The organisation is added. Now say who works there."))
            return redirect(made)
    context = {**where, "form": form, "steps": steps_to(1, STEPS)}
    return render(request, "people/add_organisation.html", context)


@declare(KEEPERS)
@on_what_is_there
def change_an_organisation(request: ActorRequest, ref: str) -> HttpResponse:
    """Correct what it is called and how it is reached."""
    organisation = visible_or_404(Organisation, request.actor, ref=ref)
    may_keep_people_at(request.actor, organisation).enforce()
    there = as_written.of_organisation(organisation)
    form = OrganisationForm(request.POST or None, there=there, about=organisation)
    if request.method == "POST" and form.is_valid():
        change_organisation(
            organisation=organisation,
            **form.cleaned_data,
            seen=form.seen,
            by=request.actor,
            at=now(),
        )
        saved(request, _("The organisation is corrected."))
        return redirect(organisation)
    context = {"organisation": organisation, "form": form}
    return render(request, "people/change_organisation.html", context)

"""An invitation's link: choose a password, or sign in through the agency, once."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samrad.access.gate import ANYONE, declare
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people.actions.accounts import accept_invitation, digest_of
from samrad.people.adapters import INVITED
from samrad.people.forms.sign_in import ChoosePasswordForm
from samrad.people.models import Invitation
from samrad.people.queries.accounts import vouching_agencies
from samrad.people.rules import InvitationState

GONE = 410


@declare(ANYONE)
@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: ActorRequest, token: str) -> HttpResponse:
    """What the link leads to, as long as it works."""
    found = get_object_or_404(
        Invitation.objects.select_related("person"), token_digest=digest_of(token)
    )
    state = found.state_at(now())
    if state != InvitationState.WAITING or found.person.has_left_by(today()):
        return render(request, "people/invitation_gone.html", {"state": state.value}, status=GONE)
    somebody_else = not request.actor.is_anonymous and request.actor.person_id != found.person_id
    if somebody_else:
        return render(request, "people/invitation_other.html", {"invitation": found})
    same_browser = request.session.get(INVITED) == found.token_digest
    if request.method == "POST" and same_browser:
        return _accept(request, found)
    if request.method == "POST":
        messages.warning(request, _("Your browser did not keep a cookie. Try again."))
        return redirect(request.path)
    request.session[INVITED] = found.token_digest
    return _page(request, found, ChoosePasswordForm(found.email))


def _accept(request: ActorRequest, found: Invitation) -> HttpResponse:
    form = ChoosePasswordForm(found.email, request.POST)
    if not _may_choose_password(found) or not form.is_valid():
        return _page(request, found, form)
    try:
        user = accept_invitation(
            invitation=found, password=form.cleaned_data["password1"], at=now()
        )
    except Refused as error:
        form.add_error(None, str(error.reason))
        return _page(request, found, form)
    request.session.pop(INVITED, None)
    record_authentication(request, user, method="password", reauthenticated=True)
    answer: HttpResponse = perform_login(request, user, redirect_url="/account/")
    return answer


def _page(request: ActorRequest, found: Invitation, form: ChoosePasswordForm) -> HttpResponse:
    context = {
        "invitation": found,
        "person": found.person,
        "form": form if _may_choose_password(found) else None,
        "agencies": vouching_agencies(found.person, today()),
        "has_account": found.person.user_id is not None,
    }
    return render(request, "people/invitation.html", context)


def _may_choose_password(found: Invitation) -> bool:
    return settings.LOCAL_ACCOUNTS and found.person.user_id is None

"""Signing in: the library's pages behind our gate, and the way through an agency."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account import views as account
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from requests import RequestException

from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.people.adapters import refusal
from samrad.people.agencies import Agency, agency_named
from samrad.people.models import User
from samrad.people.oidc import AgencyOAuth2Adapter, AgencyRefused, Reason

FOUND = 302


@declare(ANYONE)
@never_cache
def sign_in(request: ActorRequest) -> HttpResponse:
    """Ask who it is. An account that no longer leads anywhere is signed out and told so."""
    if request.user.is_authenticated and request.actor.is_anonymous:
        logout(request)
        return render(request, "people/no_access.html", status=403)
    answer: HttpResponse = account.login(request)
    return answer


@declare(SIGNED_IN)
def change_password(request: ActorRequest) -> HttpResponse:
    """Only who has a password changes it; agencies keep their own."""
    if not isinstance(request.user, User) or not request.user.has_usable_password():
        raise Http404
    answer: HttpResponse = account.password_change(request)
    return answer


@declare(ANYONE)
@never_cache
def to_agency(request: ActorRequest, provider_id: str) -> HttpResponse:
    """Begin a sign-in at the agency; a form may not lead to another host, so a page does."""
    agency = agency_or_404(provider_id)
    if request.method != "POST":
        return redirect("account_login")
    begin = OAuth2LoginView.adapter_view(AgencyOAuth2Adapter(request, provider_id))
    answer = _careful(request, agency, begin)
    if answer.status_code != FOUND:
        return answer
    return render(request, "people/to_agency.html", {"agency": agency, "url": answer["Location"]})


@declare(ANYONE)
@never_cache
def from_agency(request: ActorRequest, provider_id: str) -> HttpResponse:
    """The agency sends somebody back."""
    agency = agency_or_404(provider_id)
    finish = OAuth2CallbackView.adapter_view(AgencyOAuth2Adapter(request, provider_id))
    return _careful(request, agency, finish)


def _careful(
    request: ActorRequest, agency: Agency, view: Callable[[ActorRequest], HttpResponse]
) -> HttpResponse:
    """The library catches what goes wrong inside the exchange, not what goes wrong before it."""
    try:
        return view(request)
    except AgencyRefused as error:
        return refusal(request, agency, error.reason)
    except (RequestException, ValueError):
        return refusal(request, agency, Reason.UNREACHABLE)


def agency_or_404(identifier: str) -> Agency:
    """The agency of that id."""
    agency = agency_named(identifier)
    if agency is None:
        raise Http404
    return agency

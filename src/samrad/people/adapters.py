"""How django-allauth is bent to our rules: nobody signs up, agencies vouch for their own people."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.people import letters
from samrad.people.actions.accounts import accept_through_agency
from samrad.people.agencies import Agency, agencies, agency_named
from samrad.people.models import Invitation, Organisation, Person, User
from samrad.people.oidc import AgencyProvider, AgencyRefused, Reason
from samrad.people.queries.directory import works_within
from samrad.people.words import why_refused

log = logging.getLogger("samrad.people.sign_in")
INVITED = "samrad_invitation"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations alone; mail goes the way all mail goes."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("The e-mail address and the password do not belong together."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link has been used or is too old."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an invitation makes the account."""
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the link that lets somebody choose a new password, if there is one to replace."""
        if not user.has_usable_password():
            return
        person = Person.objects.filter(user=user).first()
        letters.send(
            to=email,
            template="people/mail/password",
            context={"url": context["password_reset_url"]},
            language=person.language if person else "",
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing else is sent: the library's other mails are not ours."""

    def add_message(
        self, request: HttpRequest, level: int, *_arguments: Any, message: Any = None, **_more: Any
    ) -> None:
        """Pages say themselves what has happened; why a key was refused is said on the next one."""
        if level == messages.ERROR and message:
            messages.error(request, message)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step of signing in."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong or has been used. Try the next one."),
        "cannot_delete_authenticator": _("This cannot be switched off."),
        "cannot_generate_recovery_codes": _("Recovery codes need an app or a key first."),
        "unverified_email": _("Your e-mail address must be confirmed first."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a device calls us when it asks for the passkey."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Samråd"}


class AgencyAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """One issuer an agency, from the file; people are bound by invitation and by nothing else."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The agencies as django-allauth knows them."""
        return [
            _as_app(agency)
            for agency in agencies()
            if provider in {None, agency.id, AgencyProvider.id}
            and client_id in {None, agency.client_id}
        ]

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> AgencyProvider:
        """An agency's provider."""
        return AgencyProvider(request, app=self.get_app(request, provider, client_id))

    def list_providers(self, request: HttpRequest) -> list[AgencyProvider]:
        """All of them."""
        return [AgencyProvider(request, app=app) for app in self.list_apps(request)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: an invitation makes the account."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The agency knows who it is. Is that somebody we let in, through this agency, today?"""
        agency = agency_named(sociallogin.account.provider)
        if agency is None or sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refusal(request, agency, Reason.INTERRUPTED))
        if not sociallogin.is_existing:
            self._accept_invitation(request, sociallogin, agency)
        elif not _vouched_for(sociallogin.user, agency):
            raise ImmediateHttpResponse(refusal(request, agency, Reason.MOVED))

    def _accept_invitation(
        self, request: HttpRequest, sociallogin: SocialLogin, agency: Agency
    ) -> None:
        """A first sign-in is good for one thing: the invitation opened in this browser."""
        digest = request.session.get(INVITED, "")
        invitation = Invitation.objects.filter(token_digest=digest).first() if digest else None
        if invitation is None:
            raise ImmediateHttpResponse(refusal(request, agency, Reason.NOT_INVITED))
        key = sociallogin.account.uid
        try:
            user = accept_through_agency(invitation=invitation, agency=agency, key=key, at=now())
        except Refused as error:
            reason = Reason.INVITATION_GONE
            raise ImmediateHttpResponse(refusal(request, agency, reason, error.reason)) from None
        request.session.pop(INVITED, None)
        sociallogin.user = user
        sociallogin.account = SocialAccount.objects.get(provider=agency.id, uid=key)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Something went wrong on the way: say what, on a page of ours."""
        agency = agency_named(provider.app.provider_id)
        if isinstance(exception, AgencyRefused):
            reason = exception.reason
        elif isinstance(exception, RequestException):
            reason = Reason.UNREACHABLE
        elif error == AuthError.CANCELLED:
            reason = Reason.CANCELLED
        else:
            reason = Reason.INTERRUPTED
        raise ImmediateHttpResponse(refusal(request, agency, reason))


def refusal(
    request: HttpRequest, agency: Agency | None, reason: Reason, told: object = ""
) -> HttpResponse:
    """The page that says why nobody was let in, and what to do; the code goes to the log."""
    log.warning("agency sign-in refused", extra={"agency": agency and agency.id, "reason": reason})
    context = {"agency": agency, "reason": reason, "why": told or why_refused(reason)}
    return render(request, "people/agency_refused.html", context, status=403)


def _as_app(agency: Agency) -> SocialApp:
    return SocialApp(
        provider=AgencyProvider.id,
        provider_id=agency.id,
        name=agency.name,
        client_id=agency.client_id,
        secret=agency.client_secret,
        settings={
            "server_url": agency.issuer,
            "scope": list(agency.scopes),
            "oauth_pkce_enabled": True,
            "auth_params": {"acr_values": " ".join(agency.acr)} if agency.acr else {},
        },
    )


def _vouched_for(user: User, agency: Agency) -> bool:
    """Whether the person still works where this agency vouches for people."""
    person = Person.objects.filter(user=user).first()
    organisation = Organisation.objects.filter(ref=agency.organisation).first()
    if person is None or organisation is None:
        return False
    return works_within(person, organisation, today())

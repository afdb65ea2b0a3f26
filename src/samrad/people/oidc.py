"""Signing in through an agency: OpenID Connect with everything checked, nothing kept but the key.

Over django-allauth's flow this adds: the issuer is the one of the file, whatever its discovery
document says; the token's signature, audience, lifetime and nonce are verified; demanded claims
are there; and a person is bound on issuer and subject, never on an address.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from samrad.people.agencies import Agency, agency_named

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY_SECONDS = 60
LONGEST_KEY = 191


class Reason(StrEnum):
    """Why a sign-in through an agency came to nothing. Codes are logged; people get a sentence."""

    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"
    INTERRUPTED = "interrupted"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    EXPIRED = "expired"
    WRONG_NONCE = "wrong_nonce"
    BAD_TOKEN = "bad_token"  # noqa: S105 - a code
    MISSING_CLAIM = "missing_claim"
    TOO_WEAK = "too_weak"
    NOT_INVITED = "not_invited"
    INVITATION_GONE = "invitation_gone"
    NOT_OF_AGENCY = "not_of_agency"
    MOVED = "moved"


class AgencyRefused(OAuth2Error):  # type: ignore[misc]
    """What the agency sent is not good enough to let anybody in."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def nonce_for(code_verifier: str) -> str:
    """The nonce of a sign-in, made from the secret that only this browser's session holds."""
    digest = hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def binding_key(issuer: str, subject: str) -> str:
    """Issuer and subject as one key: a subject means nothing without who says it."""
    key = f"{issuer} {subject}"
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


class AgencyOAuth2Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Talks to the agency's issuer, and believes it only after looking."""

    nonce = ""

    @property
    def agency(self) -> Agency:
        """The agency this sign-in is about."""
        found = agency_named(self.provider_id)
        if found is None:
            raise AgencyRefused(Reason.UNREACHABLE)
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document, if it speaks for the issuer we know."""
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != self.agency.issuer:
            raise AgencyRefused(Reason.WRONG_ISSUER)
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """Exchange the code; remember which nonce the answer must carry."""
        self.nonce = nonce_for(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Who it is, from the identity token alone."""
        claims = self.verified(kwargs["response"].get("id_token") or "")
        return self.get_provider().sociallogin_from_response(request, claims)

    def verified(self, id_token: str) -> dict[str, Any]:
        """The claims of a token that is what it should be."""
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=ALGORITHMS,
                issuer=self.agency.issuer,
                audience=self.agency.client_id,
                leeway=LEEWAY_SECONDS,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.ExpiredSignatureError:
            raise AgencyRefused(Reason.EXPIRED) from None
        except jwt.InvalidIssuerError:
            raise AgencyRefused(Reason.WRONG_ISSUER) from None
        except jwt.InvalidAudienceError:
            raise AgencyRefused(Reason.WRONG_AUDIENCE) from None
        except jwt.PyJWTError:
            raise AgencyRefused(Reason.BAD_TOKEN) from None
        demand(claims, of=self.agency, nonce=self.nonce)
        return claims

    def _key_of(self, id_token: str) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        wanted = jwt.get_unverified_header(id_token).get("kid")
        for key in keys:
            if wanted is None or key.key_id == wanted:
                return key
        raise AgencyRefused(Reason.BAD_TOKEN)


def demand(claims: Mapping[str, Any], *, of: Agency, nonce: str) -> None:
    """What the token must say besides being genuine."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", of.client_id if not several else None) != of.client_id:
        raise AgencyRefused(Reason.WRONG_AUDIENCE)
    if claims.get("nonce") != nonce:
        raise AgencyRefused(Reason.WRONG_NONCE)
    if of.acr and claims.get("acr") not in of.acr:
        raise AgencyRefused(Reason.TOO_WEAK)
    if any(claims.get(name) != value for name, value in of.claims.items()):
        raise AgencyRefused(Reason.MISSING_CLAIM)
    if not str(claims["sub"]).strip():
        raise AgencyRefused(Reason.BAD_TOKEN)


class AgencyProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """An agency to django-allauth: asks for little and keeps nothing that was not asked for."""

    oauth2_adapter_class = AgencyOAuth2Adapter
    supports_token_authentication = False

    @property
    def server_url(self) -> str:
        """Where the issuer describes itself."""
        issuer: str = self.app.settings["server_url"]
        return f"{issuer.rstrip('/')}/.well-known/openid-configuration"

    def get_pkce_params(self) -> dict[str, str]:
        """Always with PKCE, and with a nonce that belongs to the same secret."""
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_for(params["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, str]:
        """What the file says; nothing from the address somebody clicked."""
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """What the file says; nothing from the address somebody clicked."""
        return list(self.get_scope())

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        """Issuer and subject together."""
        return binding_key(data["iss"], str(data["sub"]))

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing: a national identity number among the claims is never stored."""
        return {}

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing: names and addresses are kept by those who keep people."""
        return {}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        """None: an address is no proof of who somebody is here."""
        return []

"""An agency's sign-in for tests: oidc-provider-mock on loopback, which can be made to misbehave.

What it misbehaves with is signed with its real key, so that only the one thing under test is wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import jwt
import requests
from django.urls import reverse
from oidc_provider_mock import app as provider_app
from oidc_provider_mock._server import _threaded_server

TOKENS = "/oauth2/token"


@dataclass
class Provider:
    """The running provider: what it was asked, and what it does to the tokens it gives."""

    issuer: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[dict[str, str]] = field(default_factory=list)
    change: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    forge: bool = False
    algorithm: str = "RS256"

    def claims(self, subject: str, **claims: Any) -> None:
        """What the provider says about somebody."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def sign_in(self, url: str, subject: str, **answer: str) -> str:
        """Do at the provider what a person would; where it sends the browser back to."""
        reply = requests.post(
            url, data=answer or {"sub": subject}, allow_redirects=False, timeout=5
        )
        assert reply.status_code == 302, reply.text
        back = urlsplit(reply.headers["Location"])
        return f"{back.path}?{back.query}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Start it; it stops with the block."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    provider = Provider()
    app = provider_app(require_nonce=True)
    app.before_request(lambda: _remember(provider))
    app.after_request(lambda response: _misbehave(provider, response))
    with _threaded_server(app, host="127.0.0.1") as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        yield provider


def _remember(provider: Provider) -> None:
    if flask.request.path == "/oauth2/authorize" and flask.request.method == "POST":
        provider.asked.append(flask.request.args.to_dict())
    if flask.request.path == TOKENS:
        provider.exchanged.append(flask.request.form.to_dict())


def _misbehave(provider: Provider, response: flask.Response) -> flask.Response:
    wrong = provider.change or provider.forge or provider.algorithm != "RS256"
    if flask.request.path != TOKENS or response.status_code != 200 or not wrong:
        return response
    body = json.loads(response.get_data())
    claims = jwt.decode(body["id_token"], options={"verify_signature": False})
    claims = provider.change(claims) if provider.change else claims
    body["id_token"] = _signed(provider, claims, jwt.get_unverified_header(body["id_token"]))
    response.set_data(json.dumps(body))
    return response


def _signed(provider: Provider, claims: dict[str, Any], header: dict[str, Any]) -> str:
    key = flask.g.oidc_provider_mock_storage.jwk
    if provider.forge:
        key = type(key).generate_key(is_private=True)
    headers = {"kid": header["kid"]} if "kid" in header else {}
    if provider.algorithm == "none":
        return jwt.encode(claims, None, algorithm="none", headers=headers)
    return jwt.encode(claims, key.get_private_key(), algorithm="RS256", headers=headers)


def to_provider(client: Any, agency: str, **data: str) -> str:
    """Press the agency's button; the address the page sends the browser to."""
    page = client.post(reverse("openid_connect_login", args=[agency]), data)
    assert page.status_code == 200, page.status_code
    return str(page.context["url"])


def asked_for(url: str) -> dict[str, str]:
    """The parameters of an address, each once."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}

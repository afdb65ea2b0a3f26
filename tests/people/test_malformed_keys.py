"""Whatever is sent for a passkey, the answer is that it was not accepted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.core import context
from django.test import Client
from django.urls import reverse

from samrad.people.forms.sign_in import AddKeyForm, KeyAgainForm, KeyForm
from tests.cast import Cast, account_of

pytestmark = pytest.mark.django_db
PLAUSIBLE = {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"}
ODD = {
    "five thousand digits": "9" * 5000,
    "twenty digits": "9" * 20,
    "no JSON": "x",
    "nothing": "",
    "a number": "9",
    "null": "null",
    "not a number": "NaN",
    "a list": "[]",
    "a string": '"x"',
    "an empty object": "{}",
    "deeply nested": "[" * 15_000,
    "nested objects": '{"a":' * 2_500 + "1" + "}" * 2_500,
    "very long": json.dumps({"id": "A" * 50_000}),
    "an id alone": '{"id": 1}',
    "a NUL": '{"id": "\\u0000", "rawId": "\\u0000"}',
    "half a character": '{"id": "\\ud800", "rawId": "\\ud800", "response": {}}',
    "a response that is a list": '{"id": "AA", "rawId": "AA", "response": []}',
    "no handle": json.dumps({"id": "AA", "rawId": "AA", "response": PLAUSIBLE}),
    "another's handle": json.dumps(
        {"id": "AA", "rawId": "AA", "response": {**PLAUSIBLE, "userHandle": "MQ"}}
    ),
    "a handle that is a number": json.dumps(
        {"id": "AA", "rawId": "AA", "type": 7, "response": {**PLAUSIBLE, "userHandle": 5}}
    ),
    "a handle beyond all people": json.dumps(
        {"id": "AA", "rawId": "AA", "response": {**PLAUSIBLE, "userHandle": "OTk5" * 90}}
    ),
}
each = pytest.mark.parametrize("sent", ODD.values(), ids=ODD.keys())


@pytest.fixture(autouse=True)
def _unhurried(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    settings.ACCOUNT_RATE_LIMITS = False


@each
def test_signing_in_with_a_key_that_is_none_leads_back_and_says_so(
    client: Client, sent: str
) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    page = client.post(reverse("mfa_login_webauthn"), {"credential": sent}, follow=True)

    assert page.status_code == 200
    assert "This key was not accepted. Try again, or sign in another way." in page.content.decode()
    assert "_auth_user_id" not in client.session


@each
@pytest.mark.parametrize("form", [AddKeyForm, KeyForm, KeyAgainForm])
def test_every_form_that_takes_a_key_refuses_what_is_none(
    cast: Cast, rf: Any, form: Any, sent: str
) -> None:
    request = rf.post("/")
    request.user = account_of(cast.chair.person, "a long enough password")
    request.session = {"mfa.webauthn.state": {"challenge": "AA", "user_verification": None}}
    with context.request_context(request):
        tried = form({"credential": sent}, user=request.user)

        assert not tried.is_valid()
        assert "This key was not accepted." in str(tried.errors)

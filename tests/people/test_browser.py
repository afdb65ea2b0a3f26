"""Pages about people in a real browser: accessible at every width, passkeys under our policy."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samrad.kernel.clock import now
from samrad.people.actions.accounts import invite_person
from samrad.post.models import Message
from tests.cast import account_of, signed_in
from tests.people.provider import running_provider
from tests.support.browser import sideways_scroll

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "korrekt hest batteri stift"


@pytest.fixture
def cast(transactional_db):
    from tests.cast import build_cast

    return build_cast()


def enter(page, who, live_server):
    """Give the browser the session of somebody signed in."""
    client = signed_in(Client(), who)
    page.context.add_cookies(
        [{
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "url": live_server.url.replace("127.0.0.1", "localhost"),
        }]
    )  # fmt: skip


def invitation_link(cast, person):
    invite_person(person=person, by=cast.administrator.actor, at=now())
    text = Message.objects.filter(person=person).latest("pk").text
    return re.search(r"/invitation/\S+", text).group()


def sound(page, axe):
    """No finding of axe-core, no sideways scrolling, exactly one main heading."""
    assert axe(page) == []
    assert sideways_scroll(page) == 0
    assert page.locator("h1").count() == 1


def with_passkeys(page):
    """A device that has a built-in authenticator and whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def test_an_error_beside_a_field_is_accessible_too(cast, live_server, page, axe):
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Logg inn").or_(
        page.get_by_role("button", name="Sign in", exact=True)
    ).first.click()

    assert page.locator("#id_login").get_attribute("aria-invalid") == "true"
    sound(page, axe)


def test_a_passkey_is_added_and_then_lets_one_in_without_a_password(
    cast, live_server, open_page, axe
):
    user = account_of(cast.chair.person, PASSWORD)
    page = open_page()
    with_passkeys(page)
    page.goto(reverse("account_login"))
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/")

    page.goto(reverse("mfa_add_webauthn"))  # asks for the password once more
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("#mfa_webauthn_add")
    sound(page, axe)
    page.fill("#id_name", "My laptop")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/keys/add/" not in url)
    assert str(Authenticator.objects.get(user=user, type="webauthn")) == "My laptop"

    page.goto(reverse("mfa_list_webauthn"))
    sound(page, axe)
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "login" not in url)
    assert page.goto(reverse("people:account")).status == 200
    assert cast.chair.name in page.content()


def test_the_button_of_an_agency_leads_there_and_back_under_our_policy(
    cast, live_server, open_page, settings, tmp_path
):
    """A form may not lead to another host, so a page does; scripts are not needed."""
    person = cast.director.person
    with running_provider() as provider:
        path = tmp_path / "agencies.toml"
        path.write_text(
            f'[[agency]]\nid = "aas"\nname = "Ås kommune"\nissuer = "{provider.issuer}"\n'
            f'client_id = "samrad"\nclient_secret = "s"\norganisation = "{cast.no.kommune.ref}"\n',
            encoding="utf-8",
        )
        settings.AGENCIES_FILE = str(path)
        page = open_page(java_script_enabled=False)
        page.goto(invitation_link(cast, person))
        page.locator("form[action*='/account/agency/aas/'] button").click()
        page.wait_for_url(f"{provider.issuer}/oauth2/authorize*")
        page.fill("input[name=sub]", "subject-1")
        page.press("input[name=sub]", "Enter")
        page.wait_for_url(lambda url: "localhost" in url and "/agency/" not in url)

        assert page.goto(reverse("people:account")).status == 200
        assert person.name in page.content()

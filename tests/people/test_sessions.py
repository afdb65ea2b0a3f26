"""Sessions end with what gave the right to them; and an installation without passwords."""

from __future__ import annotations

import importlib
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import NoReverseMatch, clear_url_caches, include, reverse
from django.urls import path as path_to

from samrad.access.actor import SYSTEM
from samrad.kernel.clock import now, today
from samrad.people.api import end_appointment, end_grant
from samrad.people.models import ExplicitGrant, Person
from tests.cast import account_of, signed_in
from tests.people.test_sign_in import choose_password, is_in, sign_in

PASSWORD = "korrekt hest batteri stift"
YESTERDAY = timedelta(days=1)


# Sessions ---------------------------------------------------------------------------------------


def end_role(cast, who):
    end_appointment(
        appointment=who.appointment, to_date=today() - YESTERDAY,
        by=cast.administrator.actor, at=now(),
    )  # fmt: skip


def test_an_open_session_is_worth_nothing_once_the_role_has_ended(cast, client):
    signed_in(client, cast.chair)
    assert is_in(client)
    end_role(cast, cast.chair)

    page = client.get(reverse("people:list"))
    assert page["Location"].startswith("/account/login/")
    page = client.get(page["Location"])
    assert page.status_code == 403
    assert "Your account leads nowhere any more" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_person_who_left_and_an_account_that_is_closed_are_out_at_the_next_request(cast, client):
    for who, change in (
        (cast.director, lambda: Person.objects.filter(pk=cast.director.person.pk).update(
            left_date=today() - YESTERDAY)),
        (cast.guest, lambda: type(cast.guest.person.user).objects.filter(
            pk=cast.guest.person.user_id).update(is_active=False)),
    ):  # fmt: skip
        signed_in(client, who)
        assert is_in(client)
        change()
        assert not is_in(client)


def test_an_administrator_whose_grant_has_ended_is_out(cast, client):
    signed_in(client, cast.administrator)
    assert is_in(client)
    grant = ExplicitGrant.objects.get(person=cast.administrator.person)
    end_grant(grant=grant, to_date=today() - YESTERDAY, by=SYSTEM, at=now())

    assert not is_in(client)


def test_signing_out_everywhere_ends_every_session(cast, client):
    user = account_of(cast.chair.person, PASSWORD)
    other = Client()
    for browser in (client, other):
        sign_in(browser, user.email)
    client.post(reverse("people:everywhere_out"))

    assert not is_in(client)
    assert not is_in(other)
    assert sign_in(other, user.email).status_code == 302


def test_my_account_keeps_telephone_and_language(cast, client, django_assert_max_num_queries):
    signed_in(client, cast.chair)
    url = reverse("people:account")
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
    assert client.post(url, {"phone": " 22 33  44 55 ", "language": "nn"}).status_code == 302

    person = Person.objects.get(pk=cast.chair.person.pk)
    assert (person.phone, person.language) == ("22 33 44 55", "nn")
    assert 'lang="nn"' in client.get(url).content.decode()


# Without accounts of our own --------------------------------------------------------------------


@pytest.fixture
def agencies_only(settings, cast, tmp_path):
    """An installation where everybody signs in through an agency."""
    from samrad.people.urls import library
    from samrad.site import urls as root

    path = tmp_path / "agencies.toml"
    path.write_text(
        f'[[agency]]\nid = "aas"\nname = "Ås kommune"\nissuer = "https://login.example"\n'
        f'client_id = "samrad"\norganisation = "{cast.no.kommune.ref}"\n',
        encoding="utf-8",
    )
    settings.AGENCIES_FILE = str(path)
    settings.LOCAL_ACCOUNTS, settings.SOCIALACCOUNT_ONLY = False, True
    kept = [pattern for pattern in root.urlpatterns if "people" not in str(pattern.urlconf_name)]
    importlib.reload(library)
    ours = [
        path_to("account/", include(library)),
        path_to("", include("samrad.people.urls.pages")),
    ]
    with override_settings(ROOT_URLCONF=type("Addresses", (), {"urlpatterns": [*ours, *kept]})):
        clear_url_caches()
        yield
    settings.LOCAL_ACCOUNTS, settings.SOCIALACCOUNT_ONLY = True, False
    importlib.reload(library)
    clear_url_caches()


def test_an_installation_can_do_without_passwords(agencies_only, cast, client, invited):
    person, link = invited
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in through Ås kommune" in page
    assert 'type="password"' not in page
    assert client.post(reverse("account_login"), {"login": "a", "password": "b"}).status_code == 403
    for gone in ("account_change_password", "account_reset_password", "mfa_login_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(gone)

    assert 'type="password"' not in client.get(link).content.decode()
    choose_password(client, link)
    person.refresh_from_db()
    assert person.user is None
    assert signed_in(client, cast.chair).get(reverse("people:account")).status_code == 200

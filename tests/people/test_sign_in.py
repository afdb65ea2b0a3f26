"""Signing in with an account of one's own: invitation, password, second step, sessions."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from samrad.kernel.clock import held_at, now, today
from samrad.kernel.verdict import Refused
from samrad.people.actions.accounts import accept_invitation, invite_person
from samrad.people.api import person_leaves
from samrad.people.events import (
    APP_ADDED,
    APP_REMOVED,
    CODES_MADE,
    INVITATION_ACCEPTED,
    INVITED,
    KEY_REMOVED,
    PASSWORD_CHOSEN,
    PASSWORD_RESET,
)
from samrad.people.models import Invitation, Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of, history_of
from tests.cast import account_of, signed_in
from tests.people.conftest import send_invitation

pytestmark = pytest.mark.slow

PASSWORD = "korrekt hest batteri stift"
YESTERDAY = timedelta(days=1)
GONE = 410


def choose_password(client, link, password=PASSWORD, again=None):
    client.get(link)
    return client.post(link, {"password1": password, "password2": again or password})


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def is_in(client):
    return client.get(reverse("people:list")).status_code == 200


# Invitations ------------------------------------------------------------------------------------


def test_an_invitation_leads_to_an_account_and_straight_in(invited, client):
    person, link = invited
    page = choose_password(client, link)

    assert (page.status_code, page["Location"]) == (302, "/account/")
    assert is_in(client)
    person.refresh_from_db()
    assert person.user.email == person.email
    assert EmailAddress.objects.get(user=person.user).verified
    assert event_codes_of(person) == [INVITED.code, INVITATION_ACCEPTED.code]


def test_only_a_digest_of_the_link_is_kept(invited):
    _person, link = invited
    token = link.strip("/").rpartition("/")[2]

    assert token not in str(Invitation.objects.values())
    assert len(token) >= 43


def test_the_mail_is_in_the_persons_language_and_names_who_invited(cast, invited):
    person, _link = invited
    letter = Message.objects.get(person=person)

    assert letter.address == person.email
    assert letter.language == "nb"
    assert "Sara Eksempelsen" in letter.text


@pytest.mark.parametrize(
    ("own", "who", "language"),
    [("", "dk.mayor", "da"), ("", "se.chair", "sv"), ("en", "dk.mayor", "en")],
)
def test_mail_speaks_the_countrys_language_until_one_is_chosen(cast, own, who, language):
    person = cast.everybody[who].person
    Person.objects.filter(pk=person.pk).update(language=own)
    invite_person(person=person, by=cast.administrator.actor, at=now())

    assert Message.objects.get(person=person).language == language


def test_a_new_installation_begins_with_an_administrator(db, client):
    from django.core.management import CommandError, call_command

    said = StringIO()
    call_command("first_administrator", "Ada Driftsen", "Ada@example.org", stdout=said)
    link = said.getvalue().split()[-1].removeprefix("http://localhost:8000")

    assert choose_password(client, link).status_code == 302
    actor = client.get("/people/").context["request"].actor
    assert (actor.label, actor.manages_installation) == ("Ada Driftsen", True)
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("first_administrator", "Ada Driftsen", "ada", stdout=said)


def test_looking_at_the_link_uses_nothing_up(invited, client):
    _person, link = invited
    for _visit in range(3):  # mail programs open links to look for harm
        assert Client().get(link).status_code == 200

    assert choose_password(client, link).status_code == 302


def test_a_link_works_once(invited, client):
    _person, link = invited
    choose_password(client, link)

    for page in (Client().get(link), choose_password(Client(), link, "another long password")):
        assert page.status_code == GONE
        assert page.context["state"] == "accepted"


def test_a_link_expires(invited):
    _person, link = invited
    with held_at(now() + timedelta(days=14, seconds=1)):
        page = Client().get(link)

    assert (page.status_code, page.context["state"]) == (GONE, "expired")


def test_a_newer_invitation_replaces_the_one_before(cast, invited, client):
    person, first = invited
    second = send_invitation(cast, person)

    page = client.get(first)
    assert (page.status_code, page.context["state"]) == (GONE, "withdrawn")
    assert client.get(second).status_code == 200


def test_an_invitation_ends_with_the_person(cast, invited, client):
    person, link = invited
    person_leaves(
        person=person, left_date=today() - YESTERDAY, by=cast.administrator.actor, at=now()
    )

    assert client.get(link).status_code == GONE


def test_a_link_that_never_was_is_not_found(client, db):
    assert client.get(reverse("people:invitation", args=["a" * 43])).status_code == 404


def test_a_password_is_sent_only_by_the_browser_that_opened_the_link(invited, client):
    person, link = invited
    page = client.post(link, {"password1": PASSWORD, "password2": PASSWORD})

    assert page.status_code == 302
    assert page["Location"] == link
    person.refresh_from_db()
    assert person.user is None


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("short", "short", "password1"),
        ("password1234", "password1234", "password1"),
        ("guest.no@example", "guest.no@example", "password1"),
        (PASSWORD, "something else", "password2"),
    ],
)
def test_a_poor_password_is_refused_beside_the_field(invited, client, password, again, field):
    person, link = invited
    page = choose_password(client, link, password, again)

    assert page.status_code == 200
    assert field in page.context["form"].errors
    person.refresh_from_db()
    assert person.user is None


def test_somebody_signed_in_as_another_is_asked_to_sign_out_first(cast, invited, client):
    person, link = invited
    signed_in(client, cast.chair)

    page = choose_password(client, link)
    assert "Sign out and go on" in page.content.decode()
    person.refresh_from_db()
    assert person.user is None


def test_an_invitation_never_gives_a_new_password_to_an_account_that_exists(cast, client):
    person = cast.director.person
    account_of(person, PASSWORD)
    link = send_invitation(cast, person)

    assert "You have an account already" in client.get(link).content.decode()
    with pytest.raises(Refused, match="already"):
        accept_invitation(
            invitation=Invitation.objects.get(person=person), password="other", at=now()
        )


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("secretary", True), ("administrator", True), ("chair", False), ("stranger", False),
     ("analyst", False), ("guest", False)],
)  # fmt: skip
def test_who_may_invite(cast, who, allowed):
    person = cast.director.person
    try:
        invite_person(person=person, by=cast.everybody[who].actor, at=now())
        done = True
    except Refused:
        done = False

    assert done is allowed
    assert Message.objects.filter(person=person).exists() is allowed


# Password ---------------------------------------------------------------------------------------


def test_signing_in_and_out(cast, client):
    account_of(cast.chair.person, PASSWORD)
    email = cast.chair.person.user.email

    assert sign_in(client, email.upper()).status_code == 302
    assert is_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_a_wrong_password_and_an_unknown_address_look_the_same(cast, client):
    account_of(cast.chair.person, PASSWORD)
    pages = [
        sign_in(client, cast.chair.person.user.email, "wrong"),
        sign_in(client, "nobody@example.org", "wrong"),
    ]

    assert [page.context["form"].non_field_errors() for page in pages] == [
        ["The e-mail address and the password do not belong together."]
    ] * 2


def test_nobody_signs_up(client, db):
    page = client.post(
        reverse("account_signup"),
        {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert "Accounts come by invitation" in page.content.decode()
    assert not EmailAddress.objects.filter(email="me@example.org").exists()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example"])
def test_after_signing_in_one_stays_here(cast, client, target):
    account_of(cast.chair.person, PASSWORD)
    page = sign_in(client, cast.chair.person.user.email, next=target)

    assert page.status_code == 302
    assert "elsewhere" not in page["Location"]


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(cast, client):
    user = account_of(cast.chair.person, PASSWORD)
    client.post(reverse("account_reset_password"), {"email": user.email})
    text = Message.objects.get(address=user.email).text
    link = re.search(r"http://\S+?(/account/forgotten/\S+)", text).group(1)

    form_at = client.get(link)["Location"]
    new = "fire ord som ikke passer"
    assert client.post(form_at, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(Client(), user.email, new).status_code == 302
    assert Client().get(link).context["token_fail"]
    assert event_codes_of(cast.chair.person) == [PASSWORD_RESET.code]


@pytest.mark.parametrize("who", ["nobody", "agency only"])
def test_no_mail_goes_to_whoever_has_no_password(cast, client, who):
    email = cast.chair.person.user.email if who == "agency only" else "nobody@example.org"
    page = client.post(reverse("account_reset_password"), {"email": email})

    assert (page.status_code, page["Location"]) == (302, reverse("account_reset_password_done"))
    assert not Message.objects.exists()


def test_a_password_is_changed_by_who_knows_the_present_one(cast, client):
    user = account_of(cast.chair.person, PASSWORD)
    sign_in(client, user.email)
    url, new = reverse("account_change_password"), "fire ord som ikke passer"
    other = Client()
    sign_in(other, user.email)

    wrong = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert "This is not your present password." in client.post(url, wrong).content.decode()
    assert client.post(url, {**wrong, "oldpassword": PASSWORD}).status_code == 302
    assert is_in(client)
    assert not is_in(other), "sessions on other machines end with the password"


def test_who_signs_in_through_an_agency_has_no_password_to_change(cast, client):
    assert signed_in(client, cast.chair).get(reverse("account_change_password")).status_code == 404


@pytest.mark.parametrize(
    "name", ["account_email", "account_set_password", "socialaccount_connections",
             "socialaccount_signup", "account_confirm_login_code"],
)  # fmt: skip
def test_pages_of_the_library_that_we_do_not_use_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# The second step --------------------------------------------------------------------------------


def secret_of(page):
    return page.context["form"].secret


def code_for(secret):
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_app_gives_a_second_step_and_recovery_codes_replace_it(
    cast, client, django_capture_on_commit_callbacks
):
    user = account_of(cast.chair.person, PASSWORD)
    sign_in(client, user.email)
    url = reverse("mfa_activate_totp")
    again = client.get(url)
    assert again["Location"].startswith(reverse("account_reauthenticate"))
    client.post(again["Location"], {"password": PASSWORD, "next": url})
    secret = secret_of(client.get(url))
    wrong = client.post(url, {"code": "000000"})
    assert "This code is wrong" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"code": code_for(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10

    other = Client()
    page = sign_in(other, user.email)
    assert page["Location"] == reverse("mfa_authenticate")
    assert not is_in(other)
    assert other.post(page["Location"], {"code": codes[0]}).status_code == 302
    assert is_in(other)

    third = Client()
    sign_in(third, user.email)
    third.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not is_in(third), "a recovery code works once"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    told = [APP_ADDED.code, CODES_MADE.code, APP_REMOVED.code]
    assert event_codes_of(cast.chair.person) == told
    (first, *_rest) = history_of(cast.chair.person)
    assert first.text == "Maja Prøvestad switched codes from an app off."


def test_a_password_that_is_changed_stands_in_the_history(cast, client):
    user = account_of(cast.chair.person, PASSWORD)
    sign_in(client, user.email)
    new = "fire ord som ikke passer"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert sign_in(Client(), user.email, new).status_code == 302
    assert event_codes_of(cast.chair.person) == [PASSWORD_CHOSEN.code]


def test_a_passkey_that_is_removed_stands_in_the_history(cast, client):
    user = account_of(cast.chair.person, PASSWORD)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Telefon"})
    rf = RequestFactory().post("/")
    rf.user = user
    delete_and_cleanup(rf, key)

    assert event_codes_of(cast.chair.person) == [KEY_REMOVED.code]


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
)
def test_pages_about_keys_are_ours(cast, client, name):
    user = account_of(cast.chair.person, PASSWORD)
    sign_in(client, user.email)
    page = client.get(reverse(name), follow=True)

    assert page.status_code == 200
    assert b"Content-Security-Policy" not in page.content
    assert 'id="main"' in page.content.decode()

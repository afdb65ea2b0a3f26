"""Signing in through an agency, against a real provider: who is let in, who is refused and why."""

from __future__ import annotations

# ruff: noqa: PLR0917 - fixtures are positional
import base64
import hashlib
import re
import time
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from samrad.kernel.clock import now, today
from samrad.people.actions.accounts import invite_person
from samrad.people.agencies import agencies
from samrad.people.api import appoint, end_appointment, person_leaves, replace_holder
from samrad.people.checks import agencies_can_be_read
from samrad.people.models import Appointment, Invitation, Person, User
from samrad.people.oidc import Reason, binding_key, nonce_for
from samrad.post.models import Message
from tests.cast import SINCE, signed_in
from tests.people.provider import asked_for, running_provider, to_provider

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
YESTERDAY = timedelta(days=1)
SUBJECT = "subject-4711"


@pytest.fixture(scope="module")
def running():
    with running_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def running_elsewhere():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running):
    running.change, running.forge, running.algorithm = None, False, "RS256"
    running.asked.clear()
    running.exchanged.clear()
    return running


@pytest.fixture
def agency_file(cast, settings, tmp_path, provider, running_elsewhere):
    """Ås kommune and its neighbour, each with an issuer of its own."""

    def write(**more: str) -> None:
        path = tmp_path / "agencies.toml"
        text = ""
        for identifier, organisation, issuer in (
            ("aas", cast.no.kommune, provider.issuer),
            ("follo", cast.no.next_kommune, running_elsewhere.issuer),
        ):
            text += (
                f'[[agency]]\nid = "{identifier}"\nname = "{organisation.name}"\n'
                f'issuer = "{more.get("issuer", issuer)}"\nclient_id = "samrad-{identifier}"\n'
                f'client_secret = "secret"\norganisation = "{organisation.ref}"\n'
                f'scopes = ["openid", "email"]\n{more.get("demands", "")}\n'
            )
        path.write_text(text, encoding="utf-8")
        settings.AGENCIES_FILE = str(path)

    write()
    return write


@pytest.fixture
def newcomer(cast):
    """Somebody at Ås kommune who has no account yet."""
    person = Person.objects.create(name="Ny Kollega", email="ny.kollega@example.org")
    appoint(
        person=person, organisation=cast.no.kommune, role="sector_head",
        from_date=SINCE, by=cast.secretary.actor, at=now(),
    )  # fmt: skip
    return person


def link_in_the_mail(person):
    text = Message.objects.filter(person=person).latest("pk").text
    return re.search(r"/invitation/\S+", text).group()


def invited(cast, person):
    """Invite somebody and return the link they got."""
    invite_person(person=person, by=cast.administrator.actor, at=now())
    return link_in_the_mail(person)


def come_back(client, provider, agency="aas", subject=SUBJECT, **data):
    """The whole way through the agency, to the page one lands on."""
    return client.get(provider.sign_in(to_provider(client, agency, **data), subject))


def bound(client, cast, provider, person, subject=SUBJECT):
    """Somebody who has accepted an invitation through the agency, and is signed out again."""
    client.get(invited(cast, person))
    assert come_back(client, provider, subject=subject).status_code == 302
    client.logout()
    person.refresh_from_db()


def refused(page, reason):
    """The page says why, with the code, and nobody is signed in."""
    assert page.status_code == 403
    assert page.context["reason"] == reason
    assert reason.value in page.content.decode()
    assert "_auth_user_id" not in page.wsgi_request.session
    return True


# The way in -------------------------------------------------------------------------------------


def test_an_invitation_binds_the_agencys_subject_to_the_invited_person(
    agency_file, cast, client, provider, newcomer
):
    provider.claims(SUBJECT, email="somebody.else@example.org", pid="01010112345")
    link = invited(cast, newcomer)
    assert "Sign in through Ås kommune" in client.get(link).content.decode()

    page = come_back(client, provider)

    assert page.status_code == 302
    newcomer.refresh_from_db()
    assert client.get("/people/").context["request"].actor.person_id == newcomer.pk
    account = SocialAccount.objects.get(user=newcomer.user)
    assert (account.provider, account.uid) == ("aas", binding_key(provider.issuer, SUBJECT))
    assert account.extra_data == {}
    assert newcomer.user.email == "ny.kollega@example.org"
    assert not newcomer.user.has_usable_password()


def test_afterwards_the_agency_alone_is_enough(agency_file, cast, client, provider, newcomer):
    bound(client, cast, provider, newcomer)

    page = come_back(client, provider, next="/organisations/")
    assert (page.status_code, page["Location"]) == (302, "/organisations/")
    assert client.get("/organisations/").status_code == 200


def test_the_exchange_uses_pkce_and_a_nonce_and_asks_for_nothing_it_was_not_told_to(
    agency_file, cast, client, provider, newcomer
):
    bound(client, cast, provider, newcomer)

    asked, exchanged = provider.asked[-1], provider.exchanged[-1]
    digest = hashlib.sha256(exchanged["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert asked["code_challenge_method"] == "S256"
    assert asked["nonce"] == nonce_for(exchanged["code_verifier"])
    assert set(asked["scope"].split()) == {"openid", "email"}


def test_the_address_cannot_ask_the_agency_for_more(agency_file, client, provider):
    url = (
        reverse("openid_connect_login", args=["aas"]) + "?scope=phone&auth_params=acr_values%3Dlow"
    )
    asked = asked_for(client.post(url).context["url"])

    assert set(asked["scope"].split()) == {"openid", "email"}
    assert "acr_values" not in asked


def test_a_sign_in_begins_with_a_press_of_the_button_only(agency_file, client, provider):
    assert (
        client.get(reverse("openid_connect_login", args=["aas"]))["Location"] == "/account/login/"
    )
    assert client.get(reverse("openid_connect_login", args=["nobody"])).status_code == 404


# What is wrong with the token -------------------------------------------------------------------

WRONG_TOKENS = {
    "another issuer": (lambda c: {**c, "iss": "https://elsewhere.example"}, Reason.WRONG_ISSUER),
    "another audience": (lambda c: {**c, "aud": "another-service"}, Reason.WRONG_AUDIENCE),
    "audience of a neighbour": (lambda c: {**c, "aud": ["samrad-follo"]}, Reason.WRONG_AUDIENCE),
    "meant for another party": (
        lambda c: {**c, "aud": ["samrad-aas", "x"], "azp": "x"},
        Reason.WRONG_AUDIENCE,
    ),
    "several audiences, no party": (
        lambda c: {**c, "aud": ["samrad-aas", "x"]},
        Reason.WRONG_AUDIENCE,
    ),
    "expired": (lambda c: {**c, "exp": int(time.time()) - 120}, Reason.EXPIRED),
    "without an end": (lambda c: {k: v for k, v in c.items() if k != "exp"}, Reason.BAD_TOKEN),
    "not valid yet": (lambda c: {**c, "nbf": int(time.time()) + 600}, Reason.BAD_TOKEN),
    "without a nonce": (lambda c: {k: v for k, v in c.items() if k != "nonce"}, Reason.WRONG_NONCE),
    "another sign-in's nonce": (lambda c: {**c, "nonce": "x" * 43}, Reason.WRONG_NONCE),
    "without a subject": (lambda c: {k: v for k, v in c.items() if k != "sub"}, Reason.BAD_TOKEN),
    "an empty subject": (lambda c: {**c, "sub": " "}, Reason.BAD_TOKEN),
}


@pytest.mark.parametrize("wrong", WRONG_TOKENS)
def test_a_token_with_one_thing_wrong_lets_nobody_in(
    agency_file, cast, client, provider, newcomer, wrong
):
    bound(client, cast, provider, newcomer)
    provider.change, reason = WRONG_TOKENS[wrong]

    assert refused(come_back(client, provider), reason)


def test_a_token_signed_by_somebody_else_lets_nobody_in(
    agency_file, cast, client, provider, newcomer
):
    bound(client, cast, provider, newcomer)
    provider.forge = True

    assert refused(come_back(client, provider), Reason.BAD_TOKEN)


def test_a_token_that_is_not_signed_lets_nobody_in(agency_file, cast, client, provider, newcomer):
    bound(client, cast, provider, newcomer)
    provider.algorithm = "none"

    assert refused(come_back(client, provider), Reason.BAD_TOKEN)


@pytest.mark.parametrize(
    ("demands", "claims", "reason"),
    [
        ('acr = ["high"]', {}, Reason.TOO_WEAK),
        ('acr = ["high"]', {"acr": "low"}, Reason.TOO_WEAK),
        ('acr = ["substantial", "high"]', {"acr": "high"}, None),
        ('[agency.claims]\ntid = "tenant-1"', {}, Reason.MISSING_CLAIM),
        ('[agency.claims]\ntid = "tenant-1"', {"tid": "tenant-2"}, Reason.MISSING_CLAIM),
        ('[agency.claims]\ntid = "tenant-1"', {"tid": "tenant-1"}, None),
    ],
)
def test_what_the_agency_must_say_it_must_say(
    agency_file, cast, client, provider, newcomer, demands, claims, reason
):
    bound(client, cast, provider, newcomer)
    agency_file(demands=demands)
    provider.change = lambda given: {**given, **claims}

    page = come_back(client, provider)
    assert page.status_code == 302 if reason is None else refused(page, reason)


def test_the_demanded_strength_is_asked_for(agency_file, client, provider):
    agency_file(demands='acr = ["substantial", "high"]')

    assert asked_for(to_provider(client, "aas"))["acr_values"] == "substantial high"


# What is wrong with the way ---------------------------------------------------------------------


def test_an_issuer_that_calls_itself_something_else_is_not_trusted(agency_file, client, provider):
    agency_file(issuer=f"{provider.issuer}/")
    page = client.post(reverse("openid_connect_login", args=["aas"]))

    assert refused(page, Reason.WRONG_ISSUER)


def test_an_agency_that_does_not_answer_gets_a_page_of_its_own(agency_file, client):
    agency_file(issuer="http://127.0.0.1:9")
    page = client.post(reverse("openid_connect_login", args=["aas"]))

    assert refused(page, Reason.UNREACHABLE)


def test_an_answer_belongs_to_the_browser_that_asked(agency_file, client, provider):
    from django.test import Client

    back = provider.sign_in(to_provider(client, "aas"), SUBJECT)

    assert refused(Client().get(back), Reason.INTERRUPTED)


def test_an_answer_works_once(agency_file, cast, client, provider, newcomer):
    bound(client, cast, provider, newcomer)
    back = provider.sign_in(to_provider(client, "aas"), SUBJECT)
    assert client.get(back).status_code == 302
    client.logout()

    assert refused(client.get(back), Reason.INTERRUPTED)


def test_an_answer_of_one_agency_is_not_taken_at_anothers_door(agency_file, client, provider):
    back = provider.sign_in(to_provider(client, "aas"), SUBJECT)

    assert refused(client.get(back.replace("/aas/", "/follo/")), Reason.INTERRUPTED)


def test_who_stops_at_the_agency_is_told_that_nothing_happened(agency_file, client, provider):
    back = provider.sign_in(to_provider(client, "aas"), SUBJECT, action="deny")
    state = asked_for(to_provider(client, "aas"))["state"]
    joint = "&" if "?" in back else "?"

    assert refused(client.get(f"{back}{joint}state={state}"), Reason.CANCELLED)


# Who it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verified", [True, False])
def test_the_mail_of_an_existing_user_opens_nothing(agency_file, cast, client, provider, verified):
    """Somebody makes the provider say a colleague's address; verified or not, it means nothing."""
    provider.claims("attacker", email=cast.chair.person.user.email, email_verified=verified)
    page = come_back(client, provider, subject="attacker")

    assert refused(page, Reason.NOT_INVITED)
    assert not SocialAccount.objects.exists()


def test_a_signed_in_person_cannot_connect_an_agency_without_an_invitation(
    agency_file, cast, client, provider
):
    signed_in(client, cast.chair)
    page = come_back(client, provider, process="connect")

    assert page.status_code == 403
    assert page.context["reason"] == Reason.INTERRUPTED
    assert not SocialAccount.objects.exists()


def test_the_same_subject_of_another_issuer_is_another_person(
    agency_file, cast, client, provider, running_elsewhere, newcomer
):
    bound(client, cast, provider, newcomer)
    page = come_back(client, running_elsewhere, agency="follo", subject=SUBJECT)

    assert refused(page, Reason.NOT_INVITED)


def test_an_agency_whose_issuer_changes_does_not_hand_its_subjects_on(
    agency_file, cast, client, provider, running_elsewhere, newcomer
):
    bound(client, cast, provider, newcomer)
    agency_file(issuer=running_elsewhere.issuer)
    page = come_back(client, running_elsewhere, subject=SUBJECT)

    assert refused(page, Reason.NOT_INVITED)


def test_an_invitation_is_not_accepted_through_an_agency_one_does_not_work_at(
    agency_file, cast, client, running_elsewhere, newcomer
):
    client.get(invited(cast, newcomer))
    page = come_back(client, running_elsewhere, agency="follo")

    assert refused(page, Reason.INVITATION_GONE)
    assert "does not vouch" in page.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.user is None
    assert Invitation.objects.get(person=newcomer).accepted_at is None


def test_a_withdrawn_invitation_binds_nobody(agency_file, cast, client, provider, newcomer):
    client.get(invited(cast, newcomer))
    Invitation.objects.update(withdrawn_at=now())

    assert refused(come_back(client, provider), Reason.INVITATION_GONE)
    assert not SocialAccount.objects.exists()


def test_a_subject_that_is_somebody_already_is_not_bound_again(
    agency_file, cast, client, provider, newcomer
):
    bound(client, cast, provider, newcomer)
    client.get(invited(cast, cast.director.person))
    come_back(client, provider)

    assert SocialAccount.objects.get().user == newcomer.user
    assert Invitation.objects.get(person=cast.director.person).accepted_at is None


# Moving on --------------------------------------------------------------------------------------


def moved_to_the_neighbour(cast, person):
    """The last day at Ås was yesterday; today is the first at Nordre Follo."""
    for appointment in Appointment.objects.filter(person=person):
        end_appointment(
            appointment=appointment, to_date=today() - YESTERDAY,
            by=cast.administrator.actor, at=now(),
        )  # fmt: skip
    appoint(
        person=person, organisation=cast.no.next_kommune, role="sector_head",
        from_date=today(), by=cast.administrator.actor, at=now(),
    )  # fmt: skip


def test_somebody_who_moved_is_no_longer_vouched_for_by_the_old_agency(
    agency_file, cast, client, provider, running_elsewhere, newcomer
):
    bound(client, cast, provider, newcomer)
    moved_to_the_neighbour(cast, newcomer)

    assert refused(come_back(client, provider), Reason.MOVED)
    client.get(invited(cast, newcomer))
    page = come_back(client, running_elsewhere, agency="follo", subject="new-subject")
    assert page.status_code == 302
    assert client.get("/people/").context["request"].actor.organisation_ids == {
        cast.no.next_kommune.pk
    }
    assert User.objects.filter(person=newcomer).count() == 1


def test_an_open_session_loses_the_old_agencys_roles_at_the_next_request(
    agency_file, cast, client, provider
):
    mayor = cast.chair.person
    client.get(invited(cast, mayor))
    come_back(client, provider)
    council = reverse("people:contact", args=[cast.no.home.ref])
    assert client.get(council).status_code == 200
    moved_to_the_neighbour(cast, mayor)

    assert client.get(council).status_code == 404


def test_whoever_has_no_role_left_is_refused(agency_file, cast, client, provider, newcomer):
    bound(client, cast, provider, newcomer)
    person_leaves(
        person=newcomer, left_date=today() - YESTERDAY, by=cast.administrator.actor, at=now()
    )

    assert refused(come_back(client, provider), Reason.MOVED)


def test_a_unit_of_the_agency_is_vouched_for_as_well(agency_file, cast, client, provider, newcomer):
    bound(client, cast, provider, newcomer)
    school = cast.no.kommune.units.create(
        kind="municipal_sector", country="no", name="Ås skole", area=cast.no.home
    )
    appointment = Appointment.objects.get(person=newcomer)
    appoint(
        person=newcomer, organisation=school, role="head_teacher", from_date=today(),
        by=cast.secretary.actor, at=now(),
    )  # fmt: skip
    replace_holder(
        appointment=appointment, person=cast.director.person, from_date=today(),
        by=cast.secretary.actor, at=now(),
    )  # fmt: skip

    assert come_back(client, provider).status_code == 302


# The file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[agency]]\nid = "a b"', "name is missing"),
        ('[[agency]]\nid = "aas"\nissuers = "x"', "issuers is not a key"),
        ("[[agency", "agencies.toml"),
    ],
)
def test_a_mistake_in_the_file_is_named(settings, tmp_path, text, complaint):
    path = tmp_path / "agencies.toml"
    path.write_text(text, encoding="utf-8")
    settings.AGENCIES_FILE = str(path)

    with pytest.raises(ImproperlyConfigured, match=complaint):
        agencies()
    assert [error.id for error in agencies_can_be_read()] == ["people.E001"]


def test_the_secret_can_lie_in_a_file_and_is_never_shown(agency_file, settings, tmp_path):
    (tmp_path / "secret").write_text("hidden-secret\n", encoding="utf-8")
    agency_file(demands="")
    path = tmp_path / "agencies.toml"
    path.write_text(
        path.read_text().replace('client_secret = "secret"', 'client_secret_file = "secret"')
    )

    assert {agency.client_secret for agency in agencies()} == {"hidden-secret"}
    assert "hidden-secret" not in repr(agencies())

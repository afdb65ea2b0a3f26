"""Being anybody with one click exists in a demo on one's own machine, and nowhere else."""

from __future__ import annotations

import importlib
from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, clear_url_caches, include, path, reverse

from samrad.access.gate import require_declared
from samrad.kernel.clock import now, today
from samrad.people.models import Appointment, DemoMarker, DemoPerson
from samrad.people.urls import library, pages


@pytest.fixture
def demo_addresses(settings):
    """The addresses as a program started by `samrad demo` has them."""
    settings.DEMO = True
    importlib.reload(pages)
    from samrad.site import urls as root

    here = [path("account/", include(library)), path("", include(pages))]
    require_declared(here)
    ours = type("Addresses", (), {"urlpatterns": [*here, *root.urlpatterns]})
    with override_settings(ROOT_URLCONF=ours):
        clear_url_caches()
        yield
    settings.DEMO = False
    importlib.reload(pages)
    clear_url_caches()


@pytest.fixture
def marked(cast):
    marker = DemoMarker.objects.create(loaded_at=now())
    for order, who in enumerate((cast.chair, cast.secretary, cast.stranger)):
        DemoPerson.objects.create(
            marker=marker, person=who.person, group=who.council.name, order=order,
            hint={"nb": f"Prøv noe som {who.name}", "en": f"Try something as {who.name}"},
        )  # fmt: skip


def test_without_the_demo_the_addresses_do_not_exist(cast, marked, client):
    with pytest.raises(NoReverseMatch):
        reverse("people:demo")
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{cast.chair.person.ref}/").status_code == 404


def test_a_real_database_offers_nobody_even_under_the_demo(demo_addresses, cast, client):
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{cast.chair.person.ref}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_is_offered_to_another_machine(demo_addresses, marked, cast, client):
    far = {"REMOTE_ADDR": "192.0.2.7"}

    assert client.get("/demo/", **far).status_code == 404
    assert client.post(f"/demo/{cast.chair.person.ref}/", **far).status_code == 404


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA"])
def test_nobody_is_offered_through_a_proxy_on_this_machine(
    demo_addresses, marked, cast, client, header
):
    through = {header: "192.0.2.7"}

    assert client.get("/demo/", **through).status_code == 404
    assert client.post(f"/demo/{cast.chair.person.ref}/", **through).status_code == 404


def test_one_click_and_one_is_somebody(demo_addresses, marked, cast, client):
    page = client.get("/demo/")
    assert [group.name for group in page.context["groups"]] == [
        "Politirådet i Ås", "Politirådet i Nordre Follo",
    ]  # fmt: skip
    assert "Try something as Maja Prøvestad" in page.content.decode()

    assert client.post(f"/demo/{cast.secretary.person.ref}/").status_code == 302
    assert client.get("/people/").context["request"].actor.label == "Sara Eksempelsen"


def test_only_the_demos_own_people_can_be_chosen(demo_addresses, marked, cast, client):
    assert client.post(f"/demo/{cast.administrator.person.ref}/").status_code == 404


def test_becoming_somebody_takes_a_post_with_proof_of_origin(demo_addresses, marked, cast):
    from django.test import Client

    url = f"/demo/{cast.chair.person.ref}/"
    assert Client().get(url).status_code == 405
    assert Client(enforce_csrf_checks=True).post(url).status_code == 403


def test_the_database_carries_one_mark_at_most(marked):
    from django.db import IntegrityError, transaction

    for key in ("installation", "another"):
        with pytest.raises(IntegrityError), transaction.atomic():
            DemoMarker.objects.create(key=key, loaded_at=now())


def test_whoever_has_no_role_any_more_is_not_offered(demo_addresses, marked, cast, client):
    names = cast.chair.person.name, cast.secretary.person.name
    assert all(name in client.get("/demo/").text for name in names)
    Appointment.objects.filter(person=cast.chair.person).update(to_date=today() - timedelta(days=1))

    page = client.get("/demo/").text
    assert [name in page for name in names] == [False, True]

"""From an empty database to a council, by the pages alone."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.areas.actions import load_structure
from samrad.areas.models import Area
from samrad.areas.packaged import packaged_structure
from samrad.cooperation.models import Council
from samrad.kernel.clock import now
from samrad.people.models import Organisation, Person
from samrad.post.models import Message
from tests.cast import TODAY

PASSWORD = "korrekt hest batteri stift"


@pytest.fixture
def with_areas(db):
    load_structure(structure=packaged_structure("no"), by=SYSTEM, at=now())


def let_in(link):
    """Whoever has the link, signed in with a password of their own."""
    client = Client()
    client.get(link)
    assert client.post(link, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    return client


def first_step(client):
    return client.get("/").context["first"]


def only(client, url, **query):
    """The one area that a search gives, as the page links to it."""
    page = client.get(url, query)
    (found,) = [one for one in page.context["places"] if one.area.name == query["q"]]
    return f"{url}?area={found.area.ref}"


def test_an_empty_installation_comes_to_its_first_council(
    with_areas, django_assert_max_num_queries
):
    said = StringIO()
    call_command("first_administrator", "Ada Driftsen", "ada@example.org", stdout=said)
    administrator = let_in(said.getvalue().split()[-1].removeprefix("http://localhost:8000"))

    # The organisation
    step = first_step(administrator)
    assert step.title == "Add the first organisation"
    url = only(administrator, step.url, q="Ås")
    with django_assert_max_num_queries(12):
        page = administrator.get(url)
    assert page.context["form"].initial["kind"] == "municipality"
    page = administrator.post(url, {"kind": "municipality", "name": "Ås kommune"})
    kommune = Organisation.objects.get()
    assert (page.status_code, page["Location"]) == (302, kommune.get_absolute_url())
    assert kommune.area.name == "Ås"

    # Its coordinator
    assert first_step(administrator).title == "Give somebody the role of coordinator"
    administrator.post(
        reverse("people:appoint", args=[kommune.ref]),
        {
            "name": "Kari Koordinator",
            "email": "kari@example.org",
            "role": "prevention_coordinator",
            "from_date": TODAY.isoformat(),
        },
    )
    first_step(administrator)  # what was to be said once has been said
    with django_assert_max_num_queries(12):
        step = first_step(administrator)
    coordinator = Person.objects.get(name="Kari Koordinator")
    assert (step.title, step.url) == ("Kari Koordinator", coordinator.get_absolute_url())
    administrator.post(reverse("people:invite", args=[coordinator.ref]))
    assert first_step(administrator) is None

    # The council
    letter = Message.objects.get(person=coordinator).text
    kari = let_in(re.search(r"http://localhost:8000(/invitation/\S+)", letter).group(1))
    assert first_step(kari).title == "Set up the first council"
    page = kari.post(
        reverse("cooperation:new_council"),
        {
            "area": str(Area.objects.get(name="Ås", kind="municipality").ref),
            "tier": "politiraad",
            "name": "Politirådet i Ås",
            "meetings_per_year": "4",
        },
    )
    council = Council.objects.get()
    assert (page.status_code, page["Location"]) == (
        302,
        reverse("cooperation:seats", args=[council.ref]),
    )
    assert first_step(administrator) is None


def test_without_areas_the_first_page_says_how_they_are_loaded(db):
    said = StringIO()
    call_command("first_administrator", "Ada Driftsen", "ada@example.org", stdout=said)
    administrator = let_in(said.getvalue().split()[-1].removeprefix("http://localhost:8000"))

    page = administrator.get(reverse("people:add_organisation"))

    assert "samrad areas load" in page.content.decode()

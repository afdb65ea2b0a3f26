"""What a visitor of the demo meets first; and that nobody else ever meets it."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from samrad.people.models import DemoMarker, DemoPerson, Person

COUNTRIES = ("no",)
pytestmark = [pytest.mark.slow, pytest.mark.once]


def test_without_the_demo_a_visitor_goes_to_sign_in(demo, client):
    answer = client.get("/?from=here")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/%3Ffrom")
    assert client.get("/demo/mailbox/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("site:demo_mailbox")


def test_a_visitor_is_welcomed_and_can_be_anybody(demo, demo_addresses, client):
    page = client.get("/", headers={"accept-language": "en"})
    words = page.content.decode()
    assert page.status_code == 200
    for row in DemoPerson.objects.select_related("person"):
        assert row.person.name in words
        assert row.hint["en"].replace("'", "&#x27;") in words
        assert reverse("people:demo_become", args=[row.person.ref]) in words


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "en"])
def test_the_front_door_speaks_every_language(demo, demo_addresses, client, language):
    words = client.get("/", headers={"accept-language": language}).content.decode()
    hints = DemoPerson.objects.values_list("hint", flat=True)
    assert all(hint[language].replace("'", "&#x27;") in words for hint in hints)
    assert f'lang="{language}"' in words


def test_the_front_door_asks_little(demo, demo_addresses, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/")


def test_the_readers_own_country_comes_first(demo, demo_addresses, client):
    page = client.get("/", headers={"accept-language": "nn"})
    assert page.context["doors"][0].code == "no"
    assert page.context["doors"][-1].code == ""  # whoever runs it for everybody


def test_one_click_leads_to_ones_own_home(demo, demo_addresses, client):
    maja = Person.objects.get(name="Maja Prøvestad")
    page = client.post(reverse("people:demo_become", args=[maja.ref]), follow=True)
    words = page.content.decode()
    assert page.redirect_chain[-1][0] == "/"
    assert "Maja Prøvestad" in words
    assert reverse("site:demo_mailbox") in words  # the bar that says this is a demo


def test_the_mailbox_shows_what_was_sent(demo, demo_addresses, client):
    everything = client.get(reverse("site:demo_mailbox"))
    assert everything.status_code == 200
    assert everything.context["page"].paginator.count > 50
    maja = Person.objects.get(name="Maja Prøvestad")
    hers = client.get(reverse("site:demo_mailbox"), {"to": maja.email})
    assert {letter.to for letter in hers.context["page"]} == {maja.email}
    assert "Politirådet i Ås" in hers.content.decode()


def test_neither_is_there_for_another_machine_or_an_unmarked_database(demo, demo_addresses, client):
    far = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/demo/mailbox/", **far).status_code == 404
    assert client.get("/", **far).status_code == 302
    DemoMarker.objects.all().delete()
    assert client.get("/demo/mailbox/").status_code == 404
    assert client.get("/").status_code == 302

"""The frame around every page: navigation, language, appearance; nothing the browser refuses."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse

from samrad.trail.api import event_codes_of
from samrad.ui import navigation
from tests.cast import signed_in

INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE
)


@pytest.fixture
def entries(monkeypatch):
    """A navigation of our own for the test."""
    monkeypatch.setattr(navigation, "_primary", {})
    monkeypatch.setattr(navigation, "_below", {})
    return navigation.register


def asked_by(path, *, anonymous=False):
    request = RequestFactory().get(path)
    request.actor = SimpleNamespace(is_anonymous=anonymous)
    return request


def test_navigation_stands_in_order_and_marks_the_nearest_place(entries):
    entries("Appearance", "ui:scheme", order=30)
    entries("Style", "ui:style", order=10)
    links = navigation.primary(asked_by(reverse("ui:style") + "more/"))
    assert [link.label for link in links] == ["Style", "Appearance"]
    assert [link.is_current for link in links] == [True, False]


def test_pages_elsewhere_can_belong_to_an_entry(entries):
    entries("Style", "ui:style")
    navigation.belongs("/meetings/", "ui:style")
    assert navigation.primary(asked_by("/meetings/1/agenda/"))[0].is_current
    assert not navigation.primary(asked_by("/tasks/"))[0].is_current


def test_an_entry_is_seen_only_by_those_it_is_for(entries):
    entries("Style", "ui:style")
    entries("Hidden", "ui:scheme", visible=lambda actor: False)
    assert [link.label for link in navigation.primary(asked_by("/x/"))] == ["Style"]
    assert navigation.primary(asked_by("/x/", anonymous=True)) == []


def test_somebody_without_an_actor_sees_no_navigation(entries):
    entries("Style", "ui:style")
    assert navigation.primary(RequestFactory().get("/")) == []


def test_a_page_holds_nothing_inline_and_one_h1(client, db):
    html = client.get(reverse("ui:style")).content.decode()
    assert not INLINE.findall(html)
    assert html.count("<h1>") == 1
    assert 'href="#main"' in html


def test_every_label_on_the_style_page_has_its_field(client, db):
    from lxml import html as parser

    tree = parser.fromstring(client.get(reverse("ui:style")).content)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in tree.xpath("//label/@for"):
        assert target in ids


def test_a_page_for_nobody_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("ui:style"))


def test_the_reader_chooses_a_language_and_comes_back(client, db):
    answer = client.post(reverse("ui:language"), {"language": "sv", "next": "/style/"})
    assert answer.headers["Location"] == "/style/"
    assert '<html lang="sv"' in client.get("/style/").content.decode()


def test_the_reader_chooses_dark_and_it_stays(client, db):
    client.post(reverse("ui:scheme"), {"scheme": "dark", "next": "/style/"})
    assert '<html lang="en" data-color-scheme="dark">' in client.get("/style/").content.decode()


@pytest.mark.parametrize("name", ["ui:language", "ui:scheme"])
@pytest.mark.parametrize("there", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_choice_never_leads_to_another_place(client, db, name, there):
    answer = client.post(reverse(name), {"next": there, "language": "nb", "scheme": "dark"})
    assert answer.headers["Location"] == "/"


def test_an_unknown_choice_changes_nothing(client, db):
    client.post(reverse("ui:language"), {"language": "xx"})
    answer = client.post(reverse("ui:scheme"), {"scheme": "neon"})
    assert not answer.cookies


def test_a_choice_is_posted(client, db):
    assert client.get(reverse("ui:language")).status_code == 405


def test_the_language_chosen_on_a_page_is_the_persons_own(cast, client):
    secretary = cast.secretary.person
    signed_in(client, secretary)

    for _time in range(2):
        client.post(reverse("ui:language"), {"language": "sv", "next": "/"})

    secretary.refresh_from_db()
    assert secretary.language == "sv"
    assert event_codes_of(secretary) == ["people.person_changed"]
    client.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)
    assert client.get("/").headers["Content-Language"] == "sv"


def test_tasks_stand_in_the_menu_of_those_who_can_be_given_one(cast, client):
    seen = {
        name: "/tasks/" in signed_in(client, cast.everybody[name]).get("/").content.decode()
        for name in ("secretary", "police_member", "administrator")
    }
    assert seen == {"secretary": True, "police_member": True, "administrator": False}

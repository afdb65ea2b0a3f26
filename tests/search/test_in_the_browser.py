"""The search in the header: its slash, which is a letter while somebody writes, and its room."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from samrad.people.models import Person
from tests.cast import build_cast, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_slash_goes_to_the_search_field_but_not_while_writing(client, open_page, live_server):
    signed_in(client, build_cast().chair)
    page = open_page()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value,
          "url": live_server.url.replace("127.0.0.1", "localhost")}]
    )  # fmt: skip
    page.goto(reverse("cooperation:councils"))
    field = page.locator("[data-search]:visible").first

    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")

    page.keyboard.type("24/7")
    expect(field).to_have_value("24/7")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+/")
    expect(field).not_to_be_focused()


def test_the_header_keeps_to_one_line_on_any_desk_in_every_language(client, open_page, live_server):
    """Whoever has the longest menu; on a small desk the slash opens the page of the search."""
    signed_in(client, build_cast().dk.secretary)
    page = open_page(width=1280)
    home = live_server.url.replace("127.0.0.1", "localhost")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": home}
    heights = {}
    for code, _name in settings.LANGUAGES:
        language = {"name": settings.LANGUAGE_COOKIE_NAME, "value": code, "url": home}
        page.context.add_cookies([session, language])
        Person.objects.update(language=code)
        page.goto("/")
        assert page.locator("html").get_attribute("lang") == code
        for width in (1440, 1280, 1024):
            page.set_viewport_size({"width": width, "height": 800})
            heights[code, width] = page.locator(".s-header").bounding_box()["height"]

    assert page.locator(".s-nav > ul > li:visible").count() == 8
    assert {key: tall for key, tall in heights.items() if tall > 72} == {}
    page.keyboard.press("/")
    page.wait_for_url("**/search/**")

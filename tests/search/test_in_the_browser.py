"""The slash goes to the search field, and is a letter while somebody writes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

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

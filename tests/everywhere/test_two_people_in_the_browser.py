"""Two people change an agenda item at once, in a real browser, by keyboard, on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.meetings import api
from samrad.people.models import Person
from tests.cast import NOON, build_cast, signed_in
from tests.meetings.bricks import item_on, planned
from tests.support.browser import axe, sideways_scroll

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_both_texts_stand_side_by_side_on_a_narrow_phone(
    transactional_db: None, open_page: Any, live_server: Any, scripts: bool
) -> None:
    cast = build_cast()
    Person.objects.update(language="en")
    item = item_on(planned(cast), cast.secretary.actor, "Nightlife")
    page = open_page(width=320, java_script_enabled=scripts)
    cookie = signed_in(Client(), cast.secretary).cookies["sessionid"].value
    address = live_server.url.replace("127.0.0.1", "localhost")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    page.goto(reverse("meetings:item", args=[item.ref]))

    api.change_item(
        item=item, title="The nights in town", kind=item.kind, duration_minutes=20,
        text="So long-a-word-that-it-fills-more-than-the-line-of-any-narrow-telephone " * 3,
        by=cast.chair.actor, at=NOON,
    )  # fmt: skip
    page.locator("input[name=title]").fill("Nightlife in spring")
    send(page)

    theirs = page.locator(".s-meanwhile")
    assert theirs.count() == 1
    assert "The nights in town" in theirs.inner_text()
    assert page.locator("input[name=title]").input_value() == "Nightlife in spring"
    assert page.locator("[name=duration_minutes]").input_value() == "20"
    assert page.locator("[name=text]").input_value().startswith("So long")
    assert sideways_scroll(page) <= 0
    if scripts:
        assert axe(page) == []

    tick = page.get_by_label("Take this instead of mine: Title")
    tick.focus()
    tick.press("Space")
    send(page)

    item.refresh_from_db()
    assert page.url.endswith(reverse("meetings:agenda", args=[item.meeting.ref]))
    assert (item.title, item.duration_minutes) == ("The nights in town", 20)


def send(page: Any) -> None:
    """Enter in a field of one line sends the form; the answer is there when this comes back."""
    with page.expect_navigation():
        page.locator("input[name=title]").press("Enter")

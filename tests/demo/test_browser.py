"""The demo in a browser, on a phone and a desk: nothing breaks, nothing hides, axe is content."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.support.browser import sideways_scroll

COUNTRIES = ("no",)
PEOPLE = ["Sara Eksempelsen", "Maja Prøvestad", "Anna Distriktsen", "Gro Fiksjon", "Ada Driftsen"]


def open_every_country(page: Any) -> None:
    """The reader's own is open, the others at a press."""
    closed = page.locator("details.s-door:not([open]) > summary")
    while closed.count():
        closed.first.click()


@pytest.mark.browser
@pytest.mark.slow
def test_the_demo_holds_in_a_browser(loaded, demo_addresses, transactional_db, open_page, axe):
    for width, scheme in ((320, "light"), (1280, "dark")):
        page = open_page(width=width, color_scheme=scheme)
        for name in PEOPLE:
            page.context.clear_cookies()
            page.goto("/")
            if name == PEOPLE[0]:
                assert axe(page) == []
                assert sideways_scroll(page) == 0, f"the front door at {width}"
            open_every_country(page)
            page.get_by_role("button", name=name).click()
            page.get_by_role("heading", level=1).wait_for()
            assert name in page.get_by_role("heading", level=1).inner_text()
            assert axe(page) == [], name
            assert sideways_scroll(page) == 0, f"{name} at {width}"
        page.goto(reverse("site:demo_mailbox"))
        page.locator("details.s-reveal summary").first.click()
        assert axe(page) == []
        assert sideways_scroll(page) == 0, f"the mailbox at {width}"

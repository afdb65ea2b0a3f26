"""Every page as every role that sees it: no barrier that axe-core finds, none wider than a phone.

At 390 and 1280 pixels, light and dark; sideways scrolling at 320 pixels too. The figures are
printed: `pytest tests/everywhere/test_axe.py -rP`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page

from samrad.people.models import Person
from tests.cast import Cast, build_cast
from tests.everywhere.every_page import Sight, as_columns, every_page, sights
from tests.permissions.stage import things
from tests.support.browser import DESKTOP, HEIGHTS, PHONE, sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SHARES = 8
NARROW = 320
# Colours glide from one scheme to the other; what is half way is nothing anybody reads.
SETTLED = """() => document.getAnimations().every(
    one => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
COLOURS = ["color-contrast", "link-in-text-block"]
LANGUAGES = ("nb", "nn", "da", "sv", "en")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def wrong_with(page: Page, axe: Callable[..., list[str]]) -> list[str]:
    """What is wrong with an opened page, at each width and in each scheme.

    Only colours differ from one scheme to the other, so the dark one is asked for those alone.
    """
    found = []
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} main headings")
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        for scheme, asked in (("light", axe), ("dark", partial(axe, only=COLOURS))):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_function(SETTLED)
            found += [f"{width} {scheme}: {problem}" for problem in asked(page)]
    for width in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        if (wider := sideways_scroll(page)) > 0:
            found.append(f"{wider} pixels too wide at {width}")
    return found


@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_has_a_barrier_for_anybody_who_sees_it(
    cast: Cast,
    open_page: Callable[..., Page],
    axe: Callable[..., list[str]],
    live_server: Any,
    share: int,
) -> None:
    """In shares, so that several processes can take them; each share reads in its own language."""
    with transaction.atomic():
        stage = things(cast)
    Person.objects.update(language=LANGUAGES[share % len(LANGUAGES)])
    clients = as_columns(cast)
    pages = every_page(stage)
    mine, asked = sights(clients, pages[share::SHARES])
    page = open_page()
    address = live_server.url.replace("127.0.0.1", "localhost")

    wrong: dict[str, list[str]] = {}
    for sight in mine:
        become(page, clients[sight.column], address)
        problems = look_at(page, sight, axe)
        if problems:
            wrong[str(sight)] = problems

    print(f"share {share}: {asked} pages × roles asked for, {len(mine)} of them look different")
    assert wrong == {}
    assert len(pages) > 60
    assert len(mine) > 5


def become(page: Page, client: Any, address: str) -> None:
    """The browser has that person's session, or none."""
    page.context.clear_cookies()
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if cookie is not None and cookie.value:
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def look_at(page: Page, sight: Sight, axe: Callable[..., list[str]]) -> list[str]:
    """Open it; it must be the page that the client without a screen got."""
    answer = page.goto(sight.url)
    if answer is None or answer.status != sight.status:
        return [f"answered {answer and answer.status}, expected {sight.status}"]
    return wrong_with(page, axe)

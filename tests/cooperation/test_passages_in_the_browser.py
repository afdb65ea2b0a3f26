"""A document is looked through in a real browser: what is in doubt, and which council it is for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from samrad.cooperation.models import Agreement, AgreementReading
from samrad.people.models import Person
from tests.cast import Cast, build_cast, signed_in
from tests.cooperation.test_reading_in_the_browser import handed_over
from tests.reading.labelled import labelled
from tests.support.browser import axe, sideways_scroll

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIKELIEST, NEXT = "services", "administration"
DOUBTFUL = "Lensmannskontoret i Bø"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    made = build_cast()
    Person.objects.update(language="en")
    return made


@pytest.fixture
def read(cast: Cast) -> AgreementReading:
    """An agreement that the secretary has handed in, with a passage the reader could not place."""
    handed_over(Client(), cast, labelled("no_klarspraak").text.encode())
    staged = AgreementReading.objects.get()
    for one in staged.result["passages"]:
        if one["text"].startswith(DOUBTFUL):
            one["clause"], one["likely"] = None, [LIKELIEST, NEXT]
    staged.save()
    return staged


def at(page: Page, cast: Cast, read: AgreementReading, address: str) -> Page:
    session = signed_in(Client(), cast.secretary).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page.goto(read.get_absolute_url())
    return page


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url).replace("127.0.0.1", "localhost")


def test_the_first_arrow_takes_what_is_in_doubt_where_it_is_proposed(
    cast: Cast, read: AgreementReading, page: Page, address: str
) -> None:
    at(page, cast, read, address)
    card = page.locator("[data-passage]", has_text=DOUBTFUL)
    handle = card.get_by_role("button")
    handle.focus()

    page.keyboard.press("ArrowDown")
    expect(page.locator(f"[data-place={LIKELIEST}]", has=card)).to_have_count(1)
    expect(handle).to_be_focused()
    assert card.get_by_label("Belongs under").input_value() == LIKELIEST

    keys = card.locator("option").evaluate_all("all => all.map(one => one.value)")
    page.keyboard.press("ArrowDown")
    after = keys[keys.index(LIKELIEST) + 1]
    expect(page.locator(f"[data-place={after}]", has=card)).to_have_count(1)


@pytest.mark.parametrize("screen", [(390, True), (1280, True), (390, False), (1280, False)])
def test_the_council_is_chosen_last_and_nothing_is_lost(
    cast: Cast, read: AgreementReading, open_page: Any, address: str, screen: tuple[int, bool]
) -> None:
    width, scripts = screen
    page = at(open_page(width=width, java_script_enabled=scripts), cast, read, address)
    card = page.locator("[data-passage]", has_text=DOUBTFUL)
    card.get_by_label("Belongs under").select_option(NEXT)
    page.get_by_label("Title of the agreement").fill("Vår egen avtale")
    expect(page.get_by_label("Name of the new council")).to_be_hidden()
    page.get_by_label("A new council, beside it").check()
    page.get_by_label("Name of the new council").fill("Et annet råd")

    page.get_by_label(cast.council.name).check()
    expect(page.get_by_label("Name of the new council")).to_be_hidden()
    expect(page.get_by_role("group", name="Seat 1", exact=True)).to_be_hidden()
    expect(page.get_by_text("stay as they are")).to_be_visible()
    assert sideways_scroll(page) == 0
    if scripts:
        assert axe(page) == []
    page.get_by_label("A new council, beside it").check()
    expect(page.get_by_label("Name of the new council")).to_have_value("Et annet råd")
    page.get_by_label(cast.council.name).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm the agreement").click()

    agreement = Agreement.objects.get(council=cast.council)
    assert agreement.title == "Vår egen avtale"
    assert agreement.clauses.get(text__startswith=DOUBTFUL).key == NEXT
    assert page.url.endswith(reverse("cooperation:council", args=[cast.council.ref]))

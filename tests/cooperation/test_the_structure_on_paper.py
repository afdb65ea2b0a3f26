"""The structure on paper: what hangs under what is what the drawing says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.cooperation.models import Council
from tests.cast import SINCE, TODAY, Cast, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def body(cast: Cast, tier: str, name: str, **given: Any) -> None:
    """A body below the district's council."""
    Council.objects.create(
        country="dk", tier=tier, name=name, area=cast.dk.home, parent=cast.dk.kredsraad,
        established_date=SINCE, **given,
    )  # fmt: skip


def test_on_paper_no_stroke_hangs_a_body_under_one_that_only_stands_above_it(
    cast: Cast, open_page: Any, live_server: Any
) -> None:
    for number in range(6):
        body(cast, "lokalraad", f"Lokalrådet {number}")
    body(cast, "projektgruppe", "Badesikkerhed", planned_end_date=TODAY)
    page = open_page(width=1587)
    cookie = signed_in(Client(), cast.dk.secretary).cookies["sessionid"].value
    address = live_server.url.replace("127.0.0.1", "localhost")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    page.goto(reverse("cooperation:structure", args=[cast.dk.kredsraad.ref]) + "?as=chart&print=1")
    page.emulate_media(media="print")

    drawn = page.evaluate(
        """() => {
            const stroke = (one, part) => getComputedStyle(one, part).content;
            const top = document.querySelector(".s-chart > .s-chart__node");
            const groups = [...top.querySelectorAll(":scope > .s-chart__group")];
            return {
                rail: stroke(top, "::before"),
                strokes: groups.flatMap((one) => [stroke(one, "::before"), stroke(one, "::after")]),
            };
        }"""
    )

    assert len(drawn["strokes"]) > 2
    assert set(drawn["strokes"]) == {"none"}
    assert drawn["rail"] != "none"

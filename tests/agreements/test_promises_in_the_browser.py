"""Promises and the register on a phone and a wide screen: nothing overflows or bars the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.actions.commitments import HowKept, add_commitment
from samrad.agreements.rules.commitments import Pace, Times
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.people.models import Person
from tests.agreements.promises import noted
from tests.cast import NOON, build_cast, signed_in
from tests.support.browser import axe, sideways_scroll
from tests.wheel.bricks import in_use

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1280])
def test_promises_and_the_register_fit_and_bar_nobody(
    transactional_db: None, open_page: Any, live_server: Any, width: int
) -> None:
    cast = build_cast()
    Person.objects.update(language="nb")
    by = cast.secretary.actor
    in_use(cast.council)
    wanted = WantedAgreement(
        title="Samarbeidsavtale mellom Ås kommune og Øst politidistrikt",
        from_date=date(2026, 1, 1),
        renewal_date=date(2026, 10, 1),
        commitments=(("Bekymringer besvares innen to uker", "police", "Innen to uker"),),
    )
    agreement = bring_into_force(council=cast.council, wanted=wanted, by=by, at=NOON)
    theme = WantedAgreement(title="Avtale om natteliv", from_date=date(2026, 3, 1), kind="theme")
    bring_into_force(council=cast.council, wanted=theme, by=by, at=NOON)
    school = HowKept(
        "Politiet er på hver ungdomsskole", cast.no.station,
        Times(Pace.TERTIAL, (2, 5, 12)), "police_contact",
    )  # fmt: skip
    promise = add_commitment(agreement=agreement, kept=school, by=by, at=NOON)
    noted(agreement, "Nattevandring i helgene", carried_from=agreement)
    page = open_page(width=width)
    cookie = signed_in(Client(), cast.secretary).cookies["sessionid"].value
    address = live_server.url.replace("127.0.0.1", "localhost")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    for url in (
        reverse("agreements:register"),
        reverse("agreements:commitments", args=[agreement.ref]),
        reverse("agreements:commitment", args=[promise.ref]),
        reverse("agreements:settle", args=[agreement.commitments.last().ref]),
        reverse("agreements:take_out", args=[agreement.commitments.first().ref]),
        agreement.get_absolute_url(),
    ):
        page.goto(url)
        assert sideways_scroll(page) <= 0, url
        assert axe(page) == [], url

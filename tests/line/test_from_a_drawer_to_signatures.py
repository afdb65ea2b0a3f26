"""The first real agreement: read in, corrected, its council set up, made anew, signed, renewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from samrad.agreements.models import Draft
from samrad.agreements.queries.checking import checked
from samrad.agreements.rules import DraftState
from samrad.cooperation.models import Council
from samrad.cooperation.rules import AgreementState
from tests.agreements.bricks import first_groups
from tests.agreements.test_in_the_browser import fill_in
from tests.cast import NOON, Cast
from tests.documents.made_files import pdf_of
from tests.line.at_the_screen import Day, Screens, press
from tests.line.test_the_line import COUNCIL, read_the_agreement_in
from tests.support.browser import axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sources,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(params=[390, 1280], ids=["phone", "desktop"])
def screens(
    request: Any, day: Day, patience: None, open_page: Callable[..., Page], live_server: Any
) -> Screens:
    address = live_server.url.replace("127.0.0.1", "localhost")
    return Screens(lambda: open_page(width=request.param), address)


def test_what_lay_in_a_drawer_is_corrected_signed_by_all_and_comes_back_after_the_election(
    cast: Cast, screens: Screens, source_documents: Path, day: Day
) -> None:
    secretary = screens.of(cast.secretary)
    read_the_agreement_in(secretary, next(source_documents.glob("001_*.txt")))
    council = Council.objects.get(name=COUNCIL)
    old = council.agreements.get()

    secretary.goto(council.get_absolute_url())
    press(secretary, "Write an agreement")
    press(secretary, "Begin the draft")  # what is in force is made anew
    draft = Draft.objects.get(council=council)
    assert draft.revises == old
    fill_in(secretary, draft, title="Samarbeidsavtale 2027")
    press(secretary, "Save the draft")
    press(secretary, "What is new")
    assert axe(secretary) == []
    secretary.goto(draft.get_absolute_url())
    press(secretary, "Put out to be signed")
    press(secretary, "Ask them to sign")

    mayor = screens.of(cast.chair)
    mayor.goto("/")
    press(mayor, "Read and sign")
    press(mayor, "Sign for Ås kommune")
    secretary.goto(draft.get_absolute_url())  # nobody at the police unit has an account yet
    press(secretary, "Signed on paper?")
    secretary.get_by_label("Who signed").fill("Stein Oppdiktet")
    number = "The number on the paper: its first three groups"
    secretary.get_by_label(number).fill(first_groups(draft))
    scan = {"name": "side.pdf", "mimeType": "application/pdf", "buffer": pdf_of("Underskrift")}
    secretary.get_by_label("The signed page").set_input_files(scan)
    press(secretary, "Record the signature")

    draft.refresh_from_db()
    old.refresh_from_db()
    assert (draft.state, old.state) == (DraftState.IN_FORCE, AgreementState.ENDED)
    assert checked(draft).holds
    secretary.goto(council.get_absolute_url())
    expect(secretary.get_by_text("Samarbeidsavtale 2027").first).to_be_visible()

    day.comes(NOON + timedelta(days=200))  # the election of 2027 is less than half a year away
    assert draft.agreement is not None
    secretary.goto(draft.agreement.get_absolute_url())
    expect(secretary.get_by_role("link", name="Begin a new one")).to_be_visible()

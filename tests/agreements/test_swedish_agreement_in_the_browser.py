"""A Swedish samverkansöverenskommelse in a real browser, in Swedish, on a phone and on a desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from samrad.agreements.models import Draft, Signature
from samrad.agreements.queries.checking import checked
from samrad.agreements.rules import DraftState
from samrad.kernel import clock
from samrad.people.models import Person
from samrad.work.api import work_off
from tests.agreements.test_in_the_browser import fill_in
from tests.cast import NOON, build_cast
from tests.line.at_the_screen import PATIENCE, Day, Screens, press
from tests.support.browser import axe

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def se(transactional_db):
    made = build_cast().se
    Person.objects.update(language="sv")
    return made


@pytest.fixture
def day(monkeypatch):
    made = Day()
    monkeypatch.setattr(clock, "present", made)
    return made


@pytest.fixture(params=[390, 1280], ids=["phone", "desktop"])
def screens(request, day, open_page, live_server):
    expect.set_options(timeout=PATIENCE)
    address = live_server.url.replace("127.0.0.1", "localhost")
    yield Screens(lambda: open_page(width=request.param), address)
    expect.set_options(timeout=None)


def swedish(text, **values):
    """A text of the pages as a Swede reads it."""
    with override("sv"):
        return gettext(text) % values


def test_a_swedish_agreement_is_written_signed_by_both_and_comes_back_after_the_election(
    se, screens, day
):
    secretary = screens.of(se.secretary)
    secretary.goto(se.council.get_absolute_url())
    press(secretary, swedish("Write an agreement"))
    secretary.get_by_label(
        swedish("The template: %(name)s", name="Samverkansöverenskommelse")
    ).check()
    press(secretary, swedish("Begin the draft"))
    draft = Draft.objects.get(council=se.council)
    assert draft.title == "Samverkansöverenskommelse mellan polis och kommun"
    fill_in(secretary, draft, focus_areas="Trygga kvällar i centrum", meetings_per_year=4)
    press(secretary, swedish("Save the draft"))
    secretary.goto(draft.get_absolute_url())
    press(secretary, swedish("Put out to be signed"))
    assert axe(secretary) == []
    press(secretary, swedish("Ask them to sign"))

    for who, party in (
        (se.chair, "Landskrona stad"),
        (se.station_chief, "Landskrona polisstation"),
    ):
        page = screens.of(who)
        page.goto("/")
        press(page, swedish("Read and sign"))
        assert axe(page) == []
        press(page, swedish("Sign for %(party)s", party=party))

    draft.refresh_from_db()
    assert draft.state == DraftState.IN_FORCE
    assert draft.language == "sv"
    assert Signature.objects.filter(voided_at=None).count() == 2
    assert checked(draft).holds
    work_off()
    draft.agreement.refresh_from_db()
    assert not draft.agreement.is_unread
    secretary.goto(se.council.get_absolute_url())
    expect(secretary.get_by_text("Trygga kvällar i centrum").first).to_be_visible()
    secretary.goto(draft.agreement.get_absolute_url())
    press(secretary, swedish("Signatures and evaluations"))
    assert axe(secretary) == []

    assert draft.agreement.renewal_date == date(2030, 9, 8)  # the next municipal election
    day.comes(NOON + timedelta(days=365 * 3 + 200))
    secretary.goto(draft.agreement.get_absolute_url())
    expect(secretary.get_by_role("link", name=swedish("Begin a new one"))).to_be_visible()

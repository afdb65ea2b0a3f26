"""Agreements in a real browser: a Norwegian one from the template to its renewal, and a Danish one
that eleven mayors and a police director sign, one of them on paper."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from samrad.agreements.models import Draft, Signature
from samrad.agreements.rules import DraftState
from samrad.cooperation.models import Council
from samrad.kernel import clock
from samrad.people.models import Person
from tests.agreements.bricks import first_groups, signs, values
from tests.cast import NOON, area, build_cast, organisation, person
from tests.documents.made_files import pdf_of
from tests.line.at_the_screen import PATIENCE, Day, Screens, press
from tests.support.browser import axe

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    made = build_cast()
    Person.objects.update(language="en")
    return made


@pytest.fixture
def day(monkeypatch):
    made = Day()
    monkeypatch.setattr(clock, "present", made)
    return made


@pytest.fixture
def screens(day, open_page, live_server):
    expect.set_options(timeout=PATIENCE)
    yield Screens(open_page, live_server.url.replace("127.0.0.1", "localhost"))
    expect.set_options(timeout=None)


def fill_in(page, draft, **more):
    """Fill in every gap, and say from when it holds."""
    for name, value in values(draft, **more).items():
        if value not in (None, ""):
            page.locator(f"[name={name}]").fill(str(value))


def begin(page, council):
    page.goto(council.get_absolute_url())
    press(page, "Write an agreement")
    page.get_by_label("The template").first.check()
    press(page, "Begin the draft")
    return Draft.objects.get(council=council)


def test_from_the_template_to_an_agreement_in_force_and_its_renewal(cast, screens, day):
    secretary = screens.of(cast.secretary)
    draft = begin(secretary, cast.council)
    fill_in(secretary, draft, focus_areas="Trygge kvelder i sentrum", meetings_per_year=4)
    assert axe(secretary) == []
    press(secretary, "Save the draft")
    press(secretary, "Put out for comments")
    press(secretary, "Put it out")

    member = screens.of(cast.police_member)
    member.goto("/")
    press(member, "Read")
    press(member, re.compile("^Comment"))
    member.get_by_label("Your comment").fill("Si hva innbyggerne får igjen for det.")
    press(member, "Send the comment")
    assert axe(member) == []

    secretary.goto(draft.get_absolute_url())
    press(secretary, "Answer")
    secretary.get_by_label("Followed: the text says it now").check()
    press(secretary, "Answer")
    press(secretary, "Put out to be signed")
    press(secretary, "Ask them to sign")
    expect(secretary.get_by_text("0 of 2 have signed")).to_be_visible()

    for who, party in ((cast.chair, "Ås kommune"), (cast.station_chief, "Ås politistasjon")):
        page = screens.of(who)
        page.goto("/")
        press(page, "Read and sign")
        expect(page.get_by_text("Si hva innbyggerne")).to_have_count(0)
        press(page, f"Sign for {party}")
    assert axe(page) == []

    draft.refresh_from_db()
    assert draft.state == DraftState.IN_FORCE
    secretary.goto(draft.agreement.get_absolute_url())
    press(secretary, "Signatures and evaluations")
    expect(secretary.get_by_text("2 of 2 have signed")).to_be_visible()
    expect(secretary.get_by_text("Checked: text and signatures agree")).to_be_visible()
    assert axe(secretary) == []
    secretary.goto(cast.council.get_absolute_url())
    expect(secretary.get_by_text("Trygge kvelder i sentrum").first).to_be_visible()

    day.comes(NOON + timedelta(days=200))  # the election of 2027 is less than half a year away
    secretary.goto("/")
    expect(secretary.get_by_text("is to be made anew").first).to_be_visible()
    secretary.goto(draft.agreement.get_absolute_url())
    expect(secretary.get_by_role("link", name="Begin a new one")).to_be_visible()


def eleven_mayors(cast):
    """The kredsråd with ten more municipalities of its district, each with its mayor."""
    dk, mayors = cast.dk, [cast.dk.mayor]
    for number in range(2, 12):
        ground = area(
            dk, f"home{number}", "municipality", str(800 + number), f"Kommune {number}",
            within=[dk.district, dk.nation],
        )  # fmt: skip
        own = organisation(
            dk, f"kommune{number}", "municipality", f"Kommune {number} Kommune", ground
        )
        name = f"Borgmester Opdigtet {'ABCDEFGHIJK'[number - 1]}"
        mayors.append(person(dk, f"mayor{number}", name, own, "mayor", council=dk.kredsraad))
    Person.objects.update(language="en")
    return mayors


def test_eleven_mayors_and_the_police_director_sign_one_of_them_on_paper(cast, screens):
    mayors = eleven_mayors(cast)
    council = Council.objects.get(pk=cast.dk.kredsraad.pk)
    secretary = screens.of(cast.dk.secretary)
    draft = begin(secretary, council)
    fill_in(secretary, draft)
    press(secretary, "Save the draft")
    secretary.goto(draft.get_absolute_url())
    press(secretary, "Put out to be signed")
    press(secretary, "Ask them to sign")
    expect(secretary.get_by_text("0 of 12 have signed")).to_be_visible()

    signs(draft, *mayors[2:], cast.dk.police_director)
    first = screens.of(mayors[0])
    first.goto("/")
    press(first, "Read and sign")
    press(first, "Sign for Viborg Kommune")

    secretary.goto(draft.get_absolute_url())
    expect(secretary.get_by_text("11 of 12 have signed")).to_be_visible()
    press(secretary, "Signed on paper?")
    secretary.get_by_label(mayors[1].name).check()
    number = "The number on the paper: its first three groups"
    secretary.get_by_label(number).fill("0000 0000 0000")
    page = {"name": "side.pdf", "mimeType": "application/pdf", "buffer": pdf_of("Underskrift")}
    secretary.get_by_label("The signed page").set_input_files(page)
    press(secretary, "Record the signature")
    expect(secretary.get_by_text("This paper carries another number").first).to_be_visible()
    assert axe(secretary) == []
    secretary.get_by_label(number).fill(first_groups(draft))
    secretary.get_by_label("The signed page").set_input_files(page)
    press(secretary, "Record the signature")

    draft.refresh_from_db()
    assert draft.state == DraftState.IN_FORCE
    assert Signature.objects.filter(voided_at=None).count() == 12
    secretary.goto(draft.agreement.get_absolute_url())
    press(secretary, "Signatures and evaluations")
    expect(secretary.get_by_text("12 of 12 have signed")).to_be_visible()
    expect(secretary.get_by_text("Signed on paper", exact=True)).to_be_visible()
    assert axe(secretary) == []

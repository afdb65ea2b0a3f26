"""A secretariat plans the year of every council it keeps, in less than two minutes at the screen.

Each step is taken in a real browser and counted by the keystroke-level model: see keystrokes.py.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from samrad.meetings.models import Meeting
from samrad.post.models import Message
from tests.cast import Cast, Character, council, seat
from tests.line.at_the_screen import Screens
from tests.line.keystrokes import Person
from tests.meetings.bricks import thirteen_councils
from tests.support.browser import sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TWO_MINUTES = 120.0


def at_home(screens: Screens, who: Character) -> Person:
    """Somebody who has just signed in."""
    page = screens.of(who)
    page.goto(reverse("home"))
    return Person(page)


def opens_the_page(person: Person) -> None:
    """From the first page to the one where several councils are planned."""
    menu = person.page.get_by_role("navigation").get_by_role("link", name="Overview")
    person.goes_to(menu.first)
    person.goes_to(person.page.get_by_role("link", name="Plan several councils"))
    expect(person.page.locator("#year")).to_have_value("2027")


def asks_for(person: Person, wishes: dict[str, dict[str, str]]) -> None:
    """Says of some councils how often, on which day or when they meet, and has days proposed."""
    page = person.page
    person.presses(page.locator("summary", has_text="How many and when"))
    for name, wish in wishes.items():
        row = page.get_by_role("group", name=name, exact=True)
        for label, value in wish.items():
            field = row.get_by_label(label, exact=True)
            if label == "On":
                person.chooses(field, value)
            else:
                person.writes(field, value)
    person.goes_to(page.get_by_role("button", name="Propose days again"))


def plans_them_all(person: Person) -> None:
    """Looks through all the councils, and plans their meetings in one press."""
    person.looks_through(person.page.locator("section.s-plan__council"))
    assert sideways_scroll(person.page) == 0
    person.goes_to(person.page.get_by_role("button", name="Plan "))


def test_a_secretariat_calls_thirteen_councils_for_a_year(cast: Cast, screens: Screens) -> None:
    dk = thirteen_councils(cast.dk)
    person = at_home(screens, dk.secretary)

    opens_the_page(person)
    asks_for(person, {
        "Kredsrådet i Vestkredsen": {"Meetings in the year": "2"},
        "Kontaktudvalget": {"Meetings in the year": "6", "On": "Thursdays"},
    })  # fmt: skip
    third = person.page.locator("section.s-plan__council", has_text="Lokalråd 3")
    person.presses(third.locator("summary"))
    person.goes_to(third.get_by_role("button", name=re.compile("A week later.*Lokalråd 3, 2")))
    expect(third.locator("details")).to_have_attribute("open", "")
    plans_them_all(person)

    made = Counter(Meeting.objects.values_list("council__name", flat=True))
    assert len(made) == 13
    assert (made["Kredsrådet i Vestkredsen"], made["Kontaktudvalget"]) == (2, 6)
    expect(person.page.get_by_text(f"{made.total()} meetings are planned.")).to_be_visible()
    assert min(made.values()) >= 2
    assert {one.starts_at.year for one in Meeting.objects.all()} == {2027}
    keepers = {dk.coordinator.person, *(dk.people[f"leder{n}"].person for n in range(10))}
    assert {message.person for message in Message.objects.all()} == keepers
    assert person.seconds < TWO_MINUTES, person.account

    person.page.goto(reverse("cooperation:cockpit"))
    assert "None planned" not in person.page.locator("main").inner_text()


def test_a_coordinator_plans_council_coordination_group_and_working_group(
    cast: Cast, screens: Screens
) -> None:
    no, secretary = cast.no, cast.secretary
    for key, tier, name in (
        ("slt", "slt_koordineringsgruppe", "SLT-gruppa i Ås"),
        ("group", "arbeidsgruppe", "Arbeidsgruppa for trygge skoleveier"),
    ):
        made = council(no, key, tier, name, no.home, parent=cast.council)
        seat(made, no.kommune, "prevention_coordinator", "secretary")
        seat(made, no.station, "police_contact")
    person = at_home(screens, secretary)

    opens_the_page(person)
    asks_for(person, {
        "SLT-gruppa i Ås": {"Meetings in the year": "8"},
        "Arbeidsgruppa for trygge skoleveier": {"Meetings in the year": "5", "On": "Wednesdays"},
    })  # fmt: skip
    plans_them_all(person)

    made = Counter(Meeting.objects.values_list("council__name", flat=True))
    assert made.pop(cast.council.name) >= 2
    assert made == {"SLT-gruppa i Ås": 8, "Arbeidsgruppa for trygge skoleveier": 5}
    group = Meeting.objects.filter(council__name="Arbeidsgruppa for trygge skoleveier")
    assert {one.starts_at.weekday() for one in group} == {2}
    assert person.seconds < TWO_MINUTES, person.account

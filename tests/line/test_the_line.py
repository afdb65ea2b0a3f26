"""One council's line, from a scanned agreement to a task that is done, as people would walk it.

On the real document, on a phone's width and a desktop's, and once with scripts switched off.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from samrad.cooperation.models import AgreementClause, Council
from samrad.followup.models import Decision, Task
from samrad.followup.rules import DecisionState, TaskState
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.post.api import Message
from samrad.trail.verify import verify
from samrad.work.api import work_off
from tests.cast import Cast, Character, signed_in
from tests.line.at_the_screen import Day
from tests.support.browser import sideways_scroll
from tests.support.mail import Mailbox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sources,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

COUNCIL = "Politirådet i Ås 2019"
MATTER = "Sykkeltyverier ved stasjonen"
DECISION = "Kommunen setter opp låsbare stativer ved stasjonen."
TASK = "Bestille stativer"
MOVED = "Begge parter skal bidra til"


@pytest.fixture(
    params=[(390, True), (1280, True), (390, False)], ids=["phone", "desktop", "without scripts"]
)
def at_the_screen_of(
    request: pytest.FixtureRequest, open_page: Callable[..., Page], live_server: Any
) -> Callable[[Character], Page]:
    """`at_the_screen_of(cast.secretary)`: a page of the width under test, that person signed in."""
    width, scripts = request.param
    address = live_server.url.replace("127.0.0.1", "localhost")

    def sit_down(who: Character) -> Page:
        page = open_page(width=width, java_script_enabled=scripts)
        client = signed_in(Client(), who)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        return page

    return sit_down


def press(page: Page, name: str | re.Pattern[str], *, nth: int = 0) -> None:
    """Press the button, or follow the link, with that name, and wait for the page it leads to."""
    thing = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    with page.expect_navigation():
        thing.nth(nth).click()
    assert sideways_scroll(page) == 0, page.url


def test_from_an_agreement_in_a_drawer_to_a_task_that_is_done(
    cast: Cast,
    at_the_screen_of: Callable[[Character], Page],
    source_documents: Path,
    mailbox: Mailbox,
    day: Day,
) -> None:
    secretary = at_the_screen_of(cast.secretary)

    read_the_agreement_in(secretary, next(source_documents.glob("001_*.txt")))
    council = Council.objects.get(name=COUNCIL)
    assert council.seats.filter(role="mayor", function="chair").exists()
    assert council.focus_areas.filter(title="Forebygge sykkeltyverier", year=2019).exists()
    moved = AgreementClause.objects.get(agreement__council=council, text__startswith=MOVED)
    assert moved.key == "organisation"

    plan_the_year(secretary, council)
    first, second = council.meetings.order_by("starts_at")[:2]
    propose(at_the_screen_of(cast.no.stranger_police), council)
    set_and_send_the_agenda(secretary, council, first)
    work_off()
    assert mailbox.to(cast.chair.person.email)

    day.comes(first.starts_at)
    write_the_minutes(secretary, first, cast)
    approve(at_the_screen_of(cast.chair), first)
    first.refresh_from_db()
    decision = Decision.objects.get(council=council)
    assert (first.state, decision.state) == (MeetingState.HELD, DecisionState.BINDING)

    put_what_is_unfinished_on_the_next_agenda(secretary, second)
    tick_it_off(at_the_screen_of(cast.director))
    task = Task.objects.get(council=council)
    assert (task.state, task.outcome) == (TaskState.DONE, "Stativene er på plass.")
    close_the_decision(secretary, decision)
    decision.refresh_from_db()
    assert decision.state == DecisionState.DONE
    assert verify().whole
    assert not Message.objects.filter(state="failed").exists()


def read_the_agreement_in(page: Page, document: Path) -> None:
    """The secretary hands the document over, gives the council its name, and confirms."""
    page.goto(reverse("cooperation:read_in"))
    page.get_by_label("The agreement", exact=True).set_input_files(document)
    press(page, "Read it")
    expect(page.get_by_role("heading", name="Look through the agreement")).to_be_visible()
    expect(page.get_by_text("Who journals").first).to_be_visible()
    move_with_the_keyboard(page, MOVED)
    page.get_by_label("A new council, beside it").check()
    page.get_by_label("Name of the new council").fill(COUNCIL)
    press(page, "Confirm the agreement")
    expect(page.get_by_role("heading", level=1, name=COUNCIL)).to_be_visible()


def move_with_the_keyboard(page: Page, beginning: str) -> None:
    """Two headings down: with the arrows on the handle, or without scripts in the list."""
    card = page.locator("[data-passage]", has_text=beginning)
    page.locator("details", has=card).locator("summary").first.press("Enter")
    handle = card.get_by_role("button")
    (handle if handle.is_visible() else card.get_by_label("Belongs under")).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    if handle.is_visible():
        assert page.locator("[data-place=organisation]", has=card).count() == 1
        expect(handle).to_be_focused()
        expect(page.locator("[data-told]")).to_contain_text("now stands under")


def plan_the_year(page: Page, council: Council) -> None:
    """Two meetings, as the agreement says, on days that suit."""
    page.goto(reverse("meetings:plan", args=[council.ref]))
    press(page, "Plan these meetings")
    assert council.meetings.count() >= 2


def propose(page: Page, council: Council) -> None:
    """The police contact wants a matter on the agenda."""
    page.goto(council.get_absolute_url())
    press(page, "Propose an item")
    page.get_by_label("What is it about?").fill(MATTER)
    page.get_by_label("Decision", exact=True).check()
    page.get_by_role("main").locator("form").last.get_by_role("button").first.click()
    expect(page.get_by_text(MATTER).first).to_be_visible()


def set_and_send_the_agenda(page: Page, council: Council, meeting: Meeting) -> None:
    """The secretary puts the proposal on the agenda and sends it."""
    page.goto(reverse("meetings:agenda", args=[meeting.ref]))
    press(page, re.compile(f"Put on the agenda.*{MATTER}"))
    press(page, "Look over and send")
    press(page, re.compile("^Send to"))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED


def write_the_minutes(page: Page, meeting: Meeting, cast: Cast) -> None:
    """Who was there, what was said, what was decided, who does what by when."""
    page.goto(meeting.get_absolute_url())
    press(page, "Begin the minutes")
    press(page, "Everybody was there")
    page.get_by_label("What was said").fill("Rådet drøftet tyveriene. Flest skjer om natten.")
    opener = page.locator("summary", has_text=re.compile("The decision|Write a decision"))
    if not page.get_by_label("What was decided").is_visible():
        opener.click()
    page.get_by_label("What was decided").fill(DECISION)
    page.get_by_label("Task that follows").fill(TASK)
    page.get_by_label("Responsible").last.select_option(label=cast.director.name)
    page.get_by_label("Deadline").last.fill("2027-06-01")
    press(page, "Add the decision")
    press(page, "Save and send for approval")
    assert Decision.objects.get().tasks.get().responsible_person == cast.director.person


def approve(page: Page, meeting: Meeting) -> None:
    """The chair, who finds the minutes waiting at home, approves them."""
    page.goto(reverse("home"))
    page.get_by_role("main").get_by_role("link", name=re.compile("inutes")).first.click()
    press(page, "Approve")
    expect(page.get_by_text(DECISION).first).to_be_visible()


def put_what_is_unfinished_on_the_next_agenda(page: Page, meeting: Meeting) -> None:
    """What was decided and not done waits at the side of the next agenda."""
    page.goto(reverse("meetings:agenda", args=[meeting.ref]))
    expect(page.get_by_text(DECISION).first).to_be_visible()
    press(page, "Put it on the agenda")
    assert meeting.items.filter(source_kind="decision").exists()


def tick_it_off(page: Page) -> None:
    """The one who is responsible says that it is done, and what came of it."""
    page.goto(reverse("followup:my_tasks"))
    press(page, TASK)
    page.get_by_label("What came of it").fill("Stativene er på plass.")
    press(page, "It is done")
    expect(page.get_by_text("Stativene er på plass.").first).to_be_visible()


def close_the_decision(page: Page, decision: Decision) -> None:
    """The secretary closes the decision; the next meeting sees it done."""
    page.goto(decision.get_absolute_url())
    page.get_by_label("It has been carried out").check()
    press(page, "Save")

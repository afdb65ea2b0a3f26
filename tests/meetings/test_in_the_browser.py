"""Minutes written live in a real browser: saved, stale, offline, signed out, scripts off."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from samrad.followup.models import Decision, Task
from samrad.meetings import api
from samrad.meetings.models import Meeting, Minutes
from samrad.meetings.rules import MeetingState, MinutesState
from samrad.people.models import Person
from tests.cast import NOON, build_cast, signed_in
from tests.meetings.bricks import begun, called, item_on, planned, written
from tests.support.browser import sideways_scroll

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    made = build_cast()
    Person.objects.update(language="en")
    return made


@pytest.fixture
def enter(client, live_server):
    """`enter(page, who)`: the page has that person's session."""

    def enter(page, who):
        signed_in(client, who)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value,
              "url": live_server.url.replace("127.0.0.1", "localhost")}]
        )  # fmt: skip
        return page

    return enter


SAVING = "**/text/"  # where the text of an item is sent


def url(name, thing):
    return reverse(f"meetings:{name}", args=[thing.ref])


@pytest.fixture
def item(cast):
    meeting = called(cast, "Nightlife")
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    return meeting.items.get()


@pytest.fixture
def writing(cast, item, open_page, enter):
    page = enter(open_page(), cast.secretary)
    page.goto(url("minutes", item.meeting))
    return page


def field(page, item):
    return page.locator(f"#text-{item.ref}")


def state(page, item):
    return page.locator(f"[data-save*='{item.ref}'] [data-state]")


def test_typing_saves_itself_and_says_when(writing, item):
    field(writing, item).press_sequentially("Many complaints.", delay=5)

    expect(state(writing, item)).to_contain_text("Saved", timeout=4000)
    item.refresh_from_db()
    assert item.minutes_text == "Many complaints."
    writing.reload()
    expect(field(writing, item)).to_have_value("Many complaints.")
    expect(writing.locator("[data-overall]")).to_have_text("Everything is saved")


def test_digits_that_could_be_a_persons_are_asked_about_beside_the_text(writing, item):
    field(writing, item).fill("Record 1201601234.")
    part = writing.locator(f"[data-save*='{item.ref}']").first

    tick = part.get_by_label("It does not point at a citizen")
    expect(tick).to_be_visible(timeout=5000)
    expect(field(writing, item)).to_have_value("Record 1201601234.")
    item.refresh_from_db()
    assert item.minutes_text == ""
    tick.check()
    part.get_by_label("Why it is not a person's identity number").fill("A record's number")
    field(writing, item).fill("Record 1201601234, again.")
    expect(tick).to_be_checked()
    part.get_by_role("button", name="Answer and save").click()

    expect(state(writing, item).first).to_contain_text("Saved", timeout=5000)
    expect(tick).to_have_count(0)
    item.refresh_from_db()
    assert item.minutes_text == "Record 1201601234, again."


def test_two_writers_see_both_texts_and_one_decides(cast, writing, item):
    field(writing, item).fill("First.")
    expect(state(writing, item)).to_contain_text("Saved")
    api.save_text(item=item, text="Maja's.", expected=1, by=cast.chair.actor, at=NOON)

    field(writing, item).fill("Sara's.")

    expect(state(writing, item)).to_contain_text("Maja Prøvestad saved another text")
    expect(writing.locator(".s-save__other")).to_contain_text("Maja's.")
    item.refresh_from_db()
    assert item.minutes_text == "Maja's."

    field(writing, item).fill("Sara's and Maja's.")
    writing.get_by_role("button", name="Save mine").click()
    expect(state(writing, item)).to_contain_text("Saved")
    item.refresh_from_db()
    assert item.minutes_text == "Sara's and Maja's."
    kept = item.revisions.values_list("text", flat=True)
    assert list(kept) == ["First.", "Maja's.", "Sara's and Maja's."]


def test_taking_theirs_leaves_theirs(cast, writing, item):
    api.save_text(item=item, text="Maja's.", expected=0, by=cast.chair.actor, at=NOON)
    field(writing, item).fill("Sara's.")

    writing.get_by_role("button", name="Use theirs").click()

    expect(field(writing, item)).to_have_value("Maja's.")
    item.refresh_from_db()
    assert item.minutes_text == "Maja's."


def test_offline_typing_is_kept_and_saved_when_the_line_is_back(writing, item):
    writing.context.set_offline(True)
    field(writing, item).fill("Written in a tunnel.")
    expect(writing.locator("[data-overall]")).to_contain_text("No connection")
    item.refresh_from_db()
    assert item.minutes_text == ""

    writing.context.set_offline(False)

    expect(state(writing, item)).to_contain_text("Saved", timeout=12_000)
    item.refresh_from_db()
    assert item.minutes_text == "Written in a tunnel."


def test_typing_survives_a_browser_that_closes_before_it_could_save(writing, item):
    writing.context.route(SAVING, lambda request: request.abort())
    field(writing, item).fill("Not lost.")
    expect(writing.locator("[data-overall]")).to_contain_text("No connection")
    writing.goto("about:blank")
    writing.context.unroute(SAVING)

    writing.goto(url("minutes", item.meeting))

    expect(field(writing, item)).to_have_value("Not lost.")
    expect(state(writing, item)).to_contain_text("Saved")
    item.refresh_from_db()
    assert item.minutes_text == "Not lost."


def test_a_decision_whose_answer_was_lost_is_not_brought_back_beside_itself(writing, item):
    def saved_but_not_said(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)  # it reaches the server, and its answer reaches nobody
            route.abort()
        else:
            route.continue_()

    here = url("minutes", item.meeting)
    words = writing.locator(f"#new_decision-{item.ref}")
    writing.locator("[data-new-decision] summary").first.click()
    words.fill("The light is mended.")
    words.blur()
    writing.route(f"**{here}", saved_but_not_said)
    writing.get_by_role("button", name="Add the decision").click()
    expect(writing).to_have_url(re.compile("chrome-error"))
    writing.unroute(f"**{here}")
    writing.goto(here)

    expect(writing.locator(f"#new_decision-{item.ref}")).to_have_value("")
    expect(writing.locator(".s-kept")).to_have_count(0)
    assert Decision.objects.get().text == "The light is mended."


def test_a_decision_that_never_arrived_is_brought_back_and_made_once(writing, item):
    here = url("minutes", item.meeting)
    words = f"#new_decision-{item.ref}"
    mark = f"input[name='new_decision-{item.ref}-once']"
    writing.locator("[data-new-decision] summary").first.click()
    writing.locator(words).fill("The light is mended.")
    writing.locator(words).blur()
    before = writing.locator(mark).input_value()
    writing.goto(here)

    expect(writing.locator(words)).to_have_value("The light is mended.")
    assert writing.locator(mark).input_value() == before
    writing.locator(mark).locator("xpath=ancestor::details").locator("summary").click()
    writing.get_by_role("button", name="Add the decision").click()
    expect(writing.locator(f"[data-made='{before}']")).to_have_count(1)
    assert Decision.objects.count() == 1


def test_what_was_kept_meets_what_was_saved_since(cast, writing, item):
    writing.context.route(SAVING, lambda request: request.abort())
    field(writing, item).fill("Sara's, from before.")
    expect(writing.locator("[data-overall]")).to_contain_text("No connection")
    writing.goto("about:blank")
    writing.context.unroute(SAVING)
    api.save_text(item=item, text="Maja's, since.", expected=0, by=cast.chair.actor, at=NOON)

    writing.goto(url("minutes", item.meeting))

    expect(writing.locator(".s-save__other")).to_contain_text("Maja's, since.")
    expect(field(writing, item)).to_have_value("Sara's, from before.")
    item.refresh_from_db()
    assert item.minutes_text == "Maja's, since."


def test_signed_out_in_the_middle_says_so_and_goes_on_after_signing_in(cast, writing, item, enter):
    Session.objects.all().delete()
    field(writing, item).fill("Still here.")
    expect(writing.locator("[data-overall]")).to_contain_text("You are signed out")
    expect(writing.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    assert field(writing, item).input_value() == "Still here."

    enter(writing, cast.secretary)
    writing.get_by_role("button", name="Try again").click()

    expect(state(writing, item)).to_contain_text("Saved")
    item.refresh_from_db()
    assert item.minutes_text == "Still here."


def test_a_refused_text_says_why_and_stays_in_the_field(writing, item):
    field(writing, item).fill("His number is 01010750160.")

    expect(state(writing, item)).to_contain_text("refused")
    item.refresh_from_db()
    assert item.minutes_text == ""


def test_the_whole_line_of_a_meeting(cast, any_page, enter):
    page = any_page
    meeting = planned(cast)
    enter(page, cast.police_member).goto(url("propose", cast.council))
    page.get_by_label("What is it about?").fill("Noise at the station")
    page.get_by_role("button", name="Send the proposal").click()
    expect(page.get_by_text("Whoever keeps the agenda sees your proposal")).to_be_visible()

    enter(page, cast.secretary).goto(url("agenda", meeting))
    page.get_by_role("button", name=re.compile("Put on the agenda.*Noise")).click()
    page.get_by_label("Title").fill("Shall the light be mended?")
    page.get_by_label("Decision", exact=True).check()
    page.get_by_role("button", name="Put on the agenda", exact=True).click()
    page.get_by_role("button", name="Move up: Shall the light be mended?").click()
    page.get_by_role("link", name="Look over and send").click()
    page.get_by_role("button", name="Send to 5 members").click()
    expect(page.get_by_text("on its way to 5 people")).to_be_visible()

    meeting.refresh_from_db()
    begun(meeting)
    page.reload()
    page.get_by_role("button", name="Begin the minutes").click()
    page.get_by_role("button", name="Everybody was there").click()
    page.get_by_label(re.compile("What was said.*light")).fill("It is dark.")
    row = page.locator("li", has=page.get_by_role("heading", name="Shall the light be mended?"))
    row.get_by_label("What was decided").fill("The light is mended.")
    row.get_by_label("Task that follows").fill("Mend it")
    row.get_by_label("Responsible").select_option(label="Didrik Prøvemo")
    row.get_by_label("Deadline").fill("2027-01-15")
    row.get_by_role("button", name="Add the decision").click()
    expect(page.get_by_text("The minutes are saved.")).to_be_visible()
    page.get_by_role("button", name="Save and send for approval").click()
    expect(page.get_by_text("on their way to those who approve")).to_be_visible()

    enter(page, cast.chair).goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Read and approve the minutes").click()
    page.get_by_role("button", name="Approve the minutes").first.click()
    expect(page.get_by_text("their decisions bind")).to_be_visible()
    assert sideways_scroll(page) <= 0
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert Task.objects.get().responsible_person == cast.director.person


def test_minutes_without_scripts(cast, open_page, enter):
    minutes = written(cast, "Nightlife")
    begun(minutes.meeting)
    item = minutes.meeting.items.get()
    page = enter(open_page(java_script_enabled=False), cast.secretary)
    page.goto(url("minutes", minutes.meeting))

    page.locator(f"#text-{item.ref}").fill("Mine.")
    api.save_text(item=item, text="Maja's.", expected=1, by=cast.chair.actor, at=NOON)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("region", name="The other text")).to_have_text("Maja's.")
    expect(page.locator(f"#text-{item.ref}")).to_have_value("Mine.")
    page.locator(f"#text-{item.ref}").fill("Ours.")
    page.get_by_role("button", name="Save and send for approval").click()
    minutes = Minutes.objects.get()
    item.refresh_from_db()
    assert (item.minutes_text, minutes.state) == ("Ours.", MinutesState.CIRCULATED)


def test_a_year_is_planned_by_hand(cast, any_page, enter):
    page = enter(any_page, cast.secretary)
    page.goto(url("plan", cast.council))
    page.get_by_label("Meetings in the year").fill("4")
    page.get_by_role("button", name="Propose days").click()
    page.get_by_role("button", name="Plan these meetings").click()

    expect(page.get_by_text("4 meetings are planned.")).to_be_visible()
    assert Meeting.objects.count() == 4


def test_an_agenda_is_put_in_order_by_mouse_and_by_keyboard(cast, page, enter):
    meeting = planned(cast)
    lights, nights, roads = (
        item_on(meeting, cast.secretary.actor, title) for title in ("Lights", "Nights", "Roads")
    )
    enter(page, cast.secretary).goto(url("agenda", meeting))

    def handle(title):
        return page.get_by_role("button", name=f"Move “{title}”")

    grip, goal = handle("Roads").bounding_box(), handle("Lights").bounding_box()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(goal["x"], goal["y"] - 10, steps=12)
    with page.expect_response("**/agenda/order/") as answer:
        page.mouse.up()
    assert answer.value.ok
    told = page.locator("[data-order-told]")
    expect(told).to_have_text("The order is saved.")
    assert list(meeting.items.order_by("order")) == [roads, lights, nights]

    handle("Lights").focus()
    with page.expect_response("**/agenda/order/"):
        page.keyboard.press("End")
        page.keyboard.press("ArrowUp")
    expect(told).to_have_text("The order is saved.")
    expect(handle("Lights")).to_be_focused()

    page.reload()
    shown = page.locator("[data-item]").evaluate_all("all => all.map(one => one.dataset.title)")
    assert shown == ["Roads", "Lights", "Nights"]
    with page.expect_response("**/agenda/order/"):
        handle("Lights").press("ArrowDown")
    expect(told).to_have_text("The order is saved.")
    assert list(meeting.items.order_by("order")) == [roads, nights, lights]

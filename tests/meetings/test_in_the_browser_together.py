"""Minutes written by two at once in two browsers, by keyboard alone, and by the wrong person."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import expect

from samrad.followup.models import Decision
from samrad.meetings import api
from samrad.meetings.rules import ItemKind, Mandate
from tests.cast import NOON, signed_in
from tests.meetings.bricks import item_on, planned
from tests.meetings.test_in_the_browser import cast, field, state, url  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(cast):  # noqa: F811
    found, by = planned(cast), cast.secretary.actor
    item_on(found, by, "Nightlife")
    item_on(found, by, "Shall the light be mended?", kind=ItemKind.DECISION)
    api.send_agenda(meeting=found, by=by, at=NOON)
    found.refresh_from_db()
    api.begin_minutes(meeting=found, by=by, at=NOON)
    return found


@pytest.fixture
def enter(live_server):
    """As in the other file, but whoever has entered before stays signed in."""

    def enter(page, who):
        cookie = signed_in(Client(), who).cookies["sessionid"].value
        address = live_server.url.replace("127.0.0.1", "localhost")
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        return page

    return enter


def writing(open_page, enter, who, meeting):
    page = enter(open_page(), who)
    page.goto(url("minutes", meeting))
    return page


def test_two_browsers_one_item_and_both_texts_in_the_end(cast, meeting, open_page, enter):  # noqa: F811
    item = meeting.items.first()
    sara = writing(open_page, enter, cast.secretary, meeting)
    maja = writing(open_page, enter, cast.chair, meeting)

    field(maja, item).fill("Maja wrote this.")
    expect(state(maja, item)).to_contain_text("Saved", timeout=8000)
    field(sara, item).fill("Sara wrote that.")
    expect(sara.locator(".s-save__other")).to_contain_text("Maja wrote this.", timeout=8000)
    sara.get_by_role("button", name="Put theirs below mine").click()

    expect(field(sara, item)).to_have_value("Sara wrote that.\n\nMaja wrote this.")
    expect(state(sara, item)).to_contain_text("Saved", timeout=8000)
    item.refresh_from_db()
    assert item.minutes_text == "Sara wrote that.\n\nMaja wrote this."
    field(maja, item).fill("Maja goes on.")
    expect(maja.locator(".s-save__other")).to_contain_text("Sara wrote that.", timeout=8000)


def test_an_item_is_minuted_without_a_mouse(cast, meeting, open_page, enter):  # noqa: F811
    first, second = meeting.items.all()
    page = writing(open_page, enter, cast.secretary, meeting)

    field(page, first).focus()
    page.keyboard.type("All well.")
    page.keyboard.press("Alt+ArrowDown")
    expect(field(page, second)).to_be_focused()
    page.keyboard.type("It is dark.")
    page.keyboard.press("Alt+Enter")
    expect(page.locator(f"#new_decision-{second.ref}")).to_be_focused()
    page.keyboard.type("The light is mended.")
    page.keyboard.press("Alt+Shift+Enter")
    expect(page.locator(f"#new_task-{second.ref}-title")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, first)).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.locator("[data-overall]")).to_have_text("Everything is saved", timeout=8000)
    page.get_by_role("button", name="Keyboard").or_(
        page.locator("summary", has_text="Keyboard")
    ).first.click()
    expect(page.get_by_text("The next item")).to_be_visible()

    assert list(meeting.items.values_list("minutes_text", flat=True)) == [
        "All well.",
        "It is dark.",
    ]


def test_a_new_decision_typed_and_not_sent_is_there_after_a_reload(cast, meeting, open_page, enter):  # noqa: F811
    item = meeting.items.last()
    page = writing(open_page, enter, cast.secretary, meeting)
    page.locator(f"#new_decision-{item.ref}").fill("The light is mended.")
    page.locator(f"#new_task-{item.ref}-title").fill("Order lamps")
    who = page.locator(f"#new_task-{item.ref}-who")
    who.select_option(label=cast.director.person.name)
    page.locator(f"#new_task-{item.ref}-by").fill("2027-03-01")
    page.locator(f"#text-{item.ref}").focus()
    chosen = who.input_value()
    assert chosen

    page.goto("about:blank")
    page.goto(url("minutes", meeting))

    expect(page.locator(f"#new_decision-{item.ref}")).to_have_value("The light is mended.")
    expect(page.locator(f"#new_task-{item.ref}-title")).to_have_value("Order lamps")
    expect(who).to_have_value(chosen)
    expect(page.locator(f"#new_task-{item.ref}-by")).to_have_value("2027-03-01")
    assert not Decision.objects.exists()


def test_the_tick_and_the_mandate_save_themselves(cast, meeting, open_page, enter):  # noqa: F811
    item = meeting.items.last()
    page = writing(open_page, enter, cast.secretary, meeting)
    part = page.locator(f"[data-save*='{item.ref}/settled']")

    part.get_by_label("Was the mandate there?").select_option(label="The mandate was there")
    expect(part.locator("[data-state]")).to_contain_text("Saved", timeout=8000)
    part.get_by_label("No task follows").check()
    expect(part.locator("[data-state]")).to_contain_text("Saved", timeout=8000)
    expect(page.locator("[data-overall]")).to_have_text("Everything is saved", timeout=8000)

    item.refresh_from_db()
    assert (item.needs_no_task, item.mandate_there) == (True, Mandate.SECURED)


def test_what_one_wrote_is_never_saved_in_the_name_of_another(cast, meeting, open_page, enter):  # noqa: F811
    item = meeting.items.first()
    page = writing(open_page, enter, cast.secretary, meeting)
    enter(page, cast.chair)  # in another tab of the same browser
    field(page, item).fill("Sara's own words.")

    expect(page.locator("[data-overall]")).to_contain_text("signed out", timeout=8000)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-overall]")).to_contain_text("Somebody else is signed in")
    item.refresh_from_db()
    assert item.minutes_text == ""

    enter(page, cast.secretary)
    page.get_by_role("button", name="Try again").click()
    expect(state(page, item)).to_contain_text("Saved", timeout=8000)
    item.refresh_from_db()
    assert item.minutes_saved_by == cast.secretary.person

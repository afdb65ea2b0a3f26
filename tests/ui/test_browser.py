"""The style page in a real browser: for everybody, at every width, light and dark."""

from __future__ import annotations

import pytest

from tests.support.browser import sideways_scroll

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STYLE = "/style/"
KEPT = "textarea[data-keep]"


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        pytest.param(390, "dark", marks=pytest.mark.slow),
        pytest.param(390, "light", marks=pytest.mark.slow),
        pytest.param(1280, "dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing(open_page, axe, width, scheme):
    page = open_page(width=width, color_scheme=scheme)
    page.goto(STYLE)
    assert axe(page) == []


def test_nothing_scrolls_sideways(page):
    """640 pixels are 1280 at 200 % zoom, 320 are 1280 at 400 %."""
    page.goto(STYLE)
    for width in (1280, 640, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways_scroll(page) == 0, width


def test_every_target_is_large_enough_for_a_thumb(phone):
    phone.goto(STYLE)
    small = phone.evaluate(
        """() => [...document.querySelectorAll("button, summary, select, input, nav a, .ds-button")]
          .map(e => [e, e.getBoundingClientRect()])
          .filter(([e, r]) => r.width && r.height && (r.width < 24 || r.height < 24))
          .filter(([e]) => !(["checkbox", "radio"].includes(e.type)))
          .map(([e, r]) => e.outerHTML.slice(0, 80) + " " + r.width + "x" + r.height)"""
    )
    assert small == []


def test_the_keyboard_reaches_the_content_first_and_menus_close_with_escape(page):
    page.goto(STYLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    summary = page.locator(".s-header__tools summary").first
    summary.click()
    assert page.locator(".s-header__tools details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".s-header__tools details[open]").count() == 0


def test_a_dialog_opens_closes_and_gives_the_focus_back(page):
    page.goto(STYLE)
    page.locator("details[data-dialog] > summary").click()
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_dialog_unfolds_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(STYLE)
    page.locator("details[data-dialog] > summary").click()
    assert page.locator("details[data-dialog] .s-dialog__body").is_visible()


def test_the_language_changes_without_scripts(open_page):
    page = open_page(java_script_enabled=False, locale="en-GB")
    page.goto(STYLE)
    page.locator(".s-header__tools summary").first.click()
    page.locator("button[name=language][value=da]").click()
    assert page.locator("html").get_attribute("lang") == "da"


def test_typing_survives_a_reload_and_can_be_discarded(page):
    page.goto(STYLE)
    page.locator(KEPT).fill("Four dark stretches")
    page.wait_for_timeout(700)
    page.reload()
    assert page.locator(KEPT).input_value() == "Four dark stretches"
    notice = page.locator(".s-kept")
    assert notice.get_attribute("role") == "status"
    notice.locator("button").last.click()
    page.reload()
    assert page.locator(KEPT).input_value() == ""


def test_typing_is_kept_even_when_the_page_is_left_at_once(page):
    page.goto(STYLE)
    page.locator(KEPT).fill("Left in a hurry")
    page.goto("/health")
    page.goto(STYLE)
    assert page.locator(KEPT).input_value() == "Left in a hurry"


def test_kept_text_never_overwrites_what_somebody_saved_meanwhile(page):
    page.goto(STYLE)
    page.evaluate(
        """() => localStorage.setItem(
          "samrad:kept:" + document.body.dataset.reader + ":style-sample",
          JSON.stringify({text: "mine", base: "an older text", at: Date.now()}))"""
    )
    page.reload()
    assert page.locator(KEPT).input_value() == ""
    assert page.locator(".s-kept pre").inner_text() == "mine"
    page.locator(".s-kept button").first.click()
    assert page.locator(KEPT).input_value() == "mine"


def test_what_the_server_says_is_saved_is_forgotten(page):
    page.goto(STYLE)
    page.locator(KEPT).fill("Saved by the server")
    page.wait_for_timeout(700)
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('samrad:saved', {detail: {key: 'style-sample'}}))"
    )
    kept = page.evaluate("Object.keys(localStorage).filter(name => name.includes('style-sample'))")
    assert kept == []


def test_a_lost_line_is_said_aloud_and_stays_until_it_is_back(page):
    page.goto(STYLE)
    page.context.set_offline(True)
    region = page.locator("#s-status[role=status]")
    region.locator(".s-notice").wait_for()
    assert region.inner_text().strip()
    page.context.set_offline(False)
    region.locator(".s-notice").wait_for(state="detached")


def with_more(page, html, answers):
    """The style page with `html` in it; `answers` say what its requests are answered with."""

    def add(route):
        response = route.fetch()
        route.fulfill(
            response=response, body=response.text().replace('<div class="s-main">', html, 1)
        )

    page.route("**/style/", add)
    page.route("**/answer/", answers)
    page.goto(STYLE)


PIECE = (
    '<div class="s-main">'
    '<button type="button" id="ask" hx-get="/answer/" hx-target="#ask">A</button>'
)


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ({"status": 409}, "stale"),
        ({"status": 403}, "refused"),
        ({"status": 500}, "broken"),
        ({"status": 200, "body": "<!doctype html><html></html>"}, "expired"),
        (None, "offline"),
    ],
)
def test_what_cannot_be_finished_is_said_in_words(page, answer, name):
    with_more(page, PIECE, lambda route: route.fulfill(**answer) if answer else route.abort())
    page.locator("#ask").click()
    said = page.locator("#s-status .s-notice").inner_text()
    assert page.locator("#s-texts").get_attribute(f"data-{name}") in said
    assert page.locator("#ask").inner_text() == "A"


FORM = (
    '<div class="s-main"><form id="act" method="post" action="/answer/" data-confirm="Sure?">'
    '<button type="submit" id="go" name="do" value="it">Cancel the meeting</button></form>'
)


def test_a_form_asks_once_more_and_is_sent_once(page):
    sent = []

    def answer(route):
        sent.append(route.request.post_data)
        route.fulfill(status=204)

    with_more(page, FORM, answer)
    page.locator("#go").click()
    page.locator("dialog[open] button[value=no]").click()
    assert sent == []

    page.locator("#go").click()
    page.locator("dialog[open] button[value=yes]").click()
    page.wait_for_timeout(300)
    page.evaluate("document.getElementById('act').requestSubmit()")
    page.wait_for_timeout(300)
    assert sent == ["do=it"]

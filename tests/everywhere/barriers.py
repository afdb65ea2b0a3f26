"""What stands in somebody's way on a page: found by axe-core, or wider than the window."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.browser import DESKTOP, HEIGHTS, PHONE, axe, sideways_scroll

NARROW = 320
WAYS_TO_LOOK = [(width, scheme) for width in (DESKTOP, PHONE) for scheme in ("light", "dark")]
OPPOSITE_CORNERS = [(DESKTOP, "light"), (PHONE, "dark")]
# Colours glide from one scheme to the other; what is half way is nothing anybody reads.
SETTLED = """() => document.getAnimations().every(
    one => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
PATIENCE = 30_000  # milliseconds; other tests have the processors too
LANGUAGES = ("nb", "nn", "da", "sv", "en")


def become(page: Page, address: str, session: dict[str, str], language: str) -> None:
    """The browser has that person's session, or none, and reads that language."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in session.items()]
        + [{"name": "samrad_language", "value": language, "url": address}]
    )


def look_at(page: Page, url: str, status: int, ways: list[tuple[int, str]]) -> list[str]:
    """Open it; it must be the page that the client without a screen got, without a barrier."""
    become_a_window(page, *ways[0])  # before it opens, nothing has to glide there first
    answer = page.goto(url)
    if answer is None or answer.status != status:
        return [f"answered {answer and answer.status}, expected {status}"]
    found = []
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} main headings")
    for width, scheme in ways:
        if (width, scheme) != ways[0]:
            become_a_window(page, width, scheme)
        page.wait_for_function(SETTLED, timeout=PATIENCE)
        found += [f"{width} {scheme}: {problem}" for problem in axe(page)]
    for width in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        if (wider := lasting_scroll(page)) > 0:
            found.append(f"{wider} pixels too wide at {width}")
    return found


def become_a_window(page: Page, width: int, scheme: str) -> None:
    """The browser is that wide, and its owner prefers that scheme and no movement."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]


def lasting_scroll(page: Page) -> int:
    """How much too wide it stays: a busy machine takes a moment to lay a page out anew."""
    for _moment in range(20):
        if (wider := sideways_scroll(page)) <= 0:
            return 0
        page.wait_for_timeout(100)
    return wider

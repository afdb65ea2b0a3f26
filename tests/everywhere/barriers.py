"""What stands in somebody's way on a page: found by axe-core, or wider than the window."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.browser import DESKTOP, HEIGHTS, PHONE, axe_options, in_words

NARROW = 320
WAYS_TO_LOOK = [(width, scheme) for width in (DESKTOP, PHONE) for scheme in ("light", "dark")]
OPPOSITE_CORNERS = [(DESKTOP, "light"), (PHONE, "dark")]
# All that is asked of a page as it stands, in one question: each costs a busy machine a while.
# Colours glide from one scheme to the other; what is half way is nothing anybody reads.
LOOK = """async ({options, patience}) => {
    const settled = () => document.getAnimations().every(
        one => one.playState !== "running" || one.effect.getTiming().iterations === Infinity);
    const until = performance.now() + patience;
    while (!settled() && performance.now() < until) await new Promise(go => setTimeout(go, 30));
    return {
        settled: settled(),
        headings: document.querySelectorAll("h1").length,
        violations: (await axe.run(document, options)).violations,
    };
}"""
# A busy machine takes a moment to lay a page out anew; what stays too wide is told.
TOO_WIDE = """async () => {
    const page = document.documentElement, wider = () => page.scrollWidth - page.clientWidth;
    for (let moment = 0; moment < 20 && wider() > 0; moment++)
        await new Promise(go => setTimeout(go, 100));
    return Math.max(0, wider());
}"""
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
    asked = {"options": axe_options(), "patience": PATIENCE}
    for width, scheme in ways:
        if (width, scheme) != ways[0]:
            become_a_window(page, width, scheme)
        seen = page.evaluate(LOOK, asked)
        if seen["headings"] != 1:
            found.append(f"{seen['headings']} main headings")
        if not seen["settled"]:
            found.append(f"{width} {scheme}: something on it never comes to rest")
        found += [f"{width} {scheme}: {problem}" for problem in in_words(seen["violations"])]
    for width in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        if wider := page.evaluate(TOO_WIDE):
            found.append(f"{wider} pixels too wide at {width}")
    return found


def become_a_window(page: Page, width: int, scheme: str) -> None:
    """The browser is that wide, and its owner prefers that scheme and no movement."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]

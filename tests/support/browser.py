"""A real browser for tests: Chromium, with nothing allowed to leave this machine."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.support.components import ROOT, chromium

PHONE, DESKTOP = 390, 1280
HEIGHTS = {PHONE: 844, DESKTOP: 900}
LOOPBACK = {"localhost", "127.0.0.1"}
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """One browser process for a whole test run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium()), headless=True, args=ARGUMENTS
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Window:
    """A page in a fresh context, and everything that went wrong in it."""

    page: Page
    context: BrowserContext
    host: str
    problems: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note script errors, refusals by the content security policy, and calls to other hosts."""
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on("console", self._hear)
        self.context.on("request", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        # A page refused or not found is logged like this too, and tests ask for such pages.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if urlsplit(self.page.url).netloc not in {"", self.host}:
            return  # a page of somebody else's, such as an agency's where one signs in
        if address.hostname not in LOOPBACK and address.scheme not in {"data", "blob", "about"}:
            self.problems.append(f"call to another host: {request.url}")


def open_window(browser: Browser, *, base_url: str, width: int, **choices: Any) -> Window:
    """A window as wide as asked; `choices` are those of playwright's new_context."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": HEIGHTS.get(width, 900)},
        has_touch=width <= PHONE,
        **choices,
    )
    context.set_default_timeout(10_000)
    window = Window(context.new_page(), context, urlsplit(base_url).netloc)
    window.watch()
    return window


@functools.cache
def axe_source() -> str:
    """The script of axe-core."""
    return AXE.read_text(encoding="utf-8")


def bring_axe(page: Page) -> None:
    """Every document that opens in this window has axe-core, and need not be given it."""
    page.context.add_init_script(path=AXE)


def axe(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe-core finds wrong with the page as it stands, one line a finding.

    `only` names single rules, where the others have been tried on the same page already.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(axe_source() + "\n;0")
    found = page.evaluate(
        "async options => (await axe.run(document, options)).violations", axe_options(only)
    )
    return in_words(found)


def axe_options(only: list[str] | None = None) -> dict[str, Any]:
    """What axe-core is asked for: the rules of all we promise, or those named."""
    run_only = {"type": "rule", "values": only} if only else {"type": "tag", "values": AXE_RULES}
    return {"runOnly": run_only, "resultTypes": ["violations"], "iframes": False}


def in_words(violations: list[dict[str, Any]]) -> list[str]:
    """A line for every place at which a rule is broken."""
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']} at {node['target']}: {node['html'][:160]}"
        for rule in violations
        for node in rule["nodes"]
    ]


def sideways_scroll(page: Page) -> int:
    """How many pixels the page is wider than the window; 0 is what people want."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider

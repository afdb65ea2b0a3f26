"""No page has a barrier that axe-core finds, for anybody who sees it, at any width or scheme.

Every page of the table of permissions and of the account, as every role that it looks different to,
at 390 and 1280 pixels, light and dark, in turns in five languages, in Chromium against the server
that `samrad serve` runs; and no page is wider than the window, down to 320 pixels.
"""

from __future__ import annotations

import logging
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

from tests.support.campaign import Result
from tests.support.components import chromium
from tests.support.program import free_port, running
from tests.support.scratch import fresh_installation

COVERS = [
    "src/samrad/*/templates/**/*.html",
    "src/samrad/ui/**/*.py",
    "frontend/css/*",
    "frontend/js/*",
    "tests/everywhere/barriers.py",
    "tests/everywhere/every_page.py",
]

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2
# What a browser needs to open a page as somebody: its name, address, status, session, language.
Look = tuple[str, str, int, dict[str, str], str]


def run(*, seed: int, share: float = 1.0) -> Result:
    """Lay the stage out, serve it, and let browsers look at all of it, or at a share."""
    if chromium() is None:
        return Result(passed=False, remarks=["Chromium is missing (apt install chromium)."])
    folder = fresh_installation()
    logging.disable(logging.CRITICAL)
    looks, asked, pages = everything_to_see(seed, share)
    command = [sys.executable, "-m", "samrad", "serve", "--data", str(folder)]
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "SAMRAD_HTTPS": "no"}
    with (
        running([*command, "--port", str(port)], port=port, env=environment),
        ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool,
    ):
        shares = [looks[number::PROCESSES] for number in range(PROCESSES)]
        found = [*pool.map(looked, [f"http://localhost:{port}"] * PROCESSES, shares)]
    wrong = {name: problems for one in found for name, problems in one.items()}
    counts: dict[str, int | float] = {
        "pages": pages,
        "pages_times_roles": asked,
        "different_looks": len(looks),
        "looks_at_widths_and_schemes": 4 * len(looks),
        "looks_with_a_violation": len(wrong),
    }
    remarks = [f"{name}: {'; '.join(problems)[:400]}" for name, problems in wrong.items()]
    return Result(passed=not wrong and len(looks) > 0, counts=counts, remarks=remarks)


def everything_to_see(seed: int, share: float) -> tuple[list[Look], int, int]:
    """All that looks different to somebody; how many cells that is made from, on how many pages.

    A share is that part of the pages, as everybody who sees them.
    """
    from django.conf import settings
    from django.db import transaction

    from tests.cast import build_cast
    from tests.everywhere.barriers import LANGUAGES
    from tests.everywhere.every_page import as_columns, every_page, sights
    from tests.permissions.stage import things

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    with transaction.atomic():
        stage = things(cast := build_cast())
    clients, pages = as_columns(cast), every_page(stage)
    if share < 1:
        pages = Random(seed).sample(pages, max(4, round(len(pages) * share)))
    found, asked = sights(clients, pages)
    looks = []
    for number, sight in enumerate(found):
        cookie = clients[sight.column].cookies.get(settings.SESSION_COOKIE_NAME)
        session = {cookie.key: cookie.value} if cookie and cookie.value else {}
        language = LANGUAGES[number % len(LANGUAGES)]
        looks.append((f"{sight} in {language}", sight.url, sight.status, session, language))
    return looks, asked, len(pages)


def looked(address: str, looks: list[Look]) -> dict[str, list[str]]:
    """What is wrong with these pages, in one browser."""
    from tests.everywhere.barriers import WAYS_TO_LOOK, become, look_at
    from tests.support.browser import DESKTOP, bring_axe, open_window, running_chromium

    wrong = {}
    with running_chromium() as browser:
        window = open_window(browser, base_url=address, width=DESKTOP)
        bring_axe(window.page)
        for name, url, status, session, language in looks:
            become(window.page, address, session, language)
            problems = look_at(window.page, url, status, WAYS_TO_LOOK) + window.problems
            window.problems.clear()
            if problems:
                wrong[name] = problems
    return wrong

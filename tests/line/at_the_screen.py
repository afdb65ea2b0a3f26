"""What the long tests of this folder share: people at screens, the day that moves, the worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from playwright.sync_api import Page

from samrad.work.worker import Worker
from tests.cast import NOON, Character, signed_in
from tests.support.browser import sideways_scroll

PATIENCE = 120_000  # milliseconds that a busy machine may need for what takes a moment


class Day:
    """The day it is, for the test, the server and the worker alike; time goes on from there."""

    def __init__(self) -> None:
        self.comes(NOON)

    def comes(self, moment: datetime) -> None:
        """It is that moment now."""
        self._ahead = moment - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead


class Screens:
    """Everybody's own screen; whoever comes to theirs is signed in."""

    def __init__(self, open_page: Callable[..., Page], address: str) -> None:
        self._open_page, self._address = open_page, address
        self._pages: dict[int, Page] = {}

    def of(self, who: Character) -> Page:
        """That person's screen."""
        if who.person.pk not in self._pages:
            self._pages[who.person.pk] = self._open_page()
            self._pages[who.person.pk].set_default_timeout(PATIENCE)
        page = self._pages[who.person.pk]
        session = signed_in(Client(), who).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": self._address}])
        return page


def press(page: Page, name: str | re.Pattern[str], *, exact: bool = False) -> None:
    """Press the first button, or follow the first link, of that name, to the page it leads to."""
    button = page.get_by_role("button", name=name, exact=exact)
    thing = button.or_(page.get_by_role("link", name=name, exact=exact))
    with page.expect_navigation():
        thing.first.click()
    assert sideways_scroll(page) == 0, page.url


def the_worker_works() -> None:
    """A worker comes by: what is on the schedule is queued, and the queue is worked off."""
    worker = Worker()
    while worker.turn():
        pass


def words_of(mail: Any) -> str:
    """What a mail says in plain text."""
    part = mail.get_body(preferencelist=("plain",))
    return str(part.get_content()).replace("\r\n", "\n")

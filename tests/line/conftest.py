"""Fixtures of the long tests through the pages; see at_the_screen.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from samrad.kernel import clock
from samrad.people.models import Person
from tests.cast import Cast, build_cast
from tests.line.at_the_screen import PATIENCE, Day, Screens
from tests.support import calendar_server


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Everybody, reading English."""
    made = build_cast()
    Person.objects.update(language="en")
    return made


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """`day.comes(moment)`: it is that moment, in the server's threads as well."""
    made = Day()
    monkeypatch.setattr(clock, "present", made)
    return made


@pytest.fixture
def patience() -> Iterator[None]:
    """What is expected on a page is waited for longer than usual."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=None)


@pytest.fixture
def screens(day: Day, patience: None, open_page: Callable[..., Any], live_server: Any) -> Screens:
    """`screens.of(cast.secretary)`: that person's screen, 1280 pixels wide."""
    return Screens(open_page, live_server.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def somebodys_calendar(tmp_path: Path) -> Iterator[Any]:
    """A calendar on a real calendar server."""
    with calendar_server.somebodys_calendar(tmp_path) as calendar:
        yield calendar

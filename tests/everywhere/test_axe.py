"""Every page: no barrier that axe-core finds, none wider than a phone.

Each once, for the first person who sees it, on a light desk or a dark phone; `./samrad prove axe`
looks as every role that sees it, at every width, in both schemes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page

from tests.cast import Cast, build_cast
from tests.everywhere.barriers import LANGUAGES, OPPOSITE_CORNERS, become, look_at
from tests.everywhere.every_page import as_columns, every_page, sights
from tests.permissions.stage import things
from tests.support.browser import bring_axe

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SHARES = 4


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_has_a_barrier(
    cast: Cast, open_page: Callable[..., Page], live_server: Any, share: int
) -> None:
    """In shares, so that several processes can take them; each share reads in its own language."""
    with transaction.atomic():
        stage = things(cast)
    clients = as_columns(cast)
    pages = every_page(stage)
    mine, _ = sights(clients, [cells[:1] for cells in pages[share::SHARES]])
    page = open_page()
    bring_axe(page)
    address = live_server.url.replace("127.0.0.1", "localhost")

    wrong = {}
    for corner in (0, 1):
        for sight in mine[corner::2]:
            cookies = clients[sight.column].cookies
            session = {
                name: cookie.value
                for name, cookie in cookies.items()
                if name == settings.SESSION_COOKIE_NAME
            }
            become(page, address, session, LANGUAGES[share])
            if problems := look_at(page, sight.url, sight.status, [OPPOSITE_CORNERS[corner]]):
                wrong[str(sight)] = problems

    assert wrong == {}
    assert len(pages) > 60
    assert len(mine) > 12

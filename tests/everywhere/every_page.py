"""Every page of the product as every role sees it: the table of permissions, and the account pages.

A page that looks the same to several roles is listed once, for the first of them.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse

from tests.cast import Cast, account_of, signed_in
from tests.permissions.reading_the_table import COLUMNS, Row, people_of, rows

# The library's pages that open with an address alone, and for whom.
FOR_ANYBODY = (
    "account_login", "account_signup", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done",
)  # fmt: skip
FOR_ONESELF = (
    "account_logout", "account_change_password", "account_reauthenticate", "mfa_index",
    "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_generate_recovery_codes",
)  # fmt: skip
NO_PAGE = "/there-is-no-such-page/"
CHANGES_EACH_TIME = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|data:image/[^"]*|[A-Z2-7]{32}'
    r"|[0-9a-f]{8}-[0-9a-f-]{27}"
)


@dataclass(frozen=True)
class Sight:
    """A page as somebody sees it."""

    page: str
    column: str
    url: str
    status: int

    def __str__(self) -> str:
        return f"{self.page} as {self.column}"


def as_columns(cast: Cast) -> dict[str, Client]:
    """A browser without a screen for each of the people, who typed their password just now."""
    found = {}
    for column, who in people_of(cast).items():
        client = Client(raise_request_exception=False)
        if who:
            account_of(who.person, "korrekt hest batteri stift")
            client = with_proof(signed_in(client, who))
        found[column] = client
    return found


def with_proof(client: Client) -> Client:
    """Nothing asks this client for its password again."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": "somebody@example.org"}
    ]
    session.save()
    return client


def main_of(html: str) -> str:
    """What is between <main> and its end, without what differs from one request to the next."""
    start, end = html.find("<main"), html.rfind("</main>")
    return CHANGES_EACH_TIME.sub("", html[start:end] if 0 <= start < end else html)


Asked = tuple[str, str, str]


def every_page(things: dict[str, Any]) -> list[list[Asked]]:
    """Page by page its name, address and who: what opens, or is refused in words."""
    found = [_cells(row, things) for row in rows() if row.method == "GET"]
    found.append([("no such page", NO_PAGE, "secr"), ("no such page", NO_PAGE, "anon")])
    found.append([("people:invitation", urlsplit(things["invitation"].url).path, "anon")])
    found += [[(name, reverse(name), "anon")] for name in FOR_ANYBODY]
    return found + [[(name, reverse(name), "secr")] for name in FOR_ONESELF]


def _cells(row: Row, things: dict[str, Any]) -> list[Asked]:
    opening = [column for column, one in zip(COLUMNS, row.letters, strict=True) if one in "yw"]
    return [(f"{row.page} {row.about}", row.url(things), column) for column in opening]


NOTHING = 204  # a page that asks whether there is news stays as it is


def sights(clients: dict[str, Client], pages: list[list[Asked]]) -> tuple[list[Sight], int]:
    """These pages as every role that sees them, what looks alike once; and how many were asked.

    Files and answers for machines are no pages.
    """
    seen: set[str] = set()
    found, asked = [], 0
    for page, url, column in chain.from_iterable(pages):
        response = clients[column].get(url, follow=True)
        is_page = response.headers["Content-Type"].startswith("text/html")
        if not is_page or response.status_code == NOTHING:
            continue
        asked += 1
        looks = hashlib.sha256((page + main_of(response.content.decode())).encode()).hexdigest()
        if looks not in seen:
            seen.add(looks)
            found.append(Sight(page, column, url, response.status_code))
    return found, asked

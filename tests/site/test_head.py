"""Checking a link without fetching it works wherever fetching it does, and does nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.meetings.models import Minutes
from tests.cast import Cast
from tests.everywhere.every_page import as_columns, every_page
from tests.permissions.stage import things as the_stage

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.django_db]


ANSWERS = {200, 204, 302, 403, 404}  # what cells are, no news, and the page that is not there


def told(answer: Any) -> tuple[int, str]:
    """What an answer is, before its body."""
    return answer.status_code, answer.headers["Content-Type"]


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def test_head_is_answered_wherever_get_is(cast: Cast) -> None:
    """What a page answers to GET the table of permissions says; here every third asks for both."""
    things = the_stage(cast)
    clients = as_columns(cast)
    differing, asked = [], 0
    for number, page in enumerate(every_page(things)):
        for name, url, column in page[:1]:
            asked_only = clients[column].head(url)
            asked += 1
            body = b"".join(asked_only) if asked_only.streaming else asked_only.content
            assert not body, name
            if asked_only.status_code not in ANSWERS:
                differing.append(f"{name}: {asked_only.status_code}")
            if number % 3 == 0 and told(clients[column].get(url)) != told(asked_only):
                differing.append(f"{name}: not what GET answers")

    assert not differing
    assert asked > 50


def test_head_of_the_first_page_tells_how_long_it_is(client: Client, db: None) -> None:
    got, asked_only = client.get("/health"), client.head("/health")

    assert asked_only.status_code == 200
    assert asked_only.headers["Content-Length"] == got.headers["Content-Length"] != "0"
    assert client.head("/").status_code == client.get("/").status_code


def test_checking_a_link_approves_nothing(cast: Cast) -> None:
    things = the_stage(cast)
    waiting = things["waiting"]
    clients = as_columns(cast)

    answer = clients["chair"].head(reverse("meetings:approve", args=[waiting.ref]))

    assert answer.status_code == 200
    assert Minutes.objects.get(meeting=waiting).state == "circulated"

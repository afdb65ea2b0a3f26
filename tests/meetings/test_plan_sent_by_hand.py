"""The form of a year's days, sent by something else than our page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.meetings.models import Meeting
from tests.cast import Cast, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ODD = ["٣", "3", "x", "", "-1", "0", "²", "\x00", "1e3", "9" * 5000, "99999999999", "1001"]


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


@pytest.mark.parametrize("number", ODD)
@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"])
def test_any_number_of_rows_is_refused_on_the_page_when_the_rows_are_not_there(
    client: Client, cast: Cast, name: str, number: str
) -> None:
    before = Meeting.objects.count()
    url = reverse("meetings:plan", args=[cast.council.ref])
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "year": "2027"}
    answer = signed_in(client, cast.secretary).post(url, {**sent, f"form-{name}": number})

    assert answer.status_code == 422
    assert 'id="main"' in answer.content.decode()
    assert Meeting.objects.count() == before


def test_a_row_that_was_not_proposed_says_what_it_lacks(client: Client, cast: Cast) -> None:
    url = reverse("meetings:plan", args=[cast.council.ref])
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "year": "2027"}
    page = signed_in(client, cast.secretary).post(url, sent).content.decode()

    assert page.count("This field is required.") >= 3

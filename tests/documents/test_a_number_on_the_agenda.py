"""The guard on a real page: a number is caught, and the secretary can confirm what it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.meetings.models import Proposal
from samrad.trail.api import history_of
from tests.cast import Cast, signed_in
from tests.documents.test_forms import CERTAIN, SUSPECT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def propose(client: Client, cast: Cast, reason: str, **more: str) -> Any:
    return client.post(
        reverse("meetings:propose", args=[cast.council.ref]),
        {
            "title": "Varer på avveie", "reason": reason, "kind": "discussion",
            "classification": "internal", **more,
        },
    )  # fmt: skip


def test_a_members_number_is_refused_and_the_secretary_confirms_it(
    client: Client, cast: Cast
) -> None:
    signed_in(client, cast.police_member)
    refused = propose(client, cast, f"Varenummer {CERTAIN}")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert CERTAIN not in page
    assert "number_asked_by" not in page

    signed_in(client, cast.secretary)
    asked = propose(client, cast, f"Varenummer {CERTAIN}")
    assert "number_asked_by" in asked.content.decode()
    kept = propose(
        client, cast, f"Varenummer {CERTAIN}",
        number_asked_by=cast.police_member.name, number_reason="Et varenummer",
    )  # fmt: skip
    assert kept.status_code == 302
    said = [str(one.text) for one in history_of(Proposal.objects.get())]
    assert any(cast.police_member.name in one and "Et varenummer" in one for one in said)
    assert CERTAIN not in " ".join(said)


def test_digits_that_could_be_a_person_are_asked_about_on_the_page(
    client: Client, cast: Cast
) -> None:
    signed_in(client, cast.police_member)
    asked = propose(client, cast, f"Journal {SUSPECT}")
    assert asked.status_code == 422
    assert 'name="number_is_harmless"' in asked.content.decode()

    answered = propose(
        client, cast, f"Journal {SUSPECT}", number_is_harmless="on", number_reason="Journalnummer"
    )
    assert answered.status_code == 302

"""What whoever runs the server needs: settings, the first person, health, and quiet logs."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from samrad.people.models import Invitation, Person
from samrad.people.sources import actor_of_person
from samrad.post.api import Message
from samrad.site.logs import Lines, WithoutContent
from tests.cast import TODAY, Cast, signed_in


def test_every_setting_says_what_it_means_and_no_secret_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("settings", "--json")
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}

    assert all(row["meaning"] for row in rows.values())
    assert rows["SAMRAD_SECRET_KEY"]["now"].startswith("(")
    assert {"SAMRAD_DATA", "SAMRAD_DATABASE_URL", "SAMRAD_MAIL_URL"} <= set(rows)


@pytest.mark.django_db
def test_the_first_administrator_is_invited_on_the_server() -> None:
    call_command("first_administrator", "Ada Driftsen", "Ada@Example.org")

    person = Person.objects.get(email="ada@example.org")
    assert actor_of_person(person, TODAY).manages_installation
    assert Invitation.objects.filter(person=person).count() == 1
    assert Message.objects.get().person == person


@pytest.mark.django_db
def test_an_address_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("first_administrator", "Ada", "ada")
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_health_and_readiness_answer_without_a_session(client: Client) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/ready").json()["status"] == "ready"


@pytest.mark.django_db
def test_figures_are_for_whoever_holds_the_token(client: Client, settings: Any) -> None:
    assert client.get("/metrics").status_code == 404

    settings.METRICS_TOKEN = "a-token"
    assert client.get("/metrics").status_code == 404
    answer = client.get("/metrics", headers={"authorization": "Bearer a-token"})
    assert "samrad_request_seconds" in answer.content.decode()


def test_a_log_line_never_carries_an_identity_number_or_a_request() -> None:
    from tests.kernel.made_numbers import norwegian

    record = logging.makeLogRecord({"msg": f"kept {norwegian()}", "levelname": "INFO"})
    record.request = "what somebody wrote"
    WithoutContent().filter(record)
    line = json.loads(Lines().format(record))

    assert norwegian() not in line["message"]
    assert "request" not in line


@pytest.mark.django_db
def test_every_answer_names_its_policy_and_no_other_host(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.secretary).get(reverse("home"))

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy.replace("https://localhost", "")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"

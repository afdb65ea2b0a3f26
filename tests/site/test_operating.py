"""What whoever runs the server needs: settings, the first person, health, and quiet logs."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import resolve, reverse

from samrad.people.models import Invitation, Person
from samrad.people.sources import actor_of_person
from samrad.post.api import Message
from samrad.site.logs import Lines, WithoutContent
from tests.cast import TODAY, Cast, signed_in
from tests.support.components import ROOT


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


def logged(**of: Any) -> tuple[str, dict[str, Any]]:
    """A record as it would be written, and read again."""
    record = logging.makeLogRecord({"levelname": "ERROR", **of})
    WithoutContent().filter(record)
    written = Lines().format(record)
    return written, json.loads(written)


def test_of_an_exception_the_log_tells_kind_and_place_and_none_of_its_words() -> None:
    try:
        try:
            raise IntegrityError("DETAIL: Key (email)=(KANARI@example.org) already exists.")
        except IntegrityError as error:
            raise ValueError("KANARI") from error
    except ValueError as error:
        written, line = logged(msg="work failed", exc_info=(ValueError, error, error.__traceback__))

    assert "KANARI" not in written
    assert line["message"] == "work failed"
    assert line["error"] == "ValueError from IntegrityError"
    assert line["places"][-1].startswith("site/test_operating.py:")


@pytest.mark.django_db
def test_a_fault_is_logged_with_its_route_and_not_the_address(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("KANARI-WORDS")

    address = reverse("people:invitation", args=["KANARI-TOKEN"])
    monkeypatch.setattr("samrad.people.views.invitations.digest_of", fails)
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == 500

    record = next(one for one in caplog.records if one.name == "django.request")
    WithoutContent().filter(record)
    written = Lines().format(record)
    assert "KANARI" not in written
    assert json.loads(written)["message"] == f"Internal Server Error: {resolve(address).route}"
    assert "RuntimeError" in json.loads(written)["error"]


@pytest.mark.django_db
def test_every_answer_names_its_policy_and_no_other_host(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.secretary).get(reverse("home"))

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy.replace("https://localhost", "")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_secrets_that_are_on_their_way_out_are_not_shown_either(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMRAD_OLD_SECRET_KEYS", "KANARI-NOKKEL")
    call_command("settings")
    assert "KANARI-NOKKEL" not in capsys.readouterr().out


@pytest.mark.django_db
def test_a_token_with_letters_of_its_own_is_a_wrong_token(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-token"
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ærlig").status_code == 404


@pytest.mark.django_db
def test_methods_somebody_invents_are_counted_as_one(client: Client) -> None:
    from prometheus_client import generate_latest

    client.generic("KANARI", "/health")
    told = generate_latest().decode()
    assert "KANARI" not in told
    assert 'method="other"' in told


@pytest.mark.once
def test_behind_a_proxy_attempts_to_sign_in_are_counted_for_each_address(tmp_path: Path) -> None:
    asked = "from samrad import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    surroundings = {
        **os.environ, "SAMRAD_DATA": str(tmp_path), "SAMRAD_BEHIND_PROXY": "yes",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", asked], env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"


@pytest.mark.once
def test_processes_that_begin_together_sign_with_the_same_key(tmp_path: Path) -> None:
    """Server and worker of a new installation; also after one that was stopped while it wrote."""
    (tmp_path / "secret-key").touch()
    asked = [sys.executable, "-c", "from samrad import settings; print(settings.SECRET_KEY)"]
    surroundings = {
        **os.environ, "SAMRAD_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    begun = [
        subprocess.Popen(asked, env=surroundings, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    keys = {one.communicate()[0].strip() for one in begun}

    assert len(keys) == 1
    assert len(keys.pop()) > 50
    assert [one.name for one in tmp_path.iterdir()] == ["secret-key"]

"""A database that is locked or away: a page says so, keeps what was sent, and it is logged once."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from samrad.site.busy import SECRET, passes_by_itself
from tests.cast import Cast, signed_in
from tests.everywhere.forms_on_a_page import read

ON_SQLITE = pytest.mark.once
BUSY = {
    "en": "Just now too much is going on",
    "nb": "Det er for mye som skjer akkurat nå",
    "nn": "Det er for mykje som skjer akkurat no",
    "da": "Der sker for meget lige nu",
    "sv": "Just nu är belastningen för stor",
}


@contextmanager
def instead(engine: str, **settings: Any) -> Iterator[None]:
    """Everything that asks the database asks this one."""
    there = connections["default"]
    given = {**there.settings_dict, **settings, "ENGINE": engine}
    module = __import__(f"{engine}.base", fromlist=["DatabaseWrapper"])
    other = module.DatabaseWrapper(given, "default")
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = there


@contextmanager
def a_file(tmp_path: Path) -> Iterator[Path]:
    """The same data in a file, as an installation has it, where nobody waits for long."""
    path = tmp_path / "samrad.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    options = {
        **connection.settings_dict["OPTIONS"], "timeout": 0.1,
        "init_command": "PRAGMA journal_mode=WAL;",
    }  # fmt: skip
    with instead("django.db.backends.sqlite3", NAME=str(path), OPTIONS=options):
        yield path


@contextmanager
def locked(path: Path, *, whole: bool = False) -> Iterator[None]:
    """Somebody else writes and does not come to an end; or keeps readers out as well."""
    with closing(sqlite3.connect(path, timeout=0.1, isolation_level=None)) as other:
        if whole:
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE somebody_writes (one)")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def patient(client: Client) -> Client:
    """A browser, which is shown errors instead of raising them."""
    client.raise_request_exception = False
    return client


def errors_in(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [one for one in caplog.records if one.levelno >= logging.ERROR]


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_to_a_locked_database_can_be_sent_again_as_it_is(
    cast: Cast, patient: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address = reverse("meetings:propose", args=[cast.council.ref])
    with a_file(tmp_path) as path:
        form = next(
            one for one in read(signed_in(patient, cast.chair).get(address).text).forms
            if "title" in one.sent()
        )  # fmt: skip
        words = form.sent(title='Lyset i "Storgata" & <torget>', reason="Det er mørkt.\nSvært.")
        caplog.clear()
        with locked(path):
            answer = patient.post(address, words)

        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "no-store" in answer["Cache-Control"]
        assert "may not be saved yet, but it is not lost" in answer.text
        assert len(errors_in(caplog)) == 1
        again = next(one for one in read(answer.text).forms if "title" in one.sent())
        assert patient.post(address, again.sent()).status_code == 302
        from samrad.meetings.models import Proposal

        proposal = Proposal.objects.latest("pk")
        assert proposal.title == 'Lyset i "Storgata" & <torget>'
        assert proposal.reason == "Det er mørkt.\nSvært."


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_what_is_saved_although_the_session_is_not_cannot_be_sent_twice(
    cast: Cast, patient: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("meetings:propose", args=[cast.council.ref])
    keep = SessionStore.save
    with a_file(tmp_path) as path:
        form = next(
            one for one in read(signed_in(patient, cast.chair).get(address).text).forms
            if "title" in one.sent()
        )  # fmt: skip

        def kept_late(session: SessionStore, must_create: bool = False) -> None:
            with locked(path):
                keep(session, must_create)

        monkeypatch.setattr(SessionStore, "save", kept_late)
        answer = patient.post(address, form.sent(title="Lyset i Storgata", reason="Mørkt."))
        monkeypatch.undo()

        from samrad.meetings.models import Proposal

        assert Proposal.objects.filter(title="Lyset i Storgata").count() == 1
        assert answer.status_code == 503
        assert "What you sent is saved" in answer.text
        assert not [one for one in read(answer.text).forms if "title" in one.sent()]
        goes_on = reverse("meetings:proposals", args=[cast.council.ref])
        assert f'href="{goes_on}"' in answer.text


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_signing_in_while_it_is_locked_never_shows_the_password(
    cast: Cast, patient: Client, tmp_path: Path
) -> None:
    with a_file(tmp_path) as path, locked(path, whole=True):
        answer = patient.post(
            reverse("account_login"), {"login": "maja@example.org", "password": "Hemmelig-12345"}
        )

    assert answer.status_code == 503
    assert "Hemmelig" not in answer.text
    assert "go back with your browser" in answer.text


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("mfa_authenticate", "code"),
        ("mfa_authenticate", "credential"),
        ("mfa_login_webauthn", "anything"),
        ("mfa_activate_totp", "code"),
        ("cooperation:councils", "one_time_code"),
        ("cooperation:councils", "recovery-token"),
    ],
)
def test_what_proves_who_somebody_is_never_comes_back_on_the_page(
    cast: Cast, patient: Client, tmp_path: Path, address: str, field: str
) -> None:
    with a_file(tmp_path) as path:
        signed_in(patient, cast.chair)
        connections["default"].close()  # as each process is when it begins
        with locked(path, whole=True):
            answer = patient.post(reverse(address), {field: "814-209-Hemmelig"})

    assert answer.status_code == 503
    assert "Hemmelig" not in answer.text
    assert "go back with your browser" in answer.text


def test_the_proof_of_origin_and_ordinary_fields_are_no_secrets() -> None:
    ordinary = ("csrfmiddlewaretoken", "title", "postcode", "keywords", "shown", "item-3-text")
    assert not [name for name in ordinary if SECRET.search(name)]


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "told"), BUSY.items())
def test_a_page_that_cannot_be_read_says_so_in_the_readers_language(
    cast: Cast, patient: Client, tmp_path: Path, language: str, told: str
) -> None:
    with a_file(tmp_path) as path:
        signed_in(patient, cast.chair)
        connections["default"].close()  # as each process is when it begins
        with locked(path, whole=True):
            answer = patient.get(reverse("home"), headers={"accept-language": language})

    assert answer.status_code == 503
    assert answer["Content-Language"] == language
    assert told in answer.text
    assert "Retry-After" in answer


@pytest.mark.django_db
def test_a_postgresql_that_is_not_there_is_told_in_the_same_way(
    cast: Cast, patient: Client, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg")
    signed_in(patient, cast.chair)
    away = {"HOST": "127.0.0.1", "PORT": "1", "NAME": "samrad", "USER": "x", "PASSWORD": "x",
            "OPTIONS": {}, "CONN_HEALTH_CHECKS": False}  # fmt: skip
    caplog.clear()
    with instead("django.db.backends.postgresql", **away):
        answer = patient.get(reverse("home"))

    assert answer.status_code == 503
    assert "Just now too much is going on" in answer.text
    assert len(errors_in(caplog)) == 1


@pytest.mark.django_db
def test_a_fault_of_ours_is_still_a_fault(patient: Client) -> None:
    def fault() -> Exception:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT nothing FROM nowhere")
        except Exception as error:
            return error
        raise AssertionError

    from django.db import transaction

    with transaction.atomic():
        sid = transaction.savepoint()
        assert not passes_by_itself(fault())
        transaction.savepoint_rollback(sid)
    assert not passes_by_itself(ValueError())
    assert not passes_by_itself(None)

"""Stored files: kept as they came, handed out so that they can do nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from samrad.access.actor import Actor
from samrad.documents.api import Classification, NotKept, StoredFile, file_response, store_file
from samrad.people.models import Person
from samrad.trail.api import event_codes_of
from tests.documents.test_forms import CERTAIN

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 paper"
pytestmark = pytest.mark.django_db


@pytest.fixture
def kari() -> Actor:
    person = Person.objects.create(name="Kari Eksempel")
    return Actor(label=person.name, person_id=person.pk, person_ref=person.ref)


def test_a_file_is_kept_as_it_came_and_found_by_its_checksum(kari: Actor) -> None:
    file = store_file(name="../Sak.pdf", content=PDF, by=kari, at=NOON, chain="council:x")

    file.refresh_from_db()
    assert (file.name, file.content_type, file.size) == ("Sak.pdf", "application/pdf", len(PDF))
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert file.content.read() == PDF
    assert "Sak" not in file.content.name
    assert file.trail_chain == "council:x"
    assert event_codes_of(file) == ["documents.file_stored"]


def test_an_old_text_file_is_kept_in_utf_8(kari: Actor) -> None:
    file = store_file(name="ås.txt", content="Ås\n".encode("cp1252"), by=kari, at=NOON)

    assert file.content.read().decode() == "Ås\n"


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [("x.pdf", b"MZ\x00", ""), (f"{CERTAIN}.pdf", PDF, ""), ("x.pdf", PDF, f"nr {CERTAIN}")],
    ids=["kind", "number in name", "number in text"],
)
def test_what_may_not_be_kept_is_not_kept(
    kari: Actor, name: str, content: bytes, text: str
) -> None:
    with pytest.raises(NotKept) as caught:
        store_file(name=name, content=content, text=text, by=kari, at=NOON)

    assert CERTAIN not in str(caught.value)
    assert not StoredFile.objects.exists()


def test_a_download_can_do_nothing_in_the_browser(kari: Actor) -> None:
    file = store_file(name="Møte <1>.pdf", content=PDF, by=kari, at=NOON)
    response = file_response(file, by=kari, at=NOON)

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''M%C3%B8te")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    in_place = file_response(file, by=kari, at=NOON, in_place=True)
    assert in_place["Content-Disposition"].startswith("inline")
    in_place.file_to_stream.close()


def test_a_text_is_never_shown_in_place(kari: Actor) -> None:
    file = store_file(name="x.txt", content=b"x", by=kari, at=NOON)
    response = file_response(file, by=kari, at=NOON, in_place=True)

    assert response["Content-Disposition"].startswith("attachment")
    response.file_to_stream.close()


def test_reading_a_restricted_file_is_recorded_and_an_internal_one_is_not(kari: Actor) -> None:
    open_file = store_file(name="a.pdf", content=PDF, by=kari, at=NOON)
    secret = store_file(
        name="b.pdf", content=PDF, by=kari, at=NOON,
        classification=Classification.RESTRICTED, legal_basis="offl. § 13",
    )  # fmt: skip
    for file in (open_file, secret):
        file_response(file, by=kari, at=NOON).file_to_stream.close()

    assert event_codes_of(open_file) == ["documents.file_stored"]
    assert event_codes_of(secret) == ["documents.file_stored", "documents.file_read"]

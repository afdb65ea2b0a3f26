"""An identity number anywhere in a document keeps the document out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.access.actor import Actor, Held
from samrad.access.vocabulary import Role
from samrad.cooperation.intake import NotTaken, take_in
from samrad.cooperation.models import AgreementReading
from samrad.documents.models import StoredFile
from tests.cast import NOON, Cast
from tests.kernel.made_numbers import norwegian

AGREEMENT = Path(__file__).parents[1] / "reading" / "agreements" / "no_klarspraak.txt"


def coordinator(cast: Cast) -> Actor:
    person = cast.secretary.person
    return Actor(
        label=person.name, person_id=person.pk, person_ref=person.ref,
        held=frozenset({Held(Role.COORDINATOR, area_id=cast.no.areas["home"].pk)}),
    )  # fmt: skip


def words() -> list[str]:
    """The agreement's lines, without the labels that tests of reading go by."""
    lines = AGREEMENT.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("<<")]


def hand_over(cast: Cast, text: str) -> AgreementReading:
    upload = SimpleUploadedFile("avtale.txt", text.encode())
    return take_in(upload=upload, area=cast.no.areas["home"], by=coordinator(cast), at=NOON)


def test_the_agreement_itself_is_taken_in(cast: Cast) -> None:
    assert hand_over(cast, "\n".join(words())).pk


def test_a_number_in_what_a_reading_leaves_out_is_found_too(cast: Cast) -> None:
    title, *rest = words()
    with pytest.raises(NotTaken, match="identity number"):
        hand_over(cast, "\n".join([f"{title} {norwegian()}", *rest]))

    assert not StoredFile.objects.exists()

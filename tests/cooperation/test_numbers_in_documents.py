"""An identity number anywhere in a document keeps the document out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.access.actor import Actor, Held
from samrad.access.vocabulary import Role
from samrad.cooperation.actions import discard_reading
from samrad.cooperation.intake import NotTaken, take_in
from samrad.cooperation.models import AgreementReading
from samrad.documents.models import StoredFile
from tests.cast import NOON, Cast
from tests.documents.made_files import AUTHOR, docx_of, names_in, part_of, with_parts
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


def hand_over(cast: Cast, text: str | bytes) -> AgreementReading:
    data = text.encode() if isinstance(text, str) else text
    upload = SimpleUploadedFile("avtale.txt", data)
    return take_in(upload=upload, area=cast.no.areas["home"], by=coordinator(cast), at=NOON)


def test_the_agreement_itself_is_taken_in(cast: Cast) -> None:
    assert hand_over(cast, "\n".join(words())).pk


def test_a_number_in_what_a_reading_leaves_out_is_found_too(cast: Cast) -> None:
    title, *rest = words()
    with pytest.raises(NotTaken, match="identity number"):
        hand_over(cast, "\n".join([f"{title} {norwegian()}", *rest]))

    assert not StoredFile.objects.exists()


def test_what_is_kept_says_no_longer_who_made_it(cast: Cast) -> None:
    hand_over(cast, docx_of(*words()))

    kept = StoredFile.objects.get().content.read()
    assert AUTHOR.encode() not in b"".join(part_of(kept, name) for name in names_in(kept))


def test_a_number_in_a_comment_keeps_the_document_out(cast: Cast) -> None:
    comment = {"word/comments.xml": f"<w:comments><w:t>{norwegian()}</w:t></w:comments>"}
    with pytest.raises(NotTaken, match="identity number"):
        hand_over(cast, with_parts(docx_of(*words()), comment))


def test_an_agreement_with_another_file_inside_is_refused_in_words(cast: Cast) -> None:
    object_inside = {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
    with pytest.raises(NotTaken, match="Another file lies inside it"):
        hand_over(cast, with_parts(docx_of(*words()), object_inside))


def test_a_discarded_reading_takes_its_file_along(cast: Cast) -> None:
    reading = hand_over(cast, "\n".join(words()))
    discard_reading(reading=reading, by=coordinator(cast), at=NOON)

    reading.refresh_from_db()
    assert (reading.file, reading.result) == (None, {})
    assert not StoredFile.objects.exists()

"""Files as a form takes them: what they are, what they may be called, what is asked about them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.documents.uploads import UploadField, UploadsField, shown_name
from tests.documents.made_files import docx_of, pdf_of, picture, with_parts, xlsx_of
from tests.documents.test_forms import CERTAIN

WORD = docx_of("Til møtet")


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it, called what it likes."""
    upload = SimpleUploadedFile("x", content, content_type="text/html")
    upload._name = name
    return upload


@pytest.mark.parametrize(
    ("name", "content", "tidy"),
    [
        ("Sak 1.PDF", pdf_of("En sak om nattlivet i kommunen."), "Sak 1.pdf"),
        ("C:\\Users\\kari\\notat.docx", WORD, "notat.docx"),
        ("../../etc/passwd", "blåbær\n".encode(), "passwd.txt"),
        ("tall.pdf", xlsx_of("1"), "tall.pdf.xlsx"),
        ("tall.csv", b"a;b", "tall.csv"),
        ("program.exe", b"a;b", "program.exe.txt"),
        ("bilde.jpeg", picture(), "bilde.jpg"),
        ("a\r\nSet-Cookie: x.txt", b"abc", "a Set-Cookie x.txt"),
        ("...", picture("PNG"), "document.png"),
    ],
)
def test_a_file_is_what_its_bytes_say(name: str, content: bytes, tidy: str) -> None:
    cleaned = UploadField().clean(sent(name, content))

    assert cleaned.name == tidy
    assert cleaned.kind.content_type != "text/html"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"MZ\x90\x00", "It is a program"),
        (b"<!doctype html><script>alert(1)</script>", "not kept here: PDF, DOCX"),
        (b"<svg onload=alert(1)>", "not kept here"),
        (b"GIF89a\x01\x00", "Save it as JPEG or PNG"),
        (b"PK\x03\x04 broken", "damaged"),
        (with_parts(WORD, {"word/vbaProject.bin": "x"}), "carries macros"),
        (b"{\\rtf1 x}", "not kept here"),
        (b" \n ", "It is empty"),
    ],
)
def test_other_files_are_refused_with_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        UploadField().clean(SimpleUploadedFile("x.pdf", content))


def test_a_file_that_is_too_large_is_refused(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2048
    with pytest.raises(ValidationError, match="larger than 2 kB"):
        UploadField().clean(SimpleUploadedFile("x.txt", b"x" * 2049))


def test_an_identity_number_in_a_name_or_a_text_is_found_and_the_name_covered() -> None:
    named = UploadField().clean(sent(f"{CERTAIN}.txt", b"Til motet"))
    holding = UploadField().clean(sent("Notat.docx", docx_of(f"Nummer {CERTAIN}")))

    assert named.findings
    assert holding.findings
    assert CERTAIN not in named.shown
    assert CERTAIN not in repr(holding)


def test_one_bad_file_does_not_stop_the_others() -> None:
    uploads = UploadsField().clean(
        [sent("a.txt", b"a"), sent("b.exe", b"MZ\x90"), sent("c.txt", b"c")]
    )

    assert [one.name for one in uploads.taken] == ["a.txt", "c.txt"]
    assert uploads.refused == ["b.exe: It is a program, and programs are not kept here."]


def test_there_is_an_end_to_how_many_are_sent_at_a_time() -> None:
    with pytest.raises(ValidationError, match="At most 2 files"):
        UploadsField(most=2).clean([sent(f"{n}.txt", b"x") for n in range(3)])
    with pytest.raises(ValidationError, match="Choose at least one file"):
        UploadsField().clean([])


def test_a_long_or_telling_name_is_shown_short_and_covered() -> None:
    assert shown_name(f"C:\\a\\{CERTAIN} x.pdf").endswith(" x.pdf")
    assert CERTAIN not in shown_name(f"{CERTAIN} x.pdf")
    assert len(shown_name("x" * 300)) == 80

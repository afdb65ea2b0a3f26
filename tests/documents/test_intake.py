"""What is taken in: sound files without their makers, and no programs, bombs or locked ones."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from samrad.documents.intake import Examined, Note, NotTaken, Trouble, examine, pictures, room
from tests.documents.made_files import (
    AUTHOR,
    FOLDER,
    bomb,
    colour_at,
    docx_of,
    names_in,
    odt_of,
    part_of,
    pdf_of,
    picture,
    pptx_of,
    with_parts,
    xlsx_of,
    zipped,
)
from tests.support.examples import tries

PLAIN_PDF = pdf_of("Et notat om nattlivet i kommunen.")
WORD = docx_of("Til møtet")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def trouble_with(data: bytes) -> Trouble:
    with pytest.raises(NotTaken) as caught:
        examine(data)
    return caught.value.code


def rewritten(data: bytes) -> pypdf.PdfWriter:
    return pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))


def saved(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# Kinds and their text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "ending", "text"),
    [
        (PLAIN_PDF, "pdf", "nattlivet"),
        (docx_of("Om nattlivet"), "docx", "nattlivet"),
        (xlsx_of("4711"), "xlsx", "4711"),
        (pptx_of("Om nattlivet"), "pptx", "nattlivet"),
        (odt_of("Om nattlivet"), "odt", "nattlivet"),
        (odt_of("Om nattlivet", "spreadsheet"), "ods", "nattlivet"),
        ("Om nattlivet på Ås".encode("cp1252"), "txt", "nattlivet på Ås"),
        ("Om nattlivet på Ås".encode("utf-16"), "txt", "nattlivet på Ås"),
        (picture("JPEG"), "jpg", ""),
        (picture("PNG"), "png", ""),
        (picture("WEBP"), "webp", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_council_reads_is_taken_in_with_its_text(
    data: bytes, ending: str, text: str
) -> None:
    found = examine(data, "whatever.exe")

    assert found.kind.ending == ending
    assert text in found.text
    assert examine(found.content, "again").content  # what is kept is itself a sound file


def test_a_table_is_told_from_a_text_by_its_name_alone() -> None:
    assert examine(b"a;b\n1;2", "tall.CSV").kind.ending == "csv"
    assert examine(b"a;b\n1;2", "tall.txt").kind.ending == "txt"
    assert examine(WORD, "tall.csv").kind.ending == "docx"


def test_digits_that_a_program_split_up_stand_together_again() -> None:
    parts = {"word/document.xml": "<w:p><w:t>0101</w:t></w:r><w:r><w:t>0112345</w:t></w:p>"}

    assert "01010112345" in examine(with_parts(WORD, parts)).text


def test_what_was_struck_out_and_what_a_chart_hides_is_read_as_well() -> None:
    struck = {"word/document.xml": '<w:del w:author="K"><w:delText>4711</w:delText></w:del>'}

    assert "4711" in examine(with_parts(WORD, struck)).text
    assert "4712" in examine(pptx_of("x", embedded=xlsx_of("4712"))).text
    assert "4713" in examine(pptx_of("x", notes="4713")).text


# Without its maker --------------------------------------------------------------------------------


def test_a_word_document_says_no_longer_who_made_it_or_where() -> None:
    said = '<w:settings xmlns:w="x" xmlns:r="y"><w:attachedTemplate r:id="rId1"/></w:settings>'
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://x/attachedTemplate"'
        f' Target="file:///{FOLDER}" TargetMode="External"/></Relationships>'
    )
    made = with_parts(
        docx_of("Til møtet"),
        {
            "word/settings.xml": said,
            "word/_rels/settings.xml.rels": rels,
            "customXml/item1.xml": "K",
        },
    )
    kept = examine(made).content

    opened = docx.Document(io.BytesIO(kept))
    assert [one.text for one in opened.paragraphs] == ["Til møtet"]
    assert opened.core_properties.author == ""
    whole = b"".join(part_of(kept, name) for name in names_in(kept))
    assert AUTHOR.encode() not in whole
    assert b"kari.forfatter" not in whole
    assert b"attachedTemplate" not in whole
    assert not [name for name in names_in(kept) if "customXml" in name or "thumbnail" in name]


def test_other_office_files_say_it_no_longer_either() -> None:
    book, letter = examine(xlsx_of("1")).content, examine(odt_of("Hei")).content

    assert b"kari.forfatter" not in part_of(book, "xl/workbook.xml")
    assert AUTHOR.encode() not in part_of(letter, "meta.xml")
    assert "Thumbnails/thumbnail.png" not in names_in(letter)
    assert b"Thumbnails" not in part_of(letter, "META-INF/manifest.xml")
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_a_picture_inside_a_document_forgets_where_it_was_taken_and_keeps_its_pixels() -> None:
    taken = picture("JPEG", orientation=6)
    kept = examine(
        with_parts(WORD, {"word/media/image1.jpeg": taken, "word/media/b.png": picture("PNG")})
    )
    inner = part_of(kept.content, "word/media/image1.jpeg")

    with Image.open(io.BytesIO(inner)) as after, Image.open(io.BytesIO(taken)) as before:
        assert dict(after.getexif()) == {0x0112: 6}
        assert after.tobytes() == before.tobytes()
    assert b"Kari" not in part_of(kept.content, "word/media/b.png")


def test_a_pdf_says_no_longer_who_made_it_and_is_still_tagged() -> None:
    kept = examine(PLAIN_PDF)
    reader = pypdf.PdfReader(io.BytesIO(kept.content))

    assert not reader.metadata
    assert reader.xmp_metadata is None
    assert AUTHOR.encode() not in kept.content
    assert "/StructTreeRoot" in reader.root_object
    assert reader.root_object["/Lang"]
    assert "nattlivet" in reader.pages[0].extract_text()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photograph_forgets_where_it_was_taken_and_stays_the_right_way_up(
    form: str, orientation: int
) -> None:
    kept = examine(picture(form, orientation=orientation)).content

    with Image.open(io.BytesIO(kept)) as opened:
        assert dict(opened.getexif()) == {}
        assert not set(opened.info) & {"exif", "xmp", "comment"}
        size = opened.size
    turned = orientation in {6, 8}
    assert size == ((40, 60) if turned else (60, 40))
    assert b"Kari" not in kept
    first = {1: "red", 3: "blue", 6: "red", 8: "blue"}[orientation]
    assert colour_at(kept, (2, 2)) == first


def test_what_is_behind_a_picture_is_not_kept() -> None:
    assert b"<script>" not in examine(picture("PNG") + b"<script>alert(1)</script>").content


def test_the_same_file_makes_the_same_bytes() -> None:
    for made in (PLAIN_PDF, WORD, picture(), picture("WEBP")):
        assert examine(made).content == examine(made).content


# What is told -------------------------------------------------------------------------------------

COMMENT = {"word/comments.xml": "<w:comments/>"}
CHANGE = {"word/document.xml": '<w:document><w:ins w:author="K"/></w:document>'}


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (WORD, ()),
        (with_parts(WORD, COMMENT), (Note.COMMENTS,)),
        (with_parts(WORD, CHANGE), (Note.CHANGES,)),
        (xlsx_of("1", hidden=True), (Note.HIDDEN,)),
        (pptx_of("x", notes="y"), (Note.SPEAKER_NOTES,)),
        (with_parts(WORD, {"_xmlsignatures/sig1.xml": "x"}), (Note.SIGNED,)),
    ],
)  # fmt: skip
def test_what_somebody_may_have_overlooked_is_told(data: bytes, notes: tuple[Note, ...]) -> None:
    assert examine(data).notes == notes


def test_a_signed_document_is_kept_to_the_letter() -> None:
    made = with_parts(WORD, {"_xmlsignatures/sig1.xml": "x"})

    assert examine(made).content == made


def test_a_scanned_pdf_is_said_not_to_have_been_looked_through() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)

    assert examine(saved(writer)).notes == (Note.NO_TEXT,)


def test_what_is_attached_to_a_pdf_is_taken_out_and_that_is_told() -> None:
    writer = rewritten(PLAIN_PDF)
    writer.add_attachment("hemmelig.txt", b"Hemmelig vedlegg")
    made = saved(writer)
    kept = examine(made)

    assert b"Hemmelig vedlegg" in made
    assert b"Hemmelig vedlegg" not in kept.content
    assert kept.notes == (Note.ATTACHMENTS,)
    assert not pypdf.PdfReader(io.BytesIO(kept.content)).attachments


def test_what_is_written_in_the_margin_of_a_pdf_is_read_and_told() -> None:
    writer = rewritten(PLAIN_PDF)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([
        writer._add_object(DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject([]),
            NameObject("/Contents"): TextStringObject("Ring 4711"),
        }))
    ])  # fmt: skip
    kept = examine(saved(writer))

    assert kept.notes == (Note.COMMENTS,)
    assert "4711" in kept.text


def test_a_script_in_a_pdf_does_not_come_along() -> None:
    writer = rewritten(PLAIN_PDF)
    action = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert('ukjent')"),
    })  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = action
    writer.pages[0][NameObject("/Next")] = writer._add_object(action)
    made = saved(writer)

    assert b"/JavaScript" in made
    assert b"/JavaScript" not in examine(made).content
    assert b"/OpenAction" not in examine(made).content


def test_a_moving_picture_stands_still() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    assert examine(out.getvalue()).notes == (Note.FIRST_PICTURE,)


# What is refused ----------------------------------------------------------------------------------


def locked_pdf() -> bytes:
    writer = rewritten(PLAIN_PDF)
    writer.encrypt("hemmelig", algorithm="AES-256")
    return saved(writer)


def only_against_copying() -> bytes:
    writer = rewritten(PLAIN_PDF)
    writer.encrypt("", "eier", algorithm="AES-256")
    return saved(writer)


REFUSED = [
    (b"", Trouble.EMPTY),
    (b"MZ\x90\x00" + bytes(64), Trouble.PROGRAM),
    (b"\x7fELF" + bytes(64), Trouble.PROGRAM),
    (b"#!/bin/sh\nrm -rf /\n", Trouble.PROGRAM),
    (with_parts(WORD, {"word/vbaProject.bin": OLE}), Trouble.MACROS),
    (with_parts(WORD, {"word/activeX/activeX1.xml": "x"}), Trouble.MACROS),
    (
        with_parts(xlsx_of("1"), {"[Content_Types].xml": "ms-excel.sheet.macroEnabled"}),
        Trouble.MACROS,
    ),
    (with_parts(odt_of("x"), {"Basic/Standard/Module1.xml": "x"}), Trouble.MACROS),
    (with_parts(WORD, {"word/embeddings/oleObject1.bin": OLE}), Trouble.EMBEDDED),
    (with_parts(WORD, {"word/embeddings/a.bin": b"MZ\x90"}), Trouble.PROGRAM),
    (with_parts(WORD, {"word/embeddings/a.zip": zipped({"a": "b"})}), Trouble.NESTED),
    (pptx_of("x", embedded=pptx_of("y", embedded=xlsx_of("1"))), Trouble.NESTED),
    (pptx_of("x", embedded=bomb()), Trouble.BOMB),
    (bomb(), Trouble.BOMB),
    (zipped({f"word/{n}.xml": "x" for n in range(room.MOST_PARTS + 1)}), Trouble.BOMB),
    (with_parts(WORD, {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]>'}), Trouble.BOMB),
    (zipped({"a.txt": "x"}), Trouble.ARCHIVE),
    (b"Rar!\x1a\x07\x00" + bytes(40), Trouble.ARCHIVE),
    (b"\x1f\x8b\x08" + bytes(40), Trouble.ARCHIVE),
    (OLE + bytes(600), Trouble.OLD_OFFICE),
    (OLE + "EncryptedPackage".encode("utf-16-le"), Trouble.PASSWORD),
    (with_parts(odt_of("x"), {"META-INF/manifest.xml": "encryption-data"}), Trouble.PASSWORD),
    (locked_pdf(), Trouble.PASSWORD),
    (PLAIN_PDF[:300], Trouble.BROKEN),
    (saved(pypdf.PdfWriter()), Trouble.EMPTY),
    (picture()[:200], Trouble.BROKEN),
    (WORD[:-100], Trouble.BROKEN),
    (b"GIF89a" + bytes(40), Trouble.OTHER_PICTURE),
    (b"<html><script>alert(1)</script></html>", Trouble.OTHER),
    (b"\x01\x02\x03\x04", Trouble.OTHER),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=[str(n) for n in range(len(REFUSED))])
def test_what_is_not_kept_is_refused_by_its_reason(data: bytes, code: Trouble) -> None:
    assert trouble_with(data) == code


def test_a_pdf_locked_only_against_copying_is_taken_in() -> None:
    assert "nattlivet" in examine(only_against_copying()).text


def test_a_locked_archive_is_refused_as_locked() -> None:
    made = bytearray(WORD)
    for place in (at for at in range(len(made) - 4) if made[at : at + 4] == b"PK\x01\x02"):
        made[place + 8] |= 1

    assert trouble_with(bytes(made)) == Trouble.PASSWORD


def test_a_part_that_lies_about_its_size_unpacks_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "MOST_UNPACKED", 1000)

    assert trouble_with(WORD) == Trouble.BOMB


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)

    with pytest.raises(NotTaken) as caught:
        examine(picture(size=(40, 40)))
    assert caught.value.code == Trouble.TOO_MANY_PIXELS


# Any bytes ----------------------------------------------------------------------------------------

MADE = (
    PLAIN_PDF, WORD, xlsx_of("1"), odt_of("x"), picture("JPEG"), picture("PNG"), picture("WEBP"),
)  # fmt: skip
BEGINNINGS = (
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n",
    b"RIFF\0\0\0\0WEBP", b"\xff\xfe", OLE,
)  # fmt: skip


def is_answered(data: bytes, name: str) -> bool:
    """A file or a reason; anything else would be a fault on the page."""
    try:
        return isinstance(examine(data, name), Examined)
    except NotTaken as trouble:
        return trouble.code in Trouble


@settings(max_examples=tries(300))
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), st.sampled_from(["", "x.csv"]))
def test_any_bytes_are_answered(beginning: bytes, data: bytes, name: str) -> None:
    assert is_answered(beginning + data, name)


@settings(max_examples=tries(300))
@given(
    st.sampled_from(MADE), st.integers(0, 20_000), st.binary(min_size=1, max_size=6), st.booleans()
)
def test_a_file_damaged_anywhere_is_answered(
    made: bytes, place: int, damage: bytes, is_cut: bool
) -> None:
    at = place % len(made)
    damaged = made[:at] if is_cut else made[:at] + damage + made[at + len(damage) :]

    assert is_answered(damaged, "x")

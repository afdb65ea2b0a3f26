"""Files made to keep the machine busy: small when they come, without end when looked through."""

from __future__ import annotations

import html
import io
import re
import time
import tracemalloc
from contextlib import suppress
from typing import Any

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from samrad.documents.intake import (
    Note,
    NotTaken,
    Trouble,
    examine,
    office_text,
    office_traces,
    pdf_pages,
    room,
)
from samrad.reading.extraction import extract
from samrad.reading.limits import Deadline
from samrad.reading.unreadable import Unreadable
from tests.documents.made_files import (
    docx_of,
    pptx_of,
    tables_in_high_cells,
    with_parts,
    xlsx_of,
)

WORD = docx_of("Til møtet")

# Markup -------------------------------------------------------------------------------------------

MARKS = st.sampled_from(
    [
        "<w:p>", "</w:p>", "<w:br/>", "<w:tab/>", "<w:t xml:space='preserve'>", "</w:t>", "<w:b/>",
        "<w:noBreakHyphen/>", '<text:s text:c="2"/>', '<c r="A1" t="s">', "<c>", "</c>",
        '<x:c t="s" r="B2">', "</x:c>", "<row>", "</row>", "<w:cr/>", "<text:line-break/>",
    ]
)  # fmt: skip
WORDS = st.sampled_from(["4711", " ", "\n", "a b", "&amp;", "&#229;", " \n\t", "t=", "/>"])


def as_before(markup: str) -> str:
    """The text by patterns that are slow and easily understood."""
    shared = re.sub(r'<(?:\w+:)?c\s[^>]*\bt="s"[^>]*>.*?</(?:\w+:)?c>', "", markup, flags=re.DOTALL)
    spaced = re.sub(r"<(?:[\w.-]+:)?noBreakHyphen\b[^>]*/>", "-", shared)
    spaced = re.sub(r"<(?:[\w.-]+:)?(?:tab|s)\b[^>]*/>", " ", spaced)
    broken = re.sub(
        r"</(?:[\w.-]+:)?(?:p|h|si|row|c|tc|tr|table-cell|table-row|comment|cell)>"
        r"|<(?:[\w.-]+:)?(?:br|cr|line-break)\b[^>]*>",
        "\n",
        spaced,
    )
    plain = html.unescape(re.sub(r"<[^>]*>", "", broken))
    return re.sub(r"\s*\n\s*", "\n", plain).strip()


@given(st.lists(MARKS | WORDS, max_size=25).map("".join))
def test_text_is_what_the_plain_patterns_say(markup: str) -> None:
    assert office_text._text(markup) == as_before(markup)


RELATIONS = st.sampled_from(
    [
        b'<Relationship Id="1" Target="a"/>',
        b'<Relationship Id="2" Type="x/attachedTemplate"/>',
        b'<r:Relationship Type="x/customXml" > </r:Relationship>',
        b'<Relationship Type="x/image"></Relationship>',
        b"<Relationships>",
        b"</Relationships>",
        b"\n",
    ]
)


@given(st.lists(RELATIONS, max_size=12).map(b"".join))
def test_relationships_go_as_the_plain_pattern_says(rels: bytes) -> None:
    plain = rb"<(?:\w+:)?Relationship\s[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)"
    expected = re.sub(plain, office_traces._wanted, rels)

    assert office_traces.without_traces("word/_rels/a.rels", rels) == expected


@pytest.mark.parametrize(
    "begun", ["<", '<c t="s">', '<c t="s"', "<s ", "<br ", "<w:noBreakHyphen ", " ", "<p:sld "]
)
def test_no_stretch_of_markup_is_gone_through_twice(begun: str) -> None:
    """Two million signs: were each beginning followed to the end, this would take hours."""
    markup = begun * (2_000_000 // len(begun))

    assert len(office_text._text(markup)) <= len(markup)
    assert not list(office_text.notes_in([("ppt/slides/slide1.xml", markup.encode())]))


@pytest.mark.parametrize(
    ("name", "begun"),
    [
        ("a.rels", b"<Relationship "),
        ("word/settings.xml", b"<w:attachedTemplate "),
        ("xl/workbook.xml", b"<fileSharing "),
        ("META-INF/manifest.xml", b'<manifest:file-entry manifest:full-path="Thumbnails/'),
        ("META-INF/manifest.xml", b'manifest:full-path="Thumbnails/'),
    ],
)
def test_traces_that_are_begun_and_never_ended_cost_nothing(name: str, begun: bytes) -> None:
    markup = b"<manifest:file-entry " + begun * (1_000_000 // len(begun))

    assert office_traces.without_traces(name, markup) == markup


def test_a_part_is_looked_through_so_far_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_text, "MOST_MARKUP", 3000)
    long = with_parts(WORD, {"word/document.xml": "<w:t>først</w:t>" + "x" * 3000 + "4711"})

    found = examine(long)

    assert "først" in found.text
    assert "4711" not in found.text
    assert Note.NOT_ALL_READ in found.notes


def test_an_empty_cell_hides_nothing_of_what_follows() -> None:
    assert office_text._text('<c t="s"/><c><v>4711</v></c>') == "4711"


# Archives within archives -------------------------------------------------------------------------


def with_books(count: int, book: bytes) -> bytes:
    names = (f"ppt/embeddings/book{number}.xlsx" for number in range(count))
    return with_parts(pptx_of("x"), dict.fromkeys(names, book))


def test_all_workbooks_inside_share_one_room() -> None:
    swollen = xlsx_of("0" * 2_000_000)
    assert examine(with_books(1, swollen)).kind.ending == "pptx"

    with pytest.raises(NotTaken) as caught:
        examine(with_books(8, swollen))
    assert caught.value.code == Trouble.BOMB


def test_the_text_of_all_of_them_has_one_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_TEXT", 100)
    found = examine(with_books(4, xlsx_of("1" * 40)))

    assert sum(map(str.isdigit, found.text)) < 100
    assert found.notes == (Note.NOT_ALL_READ,)


def test_there_is_an_end_to_how_many_lie_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_INNER", 3)
    assert examine(with_books(3, xlsx_of("1"))).content

    with pytest.raises(NotTaken) as caught:
        examine(with_books(4, xlsx_of("1")))
    assert caught.value.code == Trouble.NESTED


# Forms that draw forms ----------------------------------------------------------------------------


def form_drawing(writer: pypdf.PdfWriter, drawn: Any, times: int) -> Any:
    form = DecodedStreamObject()
    form.set_data(b"/F Do " * times)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/Resources")] = drawing(drawn)
    return writer._add_object(form)


def drawing(drawn: Any) -> DictionaryObject:
    named = DictionaryObject({NameObject("/F"): drawn} if drawn is not None else {})
    return DictionaryObject({NameObject("/XObject"): named})


def nested(depth: int, times: int = 12) -> bytes:
    """A page that draws a form, that draws the next twelve times, and so on."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    form = None
    for _ in range(depth):
        form = form_drawing(writer, form, times if form is not None else 0)
    contents = DecodedStreamObject()
    contents.set_data(b"/F Do " * times)
    page[NameObject("/Contents")] = writer._add_object(contents)
    page[NameObject("/Resources")] = drawing(form)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_forms_are_drawn_so_often_and_no_oftener(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_DRAWN", 200)
    allowance = pdf_pages.Allowance(lambda: None)
    page = pypdf.PdfReader(io.BytesIO(nested(20))).pages[0]

    with pytest.raises(pdf_pages.TooMuch):
        allowance.text_on(page)
    assert 200 < allowance.drawn <= 200 + 21  # one more at each level on the way out


def test_such_a_pdf_is_kept_and_said_not_to_have_been_read() -> None:
    assert examine(nested(20)).notes == (Note.NOT_ALL_READ,)


def test_such_a_pdf_is_not_read_as_an_agreement() -> None:
    with pytest.raises(Unreadable):
        extract(nested(20), "avtale.pdf", Deadline())


def test_a_form_is_weighed_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_ON_A_PAGE", 100)
    allowance = pdf_pages.Allowance(lambda: None)
    page = pypdf.PdfReader(io.BytesIO(nested(3, times=20))).pages[0]
    page[NameObject("/Contents")].get_object().set_data(b"/F Do")

    with pytest.raises(pdf_pages.TooMuch):
        allowance.text_on(page)
    assert allowance.drawn == 0


# Word ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("levels", "rows"), [(12, 4), (30, 2), (6, 40)])
def test_tables_within_cells_as_high_as_several_rows_take_no_longer_with_every_level(
    levels: int, rows: int
) -> None:
    data = tables_in_high_cells(levels, rows)
    assert len(data) < 60_000

    tracemalloc.start()
    started = time.process_time()
    with suppress(Unreadable):
        extract(data, "avtale.docx", Deadline())
    with suppress(NotTaken):
        examine(data)

    assert time.process_time() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


def test_what_stands_in_such_a_cell_is_read_in_each_of_its_rows() -> None:
    read = extract(tables_in_high_cells(1, 3), "avtale.docx", Deadline())

    said = [line.text for line in read.lines]
    assert (
        said.count("Politiet og kommunen møtes.:") + said.count("Politiet og kommunen møtes.") == 3
    )

"""A Word document says what it says wherever the text lies; nothing of it is dropped unsaid."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from samrad.reading.extraction import extract
from samrad.reading.limits import LINE_LENGTH, Deadline
from samrad.reading.messages import note
from samrad.reading.reader import read_document
from samrad.reading.unreadable import Note, Unreadable
from tests.reading import files
from tests.reading.labelled import labelled

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
LONG = "Politiet og kommunen skal bekrefte sak {} i politirådet hver høst. "


def word_of(*markup: str) -> bytes:
    """A Word document with this markup in its body."""
    document = docx.Document()
    for one in markup:
        part = parse_xml(f"<w:body {nsdecls('w')}>{one}</w:body>")
        for child in list(part):
            document.element.body.insert(len(document.element.body) - 1, child)
    return files.saved(document)


def said(data: bytes) -> list[str]:
    """The lines that have something on them."""
    return [line.text for line in extract(data, "a.docx", Deadline()).lines if line.text]


def control(markup: str, kind: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{markup}</w:sdtContent></w:sdt>"


def paragraph(markup: str, marks: str = "") -> str:
    return f"<w:p><w:pPr>{marks}</w:pPr>{markup}</w:p>"


def cell(text: str, marks: str = "") -> str:
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{paragraph(RUN.format(text))}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_what_a_template_lets_one_fill_in_is_read() -> None:
    party = control(RUN.format("Ås kommune"))
    whole = control(paragraph(RUN.format("Avtalen gjelder til 31. desember 2027.")))
    members = f"<w:tbl>{control(row(cell('Ordfører'), control(cell('Lensmann'))))}</w:tbl>"

    lines = said(word_of(paragraph(RUN.format("Mellom ") + party), whole, members))

    assert lines[:2] == ["Mellom Ås kommune", "Avtalen gjelder til 31. desember 2027."]
    assert "Ordfører" in " ".join(lines)
    assert "Lensmann" in " ".join(lines)


def test_what_was_put_in_is_read_and_what_was_struck_out_is_not() -> None:
    by = "w:id='1' w:author='P'"
    changed = (
        RUN.format("Rådet møtes ")
        + f"<w:del {by}><w:r><w:delText>to</w:delText></w:r></w:del>"
        + f"<w:ins {by}>{RUN.format('fire')}</w:ins>"
        + RUN.format(" ganger i året.")
    )
    moved = f"<w:moveFrom {by}>{RUN.format('Politiet deltar.')}</w:moveFrom>"
    gone = f"<w:rPr><w:del {by}/></w:rPr>"
    joined = paragraph(RUN.format("Leder er "), gone) + paragraph(RUN.format("ordføreren."))

    data = word_of(paragraph(changed), paragraph(moved), joined)

    assert said(data) == ["Rådet møtes fire ganger i året.", "Leder er ordføreren."]


def test_smart_tags_and_fields_are_read() -> None:
    tag = f"<w:smartTag w:element='place'>{RUN.format('Oslo politidistrikt')}</w:smartTag>"
    day = f"<w:fldSimple w:instr='DATE'>{RUN.format('1. mars 2026')}</w:fldSimple>"

    assert said(word_of(paragraph(tag + RUN.format(", ") + day))) == [
        "Oslo politidistrikt, 1. mars 2026"
    ]


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    box = f"<w:txbxContent>{paragraph(RUN.format('Gjelder fra 2026'))}</w:txbxContent>"
    mc = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    twice = (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice Requires='w'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert said(word_of(paragraph(twice + RUN.format("Avtale")))) == ["Avtale", "Gjelder fra 2026"]


def test_the_table_of_contents_is_not_read_as_clauses() -> None:
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    contents = control(paragraph(RUN.format("1. Formål 2")), gallery)

    assert said(word_of(contents, paragraph(RUN.format("Formål")))) == ["Formål"]


def test_a_heading_over_all_columns_takes_nothing_from_the_rows() -> None:
    wide = cell("Satsingsområder", "<w:gridSpan w:val='3'/>")
    heads = row(cell("Område"), cell("Ansvarlig"), cell("Når"))
    area = row(
        cell("Rus på skolene, i sentrum og ved badeplassen om sommeren"), cell("Ja"), cell("Ja")
    )

    lines = said(word_of(f"<w:tbl>{row(wide)}{heads}{area}</w:tbl>"))

    assert lines[0] == "Satsingsområder"
    assert lines[1].endswith("sommeren; Ansvarlig: Ja; Når: Ja")


def test_a_cell_as_high_as_several_rows_leads_each_of_them() -> None:
    high = cell("Politiet, som har ansvaret for alt som her står", "<w:vMerge w:val='restart'/>")
    below = cell("", "<w:vMerge/>")
    schools = cell("Møte med skolene hver høst, sammen med kommunens ungdomskontakter")
    heads, first = row(cell("Hvem"), cell("Hva")), row(high, cell("Patrulje i helgene"))
    table = f"<w:tbl>{heads}{first}{row(below, schools)}</w:tbl>"

    assert [one.startswith("Politiet") for one in said(word_of(table))] == [True, True]


def test_tables_within_tables_are_read_however_deep() -> None:
    table = "Innerst"
    for _ in range(6):
        inner = table if table.startswith("<") else paragraph(RUN.format(table))
        table = f"<w:tbl><w:tr><w:tc><w:tcPr/>{inner}<w:p/></w:tc></w:tr></w:tbl>"

    assert said(word_of(table)) == ["Innerst"]


def test_whoever_hands_in_a_negotiated_document_is_told_of_changes_and_comments() -> None:
    marked = (
        f"<w:ins w:id='1' w:author='P'>{RUN.format('Ny tekst.')}</w:ins>"
        "<w:r><w:commentReference w:id='0'/></w:r>"
    )
    notes = dict(extract(word_of(paragraph(marked)), "a.docx", Deadline()).notes)

    assert list(notes) == [Note.CHANGES, Note.COMMENTS]
    assert "what was struck out is not" in note(Note.CHANGES, {})
    assert "They are not read" in note(Note.COMMENTS, {})
    assert extract(files.word("Formål"), "a.docx", Deadline()).notes == ()


# Long lines -----------------------------------------------------------------------------------


def in_text(text: str) -> bytes:
    return text.encode()


def in_a_paragraph(text: str) -> bytes:
    return word_of(paragraph(RUN.format(text)))


def in_a_table(text: str) -> bytes:
    heads = row(cell("Område"), cell("Tiltak"))
    return word_of(f"<w:tbl>{heads}{row(cell('Ungdom i sentrum om kvelden'), cell(text))}</w:tbl>")


@pytest.mark.parametrize("kind", [in_text, in_a_paragraph, in_a_table])
def test_nothing_of_a_long_line_is_dropped(kind: Any) -> None:
    text = "".join(LONG.format(number) for number in range(300))

    lines = said(kind(text))

    assert len(text) > 4 * LINE_LENGTH
    assert max(map(len, lines)) <= LINE_LENGTH
    whole = " ".join(lines)
    assert all(LONG.format(number).strip() in whole for number in range(300))
    assert all(line.endswith("høst.") for line in lines)


def test_a_line_without_sentences_is_broken_between_words_and_one_word_where_it_must() -> None:
    assert set(" ".join(said(b"samarbeid " * 2_000)).split()) == {"samarbeid"}
    assert "".join(said(b"x" * 9_000)) == "x" * 9_000


def test_an_agreement_written_in_one_line_is_read_to_its_end() -> None:
    text = " ".join(labelled("no_klarspraak").text.split())
    filled = "".join(LONG.format(number) for number in range(80))

    found = read_document(f"{filled}{text}".encode(), "a.txt", "no", anyway=True)

    assert text.split()[-1] in found.passages[-1].text


# Made to take long ----------------------------------------------------------------------------


def many_wide_cells() -> str:
    wide = cell("a", "<w:gridSpan w:val='999999999'/>")
    return f"<w:tbl>{row(wide) * 5_000}</w:tbl>"


def many_boxes() -> str:
    mc = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    box = f"<w:txbxContent>{paragraph(RUN.format('a'))}</w:txbxContent>"
    empty = "<w:drawing/>" * 5_000
    one = f"<mc:Choice>{empty}</mc:Choice><mc:Fallback>{box * 3_000}</mc:Fallback>"
    return paragraph(f"<w:r><mc:AlternateContent {mc}>{one}</mc:AlternateContent></w:r>")


def boxes_in_boxes() -> str:
    inner = paragraph(RUN.format("Innerst"))
    for _ in range(40):
        inner = paragraph(f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>")
    return inner


@pytest.mark.parametrize("made", [many_wide_cells, many_boxes, boxes_in_boxes])
def test_a_document_made_to_take_long_is_read_or_refused_in_time(made: Any) -> None:
    data = word_of(made())
    started = time.process_time()
    with suppress(Unreadable):
        said(data)

    assert time.process_time() - started < 5

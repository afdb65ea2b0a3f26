"""A paper comes out as a tagged PDF and as a DOCX that say the same, and can be listened to."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from pypdf import PdfReader

from samrad.documents.paper import (
    Box,
    Facts,
    Heading,
    NewPage,
    Note,
    Paper,
    Table,
    Words,
    docx_of,
    pdf_of,
)
from tests.documents.papers_read_back import (
    headings_of_docx,
    headings_of_pdf,
    repeated_rows,
    tags_of,
    text_of_docx,
    text_of_pdf,
)
from tests.support.components import pdf_tools

pytestmark = pytest.mark.once

AT = datetime(2026, 11, 21, 11, 0, 0, 123456, tzinfo=ZoneInfo("Europe/Oslo"))
TASKS = Table(("Oppgave", "Ansvarlig", "Frist"), (("Bestille lamper", "Didrik", "1. desember"),))
PAPER = Paper(
    title="Referat, 12. november 2026",
    language="nn",
    sender="Politirådet i Ås",
    footer="Politirådet i Ås · 12. november 2026",
    page_of="Side {n} av {all}",
    marking="Unntatt offentlighet",
    parts=(
        Facts((("Når", "kl. 09.00"),)),
        Heading("Hvem var til stede"),
        Table(("Plass", "Navn"), (("Ordfører", "Maja"), ("Politi", "Pia"))),
        Heading("Saker"),
        Heading("1. Lyset", 3),
        Note("Beslutning"),
        Words("Først dette.\n\n- en\n- to\n\n1. ein\n2. tvei\n\n> sitat\n\n**sterk** og _lett_"),
        Box("Beslutning", Words("Lyset rettes. Se https://example.org/lys"), TASKS),
    ),
)
WORDS = [
    *("Referat, 12. november 2026", "Politirådet i Ås", "Unntatt offentlighet", "kl. 09.00"),
    *("Først dette.", "tvei", "sitat", "sterk", "Lyset rettes.", "Bestille lamper", "Frist"),
]


def test_the_pdf_is_tagged_with_language_title_and_headings_in_order():
    data = pdf_of(PAPER, at=AT)
    root = PdfReader(io.BytesIO(data)).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nn-NO"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert PdfReader(io.BytesIO(data)).metadata.title == PAPER.title
    assert b"pdfuaid" in data  # it says that it keeps PDF/UA
    assert headings_of_pdf(data) == [
        ("H1", PAPER.title), ("H2", "Hvem var til stede"), ("H2", "Saker"), ("H3", "1. Lyset"),
    ]  # fmt: skip
    kinds = [kind for kind, _title in tags_of(data)]
    assert kinds.count("Table") == 2
    assert kinds.count("TH") == 5
    assert kinds.count("L") == 2
    for words in WORDS:
        assert words in text_of_pdf(data).replace("\xa0", " "), words
    assert "Side 1 av 1" in text_of_pdf(data)


@pytest.mark.pdf_tools
def test_another_program_reads_the_words_in_the_order_they_are_meant_to_be_heard(tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf_of(PAPER, at=AT))

    def asked(*words):
        return subprocess.run(
            [str(pdf_tools()), *words, str(file)], capture_output=True, text=True, check=True
        ).stdout

    assert "Tagged:          yes" in asked()
    heard = asked("-struct-text")
    told = ("Politirådet", "Referat", "Når", "til stede", "Maja", "1. Lyset", "rettes", "Frist")
    order = [heard.index(words) for words in told]
    assert order == sorted(order)
    assert "Side 1 av 1" not in heard  # what stands on every page is not read with the text


def test_the_docx_has_real_headings_its_language_and_table_headings():
    data = docx_of(PAPER, at=AT)
    document = Document(io.BytesIO(data))

    assert headings_of_docx(data) == [
        (1, PAPER.title), (2, "Hvem var til stede"), (2, "Saker"), (3, "1. Lyset"),
    ]  # fmt: skip
    assert document.core_properties.language == "nn-NO"
    assert document.core_properties.title == PAPER.title
    assert 'w:val="nn-NO"' in document.styles["Normal"].element.xml
    assert repeated_rows(data) == [True, True]
    styles = {one.style.name for one in document.paragraphs if one.style}
    assert {"List Bullet", "List Number"} <= styles
    for words in WORDS:
        assert words in text_of_docx(data), words


def test_the_docx_looks_as_the_pdf_does():
    """Columns by their shares, headings in our colours, a decision's label upon its words."""
    parts = (
        Heading("Avgjerder"),
        Box("Vedtak", Words("Lyset rettes."), replace(TASKS, widths=(6, 3, 3))),
        NewPage(),
        Heading("Signaturar"),
    )
    document = Document(io.BytesIO(docx_of(replace(PAPER, parts=parts), at=AT)))
    said = {one.text: one for one in document.paragraphs}

    widths = [cell.width for cell in document.tables[0].rows[1].cells]
    assert widths[0] == pytest.approx(2 * widths[1], abs=2000)
    assert widths[1] == widths[2]
    for level in (1, 2, 3):
        for style in (f"Heading {level}", f"Heading {level} Char"):
            assert document.styles[style].font.color.theme_color is None, style
    assert said["Vedtak"].paragraph_format.space_after == 0
    assert said["Signaturar"].paragraph_format.page_break_before
    assert "" not in [one.text for one in document.paragraphs][:-2]
    assert 'w:name="compatibilityMode"' in (settings := document.settings.element.xml)
    assert 'w:val="15"' in settings


def test_a_numbered_list_begins_at_one_each_time():
    parts = (Words("1. a\n2. b"), Words("1. c\n2. d"))
    document = Document(
        io.BytesIO(docx_of(Paper("T", "da", "R", "f", "{n}/{all}", "", parts), at=AT))
    )

    numbers = [
        one._p.pPr.numPr.numId.val for one in document.paragraphs if one.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


ODD = [
    *("#panic(1)", "$x$ *y* _z_ @ref <tag> \\ `raw`", "]}\"'", "– ” « š ŋ ł", "שלום مرحبا"),
    *("漢字", "😀", "\N{COMBINING ACUTE ACCENT}a", "x" * 500, "{n} {all} %(x)s {{ x }}"),
    pytest.param("x" * 3000, marks=pytest.mark.slow),
]


@pytest.mark.parametrize("text", ODD)
def test_whatever_somebody_wrote_stays_text(text):
    box = Box(text, Words(text), Table((text, "b"), ((text, text),)))
    paper = Paper(text, "sv", text, text, "{n}", text, (Heading(text), Words(text), box))

    pdf, docx = pdf_of(paper, at=AT), docx_of(paper, at=AT)

    assert headings_of_pdf(pdf)[0][0] == "H1"
    assert headings_of_docx(docx)[0] == (1, text)


@pytest.mark.parametrize("lines", range(30, 36))
def test_a_decision_is_never_cut_from_its_label_at_the_end_of_a_page(lines: int) -> None:
    """A page ended with an empty box that said "Decision", and the words stood on the next."""
    paper = replace(
        PAPER,
        parts=(
            Words("\n\n".join(f"Avsnitt {number}" for number in range(lines))),
            Box("Beslutning", Words("Lyset rettes."), TASKS),
        ),
    )

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(paper, at=AT))).pages]

    together = [page for page in pages if "Beslutning" in page]
    assert len(together) == 1
    assert "Lyset rettes." in together[0]
    assert "Bestille lamper" in together[0]


@pytest.mark.parametrize("lines", range(31, 37))
def test_a_heading_is_never_left_with_its_note_at_the_end_of_a_page(lines: int) -> None:
    """A page ended with an item and what kind it was, and what was said stood on the next."""
    filler = Words("\n\n".join(f"Avsnitt {number}" for number in range(lines)))
    parts = (filler, Heading("9. Evaluering", level=3), Note("Drøfting"), Words("Ord om saken."))
    paper = replace(PAPER, parts=parts)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(paper, at=AT))).pages]

    [page] = [page for page in pages if "Evaluering" in page]
    assert "Drøfting" in page
    assert "Ord om saken." in page
    word = Document(io.BytesIO(docx_of(paper, at=AT)))
    [note] = [one for one in word.paragraphs if one.text == "Drøfting"]
    assert note.paragraph_format.keep_with_next


@pytest.mark.parametrize("lines", [20, 28])
def test_a_long_decision_goes_on_overleaf_and_begins_below_its_label(lines: int) -> None:
    words = "\n\n".join(f"Punkt {number}: " + "lyset rettes og rapporten legges fram. " * 6
                        for number in range(1, 9))  # fmt: skip
    filler = Words("\n\n".join(f"Avsnitt {number}" for number in range(lines)))
    paper = replace(PAPER, parts=(filler, Box("Beslutning", Words(words), TASKS)))

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(paper, at=AT))).pages]

    with_label = next(page for page in pages if "Beslutning" in page)
    assert "Punkt 1" in with_label
    assert "Punkt 8" in pages[-1]


def test_names_over_several_headings_are_headings_too():
    counted = Table(
        ("Lovbrot", "Talde", "Venta"), (("Vald", "12", "9"),),
        groups=(("", 1), ("4. kvartal 2025", 2)),
    )  # fmt: skip
    paper = replace(PAPER, parts=(counted,))
    pdf, docx = pdf_of(paper, at=AT), docx_of(paper, at=AT)
    above, below = Document(io.BytesIO(docx)).tables[0].rows[:2]

    assert b"pdfuaid" in pdf
    assert [kind for kind, _title in tags_of(pdf)].count("TH") == 5
    assert [cell.text for cell in above.cells] == ["", "4. kvartal 2025", "4. kvartal 2025"]
    assert [cell.text for cell in below.cells] == ["Lovbrot", "Talde", "Venta"]
    assert repeated_rows(docx) == [True]

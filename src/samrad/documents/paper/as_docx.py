"""A paper as a DOCX: real heading styles, its language, table headings that repeat."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph

from samrad.documents.paper.structure import (
    Box,
    Drawings,
    Facts,
    Heading,
    NewPage,
    Note,
    Paper,
    Part,
    Table,
    Words,
)
from samrad.documents.richtext import Block, BlockKind, Span, SpanKind

INK, SOFT, ACCENT = (
    RGBColor(0x1B, 0x2A, 0x33),
    RGBColor(0x4C, 0x5B, 0x64),
    RGBColor(0x0F, 0x55, 0x66),
)
TINT, LINE = "EFF6F7", "CFD8DC"
WIDTH, MARGIN = Cm(21), Cm(2.6)
LINE_WIDTH = Length(WIDTH - 2 * MARGIN)
WORD = "http://schemas.microsoft.com/office/word"
TODAYS_WORD = "15"  # without it every paper is said to be opened in compatibility mode
FONT = "Calibri"
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "da": "da-DK", "sv": "sv-SE", "en": "en-GB"}
HEADING_SIZES = {1: 20, 2: 14, 3: 12}
LIST_STYLES = {BlockKind.BULLETS: "List Bullet", BlockKind.NUMBERS: "List Number"}
LONGEST_PROPERTY = 255  # what the format has room for


def made(paper: Paper, *, at: datetime) -> bytes:
    """The paper, made at that moment."""
    document = Document()
    _prepare(document, paper, at)
    sender = document.add_paragraph()
    _run(sender, paper.sender, color=ACCENT, bold=True)
    document.add_heading(paper.title, level=1)
    for before, part in zip((None, *paper.parts), paper.parts, strict=False):
        there = len(document.element.body)
        WRITERS[type(part)](document, part)
        if isinstance(before, NewPage) and (written := _paragraphs(document, there)):
            written[0].paragraph_format.page_break_before = True
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _prepare(document: Any, paper: Paper, at: datetime) -> None:
    """Page, styles, language and properties, before anything is written."""
    properties = document.core_properties
    properties.title = paper.title[:LONGEST_PROPERTY]
    properties.author = paper.sender[:LONGEST_PROPERTY]
    properties.language = LANGUAGES.get(paper.language, "en-GB")
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, Cm(29.7)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Cm(2.5)
    _styles(document, properties.language)
    if paper.marking:
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(header, paper.marking, color=ACCENT, bold=True, size=9)
    _footer(section.footer.paragraphs[0], paper)


def _styles(document: Any, language: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10.5), INK
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    _set_language(document, normal, language)
    _as_today(document)
    quoted = document.styles["Quote"]
    quoted.font.color.rgb, quoted.paragraph_format.left_indent = SOFT, Cm(0.8)
    tabs = document.styles["Footer"].paragraph_format.tab_stops
    tabs.clear_all()
    tabs.add_tab_stop(LINE_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for level, size in HEADING_SIZES.items():
        style = document.styles[f"Heading {level}"]
        for one in (style, document.styles[f"Heading {level} Char"]):
            one.font.name, one.font.size, one.font.bold = FONT, Pt(size), True
            one.font.color.rgb = ACCENT if level == 2 else INK  # noqa: PLR2004 (sections)
            _without_theme(one)
        style.paragraph_format.space_before = Pt(0 if level == 1 else 16)
        style.paragraph_format.space_after = Pt(6)


def _without_theme(style: Any) -> None:
    """The template's own typefaces would be taken before ours."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)


def _set_language(document: Any, style: Any, language: str) -> None:
    """Of the text, and of what is written in it later."""
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(said)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    defaults.set(qn("w:val"), language)


def _as_today(document: Any) -> None:
    for one in document.settings.element.iter(qn("w:compatSetting")):
        if (one.get(qn("w:name")), one.get(qn("w:uri"))) == ("compatibilityMode", WORD):
            one.set(qn("w:val"), TODAYS_WORD)


def _footer(paragraph: Any, paper: Paper) -> None:
    """Whose paper it is, and which page: one at each end of the line."""
    _run(paragraph, f"{paper.footer}\t", color=SOFT, size=8.5)
    before, _n, rest = paper.page_of.partition("{n}")
    between, _all, after = rest.partition("{all}")
    _run(paragraph, before, color=SOFT, size=8.5)
    _field(paragraph, "PAGE")
    _run(paragraph, between, color=SOFT, size=8.5)
    _field(paragraph, "NUMPAGES")
    _run(paragraph, after, color=SOFT, size=8.5)


def _field(paragraph: Any, code: str) -> None:
    """A number the word processor works out itself."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("", "1"), ("end", "")):
        run = _run(paragraph, text if text.isdecimal() else "", color=SOFT, size=8.5)
        if kind:
            piece = OxmlElement("w:fldChar")
            piece.set(qn("w:fldCharType"), kind)
            run._r.append(piece)
        elif not text.isdecimal():
            piece = OxmlElement("w:instrText")
            piece.text = text
            run._r.append(piece)


def _run(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    color: RGBColor | None = None,
    size: float = 0,
) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if color is not None:
        run.font.color.rgb = color
    if size:
        run.font.size = Pt(size)
    return run


# Each kind of part ------------------------------------------------------------------------------


def _paragraphs(where: Any, there: int) -> list[Paragraph]:
    """Those written since the body had so many elements; the last is always the section's."""
    written = where.element.body[there - 1 :]
    return [Paragraph(one, where._body) for one in written if one.tag == qn("w:p")]


def _heading(where: Any, part: Heading) -> None:
    where.add_heading(part.text, level=part.level)


def _words(where: Any, part: Words) -> None:
    for block in part.blocks:
        _block(where, block)


def _block(where: Any, block: Block) -> None:
    if block.kind in LIST_STYLES:
        number = _new_list(where) if block.kind == BlockKind.NUMBERS else 0
        for line in block.lines:
            paragraph = where.add_paragraph(style=LIST_STYLES[block.kind])
            if number:
                _count_in(paragraph, number)
            _line(paragraph, line)
        return
    style = "Quote" if block.kind == BlockKind.QUOTATION else None
    paragraph = where.add_paragraph(style=style)
    for number, line in enumerate(block.lines):
        if number:
            paragraph.add_run().add_break()
        _line(paragraph, line, bold=block.kind == BlockKind.HEADING)


def _new_list(where: Any) -> int:
    """A list of its own, so that the next one begins at 1 again."""
    numbering = where.part.numbering_part.numbering_definitions._numbering
    style = where.part.document.styles["List Number"]
    found = style.element.find(f".//{qn('w:numId')}")
    abstract = numbering.num_having_numId(int(found.get(qn("w:val")))).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _count_in(paragraph: Any, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _line(paragraph: Any, line: tuple[Span, ...], *, bold: bool = False) -> None:
    for span in line:
        if span.kind == SpanKind.LINK:
            _link(paragraph, span)
        else:
            strong = bold or span.kind == SpanKind.STRONG
            _run(paragraph, span.text, bold=strong, italic=span.kind == SpanKind.EMPHASIS)


def _link(paragraph: Any, span: Span) -> None:
    related = paragraph.part.relate_to(span.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), related)
    run = _run(paragraph, span.text, color=ACCENT)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _note(where: Any, part: Note) -> None:
    """One below a heading belongs to it, and is not left with it at the foot of a page."""
    paragraph = where.add_paragraph()
    before = paragraph._p.getprevious()
    if before is not None and str(getattr(before, "style", "") or "").startswith("Heading"):
        paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, part.text, color=SOFT, italic=True)


def _facts(where: Any, part: Facts) -> None:
    for label, value in part.rows:
        paragraph = where.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, f"{label}: ", color=SOFT)
        _run(paragraph, value)


def _table(where: Any, part: Table) -> None:
    heads = 2 if part.groups else 1
    table = where.add_table(rows=heads, cols=len(part.header))
    table.autofit = False
    shares = part.widths or tuple(1 for _one in part.header)
    widths = [Length(LINE_WIDTH * share // sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[heads - 1], part.header, widths, bold=True)
    _borders(table, table.rows[heads - 1])
    for row in table.rows:
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(repeated)
    _group(table.rows[0], part.groups)
    for row in part.rows:
        added = table.add_row()
        if part.is_written_in:
            added.height = Cm(1.9)
        _fill(added, row, widths)
    where.add_paragraph().paragraph_format.space_after = Pt(4)


def _group(row: Any, groups: Sequence[tuple[str, int]]) -> None:
    """Names over several columns each."""
    cells, at = row.cells, 0
    for name, span in groups:
        cell = cells[at].merge(cells[at + span - 1])
        _run(cell.paragraphs[0], name, bold=True, size=9.5, color=SOFT)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        at += span


def _fill(row: Any, texts: Sequence[str], widths: Sequence[Length], *, bold: bool = False) -> None:
    """A row that is not cut at the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        paragraph.paragraph_format.line_spacing = 1.0
        _run(paragraph, text, bold=bold, size=9.5, color=SOFT if bold else None)


def _borders(table: Any, head: Any) -> None:
    """Lines below the rows, the first in colour, none between the columns; no room at the left."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("bottom", "insideH"):
        borders.append(_line_at(edge, "4", LINE))
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("left", "0"), ("right", "140")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), room)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(borders, *AFTER_TABLE_BORDERS)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for cell in head.cells:
        below = OxmlElement("w:tcBorders")
        below.append(_line_at("bottom", "8", "0F5566"))
        cell._tc.get_or_add_tcPr().append(below)


AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _line_at(edge: str, size: str, color: str, space: str = "0") -> Any:
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", size), ("space", space), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    return line


def _box(where: Any, part: Box) -> None:
    """A decision: its label and words on a tint, the tasks in a table below."""
    before = len(where.element.body)
    label = where.add_paragraph()
    label.paragraph_format.keep_with_next = True
    label.paragraph_format.space_after = Pt(0)
    _run(label, part.label, bold=True, color=ACCENT, size=9)
    _words(where, part.words)
    for paragraph in _paragraphs(where, before):
        _tint(paragraph)
    if part.table:
        _table(where, part.table)


def _tint(paragraph: Any) -> None:
    if paragraph.style.name not in LIST_STYLES.values():
        paragraph.paragraph_format.left_indent = Cm(0.4)
    properties = paragraph._p.get_or_add_pPr()
    edge = OxmlElement("w:pBdr")
    edge.append(_line_at("left", "18", "0F5566", space="8"))
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", TINT)):
        shade.set(qn(f"w:{name}"), value)
    properties.insert_element_before(edge, *AFTER_BORDER)
    properties.insert_element_before(shade, *AFTER_SHADE)


AFTER_SHADE = (
    "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
AFTER_BORDER = ("w:shd", *AFTER_SHADE)


def _drawings(where: Any, part: Drawings) -> None:
    """Word takes no drawing of ours: what each says stands in its place."""
    for one in part.items:
        paragraph = where.add_paragraph()
        _run(paragraph, f"{one.name} " if one.name else "", bold=True)
        _run(paragraph, one.note or one.says, color=SOFT)


def _new_page(_where: Any, _part: NewPage) -> None:
    """Whatever follows is told to begin one: a break of its own leaves an empty line behind it."""


WRITERS: dict[type[Part], Callable[[Any, Any], None]] = {
    Heading: _heading,
    Words: _words,
    Note: _note,
    Facts: _facts,
    Table: _table,
    Box: _box,
    Drawings: _drawings,
    NewPage: _new_page,
}

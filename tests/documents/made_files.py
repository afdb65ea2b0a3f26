"""Real files made for the tests: what people hand in, and what nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import docx
import typst
from PIL import Image

AUTHOR = "Kari Forfatter"
FOLDER = "C:\\Users\\kari.forfatter\\Maler\\Notat.dotm"


def pdf_of(text: str, *, title: str = "") -> bytes:
    """A PDF with a text layer, as a program would save it."""
    source = f'#set document(title: "{title or "Notat"}", author: "{AUTHOR}")\n{text}\n'
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def docx_of(*paragraphs: str) -> bytes:
    """A Word document with an author."""
    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.last_modified_by = AUTHOR
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def tables_in_high_cells(levels: int, rows: int) -> bytes:
    """A Word document of some kilobytes: in each table a cell as high as all its rows, and in that
    cell the next table."""
    inside = "<w:p><w:r><w:t>Politiet og kommunen møtes.</w:t></w:r></w:p>"
    for _level in range(levels):
        high = f"<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{inside}<w:p/></w:tc>"
        below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        beside = "<w:tc><w:tcPr/><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
        more = f"<w:tr>{below}{beside}</w:tr>" * (rows - 1)
        inside = f"<w:tbl><w:tr>{high}{beside}</w:tr>{more}</w:tbl>"
    markup = f"<w:document xmlns:w='{NAMES}'><w:body>{inside}</w:body></w:document>"
    return with_parts(docx_of("Til møtet"), {"word/document.xml": markup})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """An office file with these parts added, or in place of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(kept | dict(parts))


def part_of(data: bytes, name: str) -> bytes:
    """One part of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def names_in(data: bytes) -> list[str]:
    """The parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/{main}" ContentType="application/vnd.openxmlformats-'
    'officedocument.{kind}.main+xml"/></Types>'
)


def xlsx_of(*cells: str, hidden: bool = False) -> bytes:
    """A workbook of one column, its numbers as numbers."""
    rows = "".join(f'<row><c r="A{n}"><v>{one}</v></c></row>' for n, one in enumerate(cells, 1))
    state = ' state="hidden"' if hidden else ""
    path = '<x15ac:absPath url="C:\\Users\\kari.forfatter\\" xmlns:x15ac="x"/>'
    return zipped(
        {
            "[Content_Types].xml": _TYPES.format(
                main="xl/workbook.xml", kind="spreadsheetml.sheet"
            ),
            "_rels/.rels": "<Relationships/>",
            "xl/workbook.xml": f'<workbook>{path}<sheet name="A"{state}/></workbook>',
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def pptx_of(*texts: str, notes: str = "", embedded: bytes = b"") -> bytes:
    """A presentation, perhaps with notes and with the workbook of a chart inside."""
    slides = {
        f"ppt/slides/slide{n}.xml": f"<p:sld><a:p><a:t>{text}</a:t></a:p></p:sld>"
        for n, text in enumerate(texts, 1)
    }
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format(
            main="ppt/presentation.xml", kind="presentationml.presentation"
        ),
        "_rels/.rels": "<Relationships/>",
        "ppt/presentation.xml": "<p:presentation/>",
        **slides,
    }
    if notes:
        parts["ppt/notesSlides/notesSlide1.xml"] = (
            f"<p:notes><a:p><a:t>{notes}</a:t></a:p></p:notes>"
        )
    if embedded:
        parts["ppt/embeddings/Microsoft_Excel_Worksheet.xlsx"] = embedded
    return zipped(parts)


def odt_of(text: str, kind: str = "text") -> bytes:
    """An OpenDocument text or spreadsheet."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content><text:p>{text}</text:p>",
            "meta.xml": f"<office:document-meta><dc:creator>{AUTHOR}</dc:creator>",
            "Thumbnails/thumbnail.png": b"\x89PNG",
            "META-INF/manifest.xml": "<manifest:manifest><manifest:file-entry manifest:full-path="
            '"Thumbnails/thumbnail.png" manifest:media-type=""/></manifest:manifest>',
        }
    )


def picture(
    form: str = "JPEG", *, size: tuple[int, int] = (60, 40), orientation: int = 0, **options: Any
) -> bytes:
    """A picture, red on the left and blue on the right, from a telephone that knows where it is."""
    image = Image.new("RGB", size, (200, 20, 20))
    image.paste((20, 20, 200), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0110] = "Kari sin telefon"
    exif[0x9286] = "Hjemme hos Kari"
    if orientation:
        exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 39.0, 50.0), 3: "E", 4: (10.0, 47.0, 30.0)})
    out = io.BytesIO()
    image.save(out, form, exif=exif, **options)
    return out.getvalue()


def colour_at(data: bytes, place: tuple[int, int]) -> str:
    """Whether a pixel is red or blue, as it is shown."""
    with Image.open(io.BytesIO(data)) as opened:
        pixel = opened.convert("RGB").getpixel(place)
    assert isinstance(pixel, tuple)
    return "red" if pixel[0] > pixel[2] else "blue"


def bomb(unpacked: int = 20_000_000) -> bytes:
    """A Word document of zeros that weighs next to nothing."""
    return with_parts(docx_of("x"), {"word/media/zeros.bin": b"\0" * unpacked})

"""Files of every kind for the tests: Word, PDF, locked, empty of text, or made to do harm."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib


def word(text: str) -> bytes:
    """A Word document: numbered lines are headings, dashes and numbers in brackets are bullets."""
    import docx

    document = docx.Document()
    for part in re.split(r"\n\s*\n", text.strip()):
        held = ""
        for line in part.split("\n"):
            heading = re.match(r"\d+\. (.*)", line)
            item = re.match(r"(?:- |\d\) )(.*)", line)
            if (heading or item) and held:
                document.add_paragraph(held)
                held = ""
            if heading:
                document.add_heading(heading[1], 1)
            elif item:
                document.add_paragraph(item[1], style="List Bullet")
            else:
                held = f"{held} {line}".strip()
        if held:
            document.add_paragraph(held)
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(text: str) -> bytes:
    """A PDF as a word processor makes it: bold headings, a running footer with page numbers."""
    import typst

    source = ["#set page(footer: context [Politiråd #h(1fr) Side #counter(page).display()])\n"]
    for part in re.split(r"\n\s*\n", text.strip()):
        for line in part.split("\n"):
            heading = re.match(r"(\d+)\. (.*)", line)
            item = re.match(r"(?:- |\d\) )(.*)", line)
            if heading:
                source.append(f"\n== {heading[1]}\\. {_escaped(heading[2])}\n\n")
            else:
                source.append(f"\n- {_escaped(item[1])}\n" if item else f"{_escaped(line)}\n")
        source.append("\n")
    return typst.compile("".join(source).encode())


def _escaped(text: str) -> str:
    return re.sub(r"([#*_$@<>\[\]\\`])", r"\\\1", text)


def picture() -> bytes:
    """A small grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * 40 for _ in range(40)))
    header = struct.pack(">IIBBBBB", 40, 40, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def pdf_of_a_picture(pages: int = 1) -> bytes:
    """A PDF as a copier makes it: the picture of a page and no text."""
    import pypdf
    from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

    writer = pypdf.PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(width=200, height=200)
        image = StreamObject()
        image.set_data(b"\x80" * 100)
        image.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Image"),
                NameObject("/Width"): NumberObject(10),
                NameObject("/Height"): NumberObject(10),
                NameObject("/BitsPerComponent"): NumberObject(8),
                NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            }
        )
        reference = writer._add_object(image)
        objects = DictionaryObject({NameObject("/Im0"): reference})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(data: bytes, *, reader_password: str) -> bytes:
    """A PDF locked with a password; an empty one only forbids changes."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(reader_password, "the owner's")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A Word document with one more part, or another content of one it has."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry.filename))
        new.writestr(name, content)
    return out.getvalue()

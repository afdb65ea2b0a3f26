"""Office files: unpacked within bounds, looked through, and packed again without their metadata.

Packing anew is what makes sure of the rest: whatever lay before, between or behind the parts, and
every part that nobody asked for, is gone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samrad.documents.intake.answer import Examined, Note, NotTaken, Trouble
from samrad.documents.intake.inner_pictures import without_notes
from samrad.documents.intake.office_text import is_read_whole, notes_in, text_in
from samrad.documents.intake.office_traces import is_left_out, without_traces
from samrad.documents.intake.room import Room
from samrad.documents.kinds import FileKind, office_kind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ\x90", b"\x7fELF", b"\xcf\xfa\xed\xfe")
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")
_RUNNING = ("activex/", "macrosheets/", "vbaproject", "vbadata", "basic/", "scripts/")
_SIGNED = ("_xmlsignatures/", "META-INF/documentsignatures.xml")
_TEMPLATES = (
    (b"wordprocessingml.template.main", b"wordprocessingml.document.main"),
    (b"spreadsheetml.template.main", b"spreadsheetml.sheet.main"),
    (b"presentationml.template.main", b"presentationml.presentation.main"),
    (b"presentationml.slideshow.main", b"presentationml.presentation.main"),
)


@dataclass(frozen=True)
class Part:
    """One file inside an office file."""

    name: str
    data: bytes

    @property
    def is_markup(self) -> bool:
        """Whether it is written in XML."""
        return self.name.endswith((".xml", ".rels")) or self.name == "[Content_Types].xml"


def examine_office(data: bytes) -> Examined:
    """The document anew, without who made it and where."""
    return _examined(data, Room(weight=len(data)), depth=0)


def _examined(data: bytes, room: Room, *, depth: int) -> Examined:
    parts = list(_unpacked(data, room))
    kind = _kind(parts)
    _refuse_programs(parts)
    markup = [(part.name, part.data) for part in parts if part.is_markup]
    texts = [room.take(text) for text in text_in(markup)]
    notes = list(notes_in(markup))
    kept = []
    for part in parts:
        if part.data.startswith(_ARCHIVES):
            inner = _within(part, room, depth=depth + 1)
            texts.append(inner.text)
            notes += [note for note in inner.notes if note == Note.NOT_ALL_READ]
            kept.append(Part(part.name, inner.content))
        elif not is_left_out(part.name):
            kept.append(_cleaned(part))
    if not (room.holds_all_text and is_read_whole(markup)):
        notes.append(Note.NOT_ALL_READ)
    is_signed = any(part.name.startswith(_SIGNED) for part in parts)
    notes += [Note.SIGNED] if is_signed else []
    content = data if is_signed else _packed(kept)
    return Examined(kind, content, "\n".join(texts), tuple(dict.fromkeys(notes)))


def _unpacked(data: bytes, room: Room) -> Iterator[Part]:
    """The parts, each once, within bounds that are counted and not believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        room.announce(len(entries), sum(entry.file_size for entry in entries))
        if any(entry.flag_bits & 1 for entry in entries):
            raise NotTaken(Trouble.PASSWORD)
        if len({entry.filename for entry in entries}) < len(entries):
            raise NotTaken(Trouble.BROKEN)
        for entry in entries:
            with archive.open(entry) as opened:
                content = opened.read(room.left + 1)
            room.unpack(len(content))
            yield Part(entry.filename, content)


def _kind(parts: Iterable[Part]) -> FileKind:
    by_name = {part.name: part.data for part in parts}
    types = by_name.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in by_name):
        raise NotTaken(Trouble.MACROS)
    if b"encryption-data" in by_name.get("META-INF/manifest.xml", b""):
        raise NotTaken(Trouble.PASSWORD)
    kind = office_kind(set(by_name), by_name.get("mimetype", b""))
    if kind is None:
        is_office = "[Content_Types].xml" in by_name or "mimetype" in by_name
        raise NotTaken(Trouble.OTHER if is_office else Trouble.ARCHIVE)
    return kind


def _refuse_programs(parts: Iterable[Part]) -> None:
    for part in parts:
        if any(word in part.name.lower() for word in _RUNNING):
            raise NotTaken(Trouble.MACROS)
        if part.data.startswith(_PROGRAMS):
            raise NotTaken(Trouble.PROGRAM)
        if part.data.startswith(_OLE):
            raise NotTaken(Trouble.EMBEDDED)
        if part.is_markup and _declares_entities(part.data):
            raise NotTaken(Trouble.BOMB)


def _declares_entities(markup: bytes) -> bool:
    """Words that stand for other words could stand for a billion; no office file needs them."""
    plain = markup.replace(b"\x00", b"") if b"\x00" in markup[:200] else markup
    return b"<!ENTITY" in plain


def _within(part: Part, room: Room, *, depth: int) -> Examined:
    """A workbook behind a chart is looked through too; anything else that is packed is refused."""
    room.enter(depth)
    try:
        return _examined(part.data, room, depth=depth)
    except NotTaken as trouble:
        known = {Trouble.MACROS, Trouble.PROGRAM, Trouble.EMBEDDED, Trouble.PASSWORD, Trouble.BOMB}
        code = trouble.code if trouble.code in known else Trouble.NESTED
        raise NotTaken(code) from None


def _cleaned(part: Part) -> Part:
    if not part.is_markup:
        return Part(part.name, without_notes(part.data))
    data = without_traces(part.name, part.data)
    if part.name == "[Content_Types].xml":
        for template, plain in _TEMPLATES:
            data = data.replace(template, plain)
    return Part(part.name, data)


def _packed(parts: Iterable[Part]) -> bytes:
    """The same parts always make the same bytes, whenever they are packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            entry = zipfile.ZipInfo(part.name, date_time=(1980, 1, 1, 0, 0, 0))
            plain = part.name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(entry, part.data)
    return out.getvalue()

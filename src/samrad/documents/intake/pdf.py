"""PDF: opened, read for its text, and written anew without its maker, scripts and attachments."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterable, Iterator
from typing import Any

from samrad.documents.intake.answer import Examined, Note, NotTaken, Trouble
from samrad.documents.intake.inner_pictures import without_notes
from samrad.documents.intake.pdf_pages import Allowance, TooMuch
from samrad.documents.kinds import PDF

MOST_PAGES = 1000
SECONDS = 12.0
_FEWEST_LETTERS = 20
_DEEPEST = 40
_SIGNED = 1
_RUNNING = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute",
    "/GoToE", "/GoTo3DView",
}  # fmt: skip
_OF_THE_DOCUMENT = ("/Metadata", "/OpenAction", "/AA", "/AF", "/PieceInfo", "/Collection", "/Perms")
_OF_ANYTHING = ("/Metadata", "/AA", "/AF", "/PieceInfo", "/LastModified", "/JS", "/EF")
_SAID = ("/Contents", "/V", "/DV", "/Title", "/Alt", "/ActualText", "/RC")
_EMPTIED = {"/Metadata", "/EmbeddedFile"}

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def examine_pdf(data: bytes) -> Examined:
    """The document anew; a signed one as it came, unless something in it would run."""
    from pypdf import PdfWriter  # noqa: PLC0415 - heavy, and only PDF files need it

    reader = _opened(data)
    pages = len(reader.pages)
    if not pages:
        raise NotTaken(Trouble.EMPTY)
    if pages > MOST_PAGES:
        raise NotTaken(Trouble.TOO_MANY_PAGES, most=MOST_PAGES)
    text, notes = _text_of(reader)
    writer = PdfWriter(clone_from=reader)
    found = _Found()
    for one in list(writer._objects):
        _walk(one, found, 0)
    text = "\n".join([text, *found.said])
    notes += found.notes
    if _is_signed(reader):
        if found.runs:
            raise NotTaken(Trouble.ACTIVE)
        kept = [note for note in notes if note != Note.ATTACHMENTS]
        return Examined(PDF, data, text, tuple(dict.fromkeys([*kept, Note.SIGNED])))
    _strip(writer)
    writer.pdf_header = reader.pdf_header
    out = io.BytesIO()
    writer.write(out)
    return Examined(PDF, out.getvalue(), text, tuple(dict.fromkeys(notes)))


def _opened(data: bytes) -> Any:
    from pypdf import PdfReader  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception:
        # Whatever a hostile file provokes, the answer is the same.
        raise NotTaken(Trouble.PASSWORD if b"/Encrypt" in data else Trouble.BROKEN) from None
    if locked:
        raise NotTaken(Trouble.PASSWORD)
    return reader


def _is_signed(reader: Any) -> bool:
    form = _held(reader.root_object.get("/AcroForm"))
    flags = _held(form.get("/SigFlags", 0)) if isinstance(form, dict) else 0
    return isinstance(flags, int) and bool(flags & _SIGNED)


def _text_of(reader: Any) -> tuple[str, list[Note]]:
    """The text layer, as far as there is time; and what there is to say about it."""
    latest = time.monotonic() + SECONDS

    def in_time() -> None:
        if time.monotonic() > latest:
            raise TooMuch

    allowance = Allowance(in_time)
    texts, whole = [], True
    for page in reader.pages:
        if time.monotonic() > latest:
            whole = False
            break
        text = _text_on(page, allowance)
        whole = whole and text is not None
        texts.append(text or "")
    text = "\n".join(texts)
    if not whole:
        return text, [Note.NOT_ALL_READ]
    return text, [] if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS else [Note.NO_TEXT]


def _text_on(page: Any, allowance: Allowance) -> str | None:
    """The text of a page; None where it cannot be read."""
    try:
        return allowance.text_on(page)
    except Exception:
        # A page that cannot be read is said to be so, whatever is wrong with it.
        return None


class _Found:
    """What was come across on the way through all objects."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.notes: list[Note] = []
        self.runs = False


def _walk(thing: Any, found: _Found, depth: int) -> None:
    """Through one object and what lies in it directly; what it points to comes by itself."""
    if depth > _DEEPEST:
        raise NotTaken(Trouble.BROKEN)
    if isinstance(thing, dict):
        _look_at(thing, found)
        for inner in list(thing.values()):
            _walk(inner, found, depth + 1)
    elif isinstance(thing, list):
        for inner in thing:
            _walk(inner, found, depth + 1)


def _look_at(thing: Any, found: _Found) -> None:
    """Note what it says and would do; take out what nobody asked for."""
    said = [_held(thing.get(key)) for key in _SAID]
    found.said += [one for one in said if isinstance(one, str) and not one.startswith("/")]
    if thing.get("/Subtype") in {"/Text", "/FreeText", "/Popup"} and "/Rect" in thing:
        found.notes.append(Note.COMMENTS)
    if "/EF" in thing or thing.get("/Type") == "/EmbeddedFile":
        found.notes.append(Note.ATTACHMENTS)
    if thing.get("/S") in _RUNNING:
        found.runs = True
        _do_nothing(thing)
    for key in _OF_ANYTHING:
        thing.pop(key, None)
    if not hasattr(thing, "_data"):
        return
    if thing.get("/Type") in _EMPTIED:
        _empty(thing)
    elif _filters(thing) == ["/DCTDecode"]:
        thing._data = without_notes(thing._data)


def _filters(stream: Any) -> list[Any]:
    """How the bytes of a stream are packed."""
    packed = _held(stream.get("/Filter"))
    return list(packed) if isinstance(packed, list) else [packed]


def _held(value: Any) -> Any:
    """What a reference points to, where it is one."""
    return value.get_object() if hasattr(value, "get_object") else value


def _do_nothing(action: Any) -> None:
    """An action that opens no program and sends nothing anywhere."""
    from pypdf.generic import NameObject  # noqa: PLC0415

    action.clear()
    action[NameObject("/S")] = NameObject("/Named")
    action[NameObject("/N")] = NameObject("/Nothing")


def _empty(stream: Any) -> None:
    for key in _plain_keys(stream):
        stream.pop(key, None)
    stream._data = b""


def _plain_keys(stream: Iterable[str]) -> Iterator[str]:
    yield from [key for key in stream if key in {"/Filter", "/DecodeParms", "/Params"}]


def _strip(writer: Any) -> None:
    """Take out what stands with the document as a whole."""
    root = writer.root_object
    for key in _OF_THE_DOCUMENT:
        root.pop(key, None)
    names = _held(root.get("/Names"))
    if isinstance(names, dict):
        for key in ("/JavaScript", "/EmbeddedFiles"):
            names.pop(key, None)
    form = _held(root.get("/AcroForm"))
    if isinstance(form, dict):
        form.pop("/XFA", None)
    writer.metadata = None

"""How long an agreement of ten pages takes to become paper or to be read, in processor time.

    ./samrad bench documents [--pages 10] [--repeat 7]

As PDF and as DOCX, beside the plainest DOCX that python-docx makes of the same words: paragraphs
under their headings, with no style, no table and no properties. That is what somebody writes who
only wants the words out, and it is neither tagged nor signed. There is nothing plainer to compare a
PDF with that is tagged as well, so the bound stands alone there: half a second a paper is what a
reader does not notice.

Read are the longest labelled agreements of each country, as text of so many pages, as written and
as a scanner reads them very badly, misread otherwise each time; the country that takes longest
counts.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Any

BOUND = 0.5  # seconds of processor time
WORDS_A_PAGE, LETTERS_A_PAGE = 640, 2_500
SENTENCE = (
    "Kommunen og politiet melder saker til rådet, følger opp det som er vedtatt, og svarer "
    "hverandre innen to uker. "
)


def run(*words: str) -> dict[str, Any]:
    """Medians of several papers, after one that warms up what is read once."""
    parser = argparse.ArgumentParser(prog="./samrad bench documents")
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--repeat", type=int, default=7)
    options = parser.parse_args(list(words))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.settings")
    import django

    django.setup()
    from pypdf import PdfReader

    from samrad.documents.paper import docx_of, pdf_of

    paper, at = agreement_of(options.pages), datetime(2026, 11, 22, tzinfo=UTC)
    made = pdf_of(paper, at=at)
    figures = {
        "pages": len(PdfReader(io.BytesIO(made)).pages),
        "pdf": timed(lambda: pdf_of(paper, at=at), options.repeat),
        "docx": timed(lambda: docx_of(paper, at=at), options.repeat),
        "plain docx": timed(lambda: plain_docx(paper), options.repeat),
        "read": time_to_read(options.pages, options.repeat, noise=0),
        "read, badly scanned": time_to_read(options.pages, options.repeat, noise=3),
        "bound": BOUND,
    }
    bounded = ("pdf", "docx", "read", "read, badly scanned")
    figures["holds"] = max(figures[name] for name in bounded) <= BOUND
    return figures


def time_to_read(pages: int, times: int, *, noise: int) -> float:
    """The median of reading the longest agreement of a country, of the slowest country."""
    from tests.reading.labelled import DEVELOPED, labelled, scanned

    from samrad.reading.reader import read_document

    found = []
    for country in ("dk", "no", "se"):
        paths = DEVELOPED.glob(f"{country}_*.txt")
        text = max((labelled(path.stem, DEVELOPED).text for path in paths), key=len)
        whole = "\n\n".join([text] * -(-pages * LETTERS_A_PAGE // len(text)))
        files = iter([scanned(whole, noise, seed).encode() for seed in range(times + 1)])
        found.append(timed(partial(_read_next, read_document, files, country), times))
    return max(found)


def _read_next(read: Callable[..., Any], files: Iterator[bytes], country: str) -> Any:
    return read(next(files), "a.txt", country, kind="general")


def agreement_of(pages: int) -> Any:
    """An agreement with headings, lists, a table of signatures and as many words as asked for."""
    from samrad.documents.paper import Facts, Heading, NewPage, Note, Paper, Table, Words

    text = SENTENCE * (WORDS_A_PAGE // len(SENTENCE.split()))
    parts: list[Any] = [Facts((("Mellom", "Ås kommune, Ås politistasjon"), ("Stand", "I kraft")))]
    for number in range(1, max(2, pages)):
        third = len(text) // 3
        listed = "- Trygge kvelder\n- Unge og rus\n- Vold i nære relasjoner"
        body = f"{text[:third]}\n\n{text[third : 2 * third]}\n\n{listed}\n\n{text[2 * third :]}"
        parts += [Heading(f"{number}. Det vi er enige om"), Words(body)]
    rows = tuple((f"Part {n}", "Ordfører", "Maja Prøvestad", "22.11.2026") for n in range(12))
    header = ("Part", "Verv", "Navn", "Signert")
    parts += [
        NewPage(),
        Heading("Signaturer"),
        Table(header, rows),
        Note("SHA-256"),
        Words("ab " * 22),
    ]
    return Paper(
        title="Samarbeidsavtale", language="nb", sender="Politirådet i Ås",
        footer="Politirådet i Ås", page_of="Side {n} av {all}", parts=tuple(parts),
    )  # fmt: skip


def plain_docx(paper: Any) -> bytes:
    """The words alone."""
    from docx import Document

    from samrad.documents.paper import Heading, Words

    document = Document()
    document.add_heading(paper.title, level=1)
    for part in paper.parts:
        if isinstance(part, Heading):
            document.add_heading(part.text, level=part.level)
        elif isinstance(part, Words):
            for paragraph in part.text.split("\n\n"):
                document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def timed(make: Callable[[], Any], times: int) -> float:
    """The median of the processor time of making one, over all its threads, in seconds."""
    make()
    found = []
    for _time in range(times):
        before = _used()
        make()
        found.append(_used() - before)
    return round(median(found), 3)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

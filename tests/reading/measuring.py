"""How right the reader is, counted: passages, facts and confidence, by part, country, form.

What it hands out are sums. The held-out part is there to be measured and never to be looked at.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from samrad.reading.model import Reading
from samrad.reading.reader import read_document
from samrad.reading.unreadable import Unreadable
from tests.reading.labelled import (
    DEVELOPED,
    FOLDER,
    HELD_OUT,
    STRENGTHS,
    Labelled,
    Score,
    labelled,
    scanned,
    score,
)
from tests.reading.made import pdf_of, scanned_pdf, word_of

Document = tuple[Path, str]
SCANNED_PDF = 2
"""The strength of noise in the text layer of a PDF that a scanner program made."""


def _documents(*folders: Path) -> list[Document]:
    return [(folder, path.stem) for folder in folders for path in sorted(folder.glob("*.txt"))]


PARTS = {"developed": _documents(FOLDER, DEVELOPED), "held out": _documents(HELD_OUT)}


@cache
def expected(folder: Path) -> dict[str, Any]:
    """What every agreement of a folder settles, as a person reads it."""
    tables = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("expected*.toml")))
    return {name: table for text in tables for name, table in tomllib.loads(text).items()}


@cache
def _lots(folder: Path) -> dict[str, str]:
    return {
        name: path.stem[-1] if path.stem[-1].isdigit() else "1"
        for path in folder.glob("expected*.toml")
        for name in tomllib.loads(path.read_text(encoding="utf-8"))
    }


def lot_of(document: Document) -> str:
    """The lot a document was written in: by other people, at another time."""
    folder, name = document
    return _lots(folder).get(name, "1")


@dataclass(frozen=True)
class Case:
    """One document in one form with one strength of noise."""

    document: Document
    form: str
    strength: int

    @property
    def country(self) -> str:
        """The profile it is read by."""
        return self.document[1][:2]


def cases(document: Document) -> Iterator[Case]:
    """Every form a document is read in."""
    for strength in STRENGTHS:
        yield Case(document, "txt", strength)
    yield Case(document, "docx", 0)
    yield Case(document, "pdf", 0)
    yield Case(document, "pdf", SCANNED_PDF)


def names_of(part: str, case: Case) -> Iterator[str]:
    """The sums a case counts towards."""
    yield part
    yield f"{part}, {case.country}"
    yield f"{part}, {case.form}"
    yield f"{part}, noise {case.strength}"
    yield f"{part}, lot {lot_of(case.document)}"


def file_of(case: Case, document: Labelled) -> bytes:
    """The bytes somebody would hand over."""
    if case.form == "docx":
        return word_of(document)
    text = scanned(document.text, case.strength)
    if case.form == "txt":
        return text.encode()
    return scanned_pdf(text) if case.strength else pdf_of(document)


@dataclass
class Sum:
    """What is counted: passages, facts, and how right the reader was at each confidence."""

    right: int = 0
    wrong: int = 0
    unsure: int = 0
    facts: int = 0
    facts_right: int = 0
    refused: int = 0
    confident: list[tuple[float, bool]] = field(default_factory=list)

    def __add__(self, other: Sum) -> Sum:
        return Sum(
            self.right + other.right,
            self.wrong + other.wrong,
            self.unsure + other.unsure,
            self.facts + other.facts,
            self.facts_right + other.facts_right,
            self.refused + other.refused,
            [*self.confident, *other.confident],
        )

    @property
    def passages(self) -> int:
        """Every passage that was counted."""
        return self.right + self.wrong + self.unsure

    def share(self, count: int) -> float:
        """A count as a share of the passages, in per cent."""
        return round(100 * count / max(1, self.passages), 1)

    def told(self) -> dict[str, int | float]:
        """The figures that are written down."""
        return {
            "passages": self.passages,
            "right %": self.share(self.right),
            "wrong %": self.share(self.wrong),
            "unsure %": self.share(self.unsure),
            "facts": self.facts,
            "facts right %": round(100 * self.facts_right / max(1, self.facts), 1),
            "refused": self.refused,
        }

    def calibration(self) -> Iterator[tuple[str, int, float, float]]:
        """For each band of confidence: how many, what was said, and how many of them were right."""
        for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
            band = [(said, right) for said, right in self.confident if low <= said < high]
            if band:
                said = sum(confidence for confidence, _ in band) / len(band)
                right = sum(right for _, right in band) / len(band)
                yield f"{low:.1f}–{min(high, 1):.1f}", len(band), round(said, 2), round(right, 2)


def measured(case: Case) -> Sum:
    """Read it and count; what is refused counts as unsure, every passage of it."""
    folder, name = case.document
    document = labelled(name, folder)
    parts = list(document.parts())
    wanted = expected(folder).get(name, {})
    facts = dict(_facts_wanted(wanted))
    try:
        found = read(case, document)
    except Unreadable:
        return Sum(unsure=len(parts), facts=len(facts), refused=1)
    placed: Score = score(found, parts)
    told = dict(_facts_found(found))
    return Sum(
        right=placed.right,
        wrong=placed.wrong,
        unsure=placed.unsure,
        facts=len(facts),
        facts_right=sum(told.get(key) == value for key, value in facts.items()),
        confident=list(placed.confident),
    )


def read(case: Case, document: Labelled) -> Reading:
    """Read by the template of its kind, as somebody who hands it over would say it."""
    folder, name = case.document
    kind = expected(folder).get(name, {}).get("kind", "general")
    data = file_of(case, document)
    return read_document(data, f"{name}.{case.form}", case.country, kind=kind)


def _facts_wanted(wanted: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a person found in the document, each as one answer that is right or not."""
    if "kind" in wanted:  # of other kinds only what is written down is settled
        yield from ((key, wanted[key]) for key in ("in_force",) if key in wanted)
        yield from (("focus", len(wanted[key])) for key in ("focus",) if key in wanted)
        return
    for duty in ("chair", "vice_chair", "secretary"):
        yield duty, wanted.get(duty)
    for key in ("meetings", "at_least", "renewal", "in_force"):
        yield key, wanted.get(key)
    yield "evaluated", wanted.get("evaluated", False)
    for side in ("municipal", "police"):
        yield side, sorted(wanted.get(side, []))
    yield "focus", len(wanted.get("focus", []))
    yield "with_result", wanted.get("with_result", 0)


def _facts_found(found: Reading) -> Iterator[tuple[str, Any]]:
    def value(key: str, name: str) -> Any:
        fact = found.fact(key)
        return fact.value[name] if fact else None

    for duty in ("chair", "vice_chair", "secretary"):
        yield duty, value(duty, "role")
    yield "meetings", value("meetings_a_year", "count")
    yield "at_least", value("meetings_a_year", "at_least")
    yield "renewal", value("renewal", "rule")
    yield "in_force", value("in_force", "date")
    yield "evaluated", found.fact("evaluation") is not None
    members = [one.value for one in found.facts_of("participants")]
    for side, name in (("municipality", "municipal"), ("police", "police")):
        yield name, sorted({one["role"] for one in members if one["side"] == side and one["role"]})
    areas = [one.value for one in found.facts_of("focus_areas")]
    yield "focus", len(areas)
    yield "with_result", sum(bool(one["expected_result"]) for one in areas)

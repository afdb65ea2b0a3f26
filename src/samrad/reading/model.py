"""What comes out of reading a document: plain frozen values that go to JSON and back unchanged.

What belongs here: the shape of a reading. What does not: how it is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from samrad.reading.templates import Need
from samrad.reading.unreadable import Note, Parameters

SCHEMA = 1


class TextOrigin(StrEnum):
    """Whether a passage is the district's template, the same for all, or written locally."""

    TEMPLATE = "template"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the document and the clause it belongs to.

    `clause` is None where the reader is unsure; `likely` then names the nearest clauses. `under` is
    the document's own heading that it stands under, and `heading` the same, None when that is no
    heading of its clause. `guidance` marks text that tells the writer what to write and settles
    nothing.
    """

    number: int
    clause: str | None
    heading: str | None
    origin: TextOrigin
    text: str
    confidence: float
    page: int
    guidance: bool
    likely: tuple[str, ...] = ()
    under: str = ""

    @property
    def unsure(self) -> bool:
        """Whether a person has to say where this belongs."""
        return self.clause is None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the agreement settles, with the passage and the words it was found in."""

    key: str
    value: Mapping[str, Any]
    passage: int
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Missing:
    """Something an agreement has to settle and this one does not; `detail` says how far it gets."""

    key: str
    clause: str
    strength: Need
    citation: str
    detail: Parameters


@dataclass(frozen=True, slots=True)
class Folded:
    """A passage that stands in the document again, and which one it repeats."""

    text: str
    heading: str | None
    repeats: int
    similarity: float
    page: int


@dataclass(frozen=True)
class Reading:
    """A document read by a template."""

    profile: str
    template: str
    version: str
    title: str
    language: str
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    missing: tuple[Missing, ...]
    folded: tuple[Folded, ...]
    notes: tuple[tuple[Note, Parameters], ...]

    def facts_of(self, key: str) -> tuple[Fact, ...]:
        """Every fact of a kind, in the order of the document."""
        return tuple(fact for fact in self.facts if fact.key == key)

    def fact(self, key: str) -> Fact | None:
        """The fact of a kind there is one of."""
        return next((fact for fact in self.facts if fact.key == key), None)

    def passages_of(self, clause: str | None) -> tuple[Passage, ...]:
        """The passages of a clause; of None, the ones a person must place."""
        return tuple(passage for passage in self.passages if passage.clause == clause)

    def is_missing(self, key: str) -> bool:
        """Whether this requirement is not met."""
        return any(missing.key == key for missing in self.missing)

    def to_json(self) -> dict[str, Any]:
        """Everything, as values JSON has."""
        return {
            "schema": SCHEMA,
            "profile": self.profile,
            "template": self.template,
            "version": self.version,
            "title": self.title,
            "language": self.language,
            "passages": [
                {
                    "number": passage.number,
                    "clause": passage.clause,
                    "heading": passage.heading,
                    "origin": str(passage.origin),
                    "text": passage.text,
                    "confidence": passage.confidence,
                    "page": passage.page,
                    "guidance": passage.guidance,
                    "likely": list(passage.likely),
                    "under": passage.under,
                }
                for passage in self.passages
            ],
            "facts": [
                {
                    "key": fact.key,
                    "value": dict(fact.value),
                    "passage": fact.passage,
                    "quote": fact.quote,
                    "confidence": fact.confidence,
                }
                for fact in self.facts
            ],
            "missing": [
                {
                    "key": missing.key,
                    "clause": missing.clause,
                    "strength": str(missing.strength),
                    "citation": missing.citation,
                    "detail": dict(missing.detail),
                }
                for missing in self.missing
            ],
            "folded": [
                {
                    "text": folded.text,
                    "heading": folded.heading,
                    "repeats": folded.repeats,
                    "similarity": folded.similarity,
                    "page": folded.page,
                }
                for folded in self.folded
            ],
            "notes": [{"code": str(code), **parameters} for code, parameters in self.notes],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """A reading that was stored with `to_json`; ValueError for another version of it."""
        if stored.get("schema") != SCHEMA:
            raise ValueError(f"a reading of schema {stored.get('schema')}, not {SCHEMA}")
        return cls(
            profile=stored["profile"],
            template=stored["template"],
            version=stored["version"],
            title=stored["title"],
            language=stored["language"],
            passages=tuple(
                Passage(
                    **{
                        **passage,
                        "origin": TextOrigin(passage["origin"]),
                        "likely": tuple(passage["likely"]),
                    }
                )
                for passage in stored["passages"]
            ),
            facts=tuple(Fact(**fact) for fact in stored["facts"]),
            missing=tuple(
                Missing(**{**missing, "strength": Need(missing["strength"])})
                for missing in stored["missing"]
            ),
            folded=tuple(Folded(**folded) for folded in stored["folded"]),
            notes=tuple(
                (Note(note["code"]), {key: value for key, value in note.items() if key != "code"})
                for note in stored["notes"]
            ),
        )

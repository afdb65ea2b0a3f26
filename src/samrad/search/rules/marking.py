"""What is shown of a text that was found, with what was asked for picked out in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from samrad.search.rules.asking import WITHIN_WORDS, Asked, Term
from samrad.search.rules.folding import ACCENTS, written_as

LENGTH = 240
BEFORE = 70
BETWEEN_LINES = " · "


@dataclass(frozen=True)
class Piece:
    """Some of a text; `is_found` where it is what was asked for."""

    text: str
    is_found: bool = False


def marked(text: str, asked: Asked) -> list[Piece]:
    """The whole text in pieces."""
    return list(_pieces(text, _pattern(asked.terms)))


def extract(text: str, asked: Asked) -> list[Piece]:
    """The part of a text where it is found, in pieces; the beginning where it is not."""
    plain = BETWEEN_LINES.join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    pattern = _pattern(asked.terms)
    first = pattern.search(plain) if pattern else None
    start = _word_start(plain, max(0, first.start() - BEFORE)) if first else 0
    end = _word_end(plain, min(len(plain), start + LENGTH))
    if first:
        end = max(end, first.end())
    lead = [Piece("… ")] if start else []
    tail = [Piece(" …")] if end < len(plain) else []
    return [*lead, *_pieces(plain[start:end], pattern), *tail]


def _word_start(text: str, place: int) -> int:
    """The beginning of the first word from there on."""
    if place == 0:
        return 0
    space = text.find(" ", place, place + BEFORE)
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    """The end of the last word before there."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, place - BEFORE), place)
    return space if space > 0 else place


def _pieces(text: str, pattern: re.Pattern[str] | None) -> Iterator[Piece]:
    at = 0
    for found in pattern.finditer(text) if pattern else ():
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found.group(), is_found=True)
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])


@lru_cache(maxsize=64)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str] | None:
    """Finds in a text as written what the index finds in it folded."""
    ways = sorted({way for term in terms for way in term.ways}, key=len, reverse=True)
    return re.compile("|".join(map(_as_written, ways)), re.IGNORECASE) if ways else None


def _as_written(way: str) -> str:
    letters = "".join(
        r"[\W_]+" if letter == " " else f"[{re.escape(written_as(letter))}][{ACCENTS}]*"
        for letter in way
    )
    return rf"{_start(way)}{letters}{_end(way)}"


def _start(way: str) -> str:
    return r"(?<![^\W_])" if len(way) < WITHIN_WORDS else ""


def _end(way: str) -> str:
    return r"(?![^\W_])" if len(way) == 1 else ""

"""The words minutes label their parts with, a country at a time, from `data/minutes.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from samrad.profiles.schema import read_table
from samrad.reading.vocabulary import DATA

KINDS = (
    "title", "date", "place", "present", "excused", "absent", "item", "decision", "decided", "task",
    "responsible", "deadline", "others",
)  # fmt: skip
_AFTER = r"\s*(?:[:–—]|\s-\s)\s*"


@dataclass(frozen=True)
class Labels:
    """The labels of one country by kind."""

    words: Mapping[str, tuple[str, ...]]

    def at_start(self, text: str, kind: str) -> str | None:
        """What follows a label of this kind at the start of a line; None when there is none.

        A label stands alone on its line or is followed by a colon or a dash.
        """
        found = self._pattern(kind).match(text)
        return None if found is None else text[found.end() :].strip()

    def kind_of(self, text: str, *kinds: str) -> tuple[str, str] | None:
        """The first of these kinds the line is labelled with, and what follows the label."""
        for kind in kinds:
            rest = self.at_start(text, kind)
            if rest is not None:
                return kind, rest
        return None

    def begins(self, text: str, kind: str) -> bool:
        """Whether a sentence begins with words of this kind."""
        return text.lower().startswith(self.words[kind])

    def inside(self, kind: str) -> re.Pattern[str]:
        """A label of this kind anywhere in a sentence, with its colon."""
        return _compiled(rf"(?<!\w)(?:{_choice(self.words[kind])})\s*:\s*")

    def _pattern(self, kind: str) -> re.Pattern[str]:
        return _compiled(rf"^(?:{_choice(self.words[kind])})(?:{_AFTER}|\s*$)")


def _choice(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def labels(country: str) -> Labels:
    """The labels of a country; raises `ProfileError` when the file lacks some."""
    table = read_table(DATA, "minutes.toml").table(country)
    read = Labels({kind: table.texts(kind) for kind in KINDS})
    table.finish()
    return read

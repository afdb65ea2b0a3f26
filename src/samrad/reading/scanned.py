"""How much of a text looks misread by a scanner, and each passage with its likely words instead.

What does not belong here: what a passage is about, which is told by the mended words anyway.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samrad.reading.mending import mended, mended_word

_WORD = re.compile(r"[@&]?[^\W_]+")
_SHORTEST = 4
_FEWEST, _SHARE = 8, 0.04
"""Of clean agreements one word in forty at most looks misread, of a scan one in ten or more."""


@dataclass(frozen=True)
class Scan:
    """How many of the words that can be told are likely misread."""

    words: int
    misread: int

    @property
    def is_bad(self) -> bool:
        """Whether it should be said."""
        return self.misread >= _FEWEST and self.misread >= _SHARE * self.words

    @property
    def one_in(self) -> int:
        """One word in so many."""
        return max(1, round(self.words / self.misread)) if self.misread else 0


def scan_of(texts: Iterable[str]) -> Scan:
    """The measure of these passages together."""
    words = [one.lower() for text in texts for one in _WORD.findall(text)]
    told = [one for one in words if len(one) >= _SHORTEST and not one.isdigit()]
    return Scan(len(told), sum(mended_word(one) != one for one in told))


def suggestion_for(text: str) -> str:
    """The passage with its misread words put right; nothing where there are none."""
    better = mended(text)
    return better if better != text else ""

"""Lines that lead what follows, though neither layout nor words mark them as headings.

A few words by themselves over running text: `De, der mener det`, `HVEM GØR HVAD.`, `Ruta 4`. The
reader takes them for passages of their own; what they say speaks for those under them all the same.
"""

from collections.abc import Sequence

from samrad.reading.passages import RawPassage

_MOST_WORDS, _LONGEST = 8, 70
_LONGER = 1.5
_ENDS = (".", ",", ";")
_CELLS = (" | ", "   ")


def lines_over(passages: Sequence[RawPassage]) -> list[str]:
    """For each passage the last such line above it under the same heading, or nothing."""
    found, line, heading = [], "", ""
    for place, passage in enumerate(passages):
        if passage.heading != heading:
            line, heading = "", passage.heading
        found.append(line)
        if leads(passages, place):
            line = passage.text
    return found


def leads(passages: Sequence[RawPassage], place: int) -> bool:
    """Whether a passage is such a line: short, no sentence, and something longer follows."""
    if place + 1 == len(passages) or not _is_bare(passages[place]):
        return False
    following = passages[place + 1]
    longer = len(following.text) > _LONGER * len(passages[place].text)
    return longer and following.heading == passages[place].heading


def _is_bare(passage: RawPassage) -> bool:
    text = passage.text.strip()
    few = len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS
    sentence = text.endswith(_ENDS) and not text.isupper()
    return few and len(passage.parts) == 1 and not sentence and not any(c in text for c in _CELLS)

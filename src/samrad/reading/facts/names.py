"""What a focus area is called, and which paragraphs begin with a name.

What belongs here: telling a name from a sentence. What does not: where areas are looked for
(`goals`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samrad.reading.facts.counted import says_only_result, sentences_in
from samrad.reading.study import Told

_LABEL = re.compile(r"^([^:.;?!]{4,70}):\s+(?=\S)")
_OTHER_LABELS = re.compile(
    r"^(?:tiltak\w*|tiltag\w*|åtgärd\w*|aktivitet\w*|ansvar\w*|frist|bak\w*grund\w*|periode|"
    r"indikator\w*|status|merknad|bemærkning\w*|kommentar\w*|kilde\w*|hovedtiltak\w*)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:hva|hvad|vad|kva|hvor\w*|hvilk\w*|vilk\w*|hur|korleis|kvifor|kven|hvem|vem|hvornår|når|"
    r"slik|sådan|så)\s|\?$",
    re.IGNORECASE,
)
_MOST_WORDS = 8
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Area:
    """An area as written, where it is said, and everything that is said of it there.

    A `listed` one is an item, or was counted up; others are paragraphs that may only lead on.
    """

    told: Told
    text: str
    said: str
    listed: bool


def asks(heading: str) -> bool:
    """Whether a heading is a question, rather than the name of something."""
    return bool(_ASKS.search(heading))


def label_of_area(text: str) -> str:
    """The few words before a colon that a paragraph begins with, where they may name an area."""
    found = _LABEL.match(text)
    if not found or len(found[1].split()) > _MOST_WORDS:
        return ""
    other = says_only_result(text) or _OTHER_LABELS.match(text) or asks(found[1])
    return "" if other else found[1]


def named_among(areas: Sequence[Area]) -> list[Area]:
    """Where several paragraphs begin with a name, those that do not tell of all of them."""
    named = [area for area in areas if area.listed or _begins_with_a_name(area)]
    several = sum(not area.listed for area in named) >= _SEVERAL
    return named if several and len(named) > len(areas) - len(named) else list(areas)


def _begins_with_a_name(area: Area) -> bool:
    first = sentences_in(area.said)[0]
    return bool(label_of_area(area.said)) or len(first.split()) <= _MOST_WORDS

"""Which kind of agreement a document is, told by its title and, failing that, by its text (C6).

Where neither tells, the reader reads it as each it may be and takes the one that fits.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from samrad.reading.lexicon import Lexicon, Text
from samrad.reading.lines import Source
from samrad.reading.templates import GENERAL, agreement_kinds, agreement_template
from samrad.reading.vocabulary import vocabulary

_TITLE_LINES = 6
_A_FORM = re.compile(
    r"aftale|avtale|erklæring|tilkendegiv|charter|hensigt|intent|ssp|psp|forretn|kommiss"
)
"""What a document is, rather than what it is about: it need not say that it is an agreement."""

_LONGEST = 200
_LOOKED_AT = 15_000
_OFTEN = 0.03
_OFTEN_WITHOUT_A_COUNCIL = 0.008
"""A general agreement speaks of its council all the time; without one, less is enough."""
_FEWEST = 5
_OF_A_COUNCIL = 0.008
_BY_TITLE_ONLY, _BY_ITS_WORD = "terms", "ssp"
"""Terms of a council are set as a general agreement is; a model of SSP says SSP."""


def kinds_to_try(source: Source, country: str) -> tuple[str, ...]:
    """The kind whose words stand in the title, or fill the text; else those it may be.

    What speaks of a council all the time is a general agreement.
    """
    kinds = _words_of_kinds(country)
    if not kinds:
        return (GENERAL,)
    lexicon = _lexicon(country)
    speaking = vocabulary(country)["renewal.agreement"]
    lines = [lexicon.read(line) for line in _beginning(source)]
    naming = tuple(word for words in kinds.values() for word in words if _A_FORM.search(word))
    lines = [
        line
        for place, line in enumerate(lines)
        if not place or line.has(speaking) or any(hit.first <= 1 for hit in line.having(naming))
    ]
    found = {kind: _said(lines, words) for kind, words in kinds.items()}
    best = max(found, key=lambda kind: found[kind])
    if found[best]:
        return (best,)
    text = lexicon.read(" ".join(line.text for line in source.lines)[:_LOOKED_AT])
    often = {kind: len(text.having(words)) for kind, words in kinds.items()}
    best = max(often, key=lambda kind: often[kind])
    council = len(text.having(vocabulary(country)["levels.council"]))
    needed = _OFTEN if council * 2 > often[best] else _OFTEN_WITHOUT_A_COUNCIL
    if often[best] >= max(_FEWEST, needed * len(text.words)):
        return (best,)
    if council >= _OF_A_COUNCIL * len(text.words):
        return (GENERAL,)
    others = (kind for kind in kinds if kind not in (_BY_TITLE_ONLY, _BY_ITS_WORD) or often[kind])
    return (GENERAL, *(kind for kind in others if kind != _BY_TITLE_ONLY))


def _beginning(source: Source) -> Iterator[str]:
    if source.title:
        yield source.title
    lines = (line.text for line in source.lines if line.text)
    for line, _ in zip(lines, range(_TITLE_LINES), strict=False):
        if len(line) <= _LONGEST:
            yield line


def _said(lines: list[Text], words: tuple[str, ...]) -> int:
    """How much of the title speaks for a kind."""
    return sum(len({hit.first for hit in line.having(words)}) for line in lines)


@cache
def _words_of_kinds(country: str) -> Mapping[str, tuple[str, ...]]:
    kinds = (kind for kind in agreement_kinds(country) if kind != GENERAL)
    return {kind: agreement_template(country, kind).titles for kind in kinds}


@cache
def _lexicon(country: str) -> Lexicon:
    words = vocabulary(country)
    titles = (word for words in _words_of_kinds(country).values() for word in words)
    return Lexicon([*titles, *words["renewal.agreement"], *words["levels.council"]])

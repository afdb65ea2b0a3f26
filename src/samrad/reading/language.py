"""Which language a text is in, by its commonest small words."""

import re

from samrad.reading.vocabulary import language_words

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 6_000
_CLEAR = 5


def language_of(text: str) -> str:
    """The code of the likeliest language, or nothing when too little speaks for any."""
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    scores = {
        language: sum(word in common for word in words)
        for language, common in language_words().items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= _CLEAR else ""

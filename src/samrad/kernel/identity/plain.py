"""A text as the guard reads it: plain digits, spaces and dashes, all in their old places."""

import re
import unicodedata
from collections.abc import Mapping

JOINER = "\x1f"  # stands for marks without width, which a reader cannot see
# Our own references and checksums are full of digits that mean nothing.
_REFERENCE = re.compile(
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{32,}\b", re.IGNORECASE | re.ASCII
)


# Digits above or below the line, or in a ring. One or two are a footnote's or a unit's and belong
# to nothing beside them; four in a row are a number.
_SMALL_DIGITS = "".join(
    character
    for character in map(chr, range(0x3000))
    if unicodedata.category(character) == "No"
    and len(alike := unicodedata.normalize("NFKC", character)) == 1
    and alike.isdecimal()
)
_SMALL_NUMBER = re.compile(f"[{_SMALL_DIGITS}]{{4,}}")


class _PlainCharacters(dict[int, str]):
    """Each character as the guard reads it, one for one, so that places stay the same."""

    _ALIKE: Mapping[str, str] = {"−": "-", "·": ".", "•": ".", "∙": ".", "⁄": "/", "∕": "/"}

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Nd":
            plain = str(unicodedata.decimal(character))
        elif category == "Pd":
            plain = "-"
        elif category in {"Cf", "Me", "Mn"}:
            plain = JOINER
        else:
            alike = unicodedata.normalize("NFKC", character)
            alike = self._ALIKE.get(character) or self._ALIKE.get(alike) or alike
            plain = alike if len(alike) == 1 and not alike.isdecimal() else character
        self[code] = plain
        return plain


_PLAIN = _PlainCharacters()


def _full_size(number: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", number.group())


def plain_text(text: str) -> str:
    """The text in plain digits, spaces and dashes, with every character in its old place."""
    plain = text
    if not text.isascii():
        plain = _SMALL_NUMBER.sub(_full_size, text).translate(_PLAIN)
    return _REFERENCE.sub(lambda reference: "x" * len(reference.group()), plain)

"""The small marks of layout: bullets, numbers, hyphens, capitals that begin anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

BULLET = re.compile(r"^([•·▪◦●■□►▶➢➤✓❖★☆✔✦✱◆◇♦○▸‣→☐☑*–—+«»¢°>-])\s*(?=\S)")
_DOUBTFUL_BULLET = re.compile(r"^([oe.©])\s+(?=\S)")
_NUMBER = re.compile(
    r"^((?:§|kap(?:ittel|itel|\.)?|artikel|punkt|pkt\.?)\s*\d{1,2}\s?[a-z]?[.:)]?"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)]|\(?[a-zæøå]\)|[IVX]{1,4}\.)\s+(?=\S)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^(\d{1,2})\s+(?=[A-ZÆØÅÄÖ])")
_STYCKE = re.compile(r"^(stk\.?\s*\d{1,2}\.?)\s+(?=\S)", re.IGNORECASE)
_SAME_GLYPH = dict.fromkeys("•·▪●■*«»¢°.e©>►➢", "•") | dict.fromkeys("-–—", "-")
_GLUED = "-–—+*>°"
_DASHES = "–—-*"

_LINKS = ("og", "eller", "och", "samt")
_SHORT_FORM = re.compile(r"\b[A-ZÆØÅÄÖ]{2,}-$")
HYPHEN = re.compile(r"(?<=\w)[-¬]$")
SENTENCE_ENDS = (".", "!", "?", ":", ";", "”", '"', "»", ")")
_LONGEST_UNMARKED_ITEM = 160
_LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign or number a line begins with, and the rest of the line."""

    sign: str
    rest: str
    numbered: bool = False

    @property
    def glyph(self) -> str:
        """Signs that a scanner takes for one another are one sign; so are all numbers."""
        return _SAME_GLYPH.get(self.sign, "1" if self.numbered else self.sign)

    @property
    def level(self) -> int:
        """How deep a numbered heading lies: 1.2 under 1."""
        depth = self.sign.count(".") + 1 if self.sign[0].isdigit() else 2
        return max(1, min(depth, 6))


def same_glyph(one: str, other: str) -> bool:
    """Whether two signs may be the same bullet."""
    return _SAME_GLYPH.get(one, one) == _SAME_GLYPH.get(other, other)


def mark_of(text: str, *, in_list_of: str, mid_sentence: bool) -> Mark | None:
    """What a line begins with.

    `in_list_of` is the sign of the list this line may go on with: there `e` and `o` are bullets
    that a scanner read as letters. `mid_sentence` is whether the line before ended in the middle of
    a sentence: there a dash is a dash.
    """
    found = BULLET.match(text)
    if found:
        rest = text[found.end() :]
        small = not starts_upper(rest)
        listed = bool(in_list_of) and same_glyph(in_list_of, found[1])
        in_sentence = found[1] in _DASHES and mid_sentence and small and not listed
        glued = found[1] in _GLUED and text[1:2] not in (" ", "\t") and small
        return None if in_sentence or glued else Mark(found[1], rest)
    found = _DOUBTFUL_BULLET.match(text)
    if found:
        rest = text[found.end() :]
        listed = bool(in_list_of) and same_glyph(in_list_of, found[1])
        return Mark(found[1], rest) if listed or starts_upper(rest) else None
    return numbered(text)


def numbered(text: str) -> Mark | None:
    """The number a line begins with; the day of a date and a number in a sentence are none."""
    for pattern in (_STYCKE, _NUMBER):
        found = pattern.match(text)
        if found:
            rest = text[found.end() :]
            free = found[1].endswith(")") or found[1].startswith("§")
            return Mark(found[1], rest, numbered=True) if free or starts_upper(rest) else None
    found = _BARE_NUMBER.match(text)
    return Mark(found[1], text[found.end() :], numbered=True) if found else None


def starts_upper(text: str) -> bool:
    """Whether a text begins as a new sentence does; scanners turn Ø into `@` and Å into `A`."""
    for place, letter in enumerate(text[:_LOOKED_AT]):
        if letter == "@":
            return True
        if letter.isalpha():
            return letter.isupper() or text[place + 1 : place + 2].isupper()
        if letter.isdigit():
            return False
    return False


def is_list_line(text: str) -> bool:
    """A short line that is no sentence: what stands under a colon when nobody drew bullets."""
    return len(text) <= _LONGEST_UNMARKED_ITEM and not text.endswith((".", ":", "!", "?"))


def joined(parts: Sequence[str]) -> str:
    """Broken lines as one text: a hyphen at a line's end goes, unless it belongs to the word."""
    pieces: list[str] = []
    for part in parts:
        last = pieces[-1] if pieces else ""
        if not last:
            pieces.append(part)
        elif not HYPHEN.search(last) or part.split(maxsplit=1)[0] in _LINKS:
            pieces += (" ", part)
        elif _SHORT_FORM.search(last) or not part[:1].islower():
            pieces.append(part)
        else:
            pieces[-1] = last[:-1]
            pieces.append(part)
    return "".join(pieces)

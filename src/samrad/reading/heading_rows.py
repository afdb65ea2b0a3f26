"""Lines that are headings because they stand in a row: numbered alike, or set alike.

What one line alone does not tell, several of a kind do: `Felt 1`, `Felt 2`, `Felt 3` are the parts
of a form; short lines, each right over a long one, are how this document sets its headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from samrad.reading.lines import Line
from samrad.reading.marks import BULLET, SENTENCE_ENDS, numbered, starts_upper

LONGEST_HEADING = 100
_MOST_WORDS = 12
_MOST_WORDS_IN_A_ROW = 8
_MOST_WORDS_ALONE = 7
_FEWEST, _SEVERAL = 3, 2
_LINES_BETWEEN = 2
_LONG_LINE = 60
_FEWEST_CAPITALS = 4
_SHORT_OF_NEXT = 0.6
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NAMED = re.compile(
    r"^[\[(*_ ]{0,3}(?P<word>[^\W\d_]{2,12})\.? (?P<number>\d{1,2}|[IVX]{1,4})\b[\])*]*"
    r"(?:\s*[.):·–—|*-]+)?(?:\s+|$)(?P<rest>.*)$"
)
"""`Kapitel 2. Virke`, `FELT 4 Sammensætning`, `[Lysark 5] SLT`."""

_OF_CONTENT = re.compile(
    r"(?:del)?mål|tema|spor|indsats|innsats|insats|tiltak|åtgärd|satsing|fokus|prioritering|"
    r"område|uke|uge|vecka|veke|kl|den|side|sida|s$|tlf|version|bilag|vedlegg|bilaga|stk",
    re.IGNORECASE,
)
"""What is numbered so belongs to what is said: an aim, a week, a page."""

_AREA = re.compile(
    r"^(?:\w*(?:indsats|innsats|insats|satsing|satsning|fokus|område)\w*|tema|spor|problem) "
    r"(?P<number>\d{1,2})\s*[:.–-]\s+(?P<rest>.*)$",
    re.IGNORECASE,
)
"""`Indsatsområde 2: Unge og rusmidler`, over what is said of it."""

_SHORT_FORM = re.compile(r"\b(?:m\.?\s?[mv]|mv|mm|osv|etc)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A line with its number, in a style of numbering."""

    place: int
    number: int


def could_be_heading(text: str) -> bool:
    """Whether a line is short and no sentence."""
    ends = text.endswith((".", ",", ";", "-")) and not _SHORT_FORM.search(text)
    return (
        len(text) <= LONGEST_HEADING
        and len(text.split()) <= _MOST_WORDS
        and not ends
        and (starts_upper(text) or text[:1].isdigit())
        and sum(letter.isalpha() for letter in text) > 1
    )


def in_rows(lines: Sequence[Line]) -> set[int]:
    """Every line that is a heading because others like it are there."""
    return {*numbered_in_a_row(lines), *named_in_a_row(lines), *set_alike(lines)}


def areas_in_a_row(lines: Sequence[Line]) -> set[int]:
    """Lines that number what is worked on, each over the text that tells of it."""
    found = [
        place
        for place, line in enumerate(lines)
        if (area := _AREA.match(line.text)) and could_be_heading(area["rest"])
    ]
    following = (next((one.text for one in lines[at + 1 :] if one.text), "") for at in found)
    lead = all(len(text) >= _LONG_LINE for text in following)
    return set(found) if len(found) >= _SEVERAL and lead else set()


def named_in_a_row(lines: Sequence[Line]) -> set[int]:
    """Lines that count up under the same word: `Kapitel 1`, `Kapitel 2`, `Kapitel 3`."""
    rows: dict[str, list[_Counted]] = {}
    for place, line in enumerate(lines):
        found = named(line.text) if line.text else None
        if found:
            word, number, _ = found
            rows.setdefault(word, []).append(_Counted(place, number))
    chains = (chain for row in rows.values() for chain in _chains(row))
    return {one for chain in chains if _leads(chain, lines) for one in chain}


def named(text: str) -> tuple[str, int, str] | None:
    """The word a part is named by, its number and what the line says besides."""
    found = _NAMED.match(text)
    if not found or _OF_CONTENT.match(found["word"]) or not starts_upper(found["word"]):
        return None
    rest = found["rest"].strip(" *")
    if rest and not could_be_heading(rest):
        return None
    sign = found["number"]
    number = int(sign) if sign.isdigit() else _ROMAN.index(sign) + 1 if sign in _ROMAN else 0
    return (found["word"].lower(), number, rest) if number else None


def unnumbered(heading: str) -> str:
    """A heading without the part it names: of `Felt 11 Underskrifter` the last word."""
    found = named(heading)
    return found[2] if found and found[2] else heading


def numbered_in_a_row(lines: Sequence[Line]) -> set[int]:
    """Lines numbered 1, 2, 3 … in one style, each short and leading text: a document's sections."""
    rows: dict[str, list[_Counted]] = {}
    for place, line in enumerate(lines):
        mark = numbered(line.text) if line.text else None
        if not mark or not _begins(place, lines) or not could_be_heading(mark.rest):
            continue
        style, number = _style_of(mark.sign)
        if number and len(mark.rest.split()) <= _MOST_WORDS_IN_A_ROW and ":" not in mark.rest:
            rows.setdefault(style, []).append(_Counted(place, number))
    chains = (chain for row in rows.values() for chain in _chains(row))
    return {one for chain in chains if _leads(chain, lines) for one in chain}


def _begins(place: int, lines: Sequence[Line]) -> bool:
    """Whether a line stands after space, or after what has come to an end."""
    before = lines[place - 1].text if place else ""
    return not before or before.endswith(SENTENCE_ENDS)


def _style_of(sign: str) -> tuple[str, int]:
    """How a number is written, and which it is; 0 when it is none that sections have."""
    letters = sign.strip(".)(: ")
    if letters in _ROMAN:
        return "roman", _ROMAN.index(letters) + 1
    digits = "".join(letter for letter in letters if letter.isdigit())
    whole = "." not in letters and digits and not sign.endswith(")")
    return sign.replace(digits, ""), int(digits) if whole else 0


def _chains(row: Sequence[_Counted]) -> list[list[int]]:
    """What counts up by one from the first, whatever is counted in between."""
    chains: list[list[_Counted]] = []
    for one in row:
        held = next((c for c in reversed(chains) if c[-1].number == one.number - 1), None)
        if held:
            held.append(one)
        else:
            chains.append([one])
    return [[one.place for one in chain] for chain in chains if len(chain) >= _FEWEST]


def _leads(chain: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether most of a row have text below: a list of contents has not."""
    leading = sum(_has_text(one, other, lines) for one, other in pairwise(chain))
    return leading * 2 >= len(chain) - 1


def _has_text(one: int, other: int, lines: Sequence[Line]) -> bool:
    between = [line.text for line in lines[one + 1 : other] if line.text]
    return other - one > _LINES_BETWEEN or any(len(text) >= _LONG_LINE for text in between)


def set_alike(lines: Sequence[Line]) -> set[int]:
    """Short lines that end no sentence, each after the end of one and right over a long line.

    Or each in capitals, over a line that is not.
    """
    places = [place for place, line in enumerate(lines[:-1]) if line.text]
    rows = [{place for place in places if way(place, lines)} for way in (_stands_over, _is_louder)]
    return {place for row in rows if len(row) >= _FEWEST for place in row}


def _is_louder(place: int, lines: Sequence[Line]) -> bool:
    text, following = lines[place].text, lines[place + 1].text
    capitals = text.isupper() and sum(map(str.isalpha, text)) >= _FEWEST_CAPITALS
    few = len(text.split()) <= _MOST_WORDS_ALONE and could_be_heading(text)
    quieter = bool(following) and not following.isupper()
    return capitals and few and quieter and not numbered(text) and _begins(place, lines)


def _stands_over(place: int, lines: Sequence[Line]) -> bool:
    line, following = lines[place], lines[place + 1].text
    if line.whole or BULLET.match(line.text) or numbered(line.text):
        return False
    question = line.text.endswith("?")
    few = len(line.text.split()) <= (_MOST_WORDS if question else _MOST_WORDS_ALONE)
    plain = could_be_heading(line.text) and ":" not in line.text and "|" not in line.text
    long = len(following) >= max(_LONG_LINE, len(line.text) / _SHORT_OF_NEXT)
    return few and plain and long and starts_upper(following) and _begins(place, lines)

"""Template text told from local text: what every agreement says, and what only this one does.

Some passages give themselves away: they name the municipality, or speak of municipalities in
general, or tell the writer what to write. The two were set in different type on most pages
(another width, other bullets, other misreadings by the scanner), so what the clear passages show
about a way of printing is believed, cautiously, of the unclear ones printed alike.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, pstdev

from samrad.reading.lexicon import Text
from samrad.reading.model import TextOrigin
from samrad.reading.ocr import letter_read_for
from samrad.reading.passages import RawPassage, Sentence
from samrad.reading.vocabulary import Vocabulary

_LOCAL_UNLESS_TOLD = 0.4
_NAMES_THE_PLACE = 3.0
_CONCRETE = 1.2
_IN_GENERAL = -1.6
_GENERAL_PHRASE = -1.5
_GUIDANCE = -4.0
_MOST = 4.0
_STYLE_TRUST = 1.3
_STYLE_DOUBT = 2.0
_MOST_FROM_STYLE = 2.5

_FEWEST_PER_WIDTH = 3
_WIDTHS_DIFFER = 0.13
_WIDTHS_OVERLAP = 0.6

_CONCRETE_FIGURE = re.compile(
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)?\d{2}\b|\bkl\.?\s?\d|\d\s?%|\b\d{2}\s?\d{2}\s?\d{2}\s?\d{2}\b"
    r"|\b\d{1,2}[.:]\d{2}\s?[-–]\s?\d{1,2}[.:]\d{2}\b|@\w+\.\w+"
)
_LIKE_G, _LIKE_E = "gpq9", "eoaécs"


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a passage comes from, and whether it settles nothing."""

    origin: TextOrigin
    guidance: bool


def is_guidance(sentence: Text, words: Vocabulary) -> bool:
    """Whether a sentence tells the writer what to write instead of settling it."""
    if sentence.text.lstrip().startswith(("[", "{")) and not sentence.has(("=kr",)):
        return True
    starts = sentence.having(words["guidance.starts"])
    begins = any(hit.first == 0 for hit in starts)
    return begins or sentence.has(words["guidance.about"])


def judge(
    passages: Sequence[RawPassage],
    texts: Sequence[Text],
    sentences: Sequence[Sequence[tuple[Sentence, Text]]],
    names: Iterable[str],
    words: Vocabulary,
) -> list[Judged]:
    """The origin of every passage of a document."""
    name_set = frozenset(names)
    guided = [_guidance_share(own, words) for own in sentences]
    clear = [
        _clear_signs(text, share, name_set, words)
        for text, share in zip(texts, guided, strict=True)
    ]
    styles = _styles(passages, texts, words)
    shown = _shown_by_style(clear, styles)
    judged = []
    for number, signs in enumerate(clear):
        evidence = _LOCAL_UNLESS_TOLD + signs + _from_style(signs, styles[number], shown)
        origin = TextOrigin.LOCAL if evidence > 0 else TextOrigin.TEMPLATE
        judged.append(Judged(origin, guided[number] > 0.5))  # noqa: PLR2004
    return judged


def _guidance_share(sentences: Sequence[tuple[Sentence, Text]], words: Vocabulary) -> float:
    if not sentences:
        return 0.0
    own = [text for sentence, text in sentences if not sentence.item] or [
        text for _, text in sentences
    ]
    return sum(is_guidance(text, words) for text in own) / len(own)


def _clear_signs(text: Text, guidance: float, names: frozenset[str], words: Vocabulary) -> float:
    """What the passage itself says about where it comes from; above 0 is local."""
    signs = guidance * _GUIDANCE
    if any(word.text in names for word in text.words):
        signs += _NAMES_THE_PLACE
    if _CONCRETE_FIGURE.search(text.text):
        signs += _CONCRETE
    signs += _IN_GENERAL * min(2, len(text.having(words["places.plural"])))
    signs += _GENERAL_PHRASE * min(2, len(text.having(words["general.signs"])))
    return max(-_MOST, min(_MOST, signs))


def _styles(
    passages: Sequence[RawPassage], texts: Sequence[Text], words: Vocabulary
) -> list[frozenset[str]]:
    """How each passage was printed: its width, its bullets, how the scanner misread it."""
    narrow, wide = _two_widths([passage.width for passage in passages if _wrapped(passage)])
    styles = []
    for passage, text in zip(passages, texts, strict=True):
        own = set()
        if narrow and _wrapped(passage):
            own.add("narrow" if abs(passage.width - narrow) < abs(passage.width - wide) else "wide")
        if passage.marker:
            own.add("dash" if passage.marker in "-–—" else "bullet")
        elif len(passage.parts) > 1:
            own.add("bullet" if passage.parts[1].marker not in "-–—" else "opened")
        misread = _misreading(text, words)
        if misread:
            own.add(misread)
        styles.append(frozenset(own))
    return styles


def _wrapped(passage: RawPassage) -> bool:
    return len(passage.text) > 1.2 * passage.width and passage.width > 0


def _two_widths(widths: Sequence[int]) -> tuple[float, float]:
    """The two widths a document is set in, or zeros when it is set in one."""
    if len(widths) < 2 * _FEWEST_PER_WIDTH:
        return 0, 0
    ordered = sorted(widths)
    splits = range(_FEWEST_PER_WIDTH, len(ordered) - _FEWEST_PER_WIDTH + 1)

    def spread(split: int) -> float:
        low, high = ordered[:split], ordered[split:]
        return len(low) * pstdev(low) ** 2 + len(high) * pstdev(high) ** 2

    split = min(splits, key=spread)
    low, high = mean(ordered[:split]), mean(ordered[split:])
    deviation = (spread(split) / len(ordered)) ** 0.5
    apart = high - low
    distinct = apart > _WIDTHS_DIFFER * high and deviation < _WIDTHS_OVERLAP * apart
    return (low, high) if distinct else (0, 0)


def _misreading(text: Text, words: Vocabulary) -> str:
    """Whether the scanner read ø here as g or as e: it does so typeface by typeface."""
    common = [term for term in words.common if "ø" in term]
    like_g = like_e = 0
    for word in text.words:
        for atom in word.atoms.intersection(common):
            seen = letter_read_for(atom, word.text.lower(), "ø")
            like_g += seen is not None and seen in _LIKE_G
            like_e += seen is not None and seen in _LIKE_E
    if like_g == like_e:
        return ""
    return "read as g" if like_g > like_e else "read as e"


def _shown_by_style(
    clear: Sequence[float], styles: Sequence[frozenset[str]]
) -> dict[str, tuple[float, int]]:
    """For each way of printing: the sum of what its clear passages say, and how many they are."""
    shown: dict[str, tuple[float, int]] = {}
    for signs, own in zip(clear, styles, strict=True):
        for style in own if signs else ():
            total, count = shown.get(style, (0.0, 0))
            shown[style] = total + signs, count + 1
    return shown


def _from_style(signs: float, own: frozenset[str], shown: Mapping[str, tuple[float, int]]) -> float:
    """What the other passages printed alike show, each style by itself and never too much."""
    evidence = 0.0
    for style in own:
        total, count = shown.get(style, (0.0, 0))
        others = count - bool(signs)
        said = _STYLE_TRUST * (total - signs) / (others + _STYLE_DOUBT)
        evidence += max(-_MOST_FROM_STYLE, min(_MOST_FROM_STYLE, said))
    return evidence

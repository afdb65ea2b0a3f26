"""What a text counts up: `1) …, 2) …`, `for det første …`, `three things: a, b and c`.

What belongs here: how things are counted up in any of the languages. What does not: which of them
are focus areas (`goals`).
"""

import re
from collections.abc import Sequence

_LABEL = (
    r"(?:spor|tema|problem|indsats|innsats|insats|mål|delmål|fokus|prioritering|satsing|satsning|"
    r"(?:indsats|innsats|insats|satsings|satsnings|fokus|mål)?område|mærkesag|punkt|tiltak|"
    r"utmaning|udfordring|utfordring)"
)
_SIGN = re.compile(
    rf"(?:^|(?<=[\s;:,.]))(?:{_LABEL}\s+(?P<labelled>\d)\s*[.:–—-]*|\(?(?P<digit>\d)[.)]|"
    r"\(?(?P<small>[a-h])[.)]|(?P<large>[A-H])[.)]|[A-Z](?P<coded>\d)(?=\s)|"
    r"\d\.?(?P<lettered>[a-h])[.:)]?|(?<![^\n])\w{3,14} (?P<named>\d|[A-H])\s?[.:–—])\s+(?=\S)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:(?:for|til)\s+det\s+(?:første|fyrste|andet|andre|annet|tredje|fjerde)|"
    r"(?:den|det|dei)\s+(?:ene|eine|ena|første|fyrste|första|anden|andet|andra|andre|tredje|"
    r"fjerde|fjärde|siste|sidste|sista)\s+(?:er|är|handler om|handlar om|gjelder|gjeld|gælder|"
    r"gäller)|"
    r"för\s+det\s+(?:första|andra|tredje|fjärde)|(?:(?<=[.;]\s)|^)(?:dernest|dernæst|"
    r"dessutom))\b\W*",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\b(?:to|två|tre|fire|fyra|fem|seks|sex|følgende|fylgjande|följande|desse|disse|dessa)\b"
    r"[^:.]{0,60}:\s*(?P<list>[^:]{10,400}?)(?:[.;]\s|\.?$)",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"\s*;\s*(?:og |samt |och )?|\s*,\s+(?:og|samt|och)\s+|\s*,\s+")
_SEMICOLONS = re.compile(r"\s*;\s*(?:og |samt |och )?|,?\s+samt\s+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_HIDDEN = {ord(","): "\ue000", ord(";"): "\ue001", ord("."): "\ue002", ord(":"): "\ue003"}
_SHOWN = {ord(hidden): chr(sign) for sign, hidden in _HIDDEN.items()}
_TELLS_MORE = re.compile(
    r"(?:som|når|når|hvor|der|där|dvs|altså|alltså|hvilk\w+|vilk\w+|kor|fordi|eftersom|då|da|"
    r"men|især|særlig|særskilt|särskilt|herunder|inklusive|blant annet|blandt andet|bland annat|"
    r"og der|og som|och som|om)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:og|samt|och)\s+")
_COMMA_AND = (", og ", ", och ", ", samt ", "; ")
_CHOSEN = re.compile(
    r"(?:prioriter\w*|velger|valgt|vælger|väljer|valt|satse[rs]?|fokus\w*|kræfterne|kreftene|"
    r"krafterna|"
    r"især|særlig\w*|særskilt|särskilt|främst|mest|først og fremst|øje for|bugt med|tyngdepunkt\w*|"
    r"hovedsak\w*|åtgärda|motverka|motvirke|forebygge|förebygga|førebyggja|sätter vi|sætter vi|"
    r"setter vi|"
    r"gjelder det|gælder det|gäller det|ägna oss åt|ägnar vi oss åt|"
    r"(?:seg|oss|os|sig|kræfterne|krafterna|kreftene|innsatsen|indsatsen|insatserna) (?:om|mot|mod|"
    r"på|i)|ta(?:r|ger|ge)? fa?t i|tager fat på|tar tak i|tar oss an)\b\s*(?P<list>[^.:]{20,400})",
    re.IGNORECASE,
)
_RESULT_LABEL = re.compile(
    r"(?:mål|mått|resultat|forventet resultat|effektmål|delmål|måltal|succeskriterium|ambisjon|"
    r"ambition|"
    r"ansvarlig|ansvarig|ansvar|hvem|hvorfor|hvad|tiltak|åtgärd|åtgärder|hvordan|"
    r"vem)\s*(?:\(.*?\))?\s*:",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_DASH = re.compile(r"(?:^|\s+)-\s+(?=\S)")
_AGAIN_AND_AGAIN = ("med", "mot", "mod", "om", "på")
_FEWEST, _MOST, _SHORTEST = 2, 8, 4

_WITH_FIGURE = re.compile(
    r"\d\s*(?:%|procent|prosent|pct|point|poeng)|halver|halvpart|hälften|halvdelen|halvt så|"
    r"hälften|tredjedel|fjerdedel|fjärdedel|\b(?:fra|från|frå)\s+\d[\d .]*\w*\s+(?:til|till)\s+"
    r"(?:høyst |højst |högst |under )?\d|\b(?:under|højst|høyst|høgst|högst|maks\w*|mindst|minst|"
    r"max|ned (?:på|til|under)|ner till|mer enn|mere end)\s+(?:(?:to|tre|fire|fem|én|ett?)\b|"
    r"\d+(?!\d|\s*(?:$|år|[.,;)])))|"
    r"\b(?:nul|noll|null|halvere\w*)\b|\b\d+\s+(?:færre|färre|fleire|flere|fler)\b|"
    r"\bingen\s+(?:dræbte|drepte|skadede|skadde|døde|dødsfall|drukna|personskad\w*|brande|branner|"
    r"forsvinner)\b|forsvinne|upphöra|være væk|"
    r"\b(?:fra|från|frå)\s+\d[^.]{0,30}?\s(?:til|till)\s+(?:høyst |højst |högst |under )?\d|"
    r"\b(?:u?nder|over|över)stig\w*\s+\d|\bikk?j?e (?:én|éin|eitt|en eneste|eit einaste)\s|"
    r"\binte (?:en|ett) enda?\s|\b\d+ i (?:19|20)\d\d,? (?:og |och )?\d+ i (?:19|20)\d\d|"
    r"\b(?:tilbake|tillbaka|tilbage) (?:på|til|till)\s+\d|\bdobl\w*|\bfordobl\w*|\bdubbl\w*",
    re.IGNORECASE,
)
_SAYS_RESULT = re.compile(
    r"\b(?:mål|mått|resultat|effektmål|måltal|succeskriterium|ambisjon|ambition|forventning|"
    r"målet er|målet är)\s*(?::|er\b|är\b|–|-)\s*(?!(?:ej|saknas|ikke|inte|aftales|settes|–|"
    r"-)\b)\S",
    re.IGNORECASE,
)


def counted_by_signs(text: str) -> list[str]:
    """What follows each of the signs that count up from the first; nothing where none do."""
    row: list[re.Match[str]] = []
    kind = ""
    for sign in _SIGN.finditer(text):
        own, number = _number_of(sign)
        if not row and number == 1:
            row, kind = [sign], own
        elif row and own == kind and number == len(row) + 1:
            row.append(sign)
    return _between(text, row) if len(row) >= _FEWEST else []


def _number_of(sign: re.Match[str]) -> tuple[str, int]:
    kind, written = next((kind, found) for kind, found in sign.groupdict().items() if found)
    return kind, int(written) if written.isdigit() else ord(written.lower()) - ord("a") + 1


def counted_by_dashes(text: str) -> list[str]:
    """`- a - b - c` in one line: a list whose lines have run together."""
    if not _DASH.match(text):
        return []
    pieces = [piece.strip(" .;,") for piece in _DASH.split(text)]
    return [piece for piece in pieces if len(piece) >= _SHORTEST]


def counted_by_one_word(text: str) -> list[str]:
    """`Something with a, with b and with c`: each of them."""
    for sentence in sentences_in(_without_signs_in_brackets(text)):
        for word in _AGAIN_AND_AGAIN:
            pieces = re.split(rf"(?:^|,|\s)\s*(?:(?:og|och|samt)\s+)?{word}\s+", sentence)[1:]
            signs = len(re.findall(rf"(?:, |\b(?:og|och|samt) ){word}\s", sentence))
            if len(pieces) > _FEWEST and signs == len(pieces) - 1:
                return [piece.translate(_SHOWN).strip(" .;,") for piece in pieces]
    return []


def counted_by_words(text: str) -> list[str]:
    """`For det første …, for det andet …`: what follows each."""
    row = list(_ORDINAL.finditer(text))
    return _between(text, row) if len(row) >= _FEWEST else []


def counted_in_a_row(text: str) -> list[str]:
    """`Three things: a, b and c`: each of them."""
    found = _HOW_MANY.search(_without_signs_in_brackets(text))
    pieces = in_a_row(found["list"]) if found else []
    enough = _FEWEST <= len(pieces) <= _MOST
    return pieces if enough and all(len(piece) >= _SHORTEST for piece in pieces) else []


def chosen(sentence: str) -> list[str]:
    """`We give priority to a, b and c`: each of them, of three or more."""
    found = _CHOSEN.search(_without_signs_in_brackets(sentence))
    pieces = in_a_row(found["list"]) if found else []
    enough = _FEWEST < len(pieces) <= _MOST
    return pieces if enough and all(len(piece) >= _SHORTEST for piece in pieces) else []


def in_a_row(text: str) -> list[str]:
    """The pieces between commas; the last two by their `og`, unless a comma stands before it.

    Where there are semicolons they part the pieces. What only tells more of a piece stays with it.
    """
    text = _without_signs_in_brackets(text)
    found: list[str] = []
    for piece in (_SEMICOLONS if ";" in text else _COMMAS).split(text):
        if found and _TELLS_MORE.match(piece):
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    if not any(sign in text for sign in _COMMA_AND):
        found = [*found[:-1], *_AND.split(found[-1], maxsplit=1)]
    return [piece.translate(_SHOWN).strip(" .;,") for piece in found]


def _without_signs_in_brackets(text: str) -> str:
    return _IN_BRACKETS.sub(lambda found: found[0].translate(_HIDDEN), text)


def says_only_result(text: str) -> bool:
    """Whether a line is nothing but what shall have come of the one before: `Mål: …`."""
    return bool(_RESULT_LABEL.match(text))


def _between(text: str, row: Sequence[re.Match[str]]) -> list[str]:
    ends = [*(sign.start() for sign in row[1:]), len(text)]
    pieces = [
        text[sign.end() : end].strip(" .;,:–—\n") for sign, end in zip(row, ends, strict=True)
    ]
    return [piece for piece in pieces if len(piece) >= _SHORTEST]


def counted(text: str) -> list[str]:
    """What a text counts up, however it does; nothing where it does not."""
    ways = (
        counted_by_signs,
        counted_by_dashes,
        counted_by_words,
        counted_in_a_row,
        counted_by_one_word,
    )
    for way in ways:
        found = way(text)
        if len(found) >= _FEWEST:
            return found
    return []


def figure_in(text: str) -> str | None:
    """The sentence that says what shall have come of it, told by a figure or by saying so."""
    for sentence in sentences_in(text):
        if _WITH_FIGURE.search(sentence) or _SAYS_RESULT.search(sentence):
            return sentence
    return None


def sentences_in(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()] or [text]

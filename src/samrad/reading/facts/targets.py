"""What shall have come of something, and whether a text says so or says that nobody knows yet.

What belongs here: how an aim is stated in any of the languages. What does not: of which focus area
(`goals`).
"""

import re

from samrad.reading.facts.counted import figure_in, sentences_in
from samrad.reading.mending import wholly_mended

_AIM = (
    r"(?:(?:forvent\w+|venta|förvänta\w+|ønsk\w+) (?:resultat\w*|effekt\w*)|mål(?:et|a|ene|en)?|"
    r"målsæt\w+|målsett\w+|målsätt\w+|delmål\w*|resultat(?:et)?|effektmål\w*|resultatmål\w*|"
    r"ambi[st]jon(?:en)?|ambition(?:en)?|forventning(?:en)?|succeskriteri\w+|mått(?:et)?|måltal)"
)
_STATED = re.compile(
    rf"\b{_AIM}\s*(?:\([^)]*\))?\s*(?::|–|-|er\b|är\b|at\b|att\b|om\b|skal\b|ska\b),?\s*\w|"
    rf"\b(?:er|är) (?:det |der |där )?(?:\w+ )?{_AIM}\b|"
    r"\b(?:venter|vente[ts]|forvente[rst]*|förvänta\w*|håber|hoppas|vonar|håper)\b[^.]{0,30}"
    r"\b(?:at|att)\b",
    re.IGNORECASE,
)
_SHALL = re.compile(
    r"\b(?:skal|ska|skall|må|vil|kan|bør|bör)\b[^.]{0,90}\b(?:færre|färre|alle|alla|ingen|inga|"
    r"halv\w*|minst|mindst|høyst|højst|høgst|högst|under|over|mindre|dobbelt\w*|lika?|lige|kvar|nivå|ned|"
    r"ner|opp|op|øke\w*|öka\w*|stige\w*|falde\w*|minsk\w*|reduser\w*|reducer\w*|"
    r"ik(?:ke|kje) (?:være |overstig\w+ )?(?:høyere|flere|mere|mer)|inte överstig\w*)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:ikke|ikkje|inte|ej|ännu|endnu|enno|ennå)\s(?:\w+\s){0,4}?(?:tallfest\w*|talfest\w*|satt?|"
    r"sette?|sat|fastsat\w*|fastsett\w*|fastställ\w*|aftalt|avtalt|avklar\w*|bestemt|klar\w?|mål\w*|"
    r"tal|tall|tallet|talet|siffra\w*|resultat|måle|mæle|mäta)\b|"
    rf"\b{_AIM}\W*(?:er|är|blir|bliver)?\W*(?:(?:intet|inget|ingen)\W*(?:$|fast\w+|satt?\b)|"
    r"(?:\w+ )?"
    r"(?:saknas|mangler|manglar|aftales|avtales|avtalast|settes|sættes|sätts|kommer|fastlægges|"
    r"fastsettes|fastställs|senere|senare|seinare|uavklart|oklart)\b)|"
    r"\b(?:ve[td]|veit)\s(?:\w+\s){0,3}?(?:ikke|ikkje|inte|for lite|for lidt|för lite)\b|"
    r"\b(?:ingen|ingi|inga|intet|inget|uten|utan|uden)\s(?:\w+\s)?(?:mål|måls[æäe]t\w+|måltal\w*|resultat|tall?|"
    r"siffra|siffror)\b|\bTBA\b|\b(?:afvent|avvent|invänt)\w*\b|\b(?:avklares|avklaras|aftales|avtales|avtalas|fastsettes|fastsættes|fastställs|"
    r"settes|sättes|kommer) (?:når|när|senere|senare|seinare|hvis|i)\b|"
    r"\bik(?:ke|kje) (?:angi\w+|utfyl\w+|udfyl\w+|oppgi\w+)|\bej (?:angivet|satt|ifyllt)|"
    r"\b(?:ska|skal|skall)\s(?:tas fram|utarb\w+|formul\w+|fastst\w+|fasts\w+|avklar\w+|defin\w+)|"
    rf"\b{_AIM}\s(?:formuleras|formuleres|utarbejdes|utarbeides|utarbetas|fastställs|tas fram)\b|"
    r"\bmål følg\w+|finner vi ut|finder vi ud|lar (?:det )?seg ikke",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(
    r"(?:^|[–:(]\s*)(?:når |at |att )?(?:alle|alla|ingen|inga|ingi)\s", re.IGNORECASE
)
_BEGINNING = 20
_AGO = re.compile(
    r"\b(?:ble|blev|vart|var|viste|visade|fanns|fantes|stod|sto|hadde|havde|hade|steg|økte|ökade)\b",
    re.IGNORECASE,
)


def is_unknown(text: str) -> bool:
    """Whether a text says that nothing has been settled."""
    return bool(_UNKNOWN.search(wholly_mended(text))) or not re.search(r"\w{2}", text)


def target_in(text: str, own: str = "") -> str | None:
    """The sentence that says what shall have come of it; none where it is not settled yet.

    An area's `own` words may wish for something of everybody without being a result of it.
    """
    known = [sentence for sentence in sentences_in(text) if not is_unknown(sentence)]
    for sentence in known:
        if _STATED.search(wholly_mended(sentence)) and not _AGO.search(wholly_mended(sentence)):
            return sentence
    figured = (figure_in(sentence) or figure_in(wholly_mended(sentence)) for sentence in known)
    return next((found for found in figured if found), None) or next(
        (sentence for sentence in known if _wishes(sentence, own)), None
    )


def _wishes(sentence: str, own: str) -> bool:
    read = wholly_mended(sentence)
    everybody = _EVERYBODY.search(read)
    is_own = bool(own) and sentence.startswith(own[:_BEGINNING])
    return bool(_SHALL.search(read)) or bool(everybody and (everybody.start() or not is_own))

"""How often: meetings in a year, renewal of the agreement, evaluation."""

import re
from collections.abc import Iterator
from typing import Any

from samrad.reading.concepts import concepts_in
from samrad.reading.facts.dates import days_in, last_day_in
from samrad.reading.lexicon import Text
from samrad.reading.mending import mended_word
from samrad.reading.model import Fact
from samrad.reading.study import Study, Told, written
from samrad.reading.vocabulary import Vocabulary

_COUNCIL = ("council", "meetings", "organisation", "parties")
_MONTHLY = 12
_RHYTHMS = (("quarterly", 4), ("every_other_month", 6), ("half_yearly", 2), ("monthly", _MONTHLY))
PACES = ("quarterly", "every_other_month", "half_yearly", "monthly", "yearly", "often")
"""Groups of words that tell how often, the rarest first."""

_ENDS = ("after_municipal_election", "until", "every_years", "until_ended")
_SEVERAL, _MOST_TIMES = 2, 26
_MEETINGS = re.compile(
    r"(?:gang|gång|gong|ggr|mød|møt|möt|ordin|fast|sam[lm]|sammantr|tillfäl|træf|treff|"
    r"sammen|saman|samman|trer|træder)",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(?:mindst|minst|minimum|minste|det mindste)\b", re.IGNORECASE)
_EVERY = r"(?:hver|hvert|kvar|kvart|varje|vart|per|pr\.?|i|én i|ett? (?:per|i))"
_OTHER = (
    r"(?:hver(?:t)? an(?:den|det|dre|nen|net)|annenhver|annethvert|annankvar|"
    r"kvar(?:t)? ann(?:an|a)|varannan|vartannat)"
)
_OFTEN = (
    (re.compile(rf"\b{_OTHER} (?:måned|månad|md|mnd)", re.IGNORECASE), 6),
    (re.compile(rf"\b{_EVERY} kvartal|kvartals?vis", re.IGNORECASE), 4),
    (
        re.compile(rf"\b{_EVERY} (?:halvår|halvt år)|\bhver[t]? halve år|halvårlig", re.IGNORECASE),
        2,
    ),
    (
        re.compile(
            r"\b(?:forår og (?:et )?efterår|vår og høst|vår och höst|vår og haust)\b", re.IGNORECASE
        ),
        2,
    ),
    (re.compile(rf"\b{_EVERY} tertial", re.IGNORECASE), 3),
    (
        re.compile(
            rf"\b(?:{_EVERY} (?:måned|månad|md|mnd)(?:en)?\b|månedlig|månatlig)", re.IGNORECASE
        ),
        12,
    ),
)
_NUMBERS = {
    "to": 2, "två": 2, "tre": 3, "tri": 3, "fire": 4, "fyra": 4, "fem": 5, "seks": 6, "sex": 6,
    "syv": 7, "sju": 7, "otte": 8, "åtte": 8, "åtta": 8, "ti": 10, "tio": 10, "elleve": 11,
    "elva": 11, "tolv": 12,
}  # fmt: skip
_TIMES = re.compile(
    rf"\b(?P<count>\d{{1,2}}|(?:{'|'.join(_NUMBERS)})\b)\s*"
    r"(?:(?:gang|gång|gong)\w*|ggr|g|x|ganger|\w*(?:møte|møde|möte)\w*|tillfälle\w*|samling\w*|"
    r"sammenkomst\w*|sammankomst\w*|politiråd|ordinære|ordinarie|faste|stk\.?|st\.?)?\s*(?:\w+\s){0,3}?"
    r"(?P<term>årlig\w*|årleg\w*|(?:i|om|per|pr\.?|/)\s?(?:året|år|kalenderår\w*)\b|"
    r"i (?:løpet|løbet) av? ?f? ?(?:året|kalenderåret)|(?:hvert|kvart|varje) (?:kalender)?år\b|"
    r"(?:per|pr\.?|i|varje|hver[t]?|kvar[t]?) (?:termin|halvår|semester)\w*|"
    r"(?:per|pr\.?|i|hvert|varje) tertial\w*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:antall?|antal)\s(?:møter|møder|möten|møte|møta)\W*(?:(?:per|pr\.?|i|om)?\s?år\w*)?\W*"
    r"(?P<count>\d{1,2})",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\b(?:uke|uge|vecka|veke|v\.)\s?\d{1,2}\b", re.IGNORECASE)
_NTH_MONTH = re.compile(
    r"\b(?:hver|kvar|var|varje)\s(?P<nth>tredje|fjerde|fjärde)\s(?:måned|månad)", re.IGNORECASE
)
_SELDOM = tuple((sign, count) for sign, count in _OFTEN if count in (2, 6))
_MONTH = re.compile(
    r"\b(januari?|februari?|mars|marts|april|maj|mai|juni|juli|august|augusti|september|oktober|"
    r"november|desember|december)\b",
    re.IGNORECASE,
)
_ELECTION = re.compile(
    r"(?:kommune|kommunal|kommunestyre|byråds)va[l]g?|kommunestyreval|valgperiod|mandatperiod|"
    r"byrådsperiod|(?:hvert|etter|efter|kvart|varje|nytt?|till)\s(?:\w+\s)?va(?:lg|l)(?:et)?\b|"
    r"(?:ny|nye|nytt|nyvalgt)\s(?:kommunalbestyrelse|kommunestyre|byråd|majoritet|"
    r"kommunfullmäktige)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:revi|forny|forhandl|ses över|sees over|se over|gjennomgå|gennemgå|rullere|tages op|"
    r"oppdater|opdater)[^.]{0,60}\b(?P<nth>vartannat|annethvert|annakvart|(?:hvert|kvart|vart|varje)\s"
    r"(?:andet|annet|anna|andre|tredje|fjerde|fjärde))\s(?:kalender)?år\b",
    re.IGNORECASE,
)
_YEARS = {
    f"{every} {nth}": years
    for every in ("hvert", "kvart", "vart", "varje")
    for nth, years in (("tredje", 3), ("fjerde", 4), ("fjärde", 4))
}
_AS_LONG = re.compile(
    r"(?:til|indtil|inntil|tills) (?:den|han|ho|hun) "
    r"(?:blir|bliver)? ?(?:sagt|sies|opsig|siges|sägs)\w*|"
    r"(?:uten|uden|utan)\s(?:tids|slutt|slut)\w*|(?:inntil|indtil|til|tills|till)\s(?:en|den|én|"
    r"ein|noen|nogen|någon)\s"
    r"(?:av|af)\s",
    re.IGNORECASE,
)
_RECURS = re.compile(
    rf"{_MONTH.pattern}|{_EVERY}\s(?:enkelt\s)?(?:år|vår|høst|haust|höst|forår|efterår|kvartal|"
    rf"halvår|tertial|termin|sesong|sæson|møte|møde|möte)|"
    rf"{_OTHER}\s(?:måned|månad)|\b(?:årlig|halvårlig|kvartalsvis)\w*|(?:gang|gång|gong)(?:er|"
    rf"e)?\s(?:i|om|per|pr)\.?\s(?:året|år)|"
    r"\b(?:år(?:et|ets)|årsskifte\w*|skoleår\w*|til jul|före jul|før jul|inden jul|årsmøte|"
    r"årsbericht)\b|"
    r"\b(?:første|siste|sidste|sista|fyrste)\s(?:møte|møde|möte)|"
    r"\b(?:januari?|februari?|mars|marts|april|maj|mai|juni|august|augusti|september|oktober|"
    r"november|desember|december|høst|haust|höst|vår|forårs|efterårs)(?:møte|møde|möte)\w*",
    re.IGNORECASE,
)
_ADVISES = re.compile(r"\b(?:bør|bör|anbefal\w*|tilråd\w*|rekommend\w*)\b", re.IGNORECASE)
_BUT_ONE = re.compile(
    r"\b(?:inte|ikke|ikkje|undtagen|undtaget|unntatt|bortset fra|bortsett frå?a?|utom|utenom|"
    r"untagen|undantag för)\s(?:i\s|for\s)?(?:juli|juni|august|augusti|januar|januari|december|"
    r"desember)\b",
    re.IGNORECASE,
)
"""Every month but one."""

_NEAR = 6
_BESIDE = 2
_MOST_MEETINGS = 52
_LONGEST_TERM = 12


def how_often(text: Text, words: Vocabulary) -> str:
    """How often something is done, in the text's own words; nothing where it does not say."""
    times = _TIMES.search(text.text)
    if times:
        return times[0]
    for name in PACES:
        hits = text.having(words[f"rhythm.{name}"])
        if hits:
            longest = max(hits, key=lambda hit: hit.last - hit.first)
            return written(text, longest.first, longest.last)
    return ""


def times_a_year(said: str) -> int | None:
    """How many times a year a rhythm gives; nothing where it does not count them."""
    found = _TIMES.search(said)
    if found:
        return _counted(found)
    often = next((count for sign, count in _OFTEN if sign.search(said)), None)
    nth = _NTH_MONTH.search(said)
    if often is None and nth:
        return 4 if nth["nth"].lower() == "tredje" else 3
    return often


def _counted(found: re.Match[str]) -> int:
    """The number, in a year also where it was said of a half or a third of one."""
    count = int(_NUMBERS.get(found["count"].lower(), 0) or found["count"])
    term = found.groupdict().get("term") or ""
    halves = re.search("termin|halvår|semester", term, re.IGNORECASE)
    return count * (2 if halves else 3 if "tertial" in term.lower() else 1)


def numbers_in(text: Text, words: Vocabulary) -> dict[int, int]:
    """Whole numbers in a text by the word they stand at, in digits or letters."""
    found = {}
    for place, word in enumerate(text.words):
        written = mended_word(word.text.lower())
        if written.isdigit() and len(written) <= 3:  # noqa: PLR2004
            found[place] = int(written)
        elif written in words.numbers:
            found[place] = words.numbers[written]
    return found


def meetings_a_year(study: Study) -> Iterator[Fact]:
    """How many meetings the council holds in a year; a range counts as its lower end."""
    found = next(_meetings_found(study), None)
    if found:
        told, count, at_least = found
        yield Fact(
            "meetings_a_year",
            {"count": count, "at_least": at_least},
            told.passage,
            told.words,
            0.9 if told.clause in _COUNCIL else 0.7,
        )


def _meetings_found(study: Study) -> Iterator[tuple[Told, int, bool]]:
    """First what says so in so many words, where the council is; then what only implies it."""
    of_council = list(study.settled(*_COUNCIL))
    elsewhere = [told for told in study.settled() if told.clause not in _COUNCIL]
    by_body = sorted(of_council, key=lambda told: _COUNCIL.index(str(told.clause)))
    for several, way in (
        ([told for told in of_council if told.clause == "council"], _times_a_year),
        ([told for told in of_council if told.clause == "council"], _meetings_in),
        ([told for told in of_council if told.clause == "council"], _meetings_told_otherwise),
        (by_body, _meetings_in),
        (elsewhere, _meetings_in),
    ):
        for told in sorted(several, key=_only_advises):
            found = way(told, study)
            if found:
                count, at_least = found
                yield told, count - (count == _MONTHLY and _leaves_one_out(told)), at_least


def _only_advises(told: Told) -> bool:
    """Whether a sentence says how often a council ought to meet, rather than how often it does."""
    return bool(_ADVISES.search(told.mended))


def _leaves_one_out(told: Told) -> bool:
    return bool(_BUT_ONE.search(told.mended))


def _times_a_year(told: Told, study: Study) -> tuple[int, bool] | None:
    """`Fire ganger i året`, `2 g/år`, `två gånger per termin`, `hver tredje måned`."""
    at_least = bool(_AT_LEAST.search(told.mended)) or told.text.has(study.words["rhythm.at_least"])
    found = _TIMES.search(told.mended) or _COUNTED.search(told.mended)
    if found:
        count = _counted(found)
        return (count, at_least) if 1 < count <= _MOST_TIMES else None
    often = next((count for sign, count in _SELDOM if sign.search(told.mended)), None)
    if often and _MEETINGS.search(told.mended):
        return often, at_least
    nth = _NTH_MONTH.search(told.mended)
    if nth:
        return 4 if nth["nth"].lower() == "tredje" else 3, at_least
    weeks = set(_WEEK.findall(told.mended))
    meeting = _MEETINGS.search(told.mended)
    return (len(weeks), at_least) if meeting and len(weeks) >= _SEVERAL else None


def _meetings_in(told: Told, study: Study) -> tuple[int, bool] | None:
    text, words = told.text, study.words
    meetings = text.having(words["rhythm.meeting"])
    of_council = told.clause in _COUNCIL or text.has(words["levels.council"])
    if not meetings or not of_council:
        return None
    at_least = text.has(words["rhythm.at_least"])
    numbers = numbers_in(text, words)
    for year in text.having(words["rhythm.yearly"]):
        near = [
            (place, number)
            for place, number in numbers.items()
            if 1 < number <= _MOST_MEETINGS
            and min(abs(place - year.first), abs(place - year.last)) <= _NEAR
            and any(abs(place - meeting.first) <= _NEAR for meeting in meetings)
        ]
        if near:
            return min(near)[1], at_least
    for name, count in _RHYTHMS:
        if text.has(words[f"rhythm.{name}"]):
            return count, at_least
    return None


def _meetings_told_otherwise(told: Told, study: Study) -> tuple[int, bool] | None:
    """Where the council is spoken of: `fire møter`, `i mai og november`, every so often."""
    about = concepts_in(told.mended)
    if not any("meet" in concepts or "often" in concepts for concepts in about):
        return None
    at_least = bool(_AT_LEAST.search(told.mended)) or told.text.has(study.words["rhythm.at_least"])
    often = next((count for sign, count in _OFTEN if sign.search(told.mended)), None)
    if often:
        return often, at_least
    numbers = numbers_in(told.text, study.words)
    for place, number in sorted(numbers.items()):
        beside = told.text.words[place + 1 : place + 1 + _BESIDE]
        of_meetings = any(_MEETINGS.match(mended_word(word.text.lower())) for word in beside)
        if of_meetings and 1 < number <= _MOST_TIMES:
            return number, at_least
    months = {month.lower()[:3] for month in _MONTH.findall(told.mended)}
    return (len(months), at_least) if _SEVERAL <= len(months) <= _MOST_TIMES else None


def renewal(study: Study) -> Iterator[Fact]:
    """When the agreement is renewed or ends."""
    for told in study.settled("duration"):
        if told.text.has(study.words["renewal.election"]) or _ELECTION.search(told.mended):
            after = {"rule": "after_municipal_election"}
            yield Fact("renewal", after, told.passage, told.words, 0.85)
            return
    found = [
        (value, told)
        for told in study.preferring("duration", "evaluation", "council", "purpose")
        if (value := _renewal_in(told, study))
    ]
    if found:
        value, told = min(found, key=lambda pair: _ENDS.index(pair[0]["rule"]))
        yield Fact("renewal", value, told.passage, told.words, 0.85)


def _renewal_in(told: Told, study: Study) -> dict[str, Any] | None:
    text, words = told.text, study.words
    concerns = text.has(words["renewal.agreement"]) or told.clause == "duration"
    last = last_day_in(told.mended, words) if told.clause == "duration" else None
    if last:
        return {"rule": "until", "date": last.isoformat()}
    if told.clause == "duration" and _AS_LONG.search(told.mended):
        return {"rule": "until_ended"}
    again = _AGAIN.search(told.mended)
    if concerns and again:
        return {"rule": "every_years", "years": _YEARS.get(again["nth"].lower(), 2)}
    if not concerns or not text.has(words["renewal.renewed"]):
        return None
    if text.has(words["renewal.election"]):
        return {"rule": "after_municipal_election"}
    return _every_years(text, words) or _until(text, words)


def _every_years(text: Text, words: Vocabulary) -> dict[str, Any] | None:
    numbers = numbers_in(text, words)
    for year in text.having(words["renewal.years"]):
        near = [number for place, number in numbers.items() if 0 < year.first - place <= _BESIDE]
        if near and 1 <= near[-1] <= _LONGEST_TERM:
            return {"rule": "every_years", "years": near[-1]}
    return None


def _until(text: Text, words: Vocabulary) -> dict[str, Any] | None:
    days = days_in(text.text, words)
    if days and text.has(words["renewal.until"]):
        return {"rule": "until", "date": days[-1].isoformat()}
    if text.has(words["rhythm.yearly"]):
        return {"rule": "every_years", "years": 1}
    return {"rule": "until_ended"} if text.has(words["renewal.notice"]) else None


def evaluation(study: Study) -> Iterator[Fact]:
    """How often the work is evaluated, when, and who prepares it: the fullest sentence wins."""
    best: tuple[int, Fact] | None = None
    for told in study.preferring("evaluation"):
        text, words = told.text, study.words
        signs = text.has(words["evaluation.signs"])
        if not (signs or _recurs(told)):
            continue
        roles = [role.role for role in study.roles_in(text)]
        yearly = text.has(words["rhythm.yearly"]) or _recurs(told)
        last = text.has(words["evaluation.last_council"])
        continuous = text.has(words["evaluation.continuous"])
        if not (yearly or last or continuous):
            continue
        value = {
            "rhythm": "yearly" if yearly or last else "continuous",
            "when": "last_council_of_year" if last else None,
            "by": list(dict.fromkeys(roles)),
        }
        weight = 4 * yearly + 3 * last + 2 * bool(roles) + 2 * (told.clause == "evaluation")
        if best is None or weight > best[0]:
            best = weight, Fact("evaluation", value, told.passage, told.words, 0.85)
    if best and best[1].value["rhythm"] == "yearly":
        yield best[1]


def _recurs(told: Told) -> bool:
    """Whether it says when, where the evaluation is: every so often, in a month, at a meeting."""
    return told.clause == "evaluation" and bool(_RECURS.search(told.mended))

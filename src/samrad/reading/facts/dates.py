"""Days and years: adoption, entry into force, the year in focus."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from samrad.reading.model import Fact
from samrad.reading.ocr import reading_cost
from samrad.reading.study import Study, Told
from samrad.reading.vocabulary import Vocabulary

_NUMERIC = re.compile(r"\b(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./\s-]\s?((?:19|20)\d{2}|\d{2})\b")
_ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b")
_IN_WORDS = re.compile(r"\b(\d{1,2})\.?\s+([^\W\d]{3,10})\s+((?:19|20)\d{2})\b")
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_PERIOD = re.compile(r"\b(20[0-4]\d)\s*(?:[-–—/]|til|till|og|och)\s*(20[0-4]\d)\b")
_LEADS_ON = 32
_FROM = re.compile(
    r"(?:\b(?:fra|frå|från|from|fr\.?\s?o\.?\s?m\.?|kraft|virkning|gyldig|gyldighed|start\w*|"
    r"begynn\w*|"
    r"begynd\w*|börja\w*|virker|verkar|gælder|gjelder?|gjeld|gjelda|gäller|gälla|gælde|giltig\w*|løber|virke))"
    r"[\s:,]*(?:og med|och med|med|dagen|den|dato|igen|straks|siden|er|är)?[\s:,]*(?:den|"
    r"dato)?[\s:,]*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\b(?:til|till|indtil|inntil|t\.?\s?o\.?\s?m\.?|ut|utløper|udløber|udløb|utgången av|"
    r"udgangen af|"
    r"utgangen av|senest|ophører|opphører))[\s:,]*(?:og med|och med|med)?[\s:,]*(?:den|"
    r"dato)?[\s:,]*$",
    re.IGNORECASE,
)
_UNTIL_YEAR = re.compile(
    r"\b(?:til|till|indtil|inntil|ut|udgangen af|utgången av|utgangen av|utløpet av|december|"
    r"desember|"
    r"sommeren|til og med)\s+(?:året\s+|år\s+)?(20[0-4]\d)\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"[\s.]*(?:[-–—]|til|till|t\.?o\.?m\.?|til og med|till och med|och|og)[\s]*(?:den)?[\s]*",
    re.IGNORECASE,
)
_REST_OF_DAY = re.compile(
    r"^(?:\d{4}-\d{2}-\d{2}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./\s-]\s?\d{2,4}|"
    r"\d{1,2}\.?\s+[^\W\d]{3,10}\s+\d{4})"
)
_CENTURY = 2000
_RIGHT_AFTER = 3


def days_in(text: str, words: Vocabulary) -> list[date]:
    """Every day named in a text, in order; impossible ones are left out."""
    return [day for _, day in _days_where(text, words)]


def first_days_in(told: Told, words: Vocabulary) -> list[date]:
    """The days of a sentence that are no ends: `til 31.12.2027` is not when something began."""
    ends = [told.text.words[hit.last].end for hit in told.text.having(words["renewal.until"])]
    return [
        day
        for place, day in _days_where(told.words, words)
        if not any(0 <= place - end <= _RIGHT_AFTER for end in ends)
    ]


def first_day_in(text: str, words: Vocabulary) -> date | None:
    """The day something begins: after `fra`, `from` or the like, or the first of two days."""
    days = _days_where(text, words)
    for place, day in days:
        if _FROM.search(text[max(0, place - _LEADS_ON) : place]):
            return day
    for (place, day), (other, _) in pairwise(days):
        if _TO.fullmatch(_REST_OF_DAY.sub("", text[place:other], count=1)):
            return day
    return None


def last_day_in(text: str, words: Vocabulary) -> date | None:
    """The day something ends: after `til`, `ut` or the like; of a year alone, its last day."""
    days = _days_where(text, words)
    for place, day in days:
        if _UNTIL.search(text[max(0, place - _LEADS_ON) : place]):
            return day
    for (place, _), (other, day) in pairwise(days):
        if _TO.fullmatch(_REST_OF_DAY.sub("", text[place:other], count=1)):
            return day
    found = _UNTIL_YEAR.search(text)
    return date(int(found[1]), 12, 31) if found else None


def _days_where(text: str, words: Vocabulary) -> list[tuple[int, date]]:
    found: list[tuple[int, date | None]] = []
    for match in _ISO.finditer(text):
        found.append((match.start(), _day(int(match[3]), int(match[2]), int(match[1]))))
    for match in _NUMERIC.finditer(text):
        year = int(match[3])
        year += _CENTURY if year < 100 else 0  # noqa: PLR2004
        found.append((match.start(), _day(int(match[1]), int(match[2]), year)))
    for match in _IN_WORDS.finditer(text):
        month = _month(match[2].lower(), words)
        if month:
            found.append((match.start(), _day(int(match[1]), month, int(match[3]))))
    return [(at, day) for at, day in sorted(found, key=lambda pair: pair[0]) if day]


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str, words: Vocabulary) -> int | None:
    costs = [
        (reading_cost(name, word, whole=True, limit=1.0), number)
        for number, name in enumerate(words.months, start=1)
    ]
    cost, number = min(costs)
    return number if cost <= 1 else None


def dates(study: Study) -> Iterator[Fact]:
    """The adoption date, the day it enters into force, and the years the focus areas are for."""
    yield from _adoption(study)
    yield from _in_force(study)
    yield from _years(study)


def _adoption(study: Study) -> Iterator[Fact]:
    words = study.words
    for told in study.preferring("duration", "council", "purpose"):
        if not told.text.has(words["adoption.signs"]):
            continue
        if not told.text.has(words["renewal.agreement"]) and told.clause != "duration":
            continue
        days = first_days_in(told, words)
        deadline = told.text.has(words["adoption.deadline"])
        if days and (deadline or not told.text.has(words["adoption.in_force"])):
            value = {"date": days[0].isoformat(), "deadline": deadline}
            yield Fact("adoption", value, told.passage, told.words, 0.85)
            return


def _in_force(study: Study) -> Iterator[Fact]:
    for told in study.preferring("duration"):
        if told.text.has(study.words["adoption.in_force"]):
            days = first_days_in(told, study.words)
            if days:
                value = {"date": days[0].isoformat()}
                yield Fact("in_force", value, told.passage, told.words, 0.85)
                return
    for told in study.settled("duration"):
        day = first_day_in(told.mended, study.words)
        if day:
            yield Fact("in_force", {"date": day.isoformat()}, told.passage, told.words, 0.8)
            return


def _years(study: Study) -> Iterator[Fact]:
    """The year or years named where the focus areas are, in their sentences or their heading."""
    for told in study.settled("focus_areas"):
        for text in (told.words, told.heading):
            period = _PERIOD.search(text)
            year = _YEAR.search(text)
            if period:
                years = [int(period[1]), int(period[2])]
            elif year and (text is told.heading or told.text.has(study.words["focus.signs"])):
                years = [int(year[1]), int(year[1])]
            else:
                continue
            value = {"from": years[0], "to": years[1]}
            yield Fact("focus_years", value, told.passage, text, 0.85)
            return

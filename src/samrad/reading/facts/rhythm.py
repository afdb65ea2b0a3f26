"""How often: meetings in a year, renewal of the agreement, evaluation."""

from collections.abc import Iterator
from typing import Any

from samrad.reading.facts.dates import days_in
from samrad.reading.lexicon import Text
from samrad.reading.model import Fact
from samrad.reading.study import Study, Told
from samrad.reading.vocabulary import Vocabulary

_COUNCIL = ("council", "meetings", "organisation", "parties")
_RHYTHMS = (("quarterly", 4), ("every_other_month", 6), ("half_yearly", 2), ("monthly", 12))
_NEAR = 6
_BESIDE = 2
_MOST_MEETINGS = 52
_LONGEST_TERM = 12


def numbers_in(text: Text, words: Vocabulary) -> dict[int, int]:
    """Whole numbers in a text by the word they stand at, in digits or letters."""
    found = {}
    for place, word in enumerate(text.words):
        written = word.text.lower()
        if written.isdigit() and len(written) <= 3:  # noqa: PLR2004
            found[place] = int(written)
        elif written in words.numbers:
            found[place] = words.numbers[written]
    return found


def meetings_a_year(study: Study) -> Iterator[Fact]:
    """How many meetings the council holds in a year; a range counts as its lower end."""
    for told in study.preferring(*_COUNCIL):
        found = _meetings_in(told, study)
        if found:
            count, at_least = found
            yield Fact(
                "meetings_a_year",
                {"count": count, "at_least": at_least},
                told.passage,
                told.words,
                0.9 if told.clause in _COUNCIL else 0.7,
            )
            return


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


def renewal(study: Study) -> Iterator[Fact]:
    """When the agreement is renewed or ends."""
    for told in study.preferring("duration", "evaluation", "council", "purpose"):
        value = _renewal_in(told, study)
        if value:
            yield Fact("renewal", value, told.passage, told.words, 0.85)
            return


def _renewal_in(told: Told, study: Study) -> dict[str, Any] | None:
    text, words = told.text, study.words
    concerns = text.has(words["renewal.agreement"]) or told.clause == "duration"
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
        if not text.has(words["evaluation.signs"]):
            continue
        roles = [role.role for role in study.roles_in(text)]
        yearly = text.has(words["rhythm.yearly"])
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

"""What the parties promise to do: activities known by name, and what they bind themselves to."""

import re
from collections.abc import Iterator

from samrad.reading.facts.rhythm import PACES
from samrad.reading.lexicon import Text
from samrad.reading.model import Fact
from samrad.reading.study import Study

_MAIN_CLAUSES = re.compile(r",\s+(?:og|samt|och)\s+|;\s+")
_LONGEST_SUBJECT = 8
_MOST_COMMITMENTS = 80


def promises(study: Study, text: Text) -> bool:
    """Whether a sentence says that somebody shall or does do something."""
    owners = [hit for hit in text.having(study.words["focus.activity_owner"]) if hit.first <= 1]
    duties = text.having(study.words["focus.duty"])
    return any(0 < duty.first - owner.last <= 5 for owner in owners for duty in duties)  # noqa: PLR2004


def commitments(study: Study) -> Iterator[Fact]:
    """What the parties promise: activities known by name, and what they bind themselves to."""
    count = 0
    for told in study.settled():
        if told.clause in (None, "administration"):
            continue
        for text in _clauses_of(study, told.text):
            if not promises(study, text):
                continue
            activity = _activity(study, text)
            if not activity and not text.has(study.words["focus.promise"]):
                continue
            value = {
                "activity": activity,
                "owner": _owner(study, text),
                "rhythm": _rhythm(study, text),
                "text": text.text,
            }
            yield Fact("commitments", value, told.passage, told.words, 0.8 if activity else 0.65)
            count += 1
            if count >= _MOST_COMMITMENTS:
                return


def _clauses_of(study: Study, text: Text) -> list[Text]:
    """The main clauses of a sentence, where each promises something of its own."""
    pieces = [study.template.lexicon.read(piece) for piece in _MAIN_CLAUSES.split(text.text)]
    if len(pieces) > 1 and all(promises(study, piece) for piece in pieces):
        return pieces
    return [text]


def _activity(study: Study, text: Text) -> str | None:
    hits = [
        (hit.first, name)
        for name, terms in study.words.activities.items()
        for hit in text.having(terms)
    ]
    return min(hits)[1] if hits else None


def _owner(study: Study, text: Text) -> str:
    """Who begins the sentence: the council, one of the sides, or both."""
    duties = [hit.first for hit in text.having(study.words["focus.duty"]) if hit.first]
    subject = text.words[: min(duties[0] if duties else 3, _LONGEST_SUBJECT)]
    beginning = study.template.lexicon.read(" ".join(word.text for word in subject))
    if beginning.has(study.words["levels.council"]):
        return "council"
    return study.side_of(beginning) or _side_of_first_role(study, text) or "both"


def _side_of_first_role(study: Study, text: Text) -> str | None:
    roles = [role for role in study.roles_in(text) if role.first <= 1]
    return study.template.side_of_role(roles[0].role) if roles else None


def _rhythm(study: Study, text: Text) -> str | None:
    for name in PACES:
        if text.has(study.words[f"rhythm.{name}"]):
            return "regular" if name == "often" else name
    return None

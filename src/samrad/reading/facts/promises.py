"""What the parties promise to do: activities known by name, and what they bind themselves to."""

import re
from collections.abc import Iterator

from samrad.reading.facts.rhythm import PACES
from samrad.reading.lexicon import Hit, Text
from samrad.reading.model import Fact
from samrad.reading.study import Study, Told

_MAIN_CLAUSES = re.compile(r",\s+(?:og|samt|och)\s+|;\s+")
_BINDS_ONESELF = re.compile(
    r"\s*(?:\w+\s+)?(?:å|at|att|seg|sig|oss|os|hverandre|hinanden|varandra|kvarandre)\b|\s*:",
    re.IGNORECASE,
)
"""What follows a promise: `lover å`, `forpligter sig`; `lover og regler` promise nothing."""

_LONGEST_SUBJECT = 8
_MOST_COMMITMENTS = 80
_SETTLED_ELSEWHERE = (None, "administration")
_OF_PROMISES = ("commitments", "citizen_promises", "expectations", "roles")
"""Where what stands under a promising heading is what is promised."""


def promises(study: Study, text: Text) -> bool:
    """Whether a sentence says that somebody shall or does do something."""
    owners = [hit for hit in text.having(study.words["focus.activity_owner"]) if hit.first <= 1]
    duties = text.having(study.words["focus.duty"])
    does = any(0 < duty.first - owner.last <= 5 for owner in owners for duty in duties)  # noqa: PLR2004
    return does or bool(_promise_in(study, text))


def _promise_in(study: Study, text: Text) -> Hit | None:
    """The word by which whoever begins the sentence binds themselves: `X lover å …`."""
    for hit in text.having(study.words["focus.promise"]):
        after = text.text[text.words[hit.last].end :]
        if 0 < hit.first <= _LONGEST_SUBJECT and _BINDS_ONESELF.match(after):
            return hit
    return None


def commitments(study: Study) -> Iterator[Fact]:
    """What the parties promise: activities known by name, and what they bind themselves to."""
    count = 0
    for told in study.settled():
        if told.clause in _SETTLED_ELSEWHERE:
            continue
        lead = _lead_of(study, told)
        for text in _clauses_of(study, told.text):
            activity = _activity(study, text)
            by_itself = promises(study, text) and (
                activity or text.has(study.words["focus.promise"])
            )
            if not (lead or by_itself) or _only_leads(study, told, text):
                continue
            value = {
                "activity": activity,
                "owner": _owner(study, text) or (lead and _owner(study, lead)) or "both",
                "rhythm": _rhythm(study, text),
                "text": text.text,
            }
            yield Fact("commitments", value, told.passage, told.words, 0.8 if activity else 0.65)
            count += 1
            if count >= _MOST_COMMITMENTS:
                return


def _lead_of(study: Study, told: Told) -> Text | None:
    """What promises all that stands below it: `Kommunen lover:` above a list, or as a heading."""
    if told.item:
        above = [one for one in study.passage(told.passage) if one.part < told.part]
        leads = [one for one in above if not one.item and one.words.endswith(":")]
        if leads and _promise_in(study, leads[-1].text):
            return leads[-1].text
    if told.clause not in _OF_PROMISES or not told.heading:
        return None
    heading = study.template.lexicon.read(told.heading)
    return heading if _named_first(study, heading) else None


def _named_first(study: Study, heading: Text) -> bool:
    """Whether a heading says who promises: `Kommunen lover`, `Hva lover politiet?`."""
    promised = heading.has(study.words["focus.promise"])
    return promised and bool(study.side_of(heading) or heading.has(study.words["levels.council"]))


def _only_leads(study: Study, told: Told, text: Text) -> bool:
    """Whether a sentence promises nothing itself: `Politiet lover:` above what it promises."""
    below = [one for one in study.passage(told.passage) if one.part > told.part]
    return text.text.endswith(":") and any(one.item for one in below)


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


def _owner(study: Study, text: Text) -> str | None:
    """Who begins the sentence: the council, one of the sides; None where it does not say."""
    duties = [hit.first for hit in text.having(study.words["focus.duty"]) if hit.first]
    promise = _promise_in(study, text)
    verbs = [*duties[:1], *([promise.first] if promise else [])]
    subject = text.words[: min([*verbs, _LONGEST_SUBJECT] if verbs else [3])]
    beginning = study.template.lexicon.read(" ".join(word.text for word in subject))
    if beginning.has(study.words["levels.council"]):
        return "council"
    return study.side_of(beginning) or _side_of_first_role(study, text)


def _side_of_first_role(study: Study, text: Text) -> str | None:
    roles = [role for role in study.roles_in(text) if role.first <= 1]
    return study.template.side_of_role(roles[0].role) if roles else None


def _rhythm(study: Study, text: Text) -> str | None:
    for name in PACES:
        if text.has(study.words[f"rhythm.{name}"]):
            return "regular" if name == "often" else name
    return None

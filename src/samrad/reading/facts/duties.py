"""Who leads, who writes, who stands in, and how the council relates to the coordination model."""

import re
from collections.abc import Iterator

from samrad.reading.lexicon import Hit
from samrad.reading.model import Fact
from samrad.reading.study import RoleHit, Study, Told, written

_COUNCIL = ("council", "parties", "organisation")
_BOUNDARY = re.compile(r"\s*(?:—|–|-(?=\s)|\bsom er\b|\bder er\b|\bär\b|\ber\b|:|,)\s*")
_LONGEST_BODY = 80
_MOST_DEPUTIES = 6


def chair_and_secretary(study: Study) -> Iterator[Fact]:
    """The roles that chair, stand in for the chair and write."""
    for duty in ("chair", "vice_chair", "secretary"):
        fact = _holder(study, duty)
        if fact:
            yield fact


def _holder(study: Study, duty: str) -> Fact | None:
    terms = study.words[f"duties.{duty}"]
    for told in study.preferring(*_COUNCIL):
        if told.clause not in _COUNCIL and not told.text.has(study.words["levels.council"]):
            continue
        roles = study.roles_in(told.text)
        for hit in told.text.having(terms):
            role = _role_beside(told, hit, roles)
            if role:
                return Fact(
                    duty,
                    {"role": role.role, "title": written(told.text, role.first, role.last)},
                    told.passage,
                    told.words,
                    0.9 if told.clause in _COUNCIL else 0.7,
                )
    return None


def _role_beside(told: Told, hit: Hit, roles: list[RoleHit]) -> RoleHit | None:
    """The role that holds the duty: after `ledes av`, otherwise before the word, else after it."""
    before = [role for role in roles if role.last < hit.first]
    after = [role for role in roles if role.first > hit.last]
    passive = hit.last > hit.first or told.text.words[hit.first].text.lower().endswith("s")
    by_whom = " av " in f" {told.text.text[told.text.words[hit.first].start :]} "
    if passive or by_whom:
        return after[0] if after else None
    if before and not _comma_between(told, before[-1].last, hit.first):
        return before[-1]
    return after[0] if after else (before[-1] if before else None)


def _comma_between(told: Told, first: int, last: int) -> bool:
    between = told.words[told.text.words[first].end : told.text.words[last].start]
    return "," in between or ";" in between


def deputies(study: Study) -> Iterator[Fact]:
    """Who takes over for the police contact, in order."""
    for told in study.preferring("police_contact"):
        absence = told.text.having(study.words["deputy.signs"])
        if not absence or told.clause not in ("police_contact", "council", None):
            continue
        contact = {"police_contact"}
        roles = [role for role in study.roles_in(told.text) if role.role not in contact]
        if not roles:
            continue
        chain = [
            {"role": role.role, "title": _title_until_next(study, told, role, roles)}
            for role in roles[:_MOST_DEPUTIES]
        ]
        yield Fact("police_contact_deputies", {"chain": chain}, told.passage, told.words, 0.85)
        return


def _title_until_next(study: Study, told: Told, role: RoleHit, roles: list[RoleHit]) -> str:
    """The role with what specifies it: up to a comma, a verb of taking over or the next role."""
    following = [other.first for other in roles if other.first > role.first]
    stops = [hit.first for hit in told.text.having(study.words["deputy.then"])]
    end = min([*following, *(s for s in stops if s > role.last), len(told.text.words)])
    text = told.words[told.text.words[role.first].start : told.text.words[end - 1].end]
    text = re.split(r"[,.;(]", text)[0].strip()
    joint = "|".join(re.escape(word) for word in study.words["participants.joint"])
    text = re.sub(rf"\s+(?:{joint})$", "", text)
    if len(text.split()) > 4:  # noqa: PLR2004 - a specification is a few words, not a clause
        return written(told.text, role.first, role.last)
    return text


def levels(study: Study) -> Iterator[Fact]:
    """Which body steers, which coordinates and which executes in the coordination model."""
    bodies: dict[str, str] = {}
    first: Told | None = None
    for told in study.settled():
        for level in ("steering", "coordinating", "executing"):
            hits = told.text.having(study.words[f"levels.{level}"])
            if not hits or level in bodies:
                continue
            body = _body_before(told, hits[0])
            concerns = told.text.has((*study.words["levels.model"], *study.words["levels.council"]))
            if body and (concerns or told.clause in ("slt", "organisation")):
                bodies[level] = body
                first = first or told
    if first and ("steering" in bodies or "coordinating" in bodies):
        council_steers = bool(
            "steering" in bodies
            and study.template.lexicon.read(bodies["steering"]).has(study.words["levels.council"])
        )
        value = {**bodies, "council_steers": council_steers}
        yield Fact("slt", value, first.passage, first.words, 0.85)


def _body_before(told: Told, hit: Hit) -> str | None:
    """What the sentence says is on that level: what stands before `er styringsgruppe`."""
    before = told.words[: told.text.words[hit.first].start]
    pieces = [piece.strip(" -–—:") for piece in _BOUNDARY.split(before) if piece.strip(" -–—:")]
    if pieces and 1 < len(pieces[0]) <= _LONGEST_BODY:
        return pieces[0]
    after = told.words[told.text.words[hit.last].end :]
    pieces = [piece.strip(" -–—:.") for piece in _BOUNDARY.split(after) if piece.strip(" -–—:.")]
    return pieces[-1] if pieces and 1 < len(pieces[-1]) <= _LONGEST_BODY else None

"""Who sits at the table: the permanent participants of either side, and the guests."""

import re
from collections.abc import Iterator

from samrad.reading.lexicon import Text
from samrad.reading.model import Fact
from samrad.reading.study import RoleHit, Study, Told, written

_SEPARATORS = re.compile(r"\s*[,;]\s*(?:og |samt |och )?|\s+(?:og|samt|og/eller|och)\s+")
_LONGEST_TITLE = 120
_MOST = 60
_CLAUSES = ("council", "duration", "organisation", "parties", "purpose")


def participants(study: Study) -> Iterator[Fact]:
    """Participants from lists under a leading sentence, else from sentences that name several."""
    found = list(_from_lists(study)) or list(_from_sentences(study))
    seen: set[tuple[str, str]] = set()
    for fact in found[:_MOST]:
        key = (str(fact.value["side"]), str(fact.value["title"]).lower())
        if key not in seen:
            seen.add(key)
            yield fact


def _from_lists(study: Study) -> Iterator[Fact]:
    """Items under `Faste deltakere fra kommunen:` or under a heading that says as much."""
    for number in range(len(study.raw)):
        sentences = study.passage(number)
        if not sentences or sentences[0].guidance:
            continue
        lead, items = sentences[0], sentences[1:]
        if lead.item and not items:
            continue
        heading = study.template.lexicon.read(study.raw[number].heading)
        opens = lead.words.endswith((":", ";"))
        speaks = lead if opens else None
        of_members = (lead.text if opens else heading).has(study.words["participants.lead"])
        if not of_members or lead.clause not in (*_CLAUSES, None):
            continue
        listed = items if opens else sentences
        if not any(told.item for told in listed):
            continue
        side = study.side_of(lead.text if speaks else heading) or study.side_of(heading)
        yield from _listed(study, listed, side)


def _listed(study: Study, items: list[Told], side: str | None) -> Iterator[Fact]:
    for told in items:
        if not told.item:
            continue
        if told.words.endswith(":"):
            side = study.side_of(told.text) or side
            continue
        leading = re.match(r"^([^:]{3,40}):\s+(?=\S)", told.words)
        if leading:
            inner = study.side_of(study.template.lexicon.read(leading[1]))
            if inner:
                yield from _split(study, told, told.words[leading.end() :], inner)
                continue
        yield from _split(study, told, told.words, side)


def _split(study: Study, told: Told, text: str, side: str | None) -> Iterator[Fact]:
    """The members named in one item: one each, or several when it lists several roles."""
    roles = study.roles_in(study.template.lexicon.read(text))
    pieces = _SEPARATORS.split(text) if len(roles) > 1 else [text]
    pieces = _with_tails(study, pieces)
    for piece in pieces:
        title = piece.strip(" .;:,")
        if title and len(title) <= _LONGEST_TITLE:
            yield _member(study, told, title, side, 0.9)


def _with_tails(study: Study, pieces: list[str]) -> list[str]:
    """`Ordfører og leder av rådet` is one member: a piece without a role belongs to the one before."""
    kept: list[str] = []
    for piece in pieces:
        names_role = bool(study.roles_in(study.template.lexicon.read(piece)))
        if kept and not names_role:
            kept[-1] = f"{kept[-1]} {study.words['participants.joint'][0]} {piece}"
        else:
            kept.append(piece)
    return kept


def _from_sentences(study: Study) -> Iterator[Fact]:
    """`Fra kommunen deltar ordfører og rådmann, fra politiet lensmannen`."""
    for told in study.preferring(*_CLAUSES):
        if told.clause not in (*_CLAUSES, None):
            continue
        if not told.text.has(study.words["participants.lead"]):
            continue
        roles = study.roles_in(told.text)
        if len(roles) < 2:  # noqa: PLR2004 - one role in a sentence is not a list of members
            continue
        for hit in roles:
            title = written(told.text, hit.first, hit.last)
            yield _member(study, told, title, _side_of_role(study, hit), 0.75)


def _member(study: Study, told: Told, title: str, side: str | None, confidence: float) -> Fact:
    text = study.template.lexicon.read(title)
    roles = study.roles_in(text)
    role = roles[0] if roles else None
    qualifier = _qualifier(text, role) if role else ""
    known = _side_of_role(study, role) if role else None
    on_call = text.has(study.words["participants.when_needed"])
    return Fact(
        "participants",
        {
            "side": side or known or "other",
            "role": role.role if role else None,
            "title": title,
            "qualifier": qualifier,
            "when_needed": on_call,
        },
        told.passage,
        told.words,
        confidence if role or on_call else confidence - 0.2,
    )


def _qualifier(text: Text, role: RoleHit) -> str:
    """What stands beside the role: where, or what else the person is."""
    after = text.text[text.words[role.last].end :].strip(" ,.;:-–")
    before = text.text[: text.words[role.first].start].strip(" ,.;:-–")
    return " ".join(part for part in (before, after) if part)


def _side_of_role(study: Study, hit: RoleHit) -> str:
    return study.template.side_of_role(hit.role)

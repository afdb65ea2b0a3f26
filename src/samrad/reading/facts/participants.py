"""Who sits at the table: the permanent participants of either side, and the guests."""

import re
from collections.abc import Iterator
from functools import partial

from samrad.reading.facts.duties import holder_of
from samrad.reading.lexicon import Text
from samrad.reading.model import Fact
from samrad.reading.study import RoleHit, Study, Told, written

_SEPARATORS = re.compile(r"\s*[,;]\s*(?:og |samt |och )?|\s+(?:og|samt|og/eller|och)\s+")
_LABEL = re.compile(r"^([^:]{3,40}):\s+(?=\S)")
_LONGEST_TITLE = 120
_SEVERAL = 3
_LONGEST_ROW = 90
_MOST = 60
_OF_MEMBERS = ("council", "parties")
_INSTEAD = re.compile(
    r"i (?:sit|sitt|hans|hendes|hennes|stedet|staden|stället)\b.{0,12}(?:sted|stad|ställe)?|"
    r"i stedet|"
    r"stedfortr|stadfortr|ersätt|suppleant|ikke kan komme|kan ikke komme|"
    r"(?:kan|må|får)\b.{0,20}(?:invit|indby|innby|bjuda|bedes|indbyde)|møterett|adjung",
    re.IGNORECASE,
)
_CLAUSES = ("council", "duration", "organisation", "parties", "purpose")


def participants(study: Study) -> Iterator[Fact]:
    """Participants from lists under a leading sentence, else from sentences that name several."""
    found: list[Fact] = []
    for way in (
        _from_what_is_set_out,
        _from_rows,
        partial(_from_sentences, clauses=_OF_MEMBERS),
        _from_bare_counting,
        _named_at_the_council,
        partial(_from_sentences, clauses=_CLAUSES),
    ):
        if not _has_both_sides(study, found):
            found += way(study)
    found += _those_left_out(study, found)
    seen: set[tuple[str, str]] = set()
    for fact in found[:_MOST]:
        key = (str(fact.value["side"]), str(fact.value["title"]).lower())
        if key not in seen:
            seen.add(key)
            yield fact


def _has_both_sides(study: Study, found: list[Fact]) -> bool:
    roles = {str(fact.value["role"]) for fact in found if fact.value["role"]}
    return {"municipality", "police"} <= {study.template.side_of_role(role) for role in roles}


def _from_what_is_set_out(study: Study) -> Iterator[Fact]:
    yield from _from_lists(study)
    yield from _from_labels(study)


def _from_rows(study: Study) -> Iterator[Fact]:
    """Short rows after each other that each begin with a role: a table, whatever its columns."""
    held: list[Told] = []
    for told in (*study.settled("council", "parties"), None):
        if told and _is_row(study, told):
            held.append(told)
            continue
        if len(held) >= _SEVERAL:
            for row in held:
                hit = study.roles_in(row.text)[0]
                title = written(row.text, hit.first, hit.last)
                yield _member(study, row, title, _side_of_role(study, hit), 0.8)
        held = []


def _is_row(study: Study, told: Told) -> bool:
    roles = study.roles_in(told.text)
    short = len(told.words) <= _LONGEST_ROW and not told.words.rstrip().endswith((".", ":"))
    return bool(roles) and roles[0].first <= 1 and short


def _those_left_out(study: Study, found: list[Fact]) -> list[Fact]:
    """Who leads sits there too; and where a side has nobody, whoever the council's text names."""
    roles = {str(fact.value["role"]) for fact in found if fact.value["role"]}
    sides = {study.template.side_of_role(role) for role in roles}
    more: list[Fact] = []
    if not {"municipality", "police"} <= sides:
        more += [fact for fact in _named_at_the_council(study) if fact.value["role"] not in roles]
        roles |= {str(fact.value["role"]) for fact in more}
    for duty in ("chair", "vice_chair"):
        holder = holder_of(study, duty)
        if roles and holder and holder.value["role"] not in roles:
            more += list(_in_passage(study, holder))
    return more


def _named_at_the_council(study: Study) -> Iterator[Fact]:
    for told in study.settled("council", "parties"):
        if told.text.has(study.words["duties.secretary"]) or _of_others(study, told):
            continue
        for hit in study.roles_in(told.text):
            title = written(told.text, hit.first, hit.last)
            yield _member(study, told, title, _side_of_role(study, hit), 0.65)


def _in_passage(study: Study, holder: Fact) -> Iterator[Fact]:
    """A member for who holds a duty, with the sentence that says so."""
    for told in study.passage(holder.passage):
        if told.words == holder.quote and told.clause in ("council", "parties"):
            side = study.template.side_of_role(str(holder.value["role"]))
            yield _member(study, told, str(holder.value["title"]), side, 0.65)
            return


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
        if told.text.has(study.words["participants.lead"]) and not told.words.endswith(":"):
            yield from _in_sentence(study, told)
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


def _from_labels(study: Study) -> Iterator[Fact]:
    """`Kommunen: ordfører, kommunedirektør` where the council is."""
    for told in study.settled("council", "parties"):
        labelled = _LABEL.match(told.words)
        if not labelled or told.item:
            continue
        side = study.side_of(study.template.lexicon.read(labelled[1]))
        if side and study.roles_in(told.text):
            yield from _split(study, told, told.words[labelled.end() :], side)


def _split(study: Study, told: Told, text: str, side: str | None) -> Iterator[Fact]:
    """The members named in one item: one each, or several when it lists several roles."""
    roles = study.roles_in(study.template.lexicon.read(text))
    for piece in _members_of(study, text) if len(roles) > 1 else [text]:
        title = piece.strip(" .;:,")
        if title and len(title) <= _LONGEST_TITLE:
            yield _member(study, told, title, side, 0.9)


def _members_of(study: Study, text: str) -> list[str]:
    """The pieces of a list; `ordfører og leder av rådet` is one: a role and its duty."""
    words = study.words
    duties = (*words["duties.chair"], *words["duties.vice_chair"], *words["duties.secretary"])
    pieces: list[str] = []
    start = end = 0
    for separator in [*_SEPARATORS.finditer(text), None]:
        piece = text[end : separator.start() if separator else len(text)]
        by_and = end > 0 and "," not in text[start:end] and ";" not in text[start:end]
        read = study.template.lexicon.read(piece)
        if pieces and by_and and read.has(duties) and not study.roles_in(read):
            pieces[-1] = text[text.rindex(pieces[-1], 0, start) : end + len(piece)]
        else:
            pieces.append(piece)
        if separator:
            start, end = separator.start(), separator.end()
    return pieces


def _from_sentences(study: Study, clauses: tuple[str, ...]) -> Iterator[Fact]:
    """`Fra kommunen deltar ordfører og rådmann, fra politiet lensmannen`."""
    for told in study.settled(*clauses):
        if told.text.has(study.words["participants.lead"]) and not _of_others(study, told):
            yield from _in_sentence(study, told)


def _of_others(study: Study, told: Told) -> bool:
    """Whether a sentence is about who stands in, or comes when asked."""
    deputies = told.text.has(study.words["deputy.signs"]) or bool(_INSTEAD.search(told.mended))
    return deputies or told.text.has(study.words["participants.when_needed"])


def _from_bare_counting(study: Study) -> Iterator[Fact]:
    """A sentence about the council that names three roles or more, of both sides."""
    for told in study.settled("council", "parties"):
        roles = study.roles_in(told.text)
        sides = {_side_of_role(study, role) for role in roles}
        if len({role.role for role in roles}) >= _SEVERAL and len(sides) > 1:
            yield from _in_sentence(study, told)


def _in_sentence(study: Study, told: Told) -> Iterator[Fact]:
    """Every role a sentence counts up; one role alone is not a list of members."""
    roles = study.roles_in(told.text)
    if len(roles) < 2:  # noqa: PLR2004
        return
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
            "side": known or side or "other",
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

"""Who leads, who writes, who stands in, and how the council relates to the coordination model."""

import re
from collections.abc import Iterator, Sequence

from samrad.reading.lexicon import Hit
from samrad.reading.model import Fact
from samrad.reading.study import RoleHit, Study, Told, written

_COUNCIL = ("council", "parties", "organisation")
_BY_WHOM = re.compile(r"^[^,;.]{0,40}?\b(?:av|af)\b")
_DASH = re.compile(r"\s*(?:—|–|-(?=\s)|:)\s*(?:som|der)?\s*(?=\S*)")
_LEADS_ON = re.compile(r"\s+(?:som|der|skal|ska|vil)$")
_SAID_OTHERWISE = {
    "chair": re.compile(
        r"\b(?:leder|leiar|leiding|styrer)\b(?=\s*(?:[.,;)]|$|(?:selve )?(?:ordet|rådet|møt|mød|"
        r"möt|lokalråd|politiråd|arbei|arbej|forhandl|drøft|ordskift|slag|sam)))|ordstyrer|dirigent|"
        r"mødeleder|"
        r"møteleder|bordend\w*|forsæde\w*|forset\w*|formand\w*|ordförand\w*|\bordf\b\.?|"
        r"i klubban|klubba|har ledelsen|har leiinga|har ledningen|"
        r"(?:sitter|sidder|sit) for enden|\bleds av\b|\bledes a[vf]\b|holder i møte|i spidsen|"
        r"i spissen",
        re.IGNORECASE,
    ),
    "secretary": re.compile(
        r"\b(?:skriv(?:er|ar|e)?|fører?|för|tar|tager|tek|sender|samler)\s(?:\w+\s)?(?:referat\w*|bog|"
        r"protokol\w*|"
        r"minnesanteckn\w*|anteckning\w*|notat\w*|ned|opp|møtebok\w*|det ned)|pennan|pennen|"
        r"(?:referat|protokol|minnesanteckn|anteckn|innkalling|kallels|indkaldels|sakspapir|"
        r"møtepapir|invitation)\w*|sekretar\w*|sekretær\w*|sekreter\w*|referent\w*|skrivare|protokollfør\w*|"
        r"\b(?:skriver?|skriv)\b(?=\s*(?:[.,;]|$))|(?:kallar|kaller|indkalder|innkaller|kallar)\b",
        re.IGNORECASE,
    ),
}
_NEVER = {
    "chair": frozenset({"police_contact"}),
    "secretary": frozenset({"mayor", "police_director"}),
}
"""Who has a duty nowhere: their names beside its words mean something else."""

_WRITES = re.compile(
    r"sekret|referent|referat|protokol|anteckn|notat|skriv|bog|møtebok|pen", re.IGNORECASE
)
"""A secretary is told by writing before by calling people in, which others do as well."""

_AWAY = re.compile(
    r"\b(?:ikke|ikkje|inte) (?:kan|har mulighed|har anledning|har möjlighet)\b|"
    r"forfald|forfall|fravær|fråvær|frånvaro|förhind|forhind|\bvæk\b|\bborte\b|"
    r"\b(?:kan|er|är) (?:hun|han|hen|ho|hon|vedkommende|denne|formanden|lederen|ordføreren)\b|"
    r"\bt(?:ager|ar|ek) over\b|i (?:hans|hendes|hennes|formandens|leders) sted|reserve",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"^\s*,?\s*(?:som|der|tillika|og|och|samtidig)\s*(?:er|är|også)?\s*$")
_TOGETHER = re.compile(
    r"(?:sammen|saman|tillsammans|samråd|samarbei\w+|samarbej\w+|samverkan) med (?:\w+ )?$",
    re.IGNORECASE,
)
_LONGEST_BODY = 80
_MOST_DEPUTIES = 6
_MOST_TITLE_WORDS = 4
_MOST_BETWEEN = 2
_OF = ("for", "i", "på", "ved", "av", "af", "vid", "för", "inom")


def chair_and_secretary(study: Study) -> Iterator[Fact]:
    """The roles that chair, stand in for the chair and write."""
    for duty in ("chair", "vice_chair", "secretary"):
        fact = holder_of(study, duty)
        if fact:
            yield fact


def holder_of(study: Study, duty: str) -> Fact | None:
    """Who has a duty of the council, with the sentence that says so."""
    terms = study.words[f"duties.{duty}"]
    firsts = [_WRITES, None] if duty == "secretary" else [None]
    for only in firsts:
        for told in study.preferring(*_COUNCIL):
            if told.clause not in _COUNCIL and not told.text.has(study.words["levels.council"]):
                continue
            role = _holder_in(study, told, duty, told.text.having(terms), only)
            if role:
                value = {"role": role.role, "title": written(told.text, role.first, role.last)}
                sure = 0.9 if told.clause in _COUNCIL else 0.7
                return Fact(duty, value, told.passage, told.words, sure)
        stands_in = duty == "vice_chair"
        way = _who_stands_in(study) if stands_in else _holder_told_otherwise(study, duty)
        if way:
            return way
    return None


def _who_stands_in(study: Study) -> Fact | None:
    """`Er hun borte, gjør lensmannen det`: who does the chair's work when the chair is away."""
    chair = holder_of(study, "chair")
    leads = str(chair.value["role"]) if chair else ""
    for told in study.settled("council") if chair else ():
        away = _AWAY.search(told.mended)
        roles = {role.role: role for role in study.roles_in(told.text)}
        before = [one.words for one in study.passage(told.passage)]
        at = before.index(told.words)
        just_said = at and chair and chair.quote == before[at - 1]
        other = [role for name, role in roles.items() if name != leads]
        if away and len(other) == 1 and (leads in roles or just_said):
            value = {
                "role": other[0].role,
                "title": written(told.text, other[0].first, other[0].last),
            }
            return Fact("vice_chair", value, told.passage, told.words, 0.7)
    return None


def _holder_in(
    study: Study, told: Told, duty: str, hits: Sequence[Hit], only: re.Pattern[str] | None
) -> RoleHit | None:
    roles = _could_be(study, told, duty)
    for hit in hits:
        if any(role.first <= hit.first <= role.last for role in study.roles_in(told.text)):
            continue  # the `ordförande` of `kommunstyrelsens ordförande` leads something else
        if only and not only.search(written(told.text, hit.first, hit.last)):
            continue
        role = _role_beside(told, hit, roles)
        if role:
            return role
    return None


def _could_be(study: Study, told: Told, duty: str) -> list[RoleHit]:
    never = _NEVER.get(duty, frozenset())
    return [role for role in study.roles_in(told.text) if role.role not in never]


def _holder_told_otherwise(study: Study, duty: str) -> Fact | None:
    """`Ordføreren styrer ordskiftet`: where the council is, whichever word stands for it."""
    ways = _SAID_OTHERWISE.get(duty)
    for told in study.settled("council", "organisation", "duration") if ways else ():
        roles = _could_be(study, told, duty)
        for found in ways.finditer(told.words) if ways and roles else ():
            at = [
                place
                for place, word in enumerate(told.text.words)
                if word.start < found.end() and word.end > found.start()
            ]
            role = _nearest(told, at[0], at[-1], roles) if at else None
            if role:
                title = written(told.text, role.first, role.last)
                value = {"role": role.role, "title": title}
                return Fact(duty, value, told.passage, told.words, 0.7)
    return None


def _nearest(told: Told, first: int, last: int, roles: list[RoleHit]) -> RoleHit | None:
    """The role that does it: before the words in the same clause of the sentence, else after."""
    if any(role.first <= first and last <= role.last for role in roles):
        return None
    roles = _without_those_beside(told, roles)
    before = [role for role in roles if role.last <= first]
    after = [role for role in roles if role.first >= last]
    if before and not _comma_between(told, before[-1].last, first):
        return before[-1]
    return after[0] if after else before[-1] if before else None


def _role_beside(told: Told, hit: Hit, roles: list[RoleHit]) -> RoleHit | None:
    """The role that holds the duty: after `… av`, otherwise before the word, else after it."""
    roles = _without_those_beside(told, roles)
    before = [role for role in roles if role.last < hit.first]
    after = [role for role in roles if role.first > hit.last]
    rest = told.words[told.text.words[hit.first].start :]
    if _BY_WHOM.search(rest) and after:
        return after[0]
    if after and rest[len(written(told.text, hit.first, hit.last)) :].lstrip().startswith(":"):
        return after[0]
    if before and not _comma_between(told, before[-1].last, hit.first):
        return before[-1]
    if before and _WHO_IS.match(told.words[told.text.words[before[-1].last].end :][: -len(rest)]):
        return before[-1]
    if after and not _comma_between(told, hit.last, after[0].first):
        return after[0]
    return roles[0] if len(roles) == 1 else None


def _without_those_beside(told: Told, roles: list[RoleHit]) -> list[RoleHit]:
    """Without whoever it is done together with: `sammen med X` says not that X does it."""
    alone = [role for role in roles if not _TOGETHER.search(_before(told, role))]
    return alone or roles


def _before(told: Told, role: RoleHit) -> str:
    return told.words[: told.text.words[role.first].start]


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
    ends = (*study.words["deputy.then"], *study.words["deputy.takes_over"])
    stops = [hit.first for hit in told.text.having(ends)]
    end = min([*following, *(s for s in stops if s > role.last), len(told.text.words)])
    text = told.words[told.text.words[role.first].start : told.text.words[end - 1].end]
    text = re.split(r"[,.;(]", text)[0].strip()
    joint = "|".join(re.escape(word) for word in study.words["participants.joint"])
    text = re.sub(rf"\s+(?:{joint})$", "", text)
    title = written(told.text, role.first, role.last)
    rest = text[len(title) :].split()
    definite = title.lower().endswith(("n", "et", "a"))
    names_something = bool(rest) and (rest[0].lower() in _OF or not definite)
    return text if names_something and len(text.split()) <= _MOST_TITLE_WORDS else title


def levels(study: Study) -> Iterator[Fact]:
    """Which body steers, which coordinates and which executes in the coordination model."""
    bodies: dict[str, str] = {}
    first: Told | None = None
    for told in study.settled():
        for level in ("steering", "coordinating", "executing"):
            hits = told.text.having(study.words[f"levels.{level}"])
            if not hits or level in bodies:
                continue
            body = _body_on(study, told, hits[0])
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
        yield Fact("coordination", value, first.passage, first.words, 0.85)


def _body_on(study: Study, told: Told, hit: Hit) -> str | None:
    """What is on that level: what `er` it, what it `er`, or the group that begins the sentence."""
    is_it = [one for one in told.text.having(study.words["levels.is"]) if one.last < hit.first]
    before = told.words[: told.text.words[hit.first].start]
    dash = _DASH.search(before)
    if is_it and hit.first - is_it[-1].last <= _MOST_BETWEEN:
        before = told.words[: told.text.words[is_it[-1].first].start]
        return _named(_DASH.sub("", before)) or _named(before)
    if dash and len(before[dash.end() :].split()) <= _MOST_BETWEEN:
        return _named(before[: dash.start()])
    after = [one for one in told.text.having(study.words["levels.is"]) if one.first > hit.last]
    if hit.first <= _MOST_BETWEEN:
        if after and after[0].first - hit.last <= _MOST_BETWEEN:
            return _named(re.split(r"[,.;:]", told.words[told.text.words[after[0].last].end :])[0])
        return written(told.text, hit.first, hit.last)
    return None


def _named(text: str) -> str | None:
    """A body's name: short, without the words that only lead on from it."""
    name = _LEADS_ON.sub("", text.strip(" -–—:.,;")).strip(" -–—:.,;")
    return name if 1 < len(name) <= _LONGEST_BODY else None

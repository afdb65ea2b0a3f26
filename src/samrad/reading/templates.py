"""Agreement templates as data: clauses with guidance, and what an agreement has to settle.

Each country has one general template in its profile folder (`agreement.toml`) and one for every
other kind of agreement (`agreements/<kind>.toml`), in our own words. A clause may be `like` that of
the general one: then it says only what differs. What belongs here: reading and checking those
files. What does not: judging a document by them (`classify`, `completeness`), or what a signed
agreement is (the cooperation app).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from samrad.kernel.multilingual import Words
from samrad.profiles.model import Certainty, Origin, Side, UnknownCode
from samrad.profiles.reader import DATA, profile
from samrad.profiles.schema import Complaints, Table, read_table
from samrad.reading.lexicon import Lexicon
from samrad.reading.vocabulary import Vocabulary, vocabulary

GENERAL = "general"
FILE = "agreement.toml"
FOLDER = "agreements"
USUAL_HOLD = 5


class Need(StrEnum):
    """How strongly a template asks for something, the strongest first."""

    MUST = "must"
    SHOULD = "should"
    RECOMMENDED = "recommended"


class ToldBy(StrEnum):
    """How the reader tells that an agreement settles something."""

    FACT = "fact"
    NUMBER = "number"
    PASSAGE = "passage"
    SENTENCE = "sentence"
    RESULTS = "results"


class Sign(StrEnum):
    """What a passage can show whatever its words; see `signs`."""

    SEVERAL_ROLES = "several_roles"
    DUTY_HOLDER = "duty_holder"
    MEETING_RHYTHM = "meeting_rhythm"
    PROMISE = "promise"
    HOURS = "hours"
    TERM = "term"
    DATELINE = "dateline"
    STATED_RESULT = "stated_result"


@dataclass(frozen=True, slots=True)
class Clause:
    """One heading of the template, with what belongs under it and how it is recognised.

    `holds` is how firmly a heading of this clause keeps what stands under it: an introduction
    speaks of everything and holds little.
    """

    key: str
    strength: Need
    title: Words
    guidance: Words
    text: Words
    holds: int
    headings: tuple[str, ...]
    telling: tuple[str, ...]
    usual: tuple[str, ...]
    slight: tuple[str, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something an agreement has to settle, why, and how the reader tells that it does."""

    key: str
    clause: str
    strength: Need
    citation: str
    origin: Origin
    certainty: Certainty
    label: Words
    told_by: ToldBy
    fact: str
    both_sides: bool
    roles: tuple[str, ...]
    at_least: int
    local: bool
    groups: tuple[tuple[str, ...], ...]
    only_if: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A country's template of one kind of agreement, ready to read documents by.

    `under` are the kinds it may be part of, `sides` those who make it, `titles` the words that
    tell it by its title. `name` is what one of its kind is called, `title` what one is headed.
    """

    country: str
    kind: str
    version: str
    under: tuple[str, ...]
    sides: tuple[Side, ...]
    titles: tuple[str, ...]
    name: Words
    title: Words
    clauses: tuple[Clause, ...]
    requirements: tuple[Requirement, ...]
    role_words: Mapping[str, tuple[str, ...]]
    words: Vocabulary
    lexicon: Lexicon

    def clause(self, key: str) -> Clause:
        """One clause by its key."""
        return next(clause for clause in self.clauses if clause.key == key)

    def side_of_role(self, role: str) -> str:
        """The side of the table a role sits on, by the country's profile."""
        return str(profile(self.country).role(role).side)

    def requirement(self, key: str) -> Requirement:
        """One requirement by its key."""
        return next(one for one in self.requirements if one.key == key)


@cache
def agreement_kinds(country: str) -> tuple[str, ...]:
    """The kinds of agreement a country has templates of, the general one first."""
    others = (DATA / country / FOLDER).glob("*.toml")
    return (GENERAL, *sorted(file.stem for file in others))


@cache
def agreement_template(country: str, kind: str = GENERAL) -> Template:
    """One template of a country, the general one first; `ProfileError` when it is not right."""
    if kind not in agreement_kinds(country):
        where = f"The profile “{country}”"
        raise UnknownCode("kind of agreement", kind, where=where, known=agreement_kinds(country))
    complaints = Complaints()
    general = None if kind == GENERAL else agreement_template(country)
    file = read_table(DATA / country, FILE if general is None else f"{FOLDER}/{kind}.toml")
    words = vocabulary(country)
    clauses = complaints.of_each(
        lambda: file.tables("clause", named_by="key"), lambda table: _clause(table, general)
    )
    requirements = complaints.of_each(
        lambda: file.tables("requirement", named_by="key"), _requirement
    )
    complaints.enforce()
    _check_references(file, clauses, requirements)
    role_words = _role_words(file) if general is None else general.role_words
    template = Template(
        country=country,
        kind=_own_kind(file, kind),
        version=file.text("version"),
        under=_kinds_above(file, country),
        sides=file.choices("sides", Side),
        titles=file.texts("titles"),
        name=file.words("name"),
        title=file.words("title"),
        clauses=clauses,
        requirements=requirements,
        role_words=role_words,
        words=words,
        lexicon=_lexicon(clauses, requirements, role_words, words),
    )
    file.finish()
    return template


def _own_kind(file: Table, kind: str) -> str:
    """The kind a file says it is of; it stands under that name."""
    if file.text("kind") != kind:
        raise file.problem("kind", f"must be “{kind}”, as the file is called")
    return kind


def _kinds_above(file: Table, country: str) -> tuple[str, ...]:
    above = file.texts("under")
    for kind in above:
        if kind not in agreement_kinds(country):
            raise file.problem("under", f"“{kind}” is not a kind of agreement here")
    return above


def _role_words(file: Table) -> dict[str, tuple[str, ...]]:
    roles = file.table("role_words")
    return {role: roles.texts(role) for role in roles.codes()}


def _clause(table: Table, general: Template | None) -> Clause:
    if table.has("like"):
        return _clause_alike(table, general)
    reading = table.table("reading")
    clause = Clause(
        key=table.text("key"),
        strength=table.choice("strength", Need),
        title=table.words("title"),
        guidance=table.words("guidance"),
        text=_words_in_some_languages(table, "text"),
        holds=_holds(reading, USUAL_HOLD),
        headings=reading.texts("headings"),
        telling=reading.texts("telling"),
        usual=reading.texts("usual"),
        slight=reading.texts("slight"),
        signs=reading.choices("signs", Sign),
    )
    reading.finish()
    table.finish()
    return clause


def _clause_alike(table: Table, general: Template | None) -> Clause:
    """A clause as the general template has it, but for what is said here; words come on top."""
    key = table.text("key")
    if table.text("like") != GENERAL or general is None:
        raise table.problem("like", f"can only be “{GENERAL}”, in another template than that")
    model = next((clause for clause in general.clauses if clause.key == key), None)
    if model is None:
        raise table.problem("like", f"the general template has no clause “{key}”")
    reading = table.table("reading") if table.has("reading") else Table({}, file="")
    clause = replace(
        model,
        strength=table.choice_if_given("strength", Need) or model.strength,
        title=table.words("title") if table.has("title") else model.title,
        guidance=table.words("guidance") if table.has("guidance") else model.guidance,
        text=_words_in_some_languages(table, "text") if table.has("text") else model.text,
        holds=_holds(reading, model.holds),
        headings=_added(model.headings, reading, "headings"),
        telling=_added(model.telling, reading, "telling"),
        usual=_added(model.usual, reading, "usual"),
        slight=_added(model.slight, reading, "slight"),
    )
    reading.finish()
    table.finish()
    return clause


def _holds(reading: Table, otherwise: int) -> int:
    if not reading.has("holds"):
        return otherwise
    return reading.whole_number("holds", at_least=1, at_most=9)


def _added(there: tuple[str, ...], reading: Table, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*there, *reading.texts(key))))


def _requirement(table: Table) -> Requirement:
    requirement = Requirement(
        key=table.text("key"),
        clause=table.text("clause"),
        strength=table.choice("strength", Need),
        citation=table.text("citation"),
        origin=table.choice("origin", Origin),
        certainty=table.choice("certainty", Certainty),
        label=table.words("label"),
        told_by=table.choice("told_by", ToldBy),
        fact=table.text_if_given("fact") or "",
        both_sides=table.flag("both_sides", default=False),
        roles=table.texts("roles"),
        at_least=table.whole_number("at_least", at_least=1, at_most=52)
        if table.has("at_least")
        else 0,
        local=table.flag("local", default=False),
        groups=_groups(table),
        only_if=table.texts("only_if"),
    )
    table.finish()
    return requirement


def _groups(table: Table) -> tuple[tuple[str, ...], ...]:
    """Terms by group; a sentence must have one of each group."""
    if not table.has("groups"):
        return ()
    groups = table.table("groups")
    return tuple(groups.texts(name) for name in groups.codes())


def _words_in_some_languages(table: Table, key: str) -> Words:
    """Suggested wording exists in the languages agreements are written in, no others."""
    if not table.has(key):
        return Words()
    inner = table.table(key)
    return Words.from_mapping({language: inner.text(language) for language in inner.codes()})


def _check_references(
    file: Table, clauses: tuple[Clause, ...], requirements: tuple[Requirement, ...]
) -> None:
    keys = [clause.key for clause in clauses]
    if len(set(keys)) < len(keys):
        raise file.problem("clause", "two clauses have the same key")
    for requirement in requirements:
        if requirement.clause not in keys:
            raise file.problem("requirement", f"“{requirement.key}” names no clause of this file")
        if requirement.told_by is ToldBy.SENTENCE and not requirement.groups:
            raise file.problem("requirement", f"“{requirement.key}” needs groups of terms")
        needs_fact = {ToldBy.FACT, ToldBy.NUMBER, ToldBy.RESULTS}
        if requirement.told_by in needs_fact and not requirement.fact:
            raise file.problem("requirement", f"“{requirement.key}” needs a fact")


def _lexicon(
    clauses: tuple[Clause, ...],
    requirements: tuple[Requirement, ...],
    role_words: Mapping[str, tuple[str, ...]],
    words: Vocabulary,
) -> Lexicon:
    terms: list[str] = list(words.all_terms())
    for clause in clauses:
        terms += (*clause.headings, *clause.telling, *clause.usual, *clause.slight)
    for requirement in requirements:
        terms += requirement.only_if
        terms += (term for group in requirement.groups for term in group)
    terms += (term for many in role_words.values() for term in many)
    return Lexicon(terms)

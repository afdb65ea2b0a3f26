"""Agreement templates as data: clauses with guidance, and what an agreement has to settle.

Each country has one general template in its profile folder (`agreement.toml`), in our own words.
What belongs here: reading and checking that file. What does not: judging a document by it
(`classify`, `completeness`), or what a signed agreement is (the cooperation app).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from samrad.kernel.multilingual import Words
from samrad.profiles.model import Certainty, Origin
from samrad.profiles.reader import DATA, profile
from samrad.profiles.schema import Complaints, Table, read_table
from samrad.reading.lexicon import Lexicon
from samrad.reading.vocabulary import Vocabulary, vocabulary

FILE = "agreement.toml"
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
    """A country's agreement template, ready to read documents by."""

    country: str
    kind: str
    version: str
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
def agreement_template(country: str) -> Template:
    """The general agreement template of a country; raises `ProfileError` when it is not right."""
    complaints = Complaints()
    file = read_table(DATA / country, FILE)
    words = vocabulary(country)
    clauses = complaints.of_each(lambda: file.tables("clause", named_by="key"), _clause)
    requirements = complaints.of_each(
        lambda: file.tables("requirement", named_by="key"), _requirement
    )
    complaints.enforce()
    _check_references(file, clauses, requirements)
    roles = file.table("role_words")
    role_words = {role: roles.texts(role) for role in roles.codes()}
    template = Template(
        country=country,
        kind=file.text("kind"),
        version=file.text("version"),
        title=file.words("title"),
        clauses=clauses,
        requirements=requirements,
        role_words=role_words,
        words=words,
        lexicon=_lexicon(clauses, requirements, role_words, words),
    )
    file.finish()
    return template


def _clause(table: Table) -> Clause:
    reading = table.table("reading")
    clause = Clause(
        key=table.text("key"),
        strength=table.choice("strength", Need),
        title=table.words("title"),
        guidance=table.words("guidance"),
        text=_words_in_some_languages(table, "text"),
        holds=reading.whole_number("holds", at_least=1, at_most=9)
        if reading.has("holds")
        else USUAL_HOLD,
        headings=reading.texts("headings"),
        telling=reading.texts("telling"),
        usual=reading.texts("usual"),
        slight=reading.texts("slight"),
        signs=reading.choices("signs", Sign),
    )
    reading.finish()
    table.finish()
    return clause


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

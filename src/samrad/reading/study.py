"""A document under study: every sentence with its words, its passage and the clause it is under.

What the finders of facts ask. What does not belong here: any single fact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from samrad.reading.headings import HEADING_TOO_VAGUE, Headings
from samrad.reading.lexicon import Text
from samrad.reading.model import TextOrigin
from samrad.reading.passages import RawPassage
from samrad.reading.templates import Template
from samrad.reading.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class RoleHit:
    """A role named in a text: from which word to which."""

    role: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence or list item, where it stands and what it is worth.

    `mended` is its words with what a scanner misread put right: what is looked for is looked for
    there, what is shown is as it was read.
    """

    text: Text
    mended: str
    passage: int
    part: int
    item: bool
    clause: str | None
    heading: str
    origin: TextOrigin
    guidance: bool

    @property
    def words(self) -> str:
        """The sentence as written."""
        return self.text.text


@dataclass(frozen=True)
class Study:
    """Everything the finders of facts need to know about a document."""

    template: Template
    raw: Sequence[RawPassage]
    told: Sequence[Told]
    title: str
    headings: Headings

    @property
    def words(self) -> Vocabulary:
        """The country's words."""
        return self.template.words

    def settled(self, *clauses: str, local: bool = False) -> Iterator[Told]:
        """Sentences that settle something: no guidance; of these clauses, or of any."""
        for told in self.told:
            if told.guidance or (local and told.origin is not TextOrigin.LOCAL):
                continue
            if not clauses or told.clause in clauses:
                yield told

    def preferring(self, *clauses: str) -> Iterator[Told]:
        """What settles something, first under these clauses, then anywhere else."""
        yield from self.settled(*clauses)
        yield from (told for told in self.settled() if told.clause not in clauses)

    def is_own_heading(self, heading: str) -> bool:
        """Whether a heading is the document's own, announcing no clause of the template."""
        return bool(heading) and self.headings.strength(heading) < HEADING_TOO_VAGUE

    def passage(self, number: int) -> list[Told]:
        """The sentences of one passage."""
        return self._by_passage.get(number, [])

    @cached_property
    def _by_passage(self) -> dict[int, list[Told]]:
        found: dict[int, list[Told]] = {}
        for told in self.told:
            found.setdefault(told.passage, []).append(told)
        return found

    @cached_property
    def _role_of_term(self) -> dict[str, str]:
        return {term: role for role, terms in self.template.role_words.items() for term in terms}

    def roles_in(self, text: Text) -> list[RoleHit]:
        """The roles a text names, in order; the longest name wins where two overlap."""
        hits = sorted(
            (hit for hit in text.hits if hit.term in self._role_of_term),
            key=lambda hit: (hit.first - hit.last, hit.first, -len(hit.term)),
        )
        kept: list[RoleHit] = []
        for one in hits:
            hit = RoleHit(self._role_of_term[one.term], one.first, one.last)
            if all(hit.last < other.first or hit.first > other.last for other in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.first)

    def side_of(self, text: Text) -> str | None:
        """The side a heading or a leading sentence speaks of, when it is one of the two.

        `Politirådet` is no side of its own.
        """
        council = {hit.first for hit in text.having(self.words["levels.council"])}
        municipal, police = (
            any(hit.first not in council for hit in text.having(self.words[side]))
            for side in ("sides.municipality", "sides.police")
        )
        if municipal == police:
            return None
        return "municipality" if municipal else "police"


def written(text: Text, first: int, last: int) -> str:
    """The words from one to another as they were written."""
    return text.text[text.words[first].start : text.words[last].end]

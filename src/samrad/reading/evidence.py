"""What speaks for each clause in each passage, as numbers the learned weights are laid on.

Four things: what the template's words and headings say, what the passage is like in plain features
(`features`), how it is set (a list, a row of a table, a heading above), and how it hangs together
with the passage before. What belongs here: looking. What does not: judging (`learned`, `classify`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from samrad.reading.features import Weighed, Where, in_company, lead_of, weighed
from samrad.reading.headings import HEADING_TOO_VAGUE, Announced, Headings
from samrad.reading.lexicon import Text
from samrad.reading.passages import RawPassage
from samrad.reading.signs import is_signed, signs_in, stands_apart
from samrad.reading.templates import USUAL_HOLD, Clause, Sign, Template
from samrad.reading.worth import from_words, worth_of_terms

LINKS = ("first", "under", "running", "anew", "without")
"""How a passage follows the one before: under one heading, in running text, under a new one."""

_LAST = 3
_UNDER_UNKNOWN, _UNDER_A_PART = 0.5, 1.0
_MOST_OF_IT, _LARGE, _FEWEST, _SEVERAL = 0.4, 0.25, 8, 5
_SHORT, _LONG = 80, 400
_LEAD_WORDS = 4
_NOTHING = Announced(None, 0.0)
_ROW = re.compile(r" \| | {3,}")
_SECTION = ("Stk", "Andet led")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage: its features, what speaks for each clause, and how it follows the last one.

    `under` is the clause its heading announces, if it announces one, `above` the one above that;
    `names` the clause that a sentence of an introduction begins by naming.
    """

    buckets: Weighed
    speaks: Mapping[str, tuple[float, ...]]
    apart: float
    link: str
    stays: tuple[float, ...]
    under: str | None
    above: str | None
    names: str | None = None


@dataclass(frozen=True, slots=True)
class _Under:
    """What the headings say: the passage's own, a known one above it, the words it begins with."""

    own: Announced
    above: Announced
    above_text: str
    lead: Announced
    swallows: bool
    is_new: bool


class Looking:
    """Looks at every passage of one document."""

    def __init__(
        self,
        passages: Sequence[RawPassage],
        texts: Sequence[Text],
        template: Template,
        headings: Headings,
        untitled: int = 0,
    ) -> None:
        self._passages, self._texts = passages, texts
        self._template, self._headings, self._untitled = template, headings, untitled
        self._kind = f"kind {template.country} {template.kind}"
        worth = worth_of_terms(template)
        keys = [clause.key for clause in template.clauses]
        self._words = [from_words(text, worth, keys) for text in texts]
        self._spans = Counter[str]()
        for passage in passages:
            self._spans[passage.heading] += len(passage.text)
        self._counts = Counter(passage.heading for passage in passages)
        self._all = sum(self._spans.values()) or 1
        self._announcing = self._clauses_announced()

    def all(self) -> Iterator[Evidence]:
        """The evidence of every passage, in order."""
        unders = list(self._unders())
        own = [self._buckets(place, under) for place, under in enumerate(unders)]
        together = in_company(own, self._kind)
        for place, (under, buckets) in enumerate(zip(unders, together, strict=True)):
            yield self._of(place, under, buckets)

    def _unders(self) -> Iterator[_Under]:
        known, level, current = "", 0, ""
        for passage in self._passages:
            is_new = passage.heading != current
            if is_new:
                current = passage.heading
                said = self._announced(current)
                if said.strength >= HEADING_TOO_VAGUE:
                    known, level = current, passage.level
                elif passage.level <= level:
                    known, level = "", 0
            is_part = passage.level > level == 1
            yield self._under(passage, known, is_part=is_part, is_new=is_new)

    def _announced(self, heading: str) -> Announced:
        said = self._headings.announced(heading) if heading else _NOTHING
        return said if said.clause and said.strength >= HEADING_TOO_VAGUE else _NOTHING

    def _clauses_announced(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for heading in self._spans:
            said = self._announced(heading)
            if said.clause:
                found.setdefault(said.clause, set()).add(heading)
        return found

    def _swallows(self, heading: str) -> bool:
        """Whether a heading has most of the document under it: then it is a title or a greeting."""
        large = self._spans[heading] > _MOST_OF_IT * self._all
        return large and len(self._passages) >= _FEWEST and self._counts[heading] > _SEVERAL

    def _under(self, passage: RawPassage, known: str, *, is_part: bool, is_new: bool) -> _Under:
        swallows = self._swallows(passage.heading)
        own = _NOTHING if swallows else self._announced(passage.heading)
        above = _NOTHING
        if known and not own.clause and not swallows:
            said = self._headings.announced(known)
            holds = _UNDER_A_PART if is_part else _UNDER_UNKNOWN
            above = Announced(said.clause, said.strength * holds)
        lead = lead_of(passage.text)
        said = self._headings.announced(lead) if lead else _NOTHING
        return _Under(own, above, "" if swallows else known, said, swallows, is_new)

    def _buckets(self, place: int, under: _Under) -> dict[int, float]:
        passage = self._passages[place]
        headed = replace(passage, heading="") if under.swallows else passage
        before_title = passage.first_block < self._untitled
        where = Where(place, len(self._passages), before_title, self._firmness(under))
        return weighed(headed, under.above_text, where, self._kind)

    def _of(self, place: int, under: _Under, buckets: Weighed) -> Evidence:
        passage, text = self._passages[place], self._texts[place]
        return Evidence(
            buckets=buckets,
            speaks=self._speaks(place, under),
            apart=float(stands_apart(text, passage.heading, self._template)),
            link=self._link(place, under),
            stays=self._stays(place, under),
            under=under.own.clause,
            above=under.above.clause if under.above.strength > _UNDER_UNKNOWN else None,
            names=self._names(passage, under),
        )

    def _names(self, passage: RawPassage, under: _Under) -> str | None:
        """An introduction speaks of every clause; the subject of its sentence may name which."""
        if not under.own.clause or self._template.clause(under.own.clause).holds >= USUAL_HOLD:
            return None
        first = passage.text.split(maxsplit=1)[0]
        said = self._announced(first)
        return said.clause if said.strength >= 1 and first.isalpha() else None

    def _speaks(self, place: int, under: _Under) -> dict[str, tuple[float, ...]]:
        text, count = self._texts[place], len(self._passages)
        shown = signs_in(text, self._template)
        signed = count - place <= _LAST and is_signed(text, self._template)
        clauses = self._template.clauses
        return {
            clause.key: (
                *self._said_by_words(place, clause.key),
                *self._said_by_headings(clause, under, self._passages[place].heading),
                float(sum(sign in shown for sign in clause.signs)),
                1 - abs(place / count - number / len(clauses)),
                float(signed and Sign.DATELINE in clause.signs),
            )
            for number, clause in enumerate(clauses)
        }

    def _said_by_words(self, place: int, clause: str) -> tuple[float, ...]:
        own, most = self._words[place][clause], max(self._words[place].values())
        before = self._words[place - 1][clause] if place else 0.0
        after = self._words[place + 1][clause] if place + 1 < len(self._words) else 0.0
        return (own / 3, float(own == most > 0), (own - most) / 3, before / 3, after / 3)

    def _said_by_headings(self, clause: Clause, under: _Under, heading: str) -> tuple[float, ...]:
        holds = clause.holds / USUAL_HOLD
        own = under.own.strength if under.own.clause == clause.key else 0.0
        above = under.above.strength if under.above.clause == clause.key else 0.0
        lead = under.lead.strength if under.lead.clause == clause.key else 0.0
        elsewhere = bool(self._announcing.get(clause.key, set()) - {heading}) and not own
        headed = bool(under.own.clause)
        return (
            own * holds,
            float(own > 2 * HEADING_TOO_VAGUE),
            above * holds,
            lead,
            float(elsewhere),
            float(elsewhere and headed),
        )

    def _link(self, place: int, under: _Under) -> str:
        if not place:
            return "first"
        headed = bool(self._passages[place].heading) and not under.swallows
        if under.is_new:
            return "anew" if headed else "without"
        return "under" if headed else "running"

    def _stays(self, place: int, under: _Under) -> tuple[float, ...]:
        """What tells whether a passage goes on with the one before it."""
        if not place:
            return (0.0,) * STAYS
        passage, last = self._passages[place], self._passages[place - 1]
        same = passage.heading == last.heading
        held = same and bool(passage.heading) and not under.swallows
        share, firm = self._spans[passage.heading] / self._all, self._firmness(under)
        known = bool(under.own.clause)
        shows = (held and known, held and not known, not same and known, not same and not known)
        joined = _joined(passage, last, has_lead=bool(under.lead.clause))
        return (
            *(firm * shown for shown in shows),
            held * firm * (share > _LARGE),
            *(firm * (sign and held) for sign in joined),
            *(float(sign and same and not held) for sign in joined),
        )

    def _firmness(self, under: _Under) -> float:
        """How firmly a heading keeps what stands under it: an introduction speaks of everything."""
        holds = (one.holds for one in self._template.clauses if one.key == under.own.clause)
        return min(1.0, next(holds, USUAL_HOLD) / USUAL_HOLD) ** 2


def _joined(passage: RawPassage, last: RawPassage, *, has_lead: bool) -> tuple[bool, ...]:
    """How a passage and the one before it are set."""
    item, was_item = passage.parts[0].item, last.parts[0].item
    text, before = passage.text.rstrip(), last.text.rstrip()
    lead = lead_of(text)
    return (
        item and was_item,
        item and not was_item,
        was_item and not item,
        before.endswith(":"),
        bool(_ROW.search(text) and _ROW.search(before)),
        text[:1].islower(),
        not text.endswith("."),
        not before.endswith("."),
        len(text) < _SHORT,
        len(before) < _SHORT,
        len(text) > _LONG and len(before) > _LONG,
        text.startswith(_SECTION),
        has_lead,
        bool(lead) and len(lead.split()) <= _LEAD_WORDS,
        True,
    )


STAYS = 5 + 2 * 15
"""How many signs there are that a passage goes on with the one before."""

"""The page a reading is looked through on: the document on one side, the clauses on the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from samrad.cooperation.reading_forms import LEAVE_OUT, ConfirmForm
from samrad.cooperation.reading_promises import rhythm_of, side_of
from samrad.cooperation.reading_words import clause_titles
from samrad.cooperation.rules import Side
from samrad.cooperation.words import SIDES
from samrad.documents.intake import Note
from samrad.documents.words import NOTES
from samrad.reading.messages import FACTS, fact_in_words, note
from samrad.reading.model import Fact, Passage, Reading
from samrad.reading.templates import Template


@dataclass(frozen=True)
class OnThePage:
    """A passage where it stands in the document, with what stands above it there."""

    passage: Passage
    heading: str
    page: int


@dataclass(frozen=True)
class Place:
    """A heading that passages are moved to, with the passages it has and their fields."""

    key: str
    title: str
    passages: list[tuple[Passage, Any]]
    is_open: bool


@dataclass(frozen=True)
class Found:
    """A fact in words, and the number of the passage it was found in."""

    text: str
    passage: int
    more: str = ""  # whose it is, how often


def as_document(read: Reading) -> Iterator[OnThePage]:
    """The passages in the document's own order; headings and page numbers where they change."""
    heading, page = "", 1
    for one in read.passages:
        own = one.under or one.heading or ""
        new_heading = own if own != heading else ""
        new_page = one.page if one.page != page else 0
        heading, page = own or heading, one.page
        yield OnThePage(one, new_heading, new_page)


def places(form: ConfirmForm) -> list[Place]:
    """Every heading with what is sorted under it as the form has it now; doubts are elsewhere."""
    under: dict[str, list[tuple[Passage, Any]]] = {}
    for passage in form.reading.passages:
        if not passage.unsure:
            field = form[form.name_of(passage)]
            under.setdefault(field.value() or LEAVE_OUT, []).append((passage, field))
    titles = {**clause_titles(form.template), LEAVE_OUT: _("Left out")}
    return [
        Place(key, title, under.get(key, []), _was_changed(under.get(key, []), key))
        for key, title in titles.items()
    ]


def _was_changed(passages: list[tuple[Passage, Any]], key: str) -> bool:
    """Whether a person has moved something here: that is shown at once when the form comes back."""
    return any(passage.clause != key for passage, _field in passages)


def facts_found(read: Reading, template: Template) -> list[tuple[str, list[Found]]]:
    """What was read out of the document, by kind, each with where it stands."""
    return [
        (
            str(FACTS[key]),
            [Found(fact_in_words(fact), fact.passage, _more(fact, template)) for fact in facts],
        )
        for key, facts in groupby(read.facts, key=lambda fact: fact.key)
    ]


def _more(fact: Fact, template: Template) -> str:
    """Of a promise: whose it is where the text says so, and how often."""
    if fact.key != "commitments":
        return ""
    side = side_of(fact)
    whose = str(SIDES[side]) if side != Side.OTHER else ""
    often = rhythm_of(str(fact.value["text"]), None, template)
    return " · ".join(one for one in (whose, often) if one)


def notes_on(read: Reading, of_the_file: Iterable[str] = ()) -> list[str]:
    """What to keep in mind about how the document was read, and about the file that is kept."""
    read_so = [note(code, parameters) for code, parameters in read.notes]
    return [*read_so, *(str(NOTES[Note(code)]) for code in of_the_file)]

"""Counts the words of the labelled agreements by clause: `python -m tests.reading.learning`.

Only from those written to develop on and from the templates; never from what is held out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from samrad.profiles.reader import profile_codes
from samrad.reading.learned import FILE, stems
from samrad.reading.templates import agreement_kinds, agreement_template
from samrad.reading.vocabulary import DATA
from tests.reading.labelled import NO_CLAUSE, Labelled, labelled
from tests.reading.measuring import PARTS

FEWEST = 2
"""How often a word must have been seen to be kept."""

Example = tuple[str, str, str]
Counts = dict[str, dict[str, dict[str, int]]]


def of_agreement(document: Labelled) -> Iterator[Example]:
    """Each labelled part: its clause, the heading it stands under, its text."""
    heading, held, label = "", [""], ""
    for line, own in [*zip(document.lines, document.labels, strict=True), ("", "end")]:
        if own != label:
            if label.startswith("-"):
                heading = " ".join(held)
            elif label and not label.startswith(("title", NO_CLAUSE)):
                yield label.partition("#")[0], heading, "\n".join(held)
            held, label = [], own
        held.append(line)


def of_templates() -> Iterator[Example]:
    """What the templates say of each clause, in every language they say it in."""
    for country in profile_codes():
        for kind in agreement_kinds(country):
            for clause in agreement_template(country, kind).clauses:
                for language in ("nb", "nn", "da", "sv"):
                    title = clause.title.in_language(language)
                    yield clause.key, title, clause.guidance.in_language(language)
                yield clause.key, _plain(clause.headings), _plain(clause.telling)


def _plain(terms: tuple[str, ...]) -> str:
    """Terms of the lexicon as mere words."""
    return " ".join(terms).replace("=", "").replace("*", "")


def counted() -> Counts:
    """How many parts of each clause have each word, in the text and in the heading."""
    found: dict[str, dict[str, Counter[str]]] = {"text": {}, "headings": {}}
    documents = (labelled(name, folder) for folder, name in PARTS["developed"])
    examples = [one for document in documents for one in of_agreement(document)]
    for clause, heading, text in [*examples, *of_templates()]:
        found["text"].setdefault(clause, Counter()).update(stems(text))
        found["headings"].setdefault(clause, Counter()).update(stems(heading))
    return {part: _kept(clauses) for part, clauses in found.items()}


def _kept(clauses: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    total: Counter[str] = sum(clauses.values(), Counter())
    return {
        clause: {word: words[word] for word in sorted(words) if total[word] >= FEWEST}
        for clause, words in sorted(clauses.items())
    }


def written() -> str:
    """The file as it should be."""
    lines = []
    for part, clauses in counted().items():
        rows = [f"  {json.dumps(key)}: {json.dumps(words)}" for key, words in clauses.items()]
        lines.append(f" {json.dumps(part)}: {{\n" + ",\n".join(rows) + "\n }")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    (DATA / FILE).write_text(written(), encoding="utf-8")

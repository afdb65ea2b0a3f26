"""Whether a document is an agreement between police and municipality at all, and in what language.

What has nothing of one is refused. What has something of one, such as a contract for a copying
machine that the municipality rents, is asked about: it is read only when a person says so.
"""

from collections.abc import Sequence

from samrad.reading.classify import Placed
from samrad.reading.lexicon import Text
from samrad.reading.templates import Template
from samrad.reading.unreadable import Note, Parameters, Trouble, Unreadable

_FEWEST_CLAUSES = 2
_MENTIONS = 2
_OF_THE_SUBJECT = 2
_LIKELY = 0.35
_CERTAIN, _MANY_CLAUSES, _ENOUGH_SAID = 0.8, 6, 4
_SEVERAL_CLAUSES, _SEVERAL_PASSAGES = 5, 10
"""A document that fills most of the template needs to name the two sides less often."""

Notes = list[tuple[Note, Parameters]]


def doubts_about(
    texts: Sequence[Text],
    placed: Sequence[Placed],
    template: Template,
    *,
    language: str,
    anyway: bool,
) -> Notes:
    """What to keep in mind; raises `Unreadable` where nobody has said to read it all the same."""
    words = template.words
    sides = [
        sum(len(text.having(words[side])) for text in texts)
        for side in ("sides.municipality", "sides.police")
    ]
    about = sum(len(text.having(words["subject.signs"])) for text in texts)
    clauses = {one.clause or one.likely[0] for one in placed if one.confidence >= _LIKELY}
    is_strange = bool(language) and language not in words.languages
    notes: Notes = [(Note.OTHER_LANGUAGE, {"language": language})] if is_strange else []
    if min(sides) >= _MENTIONS and about >= _OF_THE_SUBJECT and len(clauses) >= _FEWEST_CLAUSES:
        return notes
    certain = {one.clause for one in placed if one.clause and one.confidence >= _CERTAIN}
    fills = len(certain) >= _MANY_CLAUSES or (
        all(sides) and len(certain) >= _SEVERAL_CLAUSES and len(texts) >= _SEVERAL_PASSAGES
    )
    if not is_strange and any(sides) and sum(sides) + about >= _ENOUGH_SAID and fills:
        return notes
    has_something = bool(clauses) and any(sides) and (all(sides) or max(sides) >= _MENTIONS)
    if has_something and anyway:
        return [*notes, (Note.UNLIKELY, {})]
    if is_strange:
        raise Unreadable(Trouble.OTHER_LANGUAGE, language=language)
    raise Unreadable(Trouble.UNLIKELY if has_something else Trouble.NOT_AN_AGREEMENT)

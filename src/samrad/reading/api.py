"""What other apps may use of reading: a document in, a `Reading` out, or `Unreadable` with why.

    try:
        reading = read_document(data, "avtale.pdf", "no")
    except Unreadable as trouble:
        tell(messages.trouble(trouble))
    store(reading.to_json())

Plain Python: no database, no request. `samrad.reading.messages` has the sentences for people.
"""

from samrad.reading.model import Fact, Folded, Missing, Passage, Reading, TextOrigin
from samrad.reading.reader import read_document
from samrad.reading.templates import (
    Clause,
    Need,
    Requirement,
    Template,
    agreement_kinds,
    agreement_template,
)
from samrad.reading.unreadable import Note, Trouble, Unreadable

__all__ = [
    "Clause",
    "Fact",
    "Folded",
    "Missing",
    "Need",
    "Note",
    "Passage",
    "Reading",
    "Requirement",
    "Template",
    "TextOrigin",
    "Trouble",
    "Unreadable",
    "agreement_kinds",
    "agreement_template",
    "read_document",
]

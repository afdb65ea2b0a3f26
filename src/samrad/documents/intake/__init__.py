"""Taking in a file that somebody hands in: what it is, whether it is sound, and what it gives away.

Start at `examine`. It answers with the file as it is kept, or raises `NotTaken` with the reason as
a code; `documents.words` has the sentences. Nothing in a file is ever run, and nothing is fetched.
"""

from samrad.documents.intake.answer import Examined, Note, NotTaken, Trouble
from samrad.documents.intake.examining import examine

__all__ = ["Examined", "NotTaken", "Note", "Trouble", "examine"]

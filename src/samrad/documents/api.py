"""What other apps use: keep and hand out files, record what was answered for in a form."""

from samrad.documents.actions import (
    NotKept,
    classify_file,
    discard_file,
    note_answers,
    note_reading,
    store_file,
)
from samrad.documents.models import Classified, StoredFile
from samrad.documents.responses import file_response, handed_out
from samrad.documents.rules import Classification

__all__ = [
    "Classification",
    "Classified",
    "NotKept",
    "StoredFile",
    "classify_file",
    "discard_file",
    "file_response",
    "handed_out",
    "note_answers",
    "note_reading",
    "store_file",
]

"""Minutes that already exist, in TXT, DOCX or PDF, as proposals a person confirms.

    try:
        read = read_minutes(data, "referat.docx", "no")
    except Unreadable as trouble:
        tell(messages.trouble(trouble))

Told by labels and numbers, as minutes are set up everywhere; what is not understood stays as text.
"""

from samrad.reading.minutes.model import (
    Attendee,
    ReadDecision,
    ReadItem,
    ReadMinutes,
    ReadTask,
)
from samrad.reading.minutes.reader import minutes_with_their_text, read_minutes

__all__ = [
    "Attendee",
    "ReadDecision",
    "ReadItem",
    "ReadMinutes",
    "ReadTask",
    "minutes_with_their_text",
    "read_minutes",
]

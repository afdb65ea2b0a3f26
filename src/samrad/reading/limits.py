"""How much of a document the reader takes on before it says no: sizes, counts and time.

Agreements are a few pages. The bounds leave room for a thick plan with pictures, and none for a
file made to fill a memory.
"""

import time

from samrad.reading.unreadable import Trouble, Unreadable

BYTES = 20_000_000
PAGES = 120
CHARACTERS = 250_000
LINES = 12_000
LINE_LENGTH = 4_000
SECONDS = 20.0

ARCHIVE_ENTRIES = 2_000
ARCHIVE_BYTES = 60_000_000
ARCHIVE_PART_BYTES = 20_000_000
ARCHIVE_RATIO = 400
SMALL_ENOUGH_FOR_ANY_RATIO = 1_000_000


class Deadline:
    """How long reading goes on, asked between the parts of the work.

    Time that a busy machine spends on others does not count: a document that is read on a quiet
    day is not refused on another.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        """Raise when the time is up."""
        if time.thread_time() > self._end:
            raise Unreadable(Trouble.TOO_SLOW, seconds=int(SECONDS))

"""How much one upload may hold, with everything that lies inside it."""

from __future__ import annotations

from dataclasses import dataclass

from samrad.documents.intake.answer import NotTaken, Trouble

MOST_PARTS = 4000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 200
SMALL_ENOUGH_FOR_ANY_RATIO = 10_000_000
MOST_TEXT = 5_000_000  # characters
MOST_INNER = 200  # workbooks behind charts
DEEPEST = 1


@dataclass
class Room:
    """One budget for an upload and for all that is packed inside it, however it is spread.

    `weight` is that of the file somebody sent: it alone says how much there may be inside.
    """

    weight: int
    unpacked: int = 0
    parts: int = 0
    characters: int = 0
    inner: int = 0

    @property
    def left(self) -> int:
        """How many bytes may still be unpacked."""
        by_ratio = max(MOST_RATIO * self.weight, SMALL_ENOUGH_FOR_ANY_RATIO)
        return min(MOST_UNPACKED, by_ratio) - self.unpacked

    def announce(self, parts: int, size: int) -> None:
        """An archive says what it holds: refused before anything is unpacked."""
        self.parts += parts
        if self.parts > MOST_PARTS or size > self.left:
            raise NotTaken(Trouble.BOMB)

    def unpack(self, size: int) -> None:
        """So much did come out of it, whatever it said."""
        self.unpacked += size
        if self.left < 0:
            raise NotTaken(Trouble.BOMB)

    def enter(self, depth: int) -> None:
        """Another archive inside the upload."""
        self.inner += 1
        if depth > DEEPEST or self.inner > MOST_INNER:
            raise NotTaken(Trouble.NESTED)

    def take(self, text: str) -> str:
        """The text, as far as there is room for more of it."""
        taken = text[: max(0, MOST_TEXT - self.characters)]
        self.characters += len(text)
        return taken

    @property
    def holds_all_text(self) -> bool:
        """Whether nothing had to be left out of the text."""
        return self.characters <= MOST_TEXT

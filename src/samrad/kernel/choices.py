"""States and kinds as enumerations that a database field can take its choices from."""

from __future__ import annotations

from enum import StrEnum


class Choices(StrEnum):
    """A StrEnum with choices; the words shown to people are made where they are shown."""

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a model field."""
        return [(value.value, value.value) for value in cls]

"""A text that is longer than one item holds, in parts that each fit: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator


def parts_of(text: str, at_most: int) -> list[str]:
    """In order, broken between paragraphs where there are any, else between lines or words."""
    parts: list[str] = []
    for piece in _pieces(text, at_most):
        if parts and len(parts[-1]) + len(piece) <= at_most:
            parts[-1] += piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _pieces(text: str, at_most: int, marks: tuple[str, ...] = ("\n\n", "\n", " ")) -> Iterator[str]:
    if len(text) <= at_most:
        yield text
    elif not marks:
        yield from (text[at : at + at_most] for at in range(0, len(text), at_most))
    else:
        for piece in text.split(marks[0]):
            yield from _pieces(piece + marks[0], at_most, marks[1:])

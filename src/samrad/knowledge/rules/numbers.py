"""From what stands in a cell to a number, to nothing with its mark, or to a refusal."""

from __future__ import annotations

import math
import re

from samrad.knowledge.rules.table import LARGEST, Number, Why, refused

_PLAIN = re.compile(r"[-−]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_GROUPED = re.compile(r"[-−]?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_SURELY_KEPT = 15  # digits of a whole number that a double keeps, whatever they are
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " "))


def number_in(
    cell: str | Number, *, decimal: str, marks: frozenset[str], row: int, field: str
) -> tuple[Number | None, str]:
    """The number and no mark, or no number and the mark that stands for it (perhaps empty).

    Whatever is neither is refused: "NaN", "=1+1", "1,5" where the recipe says a decimal point.
    """
    if not isinstance(cell, str):
        return checked(cell, row, field), ""
    text = cell.strip()
    if len(text) <= _SURELY_KEPT and text.isascii() and text.isdigit() and text not in marks:
        return int(text), ""
    if text in marks or not text:
        return None, text
    plain = text.translate(_SPACES)
    if decimal == ",":
        if "." in plain:
            raise refused(Why.NOT_A_NUMBER, row, field, text=text[:40])
        plain = plain.replace(",", ".")
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        raise refused(Why.NOT_A_NUMBER, row, field, text=text[:40])
    plain = plain.replace(" ", "").replace("−", "-")
    if len(plain) > 40:  # noqa: PLR2004 (no figure is so long; a number of a million digits is slow)
        raise refused(Why.NUMBER_TOO_LARGE, row, field)
    return checked(float(plain) if "." in plain else int(plain), row, field), ""


def checked(value: Number, row: int, field: str) -> Number:
    """The number itself, when it is one that we can keep exactly."""
    if not math.isfinite(value):
        raise refused(Why.NOT_A_NUMBER, row, field, text=str(value))
    if abs(value) > LARGEST:
        raise refused(Why.NUMBER_TOO_LARGE, row, field)
    return value

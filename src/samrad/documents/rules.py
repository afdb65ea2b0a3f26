"""How documents are classified (N4)."""

from __future__ import annotations

from dataclasses import dataclass

from samrad.kernel.choices import Choices


class Classification(Choices):
    """Who a text is for: everybody, the council's permanent members, or those named."""

    OPEN = "open"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


@dataclass(frozen=True)
class NumberAnswer:
    """What somebody answered for in a form: kinds of number, never the number."""

    kinds: tuple[str, ...]
    reason: str
    asked_by: str = ""

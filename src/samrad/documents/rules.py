"""How documents are classified (N4)."""

from __future__ import annotations

from samrad.kernel.choices import Choices


class Classification(Choices):
    """Who a text is for: everybody, the council's permanent members, or those named."""

    OPEN = "open"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

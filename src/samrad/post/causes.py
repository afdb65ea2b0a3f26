"""Why a mail was sent, in words: for those who tend the mail and do not read it.

The app that writes a mail says what makes it go, by the mail's template.
"""

from __future__ import annotations

from collections.abc import Mapping

from samrad.ui.pieces import Words

_causes: dict[str, Words] = {}


def register_causes(causes: Mapping[str, Words], *, under: str = "") -> None:
    """Each mail by its template, below the folder `under`, with a sentence on what made it go."""
    _causes.update({f"{under}{template}": words for template, words in causes.items()})


def cause_of(template: str) -> Words:
    """What made it go; nothing where nobody has said so."""
    return _causes.get(template, "")

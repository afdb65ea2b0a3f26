"""What is changed or dropped takes a reason: the council reads it at its next meeting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.kernel.text import normalise
from samrad.kernel.verdict import Refused

NO_REASON = _("Say why, in a sentence: the next meeting will read it.")


def needed(reason: str) -> str:
    """The reason, or a refusal where there is none."""
    reason = normalise(reason)
    if not reason:
        raise Refused(NO_REASON)
    return reason

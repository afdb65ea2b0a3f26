"""Every kind of event there is: a stable code and the sentence a person reads.

Apps register theirs in their own `events.py`. A sentence may use %(by)s, %(about)s and the names
of the values recorded with the event.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REGISTERED: dict[str, Event] = {}


@dataclass(frozen=True)
class Event:
    """`code` is stored for ever; `sentence` is a lazy translation with named places."""

    code: str
    sentence: Promise | str
    reads: bool = False


def event(code: str, sentence: Promise | str, *, reads: bool = False) -> Event:
    """Register an event; `reads` marks that somebody read something rather than changed it."""
    if code in REGISTERED:
        message = f"The trail event {code} is registered twice."
        raise ValueError(message)
    REGISTERED[code] = Event(code, sentence, reads)
    return REGISTERED[code]


VALUES_ERASED = event("trail.values_erased", _("%(by)s erased personal values: %(reason)s"))

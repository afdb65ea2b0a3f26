"""A permission answers yes, or no and why."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """Somebody asked for what they may not do; the reason is written for them."""

    def __init__(self, reason: object) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Verdict:
    """True when allowed; otherwise `reason` is a sentence for the person who asked."""

    allowed: bool
    reason: object = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise `Refused` with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


ALLOWED = Verdict(allowed=True)


def refuse(reason: object) -> Verdict:
    """No, and why: `reason` may be a lazy translation."""
    return Verdict(allowed=False, reason=reason)

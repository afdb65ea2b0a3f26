"""What figures give rise to for a council of a tier."""

from __future__ import annotations

from enum import StrEnum


class TakesUp(StrEnum):
    """Which figures that stand out in its area are proposed to a council."""

    EVERY = "every"  # also what may be chance among so many
    SURE = "sure"  # what stands out among all series that were looked at
    NONE = "none"

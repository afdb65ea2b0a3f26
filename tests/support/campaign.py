"""What a campaign of proof is.

A campaign is a module in tests/campaigns with a docstring that says what it proves, `COVERS` (globs
of the code the proof is about, from the root of the clone) and `run(*, seed, share) -> Result`.
`share` is the part of the whole to do: 1.0 is the campaign, CI runs a small one. The same seed
gives the same campaign.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Result:
    """What came of a campaign: did it prove its point, and the counts that show it."""

    passed: bool
    counts: dict[str, int | float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

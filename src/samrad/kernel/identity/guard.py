"""Finding the numbers of all kinds in one text, and hiding them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from samrad.kernel.identity.contacts import case_numbers, phone_numbers
from samrad.kernel.identity.kinds import NumberKind, Severity
from samrad.kernel.identity.national import divided_numbers, national_numbers
from samrad.kernel.identity.plain import plain_text

_ENOUGH_DIGITS = re.compile(r"(?:\d\D{0,4}){6}")
_ONLY_SUSPECT = {
    NumberKind.NO_DATE_SHAPED,
    NumberKind.DK_CPR_LIKE,
    NumberKind.PHONE_NUMBER,
    NumberKind.CASE_NUMBER,
}
DEFAULT_POLICY: Mapping[NumberKind, Severity] = MappingProxyType(
    {kind: Severity.WARN if kind in _ONLY_SUSPECT else Severity.BLOCK for kind in NumberKind}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a number stands and what it looks like. It never carries the digits."""

    kind: NumberKind
    severity: Severity
    start: int
    end: int

    @property
    def country(self) -> str:
        """The issuing country's profile code, empty for numbers found everywhere."""
        return self.kind.country


def find_identity_numbers(
    text: str, *, policy: Mapping[NumberKind, Severity] = DEFAULT_POLICY
) -> list[Finding]:
    """Every number in the text that may point at one citizen, in the order they stand."""
    plain = plain_text(text)
    if not _ENOUGH_DIGITS.search(plain):
        return []
    hits = [
        *national_numbers(plain),
        *divided_numbers(plain),
        *phone_numbers(plain),
        *case_numbers(plain),
    ]
    return _without_overlap(
        Finding(hit.kind, policy[hit.kind] if hit.is_certain else Severity.WARN, hit.start, hit.end)
        for hit in hits
    )


def is_blocked(findings: Iterable[Finding]) -> bool:
    """True when at least one number must not be kept."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with the digits of every finding replaced, so that it can be shown."""
    letters = list(text)
    for finding in findings:
        for place in range(finding.start, finding.end):
            if letters[place].isdigit():
                letters[place] = "•"
    return "".join(letters)


def _without_overlap(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings in the same place, the severest and then the longest: one thing is said once."""
    ranked = sorted(
        set(findings), key=lambda f: (f.severity is Severity.WARN, f.start - f.end, f.start, f.kind)
    )
    taken: set[int] = set()
    kept = []
    for finding in ranked:
        places = range(finding.start, finding.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)

"""The identity-number guard: finding numbers that point at one citizen, in any text.

A finding says what kind of number stands where, never which number, so it can be shown, stored and
logged. The guard reads one text; who is warned, who may override and where texts come from is for
those who call it. Numbers of all three countries are looked for in all three countries.

What is found, and how surely:

- Norway: ordinary, D and H numbers and the synthetic ones used in test data, all with two check
  digits. Check digits change in 2032, so eleven digits that begin with a date are suspect anyway.
- Sweden: personal and coordination numbers, with one check digit, with and without century.
- Denmark: CPR numbers have had no usable check digit since 2007. Written 6-4 with a dash they are
  taken for what they look like; ten bare digits that begin with a date are only suspect.
- Phone numbers and case numbers are suspect. Organisation numbers are not looked for.
"""

from samrad.kernel.identity.guard import (
    DEFAULT_POLICY,
    Finding,
    find_identity_numbers,
    is_blocked,
    masked,
)
from samrad.kernel.identity.kinds import NumberKind, Severity

__all__ = [
    "DEFAULT_POLICY",
    "Finding",
    "NumberKind",
    "Severity",
    "find_identity_numbers",
    "is_blocked",
    "masked",
]

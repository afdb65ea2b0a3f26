"""Disclosure control: a table may be published without giving away what a small cell holds.

`tables` describes what is published, `rounding` and `suppression` are the two methods, and `audit`
is the attacker's arithmetic turned on ourselves.
"""

from samrad.analysis.disclosure.audit import Audit, audit, intervals
from samrad.analysis.disclosure.rounding import Rounded, round_small
from samrad.analysis.disclosure.suppression import Suppressed, dominated, suppress
from samrad.analysis.disclosure.tables import Dimension, Table

__all__ = [
    "Audit", "Dimension", "Rounded", "Suppressed", "Table", "audit", "dominated",
    "intervals", "round_small", "suppress",
]  # fmt: skip

"""Disclosure control: a table may be published without giving away what a small cell holds.

`tables` describes what is published, `rounding` and `suppression` are the two methods, `audit` is
the attacker's arithmetic turned on ourselves, and `publication` is what may leave the house: the
shown figures and what follows from them alone. Which method for which series: docs/adr/0024.
"""

from samrad.analysis.disclosure.audit import Audit, audit, intervals
from samrad.analysis.disclosure.publication import (
    Method,
    Published,
    Rule,
    as_it_was,
    publish,
    publish_again,
)
from samrad.analysis.disclosure.rounding import Rounded, round_small
from samrad.analysis.disclosure.suppression import (
    CannotBeProtected,
    Suppressed,
    dominated,
    suppress,
)
from samrad.analysis.disclosure.tables import Dimension, Table

__all__ = [
    "Audit", "CannotBeProtected", "Dimension", "Method", "Published", "Rounded", "Rule",
    "Suppressed", "Table", "as_it_was", "audit", "dominated", "intervals", "publish",
    "publish_again", "round_small", "suppress",
]  # fmt: skip

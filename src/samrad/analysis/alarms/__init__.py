"""What rises and falls beyond the ordinary: prospective alarms for many series of counts.

`watch` judges every series by the method its history allows; `detect` is the published method
alone. What each method assumes, in plain words: docs/methods.md.
"""

from samrad.analysis.alarms.farrington import detect
from samrad.analysis.alarms.guard import detect_guarded
from samrad.analysis.alarms.outcome import Method, Outcome
from samrad.analysis.alarms.settings import MONTHLY, NAMED, QUARTERLY, WEEKLY, Settings, careful
from samrad.analysis.alarms.watch import Watch, watch

__all__ = [
    "MONTHLY",
    "NAMED",
    "QUARTERLY",
    "WEEKLY",
    "Method",
    "Outcome",
    "Settings",
    "Watch",
    "careful",
    "detect",
    "detect_guarded",
    "watch",
]

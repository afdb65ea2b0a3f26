"""Plain Python: when activities are due, how they stand, and where they are drawn."""

from samrad.wheel.rules.rhythm import Calls, Part, Rhythm, When, Window, windows_in
from samrad.wheel.rules.states import Made, Mark, Stand, Started, stand_of

__all__ = [
    "Calls",
    "Made",
    "Mark",
    "Part",
    "Rhythm",
    "Stand",
    "Started",
    "When",
    "Window",
    "stand_of",
    "windows_in",
]

"""What views hand to the components that show lists: tabs, steps, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise

Words = str | Promise


class Tone(StrEnum):
    """How something stands. Always shown with a word and a shape, never by colour alone."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


TONE_ICONS = {
    Tone.NEUTRAL: "dot",
    Tone.ACCENT: "dot",
    Tone.INFO: "clock",
    Tone.SUCCESS: "check",
    Tone.WARNING: "alert",
    Tone.DANGER: "stop",
}


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing, each with its own address."""

    label: Words
    url: str
    is_current: bool = False
    count: int | None = None


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    """One step of a way that has a beginning and an end."""

    label: Words
    state: StepState = StepState.AHEAD
    url: str = ""


def steps_to(current: int, labels: Sequence[Words]) -> list[Step]:
    """Steps named by `labels`, those before number `current` done (counted from 0)."""
    states = [
        StepState.DONE if i < current else StepState.CURRENT if i == current else StepState.AHEAD
        for i in range(len(labels))
    ]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


@dataclass(frozen=True)
class Happening:
    """One line of a history: what, by whom, when."""

    text: Words
    at: datetime | None = None
    who: Words = ""
    tone: Tone = Tone.NEUTRAL
    detail: Words = ""

"""What charts are made of: a figure of one period, and a table of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samrad.ui.formats import number

Words = str | Promise


class Flag(StrEnum):
    """What is unusual about a figure."""

    HIGH = "high"
    LOW = "low"
    KEPT = "kept"  # what was promised: a dot, and a ring where it cannot be told
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Moment:
    """A figure of one period: what was counted, and between what it was to be expected.

    `value` is None when the figure is missing, or held back (`is_hidden`); nought is 0. `tick` is
    what the axis says below it, nothing for most periods.
    """

    label: str
    value: float | None
    tick: str = ""
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    flag: Flag | None = None
    is_hidden: bool = False

    @property
    def told(self) -> str:
        """The figure in words, for a table."""
        if self.is_hidden:
            return _("held back")
        return _("missing") if self.value is None else number(self.value)


@dataclass(frozen=True)
class Table:
    """The figures of a chart in rows, the first column saying what each row is about."""

    heads: Sequence[Words]
    rows: Sequence[Sequence[str]]


def told(value: float | None, decimals: int | None = None) -> str:
    """A number in the reader's language, or a dash where there is none."""
    return "–" if value is None else number(value, decimals)

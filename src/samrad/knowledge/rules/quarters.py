"""Quarters of incidents: which of them are whole, and what means are laid beside theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_QUARTER = re.compile(r"\d{4}-Q[1-4]")


def is_quarter(text: str) -> bool:
    """Whether a text is how a quarter is written here: 2010-Q3."""
    return _QUARTER.fullmatch(text) is not None


def quarter_of(month: date) -> str:
    """The quarter that a month is in."""
    return f"{month.year}-Q{(month.month + 2) // 3}"


def months_in(quarter: str) -> tuple[date, date, date]:
    """The first days of its three months."""
    year, last = int(quarter[:4]), 3 * int(quarter[-1])
    return date(year, last - 2, 1), date(year, last - 1, 1), date(year, last, 1)


def with_all_months(months: Sequence[date]) -> list[str]:
    """The quarters that have something in each of their months, the oldest first."""
    there = set(months)
    return sorted(one for one in {quarter_of(month) for month in months}
                  if there.issuperset(months_in(one)))  # fmt: skip


@dataclass(frozen=True)
class Beside:
    """A mean in seconds that a quarter's is laid beside; `since`: of which quarter, where said."""

    seconds: int
    source: str
    since: str = ""


def beside(rule: Mapping[str, Any], name: str, quarter: str) -> Beside | None:
    """The `target` or the `nation` that holds in a quarter, as the recipe has it.

    With no quarter it is the one that holds whenever; recipes of before know no other.
    """
    known = [one for one in rule.get(f"{name}s", ()) if one["since"] <= quarter]
    if known:
        last = max(known, key=lambda one: one["since"])
        return Beside(last["seconds"], last["source"], last["since"])
    if not rule.get(name):
        return None
    return Beside(rule[name], rule.get(f"{name}_source", ""))

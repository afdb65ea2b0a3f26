"""The year wheel of a country as data: one table an activity, in the profile's `wheel.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from samrad.kernel.multilingual import Words
from samrad.profiles.model import Source
from samrad.profiles.reader import DATA, profile, source_of
from samrad.profiles.schema import Complaints, ProfileError, Table, read_table
from samrad.wheel.rules.rhythm import Calls, Part, Rhythm, When, months_fit

FILE = "wheel.toml"
# The activities that are done once a year's meetings are planned.
MEETING_PLANS = frozenset({"meeting_plan", "meeting_plan_preparing", "meeting_plan_local"})


class Timing(StrEnum):
    """Whether the source names the time of year, or only how often and the month is a proposal."""

    SOURCE = "source"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class ProfileActivity:
    """Something that recurs for councils of some tiers, and who says so."""

    code: str
    tiers: tuple[str, ...]
    when: When
    calls_for: Calls
    timing: Timing
    title: Words
    text: Words
    source: Source


def activities_for(country: str, tier: str) -> tuple[ProfileActivity, ...]:
    """What the country's profile has for councils of a tier."""
    return tuple(one for one in activities_of(country) if tier in one.tiers)


@cache
def activities_of(country: str) -> tuple[ProfileActivity, ...]:
    """Every activity of a country, read and checked once."""
    return read_wheel(DATA / country, tiers=[tier.code for tier in profile(country).tiers])


def read_wheel(folder: Path, *, tiers: Iterable[str]) -> tuple[ProfileActivity, ...]:
    """Read one country's wheel; raises `ProfileError` with everything that is wrong in it."""
    file, complaints, known = read_table(folder, FILE), Complaints(), set(tiers)
    found = complaints.of_each(
        lambda: file.tables("activity", named_by="code"), lambda table: _activity(table, known)
    )
    complaints.of(file.finish)
    complaints.enforce()
    _refuse_twice(folder, found)
    return found


def _activity(table: Table, tiers: set[str]) -> ProfileActivity:
    activity = ProfileActivity(
        code=table.text("code"),
        tiers=_tiers(table, tiers),
        when=_when(table),
        calls_for=table.choice("calls_for", Calls),
        timing=table.choice("timing", Timing),
        title=table.words("title"),
        text=table.words("text"),
        source=source_of(table),
    )
    if not activity.code.replace("_", "").isalnum() or not activity.code.islower():
        raise table.problem("code", "must be small letters, digits and underlines")
    table.finish()
    return activity


def _tiers(table: Table, known: set[str]) -> tuple[str, ...]:
    tiers = table.texts("tiers")
    unknown = sorted(set(tiers) - known)
    if unknown:
        raise table.problem("tiers", f"“{unknown[0]}” is not defined")
    if not tiers:
        raise table.problem("tiers", "must name at least one tier")
    return tiers


def _when(table: Table) -> When:
    rhythm = table.choice("rhythm", Rhythm)
    months = table.whole_numbers("months", at_least=1, at_most=12)
    part = table.choice_if_given("part", Part) or Part.WHOLE
    day = table.whole_number("day", at_least=1, at_most=31) if table.has("day") else None
    year = _year(table)
    if not months_fit(rhythm, months):
        raise table.problem("months", f"do not fit an activity that is {rhythm}")
    if day and part is not Part.WHOLE:
        raise table.problem("day", "an activity has a day or a part of the month, not both")
    if rhythm is Rhythm.EVERY_OTHER_YEAR and year is None:
        raise table.problem("first_year", "is missing; every other year is counted from it")
    return When(rhythm, months, part, day, year)


def _year(table: Table) -> int | None:
    if not table.has("first_year"):
        return None
    return table.whole_number("first_year", at_least=2000, at_most=2100)


def _refuse_twice(folder: Path, found: Iterable[ProfileActivity]) -> None:
    codes = [one.code for one in found]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ProfileError(
            [f"{folder.name}/{FILE}: activity “{code}”: stands twice" for code in twice]
        )

"""Calls to a police district that nobody made: when, where and what, as a police file has them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from samrad.access.actor import SYSTEM, Actor
from samrad.knowledge.arrivals import hand_in
from samrad.knowledge.incident_actions import stage_incidents, take_in_incidents
from samrad.knowledge.incident_models import AddressList, IncidentReport, RepeatAddress
from samrad.knowledge.incident_reports import work_out
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.own_recipe_models import OwnRecipe
from samrad.knowledge.packaged import read_recipe
from samrad.knowledge.reading_in import read_file
from samrad.knowledge.rules.recipes import Recipe

CODE = "sample-calls"
NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
QUARREL = "Husbråk"
RECIPE = """
layout = "incidents"
publisher = "Oppdiktet politi"
licence = "-"
citation = "Oppdiktet politi, anrop"
title = "Anrop"
[incidents]
key = "nr"
address = "sted"
district = "krets"
category = "art"
moment_format = "%Y-%m-%d %H:%M:%S"
zone = "Europe/Oslo"
first = "call"
keep_days = {keep_days}
[incidents.moments]
call = "meldt"
arrival = "framme"
[incidents.response]
start = "call"
arrived = "arrival"
target = 806
target_source = "Samordnet handlingsplan"
{police}
"""
POLICE = '[incidents.police]\ncountry = "no"\ncode = "02"\ncategories = ["Husbråk"]'

Call = tuple[str, datetime, int | None, str, str, str]


def recipe(police: str = POLICE, keep_days: int = 400, code: str = CODE) -> Recipe:
    """A police district's own recipe."""
    return read_recipe(code, RECIPE.format(police=police, keep_days=keep_days))


def quarrel(number: int, on: datetime, where: str, waited: int | None = 600) -> Call:
    """A disturbance in a home."""
    return f"q{number}", on, waited, where, "Sentrum", QUARREL


SUMMER = datetime(2026, 7, 1, 8, tzinfo=UTC)  # the third quarter, whole by NOON
SPRING = datetime(2026, 4, 1, 8, tzinfo=UTC)


def calls(
    count: int, krets: str = "Sentrum", waited: int = 500, start: datetime = SUMMER
) -> list[Call]:
    """Everyday calls of a quarter, from its first day to its last, each from another place."""
    days = 91 if start == SUMMER else 90
    step = timedelta(days=days) / max(count - 1, 1)
    return [
        (f"{krets}{start:%m}{n}", start + n * step, waited + 7 * (n % 31), f"{krets} {n}", krets,
         "Trafikk")
        for n in range(count)
    ]  # fmt: skip


def at_home(
    times: int, where: str = "Oppdiktet vei 1",
    start: datetime = datetime(2026, 11, 1, 20, tzinfo=UTC),
) -> list[Call]:  # fmt: skip
    """Quarrels at one address, from 1 November on, one every three days."""
    return [quarrel(hash_of(where) + n, start + timedelta(days=3 * n), where) for n in range(times)]


def hash_of(where: str) -> int:
    """A number for the calls from one place."""
    return 1000 * sum(map(ord, where))


def taken_in(
    rows: Iterable[Call], at: datetime = NOON, by_recipe: Recipe | None = None, code: str = CODE
) -> DataSet:
    """These calls taken in and worked out, as the installation does it by itself."""
    laid(rows, at, by_recipe or recipe(code=code))
    work_out(data_set=code, at=at)
    return DataSet.objects.get(code=code)


def laid(
    rows: Iterable[Call], at: datetime = NOON, by_recipe: Recipe | None = None, police: str = POLICE
) -> int:
    """These calls taken in, and the worker has not been there yet; how many were new."""
    content = as_file(rows)
    staged = stage_incidents(
        content=content, name="anrop.csv", recipe=by_recipe or recipe(police), answers={}
    )
    _release, new = take_in_incidents(staged=staged, by=SYSTEM, at=at)
    return new


def as_file(rows: Iterable[Call]) -> bytes:
    """These calls as the police would hand them in."""
    lines = ["nr,sted,krets,art,meldt,framme"]
    for number, when, waited, where, krets, art in rows:
        arrival = "" if waited is None else _clock(when + timedelta(seconds=waited))
        lines.append(f"{number},{where},{krets},{art},{_clock(when)},{arrival}")
    return "".join(f"{line}\n" for line in lines).encode()


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def keep_recipe(keep_days: int = 36_500, code: str = CODE) -> OwnRecipe:
    """The same recipe, known to the pages as those that ship are."""
    said = tomllib.loads(RECIPE.format(police=POLICE, keep_days=keep_days))
    return OwnRecipe.objects.create(code=code, country="no", said=said, saved_at=NOON)


def calls_on_their_way(analyst: Actor) -> dict[str, object]:
    """For the table of permissions: a file of calls that its analyst has handed in and may use."""
    by_recipe = recipe(code=keep_recipe(code="waiting-calls").code)
    content = b"nr,sted,krets,art,meldt,framme\n1,Vei 1,Vest,Trafikk,2026-07-01 20:00:00,\n"
    release = hand_in(name="anrop.csv", content=content, recipe=by_recipe, by=analyst, at=NOON)
    read_file(ref=str(release.ref))
    return {"calls_waiting": Release.objects.get(pk=release.pk), "recipe_of_calls": by_recipe}


def calls_of_a_district() -> dict[str, object]:
    """For the table of permissions: calls, their report, and an address that comes back."""
    data_set = taken_in([*calls(60), *calls(60, "Vest", 900), *at_home(4)])
    return {
        "calls": data_set, "incident_report": IncidentReport.objects.get(data_set=data_set),
        "address_list": AddressList.objects.get(), "address": RepeatAddress.objects.get(),
    }  # fmt: skip

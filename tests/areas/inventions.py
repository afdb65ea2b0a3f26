"""Structures for a year that has not come, and what the tests ask about them."""

from __future__ import annotations

from datetime import date

import pytest

from samrad.access.actor import SYSTEM
from samrad.areas.actions import load_structure
from samrad.areas.models import Area, AreaCover, AreaRelation, AreaSuccession
from samrad.areas.queries import area_with_code
from samrad.areas.rules.kinds import AreaKind
from samrad.areas.rules.structure import StructureRefused
from samrad.areas.words import trouble_in_words
from samrad.trail.models import TrailEntry
from tests.areas.conftest import NOON, structure

TODAY = date(2026, 11, 21)
NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)

HEAD = """
country = "no"
from = 2027-01-01
title = "Norway from 2027 (invented)"
source = "An invented decision"
"""

MERGER = (
    HEAD
    + """
population_date = 2027-01-01
population_source = "Invented"

[[area]]
kind = "municipality"
code = "3299"
name = "Store Ås"
part_of = "county:32 police_district:ost"
population = 85000

[[succession]]
kind = "merge"
of = "municipality"
before = ["3218", "3207"]
after = ["3299"]
"""
)

RENUMBERED = (
    HEAD
    + """
[[renumbered]]
of = "municipality"
before = "3218"
after = "3298"

[[area]]
kind = "municipality"
code = "3298"
name = "Aas"
"""
)


def municipality(code: str, on: date = TODAY) -> Area:
    found = area_with_code("no", code, on=on, kind=AreaKind.MUNICIPALITY)
    assert found is not None
    return found


def refused(text: str) -> list[str]:
    with pytest.raises(StructureRefused) as raised:
        load_structure(structure=structure(text), by=SYSTEM, at=NOON)
    return [trouble_in_words(trouble) for trouble in raised.value.troubles]


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Area, AreaRelation, AreaSuccession, AreaCover, TrailEntry)
    ]

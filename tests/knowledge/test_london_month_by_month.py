"""Months instead of quarters, from the publisher's file to alarms: London's spring of 2020.

London is none of our countries, so the test lends its boroughs a country and a number of people.
The figures are the publisher's own, by the recipe that is shipped, with that added to it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from importlib import resources
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from samrad.access.actor import SYSTEM
from samrad.analysis.words import Code
from samrad.areas.actions import load_structure
from samrad.areas.rules.structure import Structure
from samrad.knowledge.alarms_told import seen_alarms, told_alarm
from samrad.knowledge.models import Alarm, AreaPicture, SheetRow
from samrad.knowledge.rules.picture import Picture, Unusual
from samrad.work.worker import work_off
from tests.areas.conftest import NOON, structure
from tests.knowledge.conftest import KNOWN

FILE = KNOWN["london-mps-monthly"]
AIRPORTS = "London Heathrow and London City Airports"
SPRING = "2020-04"
COUNTED = {
    "person": ("Theft", "Theft from Person"),
    "shops": ("Theft", "Shoplifting"),
}
INDICATOR = """
[[indicator]]
code = "test.{code}"
where = {{ MajorText = "{major}", MinorText = "{minor}" }}
unit = "offences"
direction = "down"
base = "test.population"
name = "{minor}"
"""
POPULATION = """
layout = "long"
publisher = "The test"
licence = "CC0"
citation = "Numbers of people made up for the test"
values = ["people"]

[title]
nb = "F"
nn = "F"
da = "F"
sv = "F"
en = "People"

[area]
field = "borough"
country = "se"
kinds = ["municipality"]

[period]
field = "year"
kind = "year"

[[indicator]]
code = "test.population"
where = {}
unit = "persons"
name = "People"
direction = "neither"
"""

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def london(tmp_path: Path) -> None:
    """Both files taken in by the command, and worked out by the worker."""
    text = gzip.decompress(FILE.read_bytes()).decode("utf-8-sig")
    names = sorted({row["LookUp_BoroughName"] for row in csv.DictReader(io.StringIO(text))})
    codes = {name: name.replace(" ", "-")[:30] for name in names}
    for name, code in codes.items():
        text = text.replace(f",{name},", f",{code},")
    kept = {
        "people.toml": POPULATION,
        "people.csv": "borough,year,people\n"
        + "".join(f"{code},2020,250000\n" for name, code in codes.items() if name != AIRPORTS),
        "offences.toml": recipe(),
        "offences.csv": text,
    }
    for name, content in kept.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    load_structure(structure=as_municipalities(codes), by=SYSTEM, at=NOON)
    for name in ("people", "offences"):
        file, by = (str(tmp_path / f"{name}.{ending}") for ending in ("csv", "toml"))
        call_command("data", "import", file, "--recipe", by)
    work_off()


def as_municipalities(codes: dict[str, str]) -> Structure:
    head = 'country = "se"\nfrom = 2010-01-01\ntitle = "London"\nsource = "The test"\n'
    area = '\n[[area]]\nkind = "municipality"\ncode = "{}"\nname = "{}"\n'
    return structure(head + "".join(area.format(code, name) for name, code in codes.items()))


def recipe() -> str:
    """The shipped one, with a country for the boroughs and indicators that have a population."""
    shipped = resources.files("samrad.knowledge") / "recipes/london-mps-monthly.toml"
    lent = '[area]\ncountry = "se"\nkinds = ["municipality"]\n'
    own = [
        INDICATOR.format(code=code, major=major, minor=minor)
        for code, (major, minor) in COUNTED.items()
    ]
    return shipped.read_text(encoding="utf-8").replace("[area]\n", lent) + "".join(own)


def test_the_fall_of_april_2020_is_found_and_a_borough_without_people_has_no_rate(london):
    falls = Alarm.objects.filter(period=SPRING, tail=Unusual.LOW)
    rises = Alarm.objects.filter(period=SPRING, tail=Unusual.HIGH)

    assert AreaPicture.objects.count() == 33
    for code in ("person", "shops"):
        assert falls.filter(indicator__code=f"test.{code}").count() > 20
    assert falls.count() > 10 * rises.count()
    assert falls.filter(survives=True).count() > 20
    with translation.override("en"):
        told = told_alarm(seen_alarms(SYSTEM).filter(pk__in=falls, area__name="Westminster")[0])
    assert "Westminster: unusually few in April 2020" in told.title

    airports = Picture.from_json(AreaPicture.objects.get(area__name=AIRPORTS).content)
    assert {line.change.way for line in airports.lines} == {Code.UNKNOWN}
    assert {line.among.rate for line in airports.lines} == {None}
    assert airports.similar is not None
    assert not airports.similar.lines or {one.rate for one in airports.similar.lines} == {None}
    others = Picture.from_json(AreaPicture.objects.get(area__name="Camden").content)
    assert all(line.among.rate is not None for line in others.lines)
    rows = SheetRow.objects.filter(area__name=AIRPORTS)
    assert rows.exists()
    assert {(json.dumps(row.people), row.lived) for row in rows} == {("[]", None)}

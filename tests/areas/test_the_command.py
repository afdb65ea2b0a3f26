"""`samrad areas`: load, show, check, changes."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from samrad.areas.models import Area

pytestmark = pytest.mark.slow

HEADER = "kind,code,name,part_of,population\n"


def told(*words: str) -> str:
    out = StringIO()
    call_command("areas", *words, stdout=out)
    return out.getvalue()


def answered(*words: str) -> Any:
    return json.loads(told(*words, "--json"))


def test_loading_with_nothing_said_loads_the_three_countries(db):
    first = answered("load")

    assert [(answer["country"], answer["loaded"]) for answer in first] == [
        ("no", True),
        ("dk", True),
        ("se", True),
    ]
    assert told("load").count("nothing changes") == 3
    assert all(not answer["loaded"] for answer in answered("load"))


def test_a_dry_run_loads_nothing(db):
    (answer,) = answered("load", "--country", "se", "--dry-run")

    assert len(answer["changes"]) == 319
    assert not answer["loaded"]
    assert not Area.objects.exists()


def test_a_whole_country_is_told_in_counts(db):
    assert "290 municipality opened" in told("load", "--country", "se", "--dry-run")


def test_a_lone_csv_is_loaded_with_its_country_and_day(areas, tmp_path: Path):
    path = tmp_path / "local.csv"
    path.write_text(
        HEADER + "local_police_area,invented,Invented area,police_district:ost,\n", encoding="utf-8"
    )

    told("load", "--file", str(path), "--country", "no", "--from", "2026-01-01")

    assert Area.objects.get(kind="local_police_area").name == "Invented area"


def test_a_csv_without_a_day_is_refused(areas, tmp_path: Path):
    path = tmp_path / "local.csv"
    path.write_text(HEADER, encoding="utf-8")

    with pytest.raises(CommandError, match="from: This must be given"):
        told("load", "--file", str(path), "--country", "no")


def test_a_refusal_says_row_field_and_reason_and_ends_with_an_error(areas, tmp_path: Path):
    path = tmp_path / "dk.csv"
    path.write_text(
        HEADER + "municipality,0773,Morsø,police_district:3,\npolice_district,11.0,X,,\n",
        encoding="utf-8",
    )
    out = StringIO()

    with pytest.raises(CommandError) as raised:
        call_command(
            "areas", "load", "--file", str(path), "--country", "dk", "--from", "2026-01-01",
            "--json", stdout=out,
        )  # fmt: skip

    assert raised.value.returncode == 1
    assert "Nothing was loaded" in str(raised.value)
    (trouble,) = json.loads(out.getvalue())["refused"]
    assert trouble["where"] == "dk.csv:3"
    assert trouble["field"] == "code"
    assert "a spreadsheet has changed this one" in trouble["reason"]


@pytest.mark.parametrize("written", [b"\xff\xfe\x00", b"country = [", b""])
def test_a_file_that_is_no_structure_is_refused(areas, tmp_path: Path, written: bytes):
    path = tmp_path / "broken.toml"
    path.write_bytes(written)

    with pytest.raises(CommandError, match="Nothing was loaded"):
        told("load", "--file", str(path))


def test_a_structure_reads_no_file_outside_its_folder(areas, tmp_path: Path):
    (tmp_path / "rows.csv").write_text(HEADER, encoding="utf-8")
    folder = tmp_path / "here"
    folder.mkdir()
    path = folder / "no.toml"
    path.write_text('country = "no"\nfrom = 2027-01-01\nareas = "../rows.csv"\n', encoding="utf-8")

    with pytest.raises(CommandError, match="areas: The file cannot be read"):
        told("load", "--file", str(path))


def test_the_packaged_structure_is_left_alone_once_a_newer_one_is_loaded(areas, tmp_path: Path):
    path = tmp_path / "no.csv"
    path.write_text(HEADER + "municipality,3218,Ås kommune,,\n", encoding="utf-8")
    told("load", "--file", str(path), "--country", "no", "--from", "2026-01-01")

    assert "left alone" in told("load", "--country", "no")
    assert Area.objects.get(country="no", code="3218").name == "Ås kommune"


def test_an_area_is_shown_by_name_alias_or_code(areas):
    for word in ("Morsø", "mors", "773", "0773"):
        (answer,) = answered("show", word)
        assert answer["name"] == "Morsø"
        assert {part["name"] for part in answer["part_of"]} == {
            "Midt- og Vestjyllands Politi",
            "Region Nordjylland",
        }
        assert answer["population"] == 19_520
    assert "part of: Øst politidistrikt (derived from the county)" in told("show", "as")


def test_a_name_two_places_share_shows_both(areas):
    assert [answer["code"] for answer in answered("show", "herøy")] == ["1515", "1818"]


def test_an_unknown_name_ends_with_an_error(areas):
    with pytest.raises(CommandError, match="no area called or numbered"):
        told("show", "Atlantis")


def test_the_check_counts_and_ends_with_an_error_when_something_is_wrong(areas):
    assert all(answer["sound"] for answer in answered("check"))

    Area.objects.get(country="se", kind="police_district", code="syd").relations_down.all().delete()

    with pytest.raises(CommandError, match="not sound"):
        told("check", "--country", "se")


def test_what_was_loaded_is_listed_with_source_and_licence(areas):
    listed = {answer["country"]: answer for answer in answered("changes")}

    assert sorted(listed) == ["dk", "no", "se"]
    assert listed["no"]["from"] == "2024-01-01"
    assert listed["no"]["licence"] == "CC BY 4.0"

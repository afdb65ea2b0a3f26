"""Incidents: addresses as keys, months once, nothing about a person, and a time to go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from samrad.access.actor import SYSTEM
from samrad.documents.models import DiscardedFile
from samrad.knowledge.incident_actions import (
    delete_lost_files,
    delete_old_incidents,
    stage_incidents,
    take_in_incidents,
)
from samrad.knowledge.incidents import from_parquet
from samrad.knowledge.models import DataSet, IncidentMonth, Release
from samrad.knowledge.packaged import packaged_recipes, read_recipe
from samrad.knowledge.rules.table import NotRead, Why
from tests.knowledge.incident_bricks import CODE, RECIPE, calls
from tests.knowledge.incident_bricks import recipe as police_recipe
from tests.knowledge.incident_bricks import taken_in as worked_out

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
FILE = Path(__file__).with_name("files") / "sf_fire_dispatch_20161231_20170107.csv.gz"
HEADER = (
    "Call Number,Unit ID,Call Type,Received DtTm,Entry DtTm,Dispatch DtTm,Response DtTm,"
    "On Scene DtTm,Transport DtTm,Hospital DtTm,Available DtTm,Address,"
    "Unit sequence in call dispatch,Number of Alarms,Neighborhood  District\n"
)
ROW = "{key},E1,Alarm,{at},,,,{scene},,,,{address},1,1,Mission\n"
AT, LATER = "12/31/2016 11:57:56 PM", "01/01/2017 12:04:18 AM"


def staged(content: bytes):
    return stage_incidents(
        content=content, name="x.csv", recipe=packaged_recipes()["sf-fire-dispatch"], answers={}
    )


def rows(*given: tuple[str, str, str, str]) -> bytes:
    written = [ROW.format(key=k, at=at, scene=s, address=a) for k, at, s, a in given]
    return (HEADER + "".join(written)).encode()


@pytest.mark.slow
def test_a_real_week_is_read_whole_and_what_is_missing_is_counted():
    counted = staged(FILE.read_bytes()).counted()

    assert (counted["rows"], counted["incidents"]) == (7_704, 3_560)
    assert counted["months"] == ["2016-12", "2017-01"]
    assert counted["without"]["received"] == 0
    assert counted["without"]["on_scene"] > 1_500
    assert counted["out_of_order"] > 0


def test_incidents_lie_in_their_months_as_integers_alone(db):
    first = rows(
        ("1", AT, LATER, "0 Block of BALCETA AVE"), ("2", LATER, "", "0 block of Balceta ave")
    )

    _, new = take_in_incidents(staged=staged(first), by=SYSTEM, at=NOON)

    assert new == 2
    months = list(IncidentMonth.objects.order_by("month"))
    assert [str(one.month) for one in months] == ["2016-12-01", "2017-01-01"]
    kept = []
    for one in months:
        content = one.content.read()
        assert b"BALCETA" not in content.upper()
        columns, [row] = from_parquet(content)
        kept.append(dict(zip(columns, row, strict=True)))
    assert kept[0]["address"] == kept[1]["address"] != 0
    assert kept[0]["incident"] != kept[1]["incident"]
    assert kept[1]["on_scene"] is None
    assert kept[0]["on_scene"] - kept[0]["received"] == 382
    assert not Release.objects.get().file


def test_a_file_that_overlaps_adds_only_what_is_new(db):
    early = ("1", AT, LATER, "A st"), ("2", AT, "", "B st")
    take_in_incidents(staged=staged(rows(*early)), by=SYSTEM, at=NOON)

    release, new = take_in_incidents(staged=staged(rows(*early)), by=SYSTEM, at=NOON)
    assert (release.number, new) == (1, 0)

    more = rows(early[1], ("3", AT, "", "C st"))
    release, new = take_in_incidents(staged=staged(more), by=SYSTEM, at=NOON)
    assert (release.number, new) == (2, 1)
    assert IncidentMonth.objects.get().rows == 3
    assert DiscardedFile.objects.count() == 1


def kept_rows() -> dict[str, list[dict[str, int | None]]]:
    found = {}
    for one in IncidentMonth.objects.order_by("month"):
        columns, held = from_parquet(one.content.read())
        found[f"{one.month:%Y-%m}"] = [dict(zip(columns, row, strict=True)) for row in held]
    return found


def test_an_incident_that_comes_again_is_as_it_came_last_and_all_its_units_stay(db):
    first = rows(("1", AT, "", "A st"), ("1", AT, LATER, "A st"), ("2", AT, "", "B st"))
    take_in_incidents(staged=staged(first), by=SYSTEM, at=NOON)
    [wrong] = {row["address"] for row in kept_rows()["2016-12"] if row["on_scene"]}

    corrected = rows(("1", AT, "", "C st"), ("1", AT, LATER, "C st"))
    release, new = take_in_incidents(staged=staged(corrected), by=SYSTEM, at=NOON)

    assert (release.number, new) == (2, 2)
    [other, *units] = sorted(kept_rows()["2016-12"], key=lambda row: row["address"] == wrong)
    assert IncidentMonth.objects.get().rows == 3
    held = [one["address"] for one in (other, *units)]
    assert wrong not in held
    assert sorted(held.count(one) for one in set(held)) == [1, 2]


def test_an_incident_whose_moment_was_corrected_leaves_the_month_it_stood_in(db):
    take_in_incidents(
        staged=staged(rows(("1", AT, "", "A st"), ("2", AT, "", "B st"))), by=SYSTEM, at=NOON
    )
    take_in_incidents(staged=staged(rows(("1", LATER, "", "A st"))), by=SYSTEM, at=NOON)
    assert {month: len(held) for month, held in kept_rows().items()} == {"2016-12": 1, "2017-01": 1}

    take_in_incidents(staged=staged(rows(("2", LATER, "", "B st"))), by=SYSTEM, at=NOON)
    assert {month: len(held) for month, held in kept_rows().items()} == {"2017-01": 2}


def test_a_unit_that_was_no_unit_of_the_call_is_gone_with_the_correction(db):
    both = rows(("1", AT, "", "A st"), ("1", AT, LATER, "A st"))
    take_in_incidents(staged=staged(both), by=SYSTEM, at=NOON)

    release, new = take_in_incidents(
        staged=staged(rows(("1", AT, LATER, "A st"))), by=SYSTEM, at=NOON
    )

    assert (release.number, new) == (2, 0)
    assert IncidentMonth.objects.get().rows == 1


@pytest.mark.parametrize(
    ("call", "arrival", "waited"),
    [
        ("01:55", "02:05", None),  # ten minutes, or an hour and ten
        ("02:55", "02:05", 10),  # the clock went back in between
        ("02:10", "03:05", None),  # called in either of the two hours
        ("02:10", "02:20", None),  # in the same hour or not
        ("01:10", "03:05", 175),
        ("03:10", "03:20", 10),
        ("02:10", "", None),
    ],
)
def test_in_the_hour_that_comes_twice_the_order_tells_or_the_wait_is_missing(call, arrival, waited):
    day = "2026-10-25"
    framme = f"{day} {arrival}:00" if arrival else ""
    content = f"nr,sted,krets,art,meldt,framme\n1,Vei 1,Sentrum,Trafikk,{day} {call}:00,{framme}\n"

    found = stage_incidents(
        content=content.encode(), name="x.csv", recipe=police_recipe(), answers={}
    ).incidents

    [began], [came] = found.moments["call"], found.moments["arrival"]
    assert found.months == ["2026-10"]
    assert (None if came is None else (came - began) / 60) == waited
    assert found.out_of_order() == 0


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("1", "yesterday", "", "A st"), Why.NOT_A_MOMENT),
        (("1", "", "", "A st"), Why.NOT_A_MOMENT),
        (("", AT, "", "A st"), Why.NO_CODE),
        (("1", AT, "", "A st 13097248022"), Why.ABOUT_A_PERSON),
    ],
)
def test_what_is_wrong_or_about_a_person_is_refused_with_its_row(row, why):
    with pytest.raises(NotRead) as refused:
        staged(rows(("9", AT, "", "B st"), row))

    assert [(one.why, one.row) for one in refused.value.troubles] == [(why, 3)]


def test_months_whose_time_is_over_are_deleted(db):
    take_in_incidents(
        staged=staged(rows(("1", AT, "", "A st"), ("2", LATER, "", "A st"))), by=SYSTEM, at=NOON
    )
    assert delete_old_incidents(at=NOON) == 0

    day_after = datetime(2036, 12, 27, 11, tzinfo=UTC)  # 7,300 days after December 2016
    assert delete_old_incidents(at=day_after) == 1
    assert [str(one.month) for one in IncidentMonth.objects.all()] == ["2017-01-01"]


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Which files of months there are, in a folder that no other test writes to."""
    field = IncidentMonth._meta.get_field("content")
    monkeypatch.setattr(field, "storage", FileSystemStorage(tmp_path))
    return lambda: {str(one.relative_to(tmp_path)) for one in tmp_path.glob("*/**/*.parquet")}


def take_in_and_break(content: bytes) -> None:
    with transaction.atomic():
        take_in_incidents(staged=staged(content), by=SYSTEM, at=NOON)
        raise InterruptedError


def test_a_file_whose_month_never_came_to_be_goes_the_next_day(db, files):
    """The file of a month is written first; what breaks then must leave no keyed address behind."""
    content = rows(("1", AT, "", "A st"))
    with pytest.raises(InterruptedError):
        take_in_and_break(content)
    [lost] = files()
    take_in_incidents(staged=staged(content), by=SYSTEM, at=NOON)
    kept = str(IncidentMonth.objects.get().content.name)

    on_its_way = datetime.now(UTC) + timedelta(hours=23)
    assert delete_lost_files(at=on_its_way) == 0
    assert delete_lost_files(at=on_its_way + timedelta(hours=2)) == 1
    assert files() == {kept}
    assert lost != kept
    DiscardedFile.objects.create(content=kept, discarded_at=NOON)
    IncidentMonth.objects.all().delete()
    assert delete_lost_files(at=on_its_way + timedelta(days=9)) == 0  # a backup may be reading it


def test_a_recipe_may_learn_of_a_moment_and_of_how_urgent_it_was(cast):
    """Before, every file that overlapped a month of before ended in a traceback."""
    short = RECIPE.replace('arrival = "framme"\n', "")
    short = short[: short.index("[incidents.response]")] + "{police}"
    earlier = read_recipe(CODE, short.format(police="", keep_days=400))
    longer = RECIPE.replace('category = "art"', 'category = "art"\npriority = "art"')
    later = read_recipe(CODE, longer.format(police="", keep_days=400))
    quarter = calls(90)

    worked_out(quarter[:70], by_recipe=earlier)
    worked_out(quarter[40:], by_recipe=later)

    kept = [row for held in kept_rows().values() for row in held]
    assert len(kept) == 90
    assert {tuple(row) for row in kept} == {
        ("incident", "address", "district", "category", "of_priority", "call", "arrival"),
        ("incident", "address", "district", "category", "call"),
    }
    told = DataSet.objects.get().incident_report.content["response"]["quarters"]
    assert [(one["calls"], one["first"]["n"]) for one in told] == [(90, 50)]

    worked_out(quarter[:30], by_recipe=earlier)  # and one that forgets it again
    assert {len(row) for held in kept_rows().values() for row in held} == {5, 7}

"""Response times: the first unit that comes, by quarter, against the target; few held back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from samrad.kernel.verdict import Refused
from samrad.knowledge.incident_models import IncidentReport
from samrad.knowledge.incident_reports import work_out
from samrad.knowledge.models import DataSet, IncidentMonth
from samrad.knowledge.packaged import read_recipe
from samrad.knowledge.response_times import QuarterTold, ResponseTold
from samrad.knowledge.rules.quarters import quarter_of
from samrad.knowledge.rules.recipe_parts import MeanRule
from samrad.knowledge.rules.recipes import Recipe, RecipeRefused
from samrad.ui.charts import Flag
from tests.cast import signed_in
from tests.knowledge.incident_bricks import (
    CODE,
    NOON,
    RECIPE,
    SPRING,
    SUMMER,
    Call,
    at_home,
    calls,
    recipe,
    taken_in,
)

FILE = Path(__file__).with_name("files") / "sf_fire_dispatch_20161231_20170107.csv.gz"
MOST_QUERIES = 12


def page_of(data_set: DataSet) -> str:
    return reverse("knowledge:response", args=[data_set.ref])


def told_of() -> ResponseTold:
    return ResponseTold(IncidentReport.objects.get())


def latest() -> QuarterTold:
    shown = told_of().shown
    assert shown is not None
    return shown


@pytest.mark.slow
def test_a_real_week_is_told_to_whoever_takes_it_in_and_to_nobody_else(cast, client, capsys):
    """3,429 of 3,560 calls; a week is no quarter, so no page tells of it."""
    call_command("data", "import", str(FILE), "--recipe", "sf-fire-dispatch")
    said = capsys.readouterr().out

    assert "7704 rows of 3560 incidents" in said
    assert "3429 of 3560 calls have a time" in said
    assert "half waited 6.5 minutes for the first unit, 7.4 by unit" in said
    assert "moments out of order in 28 rows" in said
    work_out(data_set="sf-fire-dispatch", at=NOON)
    assert told_of().quarters == []
    page = signed_in(client, cast.chair).get(page_of(DataSet.objects.get()))
    assert "s-empty" in page.content.decode()


def test_the_sentence_on_top_is_of_the_latest_whole_quarter_and_names_it(cast, client):
    long_before = [*calls(200, waited=300, start=SPRING)]
    data_set = taken_in([*long_before, *calls(60, waited=900), *calls(20, "Vest", 900, NOON)])
    told = told_of()

    assert [one.code for one in told.told] == ["2026-Q2", "2026-Q3"]
    assert latest().against[0][0].startswith("The target of 13:26 is missed")
    assert told.told[0].against[0][0].startswith("The target of 13:26 is kept")
    assert [row[3] for row in told.quarter_table.rows] == ["missed", "kept"]
    client = signed_in(client, cast.chair)
    assert "<strong>Quarter 3 of 2026.</strong>" in client.get(page_of(data_set)).content.decode()
    earlier = client.get(page_of(data_set), {"quarter": "2026-Q2"}).content.decode()
    assert "<strong>Quarter 2 of 2026.</strong>" in earlier
    assert client.get(page_of(data_set), {"quarter": "2025-Q1"}).status_code == 404


def told_against(seconds: int, since: str) -> str:
    """What is said of a quarter of 2026 beside a mean of the country."""
    own = recipe()
    assert own.incidents is not None
    assert own.incidents.response is not None
    response = replace(own.incidents.response, nations=(MeanRule(since, seconds, "Landet"),))
    by_recipe = replace(own, incidents=replace(own.incidents, response=response))
    taken_in(calls(60, waited=700), by_recipe=by_recipe)
    return latest().against[-1][0]


def test_the_country_is_named_with_its_year(cast):
    assert "than in the whole country (quarter 3 of 2024)." in told_against(537, "2024-Q3")


def test_a_mean_of_long_ago_is_told_and_compared_with_nothing(cast):
    says = told_against(537, "2010-Q3")

    assert says == (
        "The newest mean of the whole country that is known here, 8:57, is of quarter 3 of 2010:"
        " too long ago to compare with."
    )


def test_the_chart_is_in_minutes_and_seconds_with_the_target_and_how_each_stands(cast):
    unclear = [(*one[:2], wait, *one[3:])
               for one, wait in zip(calls(60), [400, 1220] * 30, strict=True)]  # fmt: skip
    taken_in([*calls(60, start=SPRING), *unclear])
    chart = told_of().by_quarter
    assert chart is not None

    drawing = chart.drawn()
    assert "Target 13:26" in drawing
    assert ">13:30<" in drawing
    assert [one.flag for one in chart.moments] == [Flag.KEPT, Flag.UNCLEAR]
    assert re.fullmatch(r"\d+:\d\d", chart.table.rows[0][1])
    assert "s-plot__unclear" in drawing
    assert "s-plot__band" in drawing


@pytest.mark.parametrize(
    ("waits", "says"),
    [
        ([836, 838, 840, 842, 844] * 12, "is missed: the mean is 14:00 (from"),  # by 4 %
        ([806, 808] * 40, "is missed: the mean is 13:27 (from 13:27 to 13:27)"),
        ([804, 806] * 40, "is kept: the mean is 13:25 (from 13:25 to 13:25)"),
        ([400, 1220] * 30, "cannot be told: the mean is 13:30, and may lie anywhere from"),
    ],
)
def test_a_target_is_kept_or_missed_by_however_little_or_it_cannot_be_told(cast, waits, says):
    rows = [(*one[:2], wait, *one[3:]) for one, wait in zip(calls(len(waits)), waits, strict=True)]
    taken_in(rows)

    [(sentence, source)] = latest().against
    assert "The target of 13:26" in sentence or "Whether the target of 13:26" in sentence
    assert says in sentence
    assert source == "Samordnet handlingsplan"


def test_the_target_and_the_country_are_those_of_the_quarter(cast):
    """From July on less was promised; the country is known of the spring alone."""
    own = recipe()
    assert own.incidents is not None
    assert own.incidents.response is not None
    response = replace(
        own.incidents.response,
        targets=(MeanRule("2026-Q1", 300, "Plan"), MeanRule("2026-Q3", 900, "Ny plan")),
        nations=(MeanRule("2026-Q2", 500, "Landet"),),
    )
    own = replace(own, incidents=replace(own.incidents, response=response))
    taken_in([*calls(60, start=SPRING), *calls(60)], by_recipe=own)
    spring, summer = told_of().told

    assert [one.target.seconds for one in (spring, summer) if one.target] == [300, 900]
    assert "missed" in spring.against[0][0]
    assert "kept" in summer.against[0][0]
    assert summer.against[1][0] == (
        "The mean is 20% longer (from 17% to 24%) than in the whole country (quarter 2 of 2026)."
    )
    assert summer.against[1][1] == "8:20, Landet"


def test_areas_are_told_beside_the_slow_tenth(cast):
    taken_in([*calls(60), *calls(60, "Vest", 900)])

    west = next(one for one in latest().areas if one.name == "Vest")
    assert "longer than elsewhere" in west.says
    assert west.within.startswith("0%")


@pytest.mark.parametrize("late", [1, 5, 19])
def test_a_file_that_comes_later_tells_of_no_call_by_the_difference(cast, client, late):
    """Whoever took the figures along yesterday and today learns nothing of those few."""
    data_set = taken_in([*calls(60), *calls(60, "Vest", 900)])
    client = signed_in(client, cast.chair)
    address = reverse("knowledge:take_response_csv", args=[data_set.ref])
    before = client.get(address).content

    corrected = calls(60, "Vest", 900)[:late]
    more = [(f"x{n}", *one[1:]) for n, one in enumerate(calls(late, "Vest", 60))]
    taken_in([*more, *((*one[:2], 4000, *one[3:]) for one in corrected)])

    assert client.get(address).content == before
    assert latest().is_changed
    assert client.get(page_of(data_set)).status_code == 200


def test_a_quarter_stays_told_as_it_was_when_its_months_are_deleted_one_by_one(cast):
    taken_in([*calls(60, start=SPRING), *calls(60)])
    before = [one.kept["first"] for one in told_of().told]

    for month in IncidentMonth.objects.order_by("month")[:2]:
        month.delete()
        work_out(data_set=CODE, at=NOON)
        assert [one.kept["first"] for one in told_of().told] == before
    assert not latest().is_changed


def in_months(rows: Iterable[Call], *months: int) -> list[Call]:
    return [one for one in rows if one[1].month in months]


def test_a_quarter_is_told_once_all_of_it_has_come_in(cast):
    rows = calls(200)
    taken_in(in_months(rows, 7, 8))
    assert told_of().quarters == []

    early = datetime(2026, 9, 20, 12, tzinfo=UTC)
    taken_in([one for one in in_months(rows, 9) if one[1] < early], at=early)
    assert told_of().quarters == []  # the quarter is not over
    taken_in([one for one in rows if one[1] < early + timedelta(days=5)])
    assert told_of().quarters == []  # a file of October that ends on 24 September

    taken_in(rows)
    assert latest().kept["calls"] == 200


def test_where_another_wait_is_meant_the_quarters_are_worked_out_anew(cast):
    taken_in(calls(60))
    report = IncidentReport.objects.get()
    report.content["response"]["by"]["start"] = "dispatch"
    report.content["response"]["quarters"][0]["calls"] = 7
    report.save()

    work_out(data_set=CODE, at=NOON)
    assert latest().kept["calls"] == 60


def test_what_an_older_version_worked_out_is_read_until_it_is_worked_out_anew(cast, client):
    data_set = taken_in(calls(60))
    report = IncidentReport.objects.get()
    (quarter,) = report.content["response"]["quarters"]
    of_before = {name: quarter[name] for name in (
        "calls", "rows", "first", "units", "left_out", "out_of_order", "areas"
    )}  # fmt: skip
    of_before["areas"] = [one | {"kept": 60} for one in quarter["areas"]]
    of_before["months"] = [{"name": "2026-07", "kept": 60}]
    report.content = {"response": of_before, "share": {}}
    report.save()

    page = signed_in(client, cast.chair).get(page_of(data_set))
    assert page.status_code == 200
    assert "13:26" in page.content.decode()
    assert latest().code == ""
    work_out(data_set=CODE, at=NOON)
    assert latest().code == "2026-Q3"


def test_fewer_than_twenty_are_told_nowhere_nor_what_would_give_them_away(cast, client):
    data_set = taken_in([*calls(60), *calls(25, "Vest", 900), *calls(3, "Nord")])

    assert latest().held_back == ["Nord", "Vest"]  # the whole less the centre would be both
    row = next(row for row in latest().area_table.rows if row[0] == "Nord")
    assert row == ["Nord", "–", "held back", "–", "–", "–", "–"]
    kept = IncidentReport.objects.get().content["response"]["quarters"][0]["areas"]
    assert {"name": "Nord"} in kept
    client = signed_in(client, cast.chair)
    client.cookies["django_language"] = "en"
    taken = client.get(reverse("knowledge:take_response_csv", args=[data_set.ref]))
    lines = taken.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 + 3
    assert '"area";"2026-Q3";"Nord";"";"";""' in taken.content.decode()
    assert "Oppdiktet vei" not in taken.content.decode()
    book = client.get(reverse("knowledge:take_response_xlsx", args=[data_set.ref]))
    assert book.content.startswith(b"PK")


def with_priority() -> Recipe:
    text = RECIPE.replace('category = "art"', 'category = "art"\npriority = "art"')
    return read_recipe(CODE, text.format(police="", keep_days=400))


def urgent_and_not(krets: str, urgent: int, other: int) -> list[Call]:
    """Those that are urgent wait some six minutes, the others some seventeen."""
    fast, slow = calls(urgent, krets, 300), calls(other, krets, 900)
    return [(f"{one[0]}-{art}", *one[1:5], art) for art, found in (("1", fast), ("2", slow))
            for one in found]  # fmt: skip


def test_an_area_with_fewer_urgent_calls_is_not_slower_for_that(cast):
    taken_in([*urgent_and_not("Sentrum", 300, 60), *urgent_and_not("Vest", 60, 200)],
             by_recipe=with_priority())  # fmt: skip
    west = next(one for one in latest().areas if one.name == "Vest")

    assert west.kept["mean"][0] > 800
    assert west.kept["mixed"][0] == pytest.approx(655, abs=20)  # with 360 urgent in 620
    assert west.says == "about as long as elsewhere"
    assert "Mean at the same mix" in latest().area_table.heads


def test_where_too_few_are_of_a_priority_nothing_is_said_of_their_area(cast):
    taken_in([*urgent_and_not("Sentrum", 300, 60), *urgent_and_not("Vest", 60, 4)],
             by_recipe=with_priority())  # fmt: skip
    west = next(one for one in latest().areas if one.name == "Vest")

    assert west.is_told
    assert "mixed" not in west.kept
    assert west.says == ""


def test_too_few_to_tell_is_said_and_there_is_no_file_of_it(cast, client):
    data_set = taken_in(calls(12))
    client = signed_in(client, cast.chair)

    page = client.get(page_of(data_set))
    assert page.status_code == 200
    assert "s-empty" in page.content.decode()
    assert (
        client.get(reverse("knowledge:take_response_csv", args=[data_set.ref])).status_code == 404
    )


def test_nobody_who_is_not_signed_in_reads_it(cast, client):
    data_set = taken_in(calls(60))

    assert client.get(page_of(data_set)).status_code == 302


def test_the_page_asks_little(cast, client, django_assert_max_num_queries):
    data_set = taken_in([*calls(60), *calls(60, "Vest", 900)])
    signed_in(client, cast.chair)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(page_of(data_set))


def test_the_data_sets_page_leads_there(cast, client):
    data_set = taken_in([*calls(60), *at_home(3)])
    address = reverse("knowledge:data_set", args=[data_set.ref])

    page = signed_in(client, cast.chair).get(address).content.decode()
    assert page_of(data_set) in page
    assert "/figures/repeats/" not in page
    page = signed_in(client, cast.police_member).get(address).content.decode()
    assert "/figures/repeats/" in page


@pytest.mark.parametrize(("at_two", "share"), [(4, None), (24, 0.29)])
def test_how_much_happens_again_is_told_of_a_year_to_a_whole_quarter(cast, at_two, share):
    taken_in([*calls(60), *at_home(at_two, "A 1", SUMMER)])

    told = IncidentReport.objects.get().content["share"]
    assert told["until"] == "2026-09"
    assert told.get("of_incidents") == share


def test_a_recipe_that_names_no_moment_or_no_district_of_ours_is_refused(cast):
    wrong = RECIPE.replace('arrived = "arrival"', 'arrived = "never"')
    with pytest.raises(RecipeRefused, match="two of the moments"):
        read_recipe(CODE, wrong.format(police="", keep_days=30))
    wrong = RECIPE.replace("target = 806", 'targets = [{{ since = "July", seconds = 806 }}]')
    with pytest.raises(RecipeRefused, match="a quarter such as 2010-Q3"):
        read_recipe(CODE, wrong.format(police="", keep_days=30))

    nowhere = recipe('[incidents.police]\ncountry = "no"\ncode = "99"')
    with pytest.raises(Refused, match="there is none"):
        taken_in(calls(3), by_recipe=nowhere)
    assert not DataSet.objects.exists()


def test_every_month_is_in_its_quarter():
    months = [quarter_of(datetime(2026, month, 1, tzinfo=UTC).date()) for month in range(1, 13)]

    assert months == [f"2026-Q{n}" for n in (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4)]

"""A short past is held against what there is, and what is held against nothing says so."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from django.urls import reverse

from samrad.access.actor import ANONYMOUS
from samrad.analysis.words import Code
from samrad.documents.paper import Note
from samrad.knowledge.handouts import handout
from samrad.knowledge.models import Alarm, AreaPicture
from samrad.knowledge.pictures import AreaTold, pictures_of
from samrad.knowledge.reckoning import pictures, reckon
from samrad.knowledge.rules.picture import NotJudged, Unusual
from samrad.knowledge.telling import told
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import USUAL, a_picture, counted, looked_at, picture_of

NAN = math.nan
ORDINARY = "Nothing was outside what was to be expected."
FOUR_YEARS = [*USUAL * 3, *USUAL[:3], 60]
SEVEN_QUARTERS = [*USUAL, *USUAL[:3]]


def test_of_four_years_of_quarters_a_peak_in_the_last_one_is_unusual_and_proposed(cast: Cast):
    line = picture_of(*FOUR_YEARS).lines[0]

    assert line.latest.unusual is Unusual.HIGH
    assert [one.observed for one in reckon(counted(FOUR_YEARS)).alarms] == [60]
    data_set = a_picture_of(cast, *FOUR_YEARS).kept.data_set
    assert looked_at(data_set, cast.no.home, *FOUR_YEARS)
    assert Alarm.objects.get(period="2025-Q4").observed == 60


def test_what_is_known_for_two_years_is_held_against_the_quarters_before():
    line = picture_of(*USUAL * 2, 10, 60).lines[0]

    assert line.latest.unusual is Unusual.HIGH
    assert line.latest.judged > line.latest.high > line.latest.expected
    assert picture_of(*USUAL * 2, 10, 12).lines[0].latest.unusual is Unusual.NO


def test_no_figure_is_unusual_that_its_own_limits_hold():
    for peak in range(10, 60):
        latest = picture_of(*USUAL, 10, 12, 9, 4, 4, peak).lines[0].latest
        assert (latest.unusual is Unusual.HIGH) == (peak > latest.high)
        assert latest.high == int(latest.high)


def test_a_past_of_seven_quarters_is_no_past_and_the_page_and_the_paper_say_so(cast: Cast, client):
    seen = a_picture_of(cast, *SEVEN_QUARTERS)
    for said in (the_page(cast, client), notes(cast, seen)):
        assert ORDINARY not in said
        assert "Too little is known of the time before to tell whether these are" in said
        assert "unusual: Break-ins." in said
        assert "Dashed" not in said


def test_a_latest_figure_that_is_missing_is_named_and_judged_by_nobody(cast: Cast, client):
    seen = a_picture_of(cast, *USUAL * 9, *USUAL[:3], NAN)

    assert seen.lines[0].line.why_not_judged is NotJudged.NO_FIGURE
    for said in (the_page(cast, client), notes(cast, seen)):
        assert ORDINARY not in said
        assert "For quarter 4 of 2025 there is no figure of these: Break-ins." in said


def test_where_a_row_is_left_out_nothing_is_said_of_all(cast: Cast):
    seen = a_picture_of(cast, *USUAL * 10)

    assert seen.nothing_unusual == ORDINARY
    public = replace(seen, held_back=["Violence"])
    assert public.nothing_unusual == (
        "Of what was looked at, nothing was outside what was to be expected."
    )
    assert not pictures_of(cast.no.home, ANONYMOUS)


# The years before ----------------------------------------------------------------------------


@pytest.mark.parametrize("last", [1, 2])
def test_a_place_known_since_one_year_is_held_against_that_year_and_says_so(last):
    """Beside one that is known for ten years: a merger, or a code that began then."""
    young = [*[NAN] * 32, *USUAL, *(value * (1 + last) for value in USUAL)]
    change = pictures(counted(young, USUAL * 10))["place 0"].lines[0].change

    assert change.way is Code.RISES
    assert (change.before, change.years) == (2.1, 1)
    assert change.now == pytest.approx(2.1 * (1 + last))
    assert "times as much as the year before (from" in told(change)


def test_a_year_that_is_not_known_whole_is_no_year_before():
    row = [*[NAN] * 28, 1, NAN, 1, 1, *USUAL, *(2 * value for value in USUAL)]
    change = pictures(counted(row, USUAL * 10))["place 0"].lines[0].change

    assert (change.years, change.before) == (1, 2.1)


def test_where_no_year_before_is_known_whole_nothing_is_said():
    row = [*[NAN] * 32, 10, NAN, 9, 11, *USUAL]

    assert pictures(counted(row, USUAL * 10))["place 0"].lines[0].change.way is Code.UNKNOWN


# Bricks --------------------------------------------------------------------------------------


def a_picture_of(cast: Cast, *row: float) -> AreaTold:
    """The home municipality's picture with these counts, as the secretary sees it."""
    area = cast.no.home
    if not AreaPicture.objects.filter(area=area).exists():
        a_picture(area)
    content = picture_of(*row).as_json()
    AreaPicture.objects.filter(area=area).update(content=content)
    return pictures_of(area, cast.secretary.actor)[0]


def the_page(cast: Cast, client) -> str:
    """Its page, as the secretary reads it."""
    who = signed_in(client, cast.secretary)
    return who.get(reverse("knowledge:picture", args=[cast.no.home.ref])).content.decode()


def notes(cast: Cast, seen: AreaTold) -> str:
    """What the printed paper says in a lower voice."""
    parts = handout(cast.no.home, seen).parts
    return " ".join(part.text for part in parts if isinstance(part, Note))

"""Did it change from a period on? Worked out beside the others, and told with how sure that is."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from samrad.analysis.words import Code
from samrad.knowledge.before_after import BeforeAfter
from samrad.knowledge.breaks import breaks_of
from samrad.knowledge.drawing import without_sheets
from samrad.knowledge.models import AreaPicture, DataSet, SheetRow
from samrad.knowledge.reckoning import Counted, pictures
from samrad.knowledge.sheets import keep_sheets, sheets_of
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import QUARTERS, a_picture, counted
from tests.knowledge.published import published_counts, taken_in

PLACES = 30
FELL, ROSE = Code.FELL_MORE_THAN_ELSEWHERE, Code.ROSE_MORE_THAN_ELSEWHERE
SINCE = "2024-Q3"
AT = QUARTERS.index(SINCE)


def places(*, fall: float = 1.0, peak: float = 1.0) -> Counted:
    """Quarters of many places alike; in the first it falls from the summer of 2024 on."""
    rows = np.random.default_rng(4).poisson(200, (PLACES, len(QUARTERS))).astype(float)
    rows[0, AT:] = np.round(rows[0, AT:] * fall)
    rows[0, AT - 2 : AT] = np.round(rows[0, AT - 2 : AT] * peak)
    return counted(*(list(map(float, row)) for row in rows))


def told_of(found: Counted, since: str = SINCE) -> dict[str, object]:
    return breaks_of(found, pictures(found))["no.offences", "place 0"][since]


def test_a_fall_where_others_did_not_fall_is_told():
    told = told_of(places(fall=0.6))

    assert told["code"] == Code.FELL_MORE_THAN_ELSEWHERE
    assert told["others"] == PLACES - 1
    assert told["low"] < 0.6 < told["high"] < 1


def test_where_nothing_changed_nothing_is_told():
    assert told_of(places())["code"] == Code.NO_CLEAR_EFFECT


def test_a_fall_after_a_peak_proves_nothing():
    assert told_of(places(fall=0.7, peak=1.8))["code"] == Code.FELL_BUT_NO_PROOF


def test_with_too_few_others_nothing_is_worked_out():
    few = counted(*([200.0] * len(QUARTERS) for _ in range(5)))

    assert not breaks_of(few, pictures(few))


@pytest.mark.parametrize(
    ("code", "ratio", "low", "high", "says"),
    [
        (FELL, 0.02, 0.0, 0.4, "by 98% beside the others (from 60% to 100%)"),
        (FELL, 0.0, 0.0, 0.4, "by 100% beside the others (from 60% to 100%)"),
        (ROSE, 3.0, 1.5, None, "by 200% beside the others (by 50% at least)"),
        (Code.NO_CLEAR_EFFECT, 1.1, 0.8, None, "No clear change beside the others."),
        (ROSE, None, None, None, "too few to tell"),
    ],
)  # fmt: skip
def test_an_end_of_nought_or_without_end_is_no_end_of_no_change(code, ratio, low, high, says):
    found = {"code": str(code), "ratio": ratio, "low": low, "high": high}

    assert says in BeforeAfter(None, [], "", found).says


@pytest.fixture
def url(cast: Cast) -> str:
    picture = a_picture(cast.no.home)
    SheetRow.objects.update(breaks={SINCE: told_of(places(fall=0.6)), "2025-Q1": told_of(places())})
    indicator = picture.data_set.indicators.get()
    return reverse("knowledge:before_after", args=[indicator.ref, cast.no.home.ref])


def test_the_page_tells_what_may_be_said_with_its_table(cast: Cast, client: Client, url: str):
    page = signed_in(client, cast.secretary).get(url).content.decode()

    assert "It fell by" in page
    assert "beside the others (from" in page
    assert "All others together" in page
    page = " ".join(page.split())
    assert "beside all others together" in page
    assert "by chance is taken from the 29 municipalities most alike" in page
    assert "for a period chosen beforehand" in page
    assert "Why it changed is not told by figures" in page


def test_another_period_is_chosen(cast: Cast, client: Client, url: str):
    page = signed_in(client, cast.secretary).get(url, {"since": "2025-Q1"}).content.decode()

    assert "No clear change beside the others." in page


def test_a_period_nobody_can_judge_is_the_first_that_can(cast: Cast, client: Client, url: str):
    page = signed_in(client, cast.secretary).get(url, {"since": "1814-Q2"}).content.decode()

    assert f'value="{SINCE}" selected' in page


def test_where_nothing_was_worked_out_the_page_says_so(cast: Cast, client: Client, url: str):
    SheetRow.objects.update(breaks={})
    page = signed_in(client, cast.secretary).get(url).content.decode()

    assert "Too little is known here" in page
    assert "has not been worked out yet" not in page


def test_where_an_older_version_did_not_ask_nobody_says_that_too_little_is_known(
    cast: Cast, client: Client, url: str
):
    SheetRow.objects.update(breaks=None)
    page = signed_in(client, cast.secretary).get(url).content.decode()

    assert "has not been worked out yet" in page
    assert "Too little is known here" not in page


def test_where_no_picture_is_drawn_nobody_is_told_to_wait(cast: Cast, client: Client, url: str):
    SheetRow.objects.update(breaks=None)
    AreaPicture.objects.all().delete()
    page = signed_in(client, cast.secretary).get(url).content.decode()

    assert "Too little is known here" in page


def test_a_table_of_which_nobody_asked_is_drawn_anew_and_only_once(cast: Cast):
    data_set = published_counts()
    release = taken_in(cast, data_set, {"a": 2, "b": 25, "c": 40, "d": 60})
    keep_sheets(data_set, sheets_of(data_set, release, {}))
    DataSet.objects.update(published_at=None)
    assert without_sheets() == []

    SheetRow.objects.update(breaks=None, finding={"past": []})
    assert without_sheets() == [data_set.code]
    SheetRow.objects.filter(code="a").update(breaks={})
    assert without_sheets() == [data_set.code]
    SheetRow.objects.update(breaks={})
    assert without_sheets() == []


def test_whoever_is_not_signed_in_is_asked_to(client: Client, url: str):
    assert client.get(url).status_code == 302

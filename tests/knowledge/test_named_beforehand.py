"""What a council named before the figures came is a family of its own, on its picture page."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from samrad.cooperation.actions import set_focus_areas
from samrad.cooperation.models import FocusArea
from samrad.knowledge.models import AreaPicture
from samrad.knowledge.named import named_beforehand
from samrad.knowledge.reckoning import reckon
from samrad.knowledge.rules.periods import read_period
from samrad.knowledge.rules.picture import Line
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, QUARTERS, USUAL, a_data_set, a_picture, counted

RISING = [*USUAL * 9, *USUAL[:3], 24]
MANY = 40
UPGRADE = import_module("samrad.cooperation.migrations.0009_when_a_focus_area_was_named")


@pytest.fixture
def focus(cast: Cast) -> FocusArea:
    assert cast.council.area == cast.no.home
    return FocusArea.objects.create(
        council=cast.council, title="Færre innbrudd i Ås", year=NOON.year - 1,
        named_at=NOON - timedelta(days=30),
    )  # fmt: skip


def test_a_focus_area_that_is_called_as_a_figure_names_it(cast: Cast, focus: FocusArea):
    data_set, _release = a_data_set()
    areas = {"here": cast.no.home, "there": cast.no.councils["sibling"].area}

    assert named_beforehand(data_set, areas, on=NOON.date()) == {
        ("no.offences", "here"): (NOON - timedelta(days=30)).date()
    }


@pytest.mark.parametrize("title", ["Trygg ungdomstid", "Innbruddsalarmer til eldre"])
def test_other_words_name_nothing(cast: Cast, focus: FocusArea, title: str):
    FocusArea.objects.update(title=title)
    data_set, _release = a_data_set()

    assert not named_beforehand(data_set, {"here": cast.no.home}, on=NOON.date())


def test_what_was_named_afterwards_is_not_named_beforehand(cast: Cast, focus: FocusArea):
    FocusArea.objects.update(year=NOON.year + 1)
    data_set, _release = a_data_set()

    assert not named_beforehand(data_set, {"here": cast.no.home}, on=NOON.date())


def test_what_was_named_when_the_figures_were_out_is_not_named_beforehand(
    cast: Cast, focus: FocusArea
):
    """Of the year of the figures, and yet chosen by looking at them."""
    FocusArea.objects.update(named_at=NOON + timedelta(days=2))
    data_set, _release = a_data_set()

    assert not named_beforehand(data_set, {"here": cast.no.home}, on=NOON.date())


def test_a_name_of_a_later_year_leaves_what_was_named_before(cast: Cast, focus: FocusArea):
    """What a council writes down afterwards, of the same year, takes nothing from what it had."""
    FocusArea.objects.create(
        council=cast.council, title="Natteliv", year=NOON.year, named_at=NOON + timedelta(days=2)
    )
    data_set, _release = a_data_set()

    assert named_beforehand(data_set, {"here": cast.no.home}, on=NOON.date())


def test_a_focus_area_keeps_the_day_it_was_named(cast: Cast):
    council, by = cast.council, cast.secretary.actor
    set_focus_areas(council=council, titles=["Innbrudd"], year=2026, by=by, at=NOON)
    later = NOON + timedelta(days=90)
    set_focus_areas(council=council, titles=["Vold", "Innbrudd"], year=2026, by=by, at=later)

    told = council.focus_areas.filter(year=2026).values_list("title", "named_at")
    assert dict(told) == {"Innbrudd": NOON, "Vold": later}


def test_of_a_focus_area_from_before_the_record_knows_the_day(cast: Cast):
    council, by = cast.council, cast.secretary.actor
    set_focus_areas(council=council, titles=["Innbrudd"], year=2026, by=by, at=NOON)
    FocusArea.objects.update(named_at=None)

    UPGRADE.as_the_record_says(apps, SimpleNamespace(connection=connection))

    assert council.focus_areas.get(title="Innbrudd").named_at == NOON


def test_what_chance_among_many_explains_may_stand_among_the_few_that_were_named():
    chance = np.random.default_rng(3)
    others = [list(map(float, chance.poisson(11, len(QUARTERS)))) for _ in range(MANY)]
    rows = counted([float(one) for one in RISING], *others)
    (unnamed,), (named,) = (
        reckon(rows, beforehand).pictures["place 0"].lines
        for beforehand in ({}, {("no.offences", "place 0"): date(2000, 1, 1)})
    )

    assert unnamed.latest == named.latest
    assert not unnamed.survives
    assert not unnamed.stands
    assert named.named
    assert named.stands


def test_where_periods_are_added_up_all_of_them_lie_ahead_of_the_name():
    """A sum of four quarters of which three were known is no figure that anybody named before."""
    few = [*[0.0, 1.0, 0.0, 0.0] * 9, 1.0, 3.0, 4.0, 5.0]
    rows = counted(few)
    last = rows.periods[-1]

    def line(day: date) -> Line:
        return reckon(rows, {("no.offences", "place 0"): day}).pictures["place 0"].lines[0]

    before, meanwhile = (line(read_period(one).start) for one in (rows.periods[-4], last))
    assert before.latest.over == 4
    assert before.named
    assert not meanwhile.named
    assert not meanwhile.stands


def test_the_page_tells_those_inside_of_it_and_nobody_else(cast: Cast, client: Client):
    picture = a_picture(cast.no.home)
    picture.refresh_from_db()
    content = picture.content
    content["lines"][0] |= {"named": True, "stands": True}
    AreaPicture.objects.update(content=content)
    url = reverse("knowledge:picture", args=[cast.no.home.ref])

    inside = signed_in(client, cast.secretary).get(url).content.decode()
    outside = signed_in(client, cast.dk.people["secretary"]).get(url).content.decode()

    assert "Named beforehand by a council" in inside
    assert "Break-ins" in outside
    assert "Named beforehand" not in outside

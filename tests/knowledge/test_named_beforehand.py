"""What a council named before the figures came is a family of its own, on its picture page."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from samrad.cooperation.models import FocusArea
from samrad.knowledge.models import AreaPicture
from samrad.knowledge.named import named_beforehand
from samrad.knowledge.reckoning import reckon
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, QUARTERS, USUAL, a_data_set, a_picture, counted

RISING = [*USUAL * 9, *USUAL[:3], 24]
MANY = 40


@pytest.fixture
def focus(cast: Cast) -> FocusArea:
    assert cast.council.area == cast.no.home
    return FocusArea.objects.create(
        council=cast.council, title="Færre innbrudd i Ås", year=NOON.year - 1
    )


def test_a_focus_area_that_is_called_as_a_figure_names_it(cast: Cast, focus: FocusArea):
    data_set, _release = a_data_set()
    areas = {"here": cast.no.home, "there": cast.no.councils["sibling"].area}

    assert named_beforehand(data_set, areas, on=NOON.date()) == {("no.offences", "here")}


@pytest.mark.parametrize("title", ["Trygg ungdomstid", "Innbruddsalarmer til eldre"])
def test_other_words_name_nothing(cast: Cast, focus: FocusArea, title: str):
    FocusArea.objects.update(title=title)
    data_set, _release = a_data_set()

    assert not named_beforehand(data_set, {"here": cast.no.home}, on=NOON.date())


def test_what_was_named_afterwards_is_not_named_beforehand(cast: Cast, focus: FocusArea):
    FocusArea.objects.update(year=NOON.year + 1)
    data_set, _release = a_data_set()

    assert not named_beforehand(data_set, {"here": cast.no.home}, on=NOON.date())


def test_what_chance_among_many_explains_may_stand_among_the_few_that_were_named():
    chance = np.random.default_rng(3)
    others = [list(map(float, chance.poisson(11, len(QUARTERS)))) for _ in range(MANY)]
    rows = counted([float(one) for one in RISING], *others)
    (unnamed,), (named,) = (
        reckon(rows, beforehand).pictures["place 0"].lines
        for beforehand in ((), {("no.offences", "place 0")})
    )

    assert unnamed.latest == named.latest
    assert not unnamed.survives
    assert not unnamed.stands
    assert named.named
    assert named.stands


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

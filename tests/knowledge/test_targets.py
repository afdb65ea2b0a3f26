"""An indicator measured against its target: kept, missed, or not to be told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.knowledge.models import Indicator
from samrad.knowledge.packaged import read_recipe
from samrad.knowledge.reckoning import pictures
from samrad.knowledge.rules.recipes import RecipeRefused
from samrad.knowledge.targets import Kept, is_kept
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import USUAL, a_picture, counted
from tests.knowledge.test_what_a_file_leaves_out import OWN

YEAR = sum(USUAL)  # counted in a year among 20,000 people


def of_a_rate(target: float, direction: str = "down") -> Kept | None:
    """A year of 42 counted, 2.1 for every 1,000, against this target of its rate."""
    among = pictures(counted(USUAL * 10))["place 0"].lines[0].among
    return is_kept(Indicator(base="people", target=target, direction=direction), among, None)


@pytest.mark.parametrize(
    ("target", "down", "up"),
    [
        (3.0, Kept.YES, Kept.NO),
        (2.5, Kept.UNCLEAR, Kept.UNCLEAR),
        (2.1, Kept.UNCLEAR, Kept.UNCLEAR),
        (1.6, Kept.UNCLEAR, Kept.UNCLEAR),
        (1.4, Kept.NO, Kept.YES),
    ],
)
def test_a_target_is_kept_or_missed_only_where_chance_leaves_no_doubt(target, down, up):
    assert of_a_rate(target) is down
    assert of_a_rate(target, "up") is up


def test_between_what_a_rate_lies_is_exact():
    among = pictures(counted(USUAL * 10))["place 0"].lines[0].among

    assert (YEAR, among.rate) == (42, 2.1)
    assert (among.rate_low, among.rate_high) == (1.513, 2.839)  # 30.27 and 56.77 of 20,000


def test_what_has_no_population_is_held_against_its_target_as_it_is():
    survey = Indicator(target=80, direction="up")

    assert is_kept(survey, None, 81) is Kept.YES
    assert is_kept(survey, None, 79) is Kept.NO
    assert is_kept(survey, None, None) is None
    assert is_kept(Indicator(direction="up"), None, 79) is None


def test_the_pages_tell_what_was_aimed_at_and_whether_it_is_kept(cast: Cast, client):
    a_picture(cast.no.home)
    Indicator.objects.update(target=2.5, target_source="Action plan 2026")
    indicator = Indicator.objects.get()
    who = signed_in(client, cast.secretary)
    here = who.get(reverse("knowledge:indicator_here", args=[indicator.ref, cast.no.home.ref]))
    everywhere = who.get(reverse("knowledge:indicator", args=[indicator.ref]))

    aimed = "At most 2.5 for every 1,000 inhabitants in a year (Action plan 2026)"
    assert aimed in here.content.decode()
    assert "The target is missed: 4.4 in the latest year, from 3.5 to 5.4." in here.content.decode()
    assert aimed in everywhere.content.decode()
    assert (
        "The target is kept in 0 and missed in 1 of 1 municipality" in everywhere.content.decode()
    )


def test_a_recipe_says_the_target_and_who_set_it():
    said = OWN.replace(
        'direction = "neither"', 'direction = "up"\ntarget = 80\ntarget_source = "A"'
    )

    (rule,) = read_recipe("own", said).indicators
    assert (rule.target, rule.target_source) == (80, "A")
    with pytest.raises(RecipeRefused, match="target needs a direction"):
        read_recipe("own", OWN.replace('unit = "persons"', 'unit = "persons"\ntarget = 80'))
    with pytest.raises(RecipeRefused, match="a number of 0 or more"):
        read_recipe("own", OWN.replace('unit = "persons"', 'unit = "persons"\ntarget = "80"'))

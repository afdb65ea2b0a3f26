"""Who takes data in and who reads it: analysts, the sides of the table, nobody abroad."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samrad.documents.rules import Classification
from samrad.kernel.verdict import Refused
from samrad.knowledge.actions import take_in
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.recipes import RecipeRefused, recipe_of
from samrad.knowledge.staging import stage
from tests.knowledge.bricks import figures_for
from tests.knowledge.conftest import KNOWN

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)


def test_who_is_no_analyst_takes_nothing_in(cast):
    path = KNOWN["se-population"]
    read = stage(
        content=path.read_bytes(), name=path.name, recipe=packaged_recipes()["se-population"],
        answers={"area": "leave"},
    )  # fmt: skip

    for who in (cast.chair, cast.secretary, cast.administrator, cast.stranger, cast.guest):
        with pytest.raises(Refused):
            take_in(staged=read, by=who.actor, at=NOON)
    assert not Release.objects.exists()

    release = take_in(staged=read, by=cast.analyst.actor, at=NOON)
    assert release.taken_in_by_id == cast.analyst.person.pk


@pytest.mark.parametrize("classification", [Classification.INTERNAL, Classification.RESTRICTED])
def test_figures_that_are_not_for_everybody_stay_in_their_country(cast, classification):
    norwegian = figures_for(classification)
    seen = DataSet.objects.visible_to
    assert seen(cast.police_member.actor).get() == norwegian

    for code, who in cast.everybody.items():
        if "." in code:  # Danish and Swedish
            assert not seen(who.actor).exists(), code


@pytest.mark.parametrize("classification", [Classification.INTERNAL, Classification.RESTRICTED])
def test_figures_of_no_country_that_are_not_for_everybody_are_for_nobody(cast, classification):
    DataSet.objects.filter(pk=figures_for(classification).pk).update(country="")

    for code, who in cast.everybody.items():
        assert not DataSet.objects.visible_to(who.actor).exists(), code


def test_a_recipe_of_figures_that_are_not_for_everybody_names_the_country():
    said = {
        "layout": "incidents", "title": "Calls", "publisher": "The police", "licence": "-",
        "citation": "-", "classification": "internal",
    }  # fmt: skip
    with pytest.raises(RecipeRefused, match="country: in which country"):
        recipe_of("calls", said)
    with pytest.raises(RecipeRefused) as refused:
        recipe_of("calls", said | {"country": "no"})
    assert "country" not in str(refused.value)

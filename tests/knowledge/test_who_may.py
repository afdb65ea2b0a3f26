"""Who takes data in and who reads it: analysts, the sides of the table, nobody abroad."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrad.access.actor import Actor, Held, with_roles
from samrad.access.vocabulary import Role
from samrad.documents.rules import Classification
from samrad.kernel.verdict import Refused
from samrad.knowledge.actions import take_in
from samrad.knowledge.arrivals import answer, drop, hand_in, put_into_use
from samrad.knowledge.arrivals_shown import arriving
from samrad.knowledge.incident_actions import stage_incidents, take_in_incidents
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.permissions import may_take_in_of
from samrad.knowledge.rules.recipes import RecipeRefused, recipe_of
from samrad.knowledge.staging import Staged, stage
from tests.cast import signed_in
from tests.knowledge.bricks import arriving_files, figures_for
from tests.knowledge.conftest import KNOWN
from tests.knowledge.incident_bricks import POLICE, RECIPE
from tests.knowledge.incident_bricks import recipe as incident_recipe

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)


def people_of(code: str) -> Staged:
    """A country's inhabitants, read and not yet taken in."""
    path = KNOWN[code]
    return stage(
        content=path.read_bytes(), name=path.name, recipe=packaged_recipes()[code],
        answers={"area": "leave"},
    )  # fmt: skip


@pytest.fixture
def swede(cast) -> Actor:
    """An analyst of a Swedish police region, and of nowhere else."""
    role = Held(Role.ANALYST, area_id=cast.se.areas["nation"].pk, country="se")
    return with_roles(cast.se.secretary.actor, [role])


def test_who_is_no_analyst_takes_nothing_in(cast):
    read = people_of("no-population")

    for who in (cast.chair, cast.secretary, cast.administrator, cast.stranger, cast.guest):
        with pytest.raises(Refused):
            take_in(staged=read, by=who.actor, at=NOON)
    assert not Release.objects.exists()

    release = take_in(staged=read, by=cast.analyst.actor, at=NOON)
    assert release.taken_in_by_id == cast.analyst.person.pk


def test_an_analyst_takes_in_what_is_of_their_own_country_or_of_none(cast, swede):
    with pytest.raises(Refused, match="another country"):
        take_in(staged=people_of("no-population"), by=swede, at=NOON)
    assert not DataSet.objects.exists()

    take_in(staged=people_of("se-population"), by=swede, at=NOON)
    assert may_take_in_of(swede, "")
    assert may_take_in_of(cast.analyst.actor, "")
    assert not may_take_in_of(cast.se.secretary.actor, "")


def test_a_file_of_another_country_is_neither_handed_in_nor_answered_used_or_dropped(cast, swede):
    files = arriving_files(cast)
    norwegian, asking = files["arrival"], files["asking_file"]
    recipe = packaged_recipes()["no-population"]

    with pytest.raises(Refused, match="another country"):
        hand_in(name="a.csv", content=b"a", recipe=recipe, by=swede, at=NOON)
    with pytest.raises(Refused, match="another country"):
        answer(release=asking, answers={"area": "leave"}, by=swede, at=NOON)
    with pytest.raises(Refused, match="another country"):
        put_into_use(release=norwegian, seen=norwegian.figures_sha256, by=swede, at=NOON)
    with pytest.raises(Refused, match="another country"):
        drop(release=norwegian, by=swede, at=NOON)
    assert Release.objects.arriving().count() == 4
    assert [one.release for one in arriving(swede)] == [files["arrival_abroad"]]
    assert files["arrival_abroad"] not in Release.objects.visible_to(cast.analyst.actor)


def test_the_form_says_that_a_file_is_of_another_country(cast, client):
    path = KNOWN["se-population"]
    page = signed_in(client, cast.analyst).post(
        reverse("knowledge:hand_in"),
        {"file": SimpleUploadedFile("folkmangd.csv", path.read_bytes()), "recipe": ""},
    )

    assert page.status_code == 200
    assert "another country" in page.content.decode()
    assert "Folkmängd i svenska kommuner" not in page.content.decode()
    assert not Release.objects.exists()


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


def test_incidents_of_a_police_district_are_taken_in_in_its_country(cast, swede):
    """Its addresses are for that district, so nobody abroad says what they are."""
    norwegian = incident_recipe()
    assert norwegian.country == "no"

    line = "nr,sted,krets,art,meldt,framme\n1,Vei 1,,Husbråk,2026-11-03 20:00:00,\n"
    staged = stage_incidents(content=line.encode(), name="a.csv", recipe=norwegian, answers={})
    with pytest.raises(Refused, match="another country"):
        take_in_incidents(staged=staged, by=swede, at=NOON)
    assert not DataSet.objects.exists()

    said = RECIPE.format(police=POLICE, keep_days=9)
    swedish = tomllib.loads(f'country = "se"\n{said}')
    with pytest.raises(RecipeRefused, match="a district of the recipe's own country"):
        recipe_of("calls", swedish)

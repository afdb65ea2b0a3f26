"""Which country a data set is about, where it came in before that was kept."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from samrad.documents.rules import Classification
from samrad.knowledge import followers
from samrad.knowledge.models import DataSet
from samrad.knowledge.packaged import packaged_recipes
from tests.knowledge.bricks import PEAK, a_data_set, a_picture, figures_for, looked_at

BEFORE = import_module("samrad.knowledge.migrations.0006_country_of_data_sets")


def brought_up_to_date() -> None:
    """What the migration does with the data sets that are there."""
    BEFORE.country_of_its_areas(apps, SimpleNamespace(connection=connection))


def test_a_data_set_is_about_the_country_that_its_recipe_names(db):
    recipes = packaged_recipes()
    for code in BEFORE.BY_RECIPE:
        DataSet.objects.create(code=code)

    brought_up_to_date()

    found = dict(DataSet.objects.values_list("code", "country"))
    assert found == {code: recipes[code].country for code in found}


def test_figures_that_were_not_laid_out_yet_are_read_again(cast):
    kept = figures_for(Classification.INTERNAL)
    DataSet.objects.filter(pk=kept.pk).update(code="no-ssb-08487", country="")
    assert not DataSet.objects.visible_to(cast.analyst.actor).exists()

    brought_up_to_date()

    assert DataSet.objects.visible_to(cast.analyst.actor).get() == kept


def test_a_data_set_of_somebodys_own_recipe_is_about_the_country_of_its_areas(cast):
    kept = a_picture(cast.no.home).data_set
    DataSet.objects.update(country="")

    brought_up_to_date()

    kept.refresh_from_db()
    assert kept.country == "no"


@pytest.mark.parametrize(
    ("classification", "country", "is_told"),
    [
        (Classification.OPEN, "", True),
        (Classification.INTERNAL, "no", True),
        (Classification.INTERNAL, "", False),
        (Classification.RESTRICTED, "", False),
    ],
)
def test_what_is_not_open_and_of_no_country_is_proposed_to_nobody(
    cast, monkeypatch, classification, country, is_told
):
    told = []
    monkeypatch.setattr(followers, "_followers", [lambda alarms, at: told.extend(alarms)])
    data_set = a_data_set()[0]
    data_set.classification, data_set.country = classification, country
    data_set.save()

    found = looked_at(data_set, cast.no.home, *PEAK)

    assert found
    assert bool(told) is is_told

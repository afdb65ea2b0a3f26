"""What an analyst's change of a recipe may open to anybody: nothing that nobody has decided on."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.knowledge import own_recipe_actions
from samrad.knowledge.models import DataSet
from samrad.knowledge.own_recipe_models import Description, OwnRecipe
from samrad.knowledge.permissions import may_change_recipe
from samrad.knowledge.protecting import Seen, protected
from samrad.knowledge.publishing import publish_data_set
from samrad.people.models import Appointment
from samrad.trail.api import event_codes_of
from tests.cast import NOON, SINCE, signed_in
from tests.knowledge.test_own_recipes import (
    begun,
    months,
    say_columns,
    say_meaning,
    survey,
    taken_in,
)

SAID = {"title": "Egne saker", "unit": "reported offences", "direction": "down"}
RESTRICTED = {"classification": "restricted", "legal_basis": "politiregisterloven § 20"}
WITHDRAWN = "knowledge.data_set_withdrawn"


@pytest.fixture
def analyst(cast, client):
    return signed_in(client, cast.analyst)


@pytest.fixture
def data_set(cast, analyst) -> DataSet:
    """Figures by an own recipe that the owner of the installation lets anybody read."""
    found = taken_in(analyst, months(cast), "saker.csv", **SAID).data_set
    publish_data_set(data_set=found, by=cast.administrator.actor, at=NOON)
    return found


def changed(analyst, data_set: DataSet, **said: str) -> None:
    recipe = OwnRecipe.objects.get()
    analyst.post(reverse("knowledge:change_recipe", args=[recipe.ref]))
    say_columns(analyst, Description.objects.get())
    answer = say_meaning(analyst, Description.objects.get(), **{**SAID, **said})
    assert answer.status_code == 302, answer.context["form"].errors
    data_set.refresh_from_db()


def test_whoever_asks_for_a_lower_threshold_opens_nothing_to_anybody(analyst, data_set):
    changed(analyst, data_set, smallest_shown="0")

    assert data_set.smallest_shown == 0
    assert data_set.published_at is None
    assert WITHDRAWN in event_codes_of(data_set)
    assert "knowledge.recipe_smallest_changed" in event_codes_of(OwnRecipe.objects.get())


def test_a_change_that_holds_as_much_back_leaves_it_published(analyst, data_set):
    changed(analyst, data_set, smallest_shown="7", notes="Egne notater")

    assert data_set.smallest_shown == 7
    assert data_set.published_at == NOON
    assert WITHDRAWN not in event_codes_of(data_set)


def test_what_counts_no_longer_towards_a_total_is_decided_on_anew(analyst, data_set):
    first, second = data_set.indicators.order_by("pk")
    data_set.indicators.filter(pk=second.pk).update(part_of=first.code)

    changed(analyst, data_set)

    assert data_set.published_at is None


def test_figures_that_were_restricted_meanwhile_are_not_public_again_by_themselves(
    analyst, data_set
):
    changed(analyst, data_set, **RESTRICTED)
    assert data_set.published_at is None
    assert "knowledge.recipe_readers_changed" in event_codes_of(OwnRecipe.objects.get())

    changed(analyst, data_set, classification="open")
    assert data_set.classification == "open"
    assert data_set.published_at is None


@pytest.mark.parametrize("smallest", [0, 1])
def test_what_was_held_back_once_stays_so_where_nothing_is_small_any_more(smallest):
    earlier = {"a": Seen([1, 20], {0}), "b": Seen([20, 20], {0}), "c": Seen([30, 30])}

    held = protected(
        {"a": [1, 20], "b": [20, 20], "c": [30, 30]}, earlier,
        smallest=smallest, code="x", whole_held=(1,),
    )  # fmt: skip

    assert held.parts == {"a": [0], "b": [0], "c": []}
    assert held.whole == [1]


# Whose a recipe is ------------------------------------------------------------------------------


def test_a_recipe_belongs_to_where_its_maker_is_an_analyst(cast, client):
    """Who has another post elsewhere gives it to the colleagues, and not to those there."""
    elsewhere = cast.no.organisations["directorate"]
    Appointment.objects.create(
        person=cast.analyst.person, organisation=elsewhere, role="section_leader", from_date=SINCE
    )
    assert elsewhere.pk < cast.no.organisations["police"].pk
    taken_in(signed_in(client, cast.analyst), months(cast), "saker.csv", **SAID)

    assert OwnRecipe.objects.get().organisation == cast.no.organisations["police"]


def test_a_recipe_of_no_organisation_is_changed_by_any_analyst_of_the_country(cast, analyst):
    taken_in(analyst, months(cast), "saker.csv", **SAID)
    OwnRecipe.objects.update(organisation=None)
    recipe = OwnRecipe.objects.get()

    assert may_change_recipe(cast.other_analyst.actor, recipe)
    assert not may_change_recipe(cast.secretary.actor, recipe)


def test_two_who_save_recipes_of_one_title_at_once_have_each_their_own(cast, analyst, monkeypatch):
    taken_in(analyst, months(cast), "saker.csv", **SAID)
    described = begun(analyst, survey(cast, 2024), "annet.xlsx")
    say_columns(analyst, described)
    taken, others = own_recipe_actions._taken, iter([OwnRecipe.objects.get().code])

    def before_the_other_saved() -> list[str]:
        unseen = next(others, None)
        return [code for code in taken() if code != unseen]

    monkeypatch.setattr(own_recipe_actions, "_taken", before_the_other_saved)

    answer = say_meaning(analyst, described, **{**SAID, "unit": "per cent"})
    assert answer.status_code == 302
    assert sorted(OwnRecipe.objects.values_list("code", flat=True)) == [
        "own-egne-saker", "own-egne-saker-2",
    ]  # fmt: skip

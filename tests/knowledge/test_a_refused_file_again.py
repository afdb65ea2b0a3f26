"""A file that is read while its recipe is corrected, or that was refused before that."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrad.knowledge import reading_in
from samrad.knowledge.arrivals_shown import Arrival, Stage
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import Release
from samrad.knowledge.own_recipe_models import Description, OwnRecipe
from samrad.knowledge.packaged import packaged_recipes
from samrad.work.api import work_off
from tests.cast import signed_in
from tests.knowledge.test_own_recipes import begun, put_into_use, say_columns, say_meaning, told

ROWS = 700  # more than what the page shows of a file
SAID = {"title": "Egne saker", "unit": "saker"}


@pytest.fixture
def analyst(cast, client):
    return signed_in(client, cast.analyst)


def far_down(cast) -> bytes:
    """A file that says “..” in a row that nobody who describes it sees."""
    kinds = [f"{2010 + at % 15};Lovbrudd nummer {at // 15}" for at in range(ROWS)]
    rows = [f"{cast.no.home.code};{kind};{at}" for at, kind in enumerate(kinds)]
    rows[-1] = rows[-1].rpartition(";")[0] + ";.."
    return "\n".join(["Kommune;År;Lovbrudd;Antall", *rows, ""]).encode()


def test_a_corrected_recipe_reads_the_file_that_was_refused(cast, analyst):
    content = far_down(cast)
    answer = say_columns(analyst, begun(analyst, content, "saker.csv"), missing="")
    assert answer.status_code == 302, told(answer)
    say_meaning(analyst, Description.objects.get(), **SAID)
    work_off()
    refused = Release.objects.arriving().get()
    assert Arrival(refused).stage is Stage.REFUSED

    analyst.post(reverse("knowledge:change_recipe", args=[OwnRecipe.objects.get().ref]))
    answer = say_columns(analyst, Description.objects.get(), missing="..")
    assert answer.status_code == 302, told(answer)
    say_meaning(analyst, Description.objects.get(), **SAID)
    analyst.post(reverse("knowledge:hand_in"), {"file": SimpleUploadedFile("saker.csv", content)})
    work_off()

    release = Release.objects.arriving().get()
    assert release.pk != refused.pk
    assert put_into_use(analyst).count["missing"] == 1


# Changed while the worker reads -------------------------------------------------------------------


def handed_in(cast, analyst, content: bytes, **columns: str) -> Release:
    """Described; the worker has not been there."""
    answer = say_columns(analyst, begun(analyst, content, "saker.csv"), **columns)
    assert answer.status_code == 302, told(answer)
    say_meaning(analyst, Description.objects.get(), **SAID)
    return Release.objects.arriving().get()


def change_recipe(analyst, **columns: str) -> None:
    analyst.post(reverse("knowledge:change_recipe", args=[OwnRecipe.objects.get().ref]))
    answer = say_columns(analyst, Description.objects.get(), **columns)
    assert answer.status_code == 302, told(answer)
    say_meaning(analyst, Description.objects.get(), **SAID)


def read_while(release: Release, change, monkeypatch) -> None:
    """The worker reads it, and somebody changes the recipe before it has come to an end."""
    stage = reading_in.stage

    def staged(**given):
        monkeypatch.setattr(reading_in, "stage", stage)
        try:
            return stage(**given)
        finally:
            change()

    monkeypatch.setattr(reading_in, "stage", staged)
    reading_in.read_file(ref=str(release.ref))


def test_what_was_read_by_the_recipe_as_it_was_is_read_again(cast, analyst, monkeypatch):
    content = far_down(cast).replace(b";..", b";7,5")
    release = handed_in(cast, analyst, content, decimal=",")

    read_while(release, lambda: change_recipe(analyst, missing="3"), monkeypatch)
    release.refresh_from_db()
    assert release.is_being_read

    work_off()
    assert put_into_use(analyst).count["missing"] == 1


def test_what_the_recipe_as_it_was_refuses_is_read_by_the_one_that_is(cast, analyst, monkeypatch):
    release = handed_in(cast, analyst, far_down(cast), missing="")

    read_while(release, lambda: change_recipe(analyst, missing=".."), monkeypatch)
    release.refresh_from_db()
    assert release.is_being_read
    assert release.file

    work_off()
    assert put_into_use(analyst).count["missing"] == 1


def test_a_recipe_that_nobody_changed_is_the_same_each_time_it_is_asked_for(cast, analyst):
    handed_in(cast, analyst, far_down(cast), missing="..")
    own = OwnRecipe.objects.get().code

    assert known_recipe(own) == known_recipe(own)
    packaged_recipes.cache_clear()
    before = packaged_recipes()
    packaged_recipes.cache_clear()
    assert packaged_recipes() == before

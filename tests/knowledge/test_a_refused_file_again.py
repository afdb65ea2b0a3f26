"""A file that the worker refused, handed in again when its recipe has been corrected."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrad.knowledge.arrivals_shown import Arrival, Stage
from samrad.knowledge.models import Release
from samrad.knowledge.own_recipe_models import Description, OwnRecipe
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

"""Until the worker has been there, nobody reads of published figures what nobody knows yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.knowledge import known_recipes, smallest_counts
from samrad.knowledge.drawing import LAY_OUT, without_sheets
from samrad.knowledge.models import AreaPicture, DataSet, Indicator, Sheet, SheetRow
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.publishing import publish_data_set
from samrad.work.api import Job
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, a_picture
from tests.knowledge.published import drawn, published_counts, taken_in
from tests.knowledge.test_overviews import another_like

UNDERWAY = "Being worked out just now"
MOST_QUERIES = 12


@pytest.fixture
def upgraded(cast: Cast) -> AreaPicture:
    """Published and protected, and what anybody reads was never worked out by the version then."""
    picture = a_picture(cast.no.home)
    publish_data_set(data_set=picture.data_set, by=SYSTEM, at=NOON)
    Sheet.objects.update(is_protected=True)
    forget_what_is_shown()
    return picture


def forget_what_is_shown() -> None:
    AreaPicture.objects.update(shown=None)
    SheetRow.objects.update(finding_shown=None)


def paper_of(picture: AreaPicture) -> str:
    return reverse("knowledge:handout", args=[picture.area.ref, picture.data_set.ref])


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"knowledge:{name}", args=args)).content.decode()


def test_the_picture_does_not_say_that_small_numbers_are_among_its_figures(upgraded, cast, client):
    told = page(client, "picture", cast.no.home.ref)

    assert UNDERWAY in told
    assert "Small numbers are" not in told
    assert "Break-ins." in told


def test_of_two_pictures_the_one_that_is_there_is_told(upgraded, cast, client):
    AreaPicture.objects.update(shown=F("content"))
    another = another_like(AreaPicture.objects.get(), "calls")
    Indicator.objects.filter(data_set=another).update(smallest_shown=0)
    publish_data_set(data_set=another, by=SYSTEM, at=NOON)
    AreaPicture.objects.filter(data_set=another).update(shown=None)
    told = page(client, "picture", cast.no.home.ref)

    assert told.count(UNDERWAY) == 1
    assert told.count("One by one") == 1
    assert "Small numbers are" not in told


def test_nobody_gets_a_paper_meanwhile_also_not_who_is_signed_in(upgraded, cast, client):
    assert client.get(paper_of(upgraded)).status_code == 302
    answer = signed_in(client, cast.secretary).get(paper_of(upgraded), follow=True)

    assert "that is being worked out just now" in answer.content.decode()
    AreaPicture.objects.update(shown=F("content"))
    assert client.get(paper_of(upgraded)).headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("where", ["district", "nation"])
def test_a_wide_area_does_not_say_that_nothing_was_above(
    upgraded, cast, client, where, django_assert_max_num_queries
):
    url = reverse("knowledge:overview", args=[cast.no.areas[where].ref])
    with django_assert_max_num_queries(MOST_QUERIES):
        told = client.get(url).content.decode()

    assert UNDERWAY in told
    assert "was to be expected." not in told.partition("<main")[2]
    assert "Of 0 figures" not in told


def test_a_wide_area_tells_of_what_is_there_and_names_what_is_not(upgraded, cast, client):
    AreaPicture.objects.update(shown=F("content"))
    SheetRow.objects.update(finding_shown=F("finding"))
    another = another_like(AreaPicture.objects.get(), "calls")
    DataSet.objects.filter(pk=another.pk).update(published_at=NOON)
    Sheet.objects.update(is_protected=True)
    AreaPicture.objects.filter(data_set=another).update(shown=None)
    told = page(client, "overview", cast.no.areas["district"].ref)

    assert told.count(UNDERWAY) == 1
    assert "Of 1 figures" in told
    assert "calls.counted" not in told


# The upgrade --------------------------------------------------------------------------------------


def test_the_upgrade_sets_the_worker_to_it_once(cast):
    data_set = published_counts()
    taken_in(cast, data_set, {"a": 2, "b": 25, "c": 40, "d": 60})
    assert without_sheets() == [data_set.code]
    for _again in range(2):
        call_command("migrate", verbosity=0)

    assert Job.objects.filter(name=LAY_OUT).count() == 1


def test_an_upgrade_with_nothing_to_draw_gives_the_worker_nothing(db):
    call_command("migrate", verbosity=0)

    assert not Job.objects.filter(name=LAY_OUT).exists()


def test_what_is_published_and_not_told_yet_is_drawn_anew(upgraded):
    upgraded.release.figures = "figures/f.parquet"
    upgraded.release.save()
    Sheet.objects.update(protected_by=99)
    SheetRow.objects.update(breaks={})
    assert without_sheets() == ["sample"]

    AreaPicture.objects.update(shown=F("content"))
    assert without_sheets() == []


def test_what_a_newer_recipe_holds_back_is_held_back_after_the_upgrade(cast, monkeypatch):
    """Nobody hands the file in again, and until somebody does the rows say what was asked then."""
    data_set = published_counts()
    counts = {"a": 4, "b": 25, "c": 40, "d": 60, "e": 5}
    release = taken_in(cast, data_set, counts)
    assert drawn(data_set, release) == set()
    AreaPicture.objects.all().delete()
    SheetRow.objects.update(breaks={})
    assert without_sheets() == []

    recipe = packaged_recipes()["dk-straf11"]
    violence = next(one for one in recipe.indicators if one.smallest_shown == 5)
    newer = replace(
        recipe, code=data_set.code, indicators=(replace(violence, code="no.offences"),)
    )  # fmt: skip
    for module in (known_recipes, smallest_counts):
        monkeypatch.setattr(module, "packaged_recipes", lambda: {data_set.code: newer})
    assert without_sheets() == [data_set.code]

    assert "a" in drawn(data_set, release)
    assert Sheet.objects.get().smallest_shown == 5
    SheetRow.objects.update(breaks={})
    assert without_sheets() == []

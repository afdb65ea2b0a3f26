"""Where a reader meets figures of their own place: on the front page, and by searching (B1)."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.knowledge.events import RELEASE_TAKEN_IN
from samrad.knowledge.models import Alarm, DataSet, Indicator
from samrad.search.actions import catch_up, rebuild
from samrad.search.queries import entries, found
from samrad.search.rules import asked_for
from samrad.trail.api import record
from tests.cast import NOON, Cast, signed_in
from tests.knowledge.bricks import USUAL, a_data_set, a_picture, an_alarm, looked_at

HOME = reverse("home")


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def signed(who):
    return replace(who.actor, user_id=who.actor.user_id or 1)


def home_of(client: Client, who) -> str:
    return signed_in(client, who).get(HOME).content.decode()


def test_the_front_page_says_in_one_line_what_stands_out_at_home(cast: Cast, client: Client):
    alarm = an_alarm(cast.no.home)
    page = home_of(client, cast.chair)

    assert "Break-ins in Ås: unusually many in quarter 4 of 2025" in page
    assert reverse("knowledge:alarm", args=[alarm.ref]) in page
    assert "New in the figures:" not in home_of(client, cast.stranger)  # of the next municipality


@pytest.mark.parametrize("since", [USUAL[1:], USUAL[:1]])
def test_what_is_past_is_not_on_the_front_page(cast: Cast, client: Client, since):
    looked_at(a_data_set()[0], cast.no.home, *USUAL * 9, 60, *since)

    assert Alarm.objects.exists()
    assert "New in the figures:" not in home_of(client, cast.chair)


def test_several_are_told_in_one_line_that_leads_to_the_crime_picture(cast: Cast, client: Client):
    alarm = an_alarm(cast.no.home)
    other = Indicator.objects.create(
        data_set=alarm.data_set, code="sample.other", name={"en": "Thefts"}, direction="fewer"
    )
    alarm.pk, alarm.ref, alarm.indicator = None, uuid4(), other
    alarm.save(force_insert=True)
    page = home_of(client, cast.chair)

    assert "Ås stands out in 2 figures: " in page
    assert "Thefts" in page
    assert reverse("knowledge:picture", args=[cast.no.home.ref]) in page


def test_figures_for_others_are_not_on_the_front_page(cast: Cast, client: Client):
    an_alarm(cast.no.home)
    DataSet.objects.update(classification=Classification.RESTRICTED, legal_basis="§ 27")

    assert "New in the figures:" not in home_of(client, cast.chair)


def test_restricted_figures_are_not_on_the_front_page_of_those_who_read_them(
    cast: Cast, client: Client
):
    alarm = an_alarm(cast.no.home)
    assert "New in the figures:" in home_of(client, cast.police_member)
    DataSet.objects.update(
        classification=Classification.RESTRICTED, legal_basis="§ 27", country="no"
    )

    assert Alarm.objects.visible_to(cast.police_member.actor).get() == alarm
    assert "New in the figures:" not in home_of(client, cast.police_member)


def test_the_front_page_asks_little(cast: Cast, client: Client, django_assert_max_num_queries):
    looked_at(a_data_set()[0], cast.no.home, *USUAL * 9, *USUAL[:2], 60, 60)
    who = signed_in(client, cast.chair)
    who.get(HOME)
    with django_assert_max_num_queries(12):
        page = who.get(HOME).content.decode()

    assert "Break-ins in Ås: unusually many in quarter 4 of 2025" in page


def test_a_crime_picture_is_found_by_its_place_and_by_what_is_counted(
    cast: Cast, client: Client
) -> None:
    rebuild(at=NOON)
    picture = a_picture(cast.no.home)
    record(RELEASE_TAKEN_IN, about=picture.release, by=SYSTEM, at=NOON, file="f.csv", rows=1,
           hidden=0, missing=0)  # fmt: skip
    catch_up(at=NOON)

    def kinds(words: str, who=cast.chair) -> list[str]:
        return [one.kind for one in entries(found(signed(who), asked_for(words)).keys)]

    assert "crime_picture" in kinds("innbrudd Ås")
    assert "crime_picture" not in kinds("hærverk Ås")
    page = signed_in(client, cast.chair).get(reverse("search:search"), {"q": "innbrudd Ås"})
    shown = page.content.decode()
    assert "The crime picture of <mark>Ås</mark>" in shown
    assert reverse("knowledge:picture", args=[picture.area.ref]) in shown

    DataSet.objects.update(classification=Classification.INTERNAL)
    assert "crime_picture" not in kinds("innbrudd Ås", cast.guest)
    DataSet.objects.update(classification=Classification.RESTRICTED, legal_basis="§ 27")
    rebuild(at=NOON)
    assert "crime_picture" not in kinds("innbrudd Ås", cast.police_member)

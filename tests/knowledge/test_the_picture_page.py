"""The page of a municipality's crime picture, and the way to it."""

from __future__ import annotations

from django.urls import reverse

from samrad.areas.models import Area
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import a_picture


def test_the_page_says_what_rises_and_asks_little(
    cast: Cast, client, django_assert_max_num_queries
):
    area = cast.no.home
    a_picture(area)
    who = signed_in(client, cast.secretary)
    url = reverse("knowledge:picture", args=[area.ref])
    who.get(url)
    with django_assert_max_num_queries(12):
        page = who.get(url).content.decode()

    assert "Break-ins" in page
    assert "2.1 times" in page or "2.2 times" in page
    assert "A publisher, table 1, CC BY 4.0" in page
    assert page.count("<svg") >= 3


def test_without_figures_the_page_says_who_takes_them_in(cast: Cast, client):
    area = Area.objects.municipalities().exclude(pk=cast.no.home.pk).first()
    page = signed_in(client, cast.secretary).get(reverse("knowledge:picture", args=[area.ref]))

    assert "No figures of this municipality have been taken in" in page.content.decode()


def test_a_municipality_is_found_by_a_part_of_its_name(cast: Cast, client):
    a_picture(cast.no.home)
    who, url = signed_in(client, cast.secretary), reverse("knowledge:pictures")

    assert cast.no.home.name in who.get(url + "?q=" + cast.no.home.name[:2]).content.decode()
    assert "No municipality found" in who.get(url + "?q=qqq").content.decode()


def test_the_area_leads_to_its_picture(cast: Cast, client):
    a_picture(cast.no.home)
    page = signed_in(client, cast.secretary).get(reverse("areas:detail", args=[cast.no.home.ref]))

    assert reverse("knowledge:picture", args=[cast.no.home.ref]) in page.content.decode()

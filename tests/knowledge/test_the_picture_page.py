"""The page of a municipality's crime picture, and the way to it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.areas.models import Area
from samrad.knowledge.models import Indicator
from samrad.knowledge.publishing import publish_data_set
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, a_picture


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


def without_figures(cast: Cast) -> Area:
    return Area.objects.municipalities().exclude(pk=cast.no.home.pk).order_by("pk")[0]


def pages_about(area: Area) -> list[str]:
    """Its own page, and the list where somebody looks for it."""
    looked_for = reverse("knowledge:pictures") + "?" + urlencode({"q": area.name})
    return [reverse("knowledge:picture", args=[area.ref]), looked_for]


def test_without_figures_the_pages_say_what_is_missing_and_who_takes_it_in(cast: Cast, client):
    area, who = without_figures(cast), signed_in(client, cast.secretary)
    for url in pages_about(area):
        page = who.get(url).content.decode()

        assert f"There are no figures of {area.name} here yet" in page
        assert "What is missing is how many offences there were" in page
        assert "An analyst of the police district or the directorate takes them in" in page
        assert reverse("knowledge:hand_in") not in page
        assert "Try fewer letters" not in page


def test_who_takes_figures_in_is_led_there(cast: Cast, client):
    who = signed_in(client, cast.analyst)
    for url in pages_about(without_figures(cast)):
        assert reverse("knowledge:hand_in") in who.get(url).content.decode()


def test_what_is_known_of_a_municipality_without_a_picture_is_named(cast: Cast, client):
    picture = a_picture(cast.no.home)
    picture.delete()
    page = signed_in(client, cast.secretary).get(pages_about(cast.no.home)[1]).content.decode()

    assert "Known so far: Break-ins." in page


def test_what_is_at_hand_is_not_said_to_be_missing(cast: Cast, client):
    picture = a_picture(cast.no.home)
    picture.delete()
    Indicator.objects.update(code="no.population", base="", unit="persons")
    page = signed_in(client, cast.secretary).get(pages_about(cast.no.home)[1]).content.decode()

    assert "how many offences there were" in page
    assert "how many live there" not in page


def test_whoever_is_not_signed_in_reads_only_that_none_are_published(cast: Cast, client):
    publish_data_set(data_set=a_picture(cast.no.home).data_set, by=SYSTEM, at=NOON)
    page = client.get(pages_about(without_figures(cast))[1]).content.decode()

    assert "None have been published" in page
    assert reverse("knowledge:hand_in") not in page


def test_a_municipality_is_found_by_a_part_of_its_name(cast: Cast, client):
    a_picture(cast.no.home)
    who, url = signed_in(client, cast.secretary), reverse("knowledge:pictures")

    assert cast.no.home.name in who.get(url + "?q=" + cast.no.home.name[:2]).content.decode()
    assert "No municipality found" in who.get(url + "?q=qqq").content.decode()


def test_the_area_leads_to_its_picture(cast: Cast, client):
    a_picture(cast.no.home)
    page = signed_in(client, cast.secretary).get(reverse("areas:detail", args=[cast.no.home.ref]))

    assert reverse("knowledge:picture", args=[cast.no.home.ref]) in page.content.decode()

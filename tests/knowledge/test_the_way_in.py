"""Where a reader begins: at their own place, and told truly what there is not."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.areas.models import Area, AreaCover
from samrad.areas.rules.kinds import AreaKind
from samrad.knowledge.askable import whom_to_ask
from samrad.knowledge.drawing import DRAW
from samrad.knowledge.models import AreaPicture, Indicator, Sheet
from samrad.knowledge.publishing import publish_data_set
from samrad.people.models import Appointment
from samrad.work.api import enqueue
from tests.cast import area, organisation, person, signed_in
from tests.knowledge.bricks import NOON, a_picture

LIST = "/figures/"


def test_the_readers_own_place_comes_first(cast, client):
    a_picture(cast.no.home)
    page = signed_in(client, cast.secretary).get(LIST).content.decode()

    assert "Your place" in page
    assert page.index("Your place") < page.index("Districts and countries")


def test_without_figures_of_ones_place_it_is_said_and_whom_to_ask(cast, client):
    page = signed_in(client, cast.secretary).get(LIST).content.decode()

    assert f"There are no figures of {cast.no.home.name} here yet" in page
    assert "No municipality in Norway has figures of offences here yet." in page
    assert "08487" in page
    assert f"Ask {cast.analyst.person.name}" in page


def test_other_countries_are_folded_under_their_names(cast, client):
    abroad = Area.objects.municipalities().filter(country="dk").first()
    assert abroad is not None
    a_picture(abroad)
    page = signed_in(client, cast.secretary).get(LIST).content.decode()

    assert "Denmark (1 municipalities)" in page
    assert page.index("s-reveal") < page.index(abroad.name)


def test_what_is_known_is_not_said_to_be_missing(cast, client):
    a_picture(cast.no.home).delete()
    Indicator.objects.update(unit="persons")
    page = signed_in(client, cast.secretary).get(
        reverse("knowledge:picture", args=[cast.no.home.ref])
    )

    assert "and how many live there" not in page.content.decode()


def test_the_analyst_of_ones_own_district_is_asked(cast):
    found = whom_to_ask(cast.no.home, cast.secretary.actor)

    assert found is not None
    assert found.name == cast.analyst.person.name


def test_the_nearest_analyst_is_the_one_of_the_smallest_area(cast):
    Appointment.objects.filter(role="district_analyst").delete()
    no = cast.no
    county = area(no, "county", AreaKind.COUNTY, "32", "Akershus", within=[no.areas["nation"]])
    AreaCover.objects.create(ancestor=county, descendant=no.home)
    where = organisation(no, "fylke", "police_district", "Fylkets politi", county)
    person(no, "of_all", "Aase Landsdekkende", no.organisations["directorate"], "district_analyst")
    person(no, "of_county", "Yngve Fylkesen", where, "district_analyst")

    found = whom_to_ask(no.home, cast.secretary.actor)

    assert found is not None
    assert found.name == "Yngve Fylkesen"


def test_while_figures_are_worked_out_nobody_reads_that_there_are_none(cast, client):
    data_set = a_picture(cast.no.home).data_set
    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    AreaPicture.objects.update(shown=None)
    page = client.get(reverse("knowledge:picture", args=[cast.no.home.ref])).content.decode()

    assert "Being worked out just now" in page
    assert "All figures" not in page
    assert "handout.pdf" not in page
    Sheet.objects.update(is_protected=True)
    AreaPicture.objects.update(shown=F("content"))
    page = client.get(reverse("knowledge:picture", args=[cast.no.home.ref])).content.decode()
    assert "Being worked out" not in page

    Indicator.objects.all().update(base="")
    enqueue(DRAW, data_set="another")
    assert "Being worked out" in client.get(reverse("knowledge:overviews")).content.decode()


def test_a_citizen_finds_the_way_from_the_door_once_figures_are_published(cast, client):
    sign_in, words = reverse("account_login"), "See the figures of your municipality"
    data_set = a_picture(cast.no.home).data_set
    assert words not in client.get(sign_in).content.decode()

    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    assert words in client.get(sign_in).content.decode()

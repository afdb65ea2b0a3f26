"""Finding an area and reading about it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from samrad.areas import panels
from samrad.areas.models import Area
from samrad.areas.panels import AreaPanel, PanelLine, register_panel
from samrad.areas.words import basis_in_words
from samrad.people.models import Appointment, Organisation, Person
from tests.cast import SINCE, signed_in

pytestmark = pytest.mark.slow


@pytest.fixture
def somebody(db, client):
    """Anybody who has signed in."""
    person = Person.objects.create(name="Kari Oppdiktet", email="kari@example.org", language="en")
    ravens = Organisation.objects.create(
        kind="volunteers", country="no", name="Invented night ravens"
    )
    Appointment.objects.create(
        person=person, organisation=ravens, role="partner_representative", from_date=SINCE
    )
    return signed_in(client, person)


def page_of(client, **wanted):
    return client.get(reverse("areas:list"), wanted)


def content_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_nobody_reads_areas_without_signing_in(areas, client):
    aas = Area.objects.get(country="no", code="3218")

    for url in (reverse("areas:list"), aas.get_absolute_url()):
        assert client.get(url).status_code == 302


def test_an_area_that_is_not_there_is_not_found(somebody):
    url = reverse("areas:detail", args=["01890000-0000-7000-8000-000000000000"])

    assert somebody.get(url).status_code == 404


def test_the_list_finds_by_name_country_and_kind(areas, somebody):
    found = content_of(page_of(somebody, q="as", country="no", kind="municipality"))

    assert found.index(">Ås<") < found.index(">Asker<")
    assert "Askersund" not in found
    assert "Akershus, Øst politidistrikt" in found


def test_where_one_works_stands_first_and_a_share_is_written_as_in_the_language(areas, client):
    aas = Area.objects.get(country="no", code="3218")
    person = Person.objects.create(name="Kari Oppdiktet", email="kari@example.org", language="da")
    town = Organisation.objects.create(kind="municipality", country="no", name="Ås", area=aas)
    Appointment.objects.create(person=person, organisation=town, role="mayor", from_date=SINCE)

    page = page_of(signed_in(client, person))

    assert page.context["rows"][0].area == aas
    with override("da"):
        assert "99,9" in basis_in_words("ground:99.9")


def test_two_places_of_the_same_name_are_told_apart(areas, somebody):
    found = content_of(page_of(somebody, q="våler"))

    assert "Innlandet, Innlandet politidistrikt" in found
    assert "Østfold, Øst politidistrikt" in found


def test_a_search_finds_what_no_longer_exists_and_says_so(areas, somebody):
    assert "no longer exists" in content_of(page_of(somebody, q="viken"))


def test_a_search_for_nothing_there_says_what_to_do(areas, somebody):
    assert "No area found" in content_of(page_of(somebody, q="atlantis"))


@pytest.mark.parametrize("wanted", [{"country": "xx"}, {"q": "x" * 500}, {"page": "-3"}])
def test_a_strange_question_gets_a_page(areas, somebody, wanted):
    content_of(page_of(somebody, **wanted))


def test_an_area_tells_names_codes_parents_people_and_history(areas, somebody):
    aas = Area.objects.get(country="no", code="3218")

    found = content_of(somebody.get(aas.get_absolute_url()))

    for text in (
        "<h1>Ås</h1>",
        "3218",
        "3021, until 31 Dec 2023",
        "22,005",
        "On 1 Jan 2024. Source: Statistisk sentralbyrå (SSB), CC BY 4.0",
        "Øst politidistrikt",
        "derived from the county",
        "Moved from Viken to Akershus.",
    ):
        assert text in found


def test_a_bilingual_place_tells_each_name_with_its_language(areas, somebody):
    karasjok = Area.objects.get(country="no", code="5610")

    found = content_of(somebody.get(karasjok.get_absolute_url()))

    assert "Kárášjohka (Northern Sami)" in found
    assert "Karasjok (Norwegian)" in found


def test_a_dissolved_county_is_shown_as_it_was(areas, somebody):
    viken = Area.objects.get(country="no", kind="county", code="30")

    found = content_of(somebody.get(viken.get_absolute_url()))

    assert "This area ended on 31 Dec 2023" in found
    assert "Municipalities (51)" in found


def test_higher_apps_add_panels_to_an_areas_page(areas, somebody, monkeypatch):
    monkeypatch.setattr(panels, "_sources", [])
    register_panel(
        lambda area, actor: (
            AreaPanel("Councils", [PanelLine("Invented council", "/x/")])
            if area.code == "3218"
            else None
        )
    )
    aas, asker = (Area.objects.get(country="no", code=code) for code in ("3218", "3203"))

    assert "Invented council" in content_of(somebody.get(aas.get_absolute_url()))
    assert "Invented council" not in content_of(somebody.get(asker.get_absolute_url()))


def test_the_pages_make_a_bounded_number_of_queries(
    areas, somebody, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(panels, "_sources", [])
    nation = Area.objects.get(country="se", kind="nation")
    district = Area.objects.get(country="no", kind="police_district", code="ost")

    for url in (
        reverse("areas:list"),
        reverse("areas:list") + "?q=a",
        nation.get_absolute_url(),
        district.get_absolute_url(),
    ):
        somebody.get(url)
        with django_assert_max_num_queries(11):  # which leaves one for the panels of other apps
            content_of(somebody.get(url))

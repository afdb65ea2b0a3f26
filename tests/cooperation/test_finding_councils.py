"""Finding a council among those one may see."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from samrad.cooperation.models import Council
from tests.cast import Cast, signed_in
from tests.meetings.bricks import planned


def test_a_search_bears_whatever_an_address_holds(cast: Cast, client: Any) -> None:
    signed_in(client, cast.analyst)
    page = client.get(reverse("cooperation:councils"), {"q": "Nordre\x00 Follo"})

    assert page.status_code == 200
    assert page.context["asked"] == "Nordre Follo"
    assert [council.name for council in page.context["page"]] == ["Politirådet i Nordre Follo"]


def test_the_list_says_how_each_council_stands(
    cast: Cast, client: Any, django_assert_max_num_queries: Any
) -> None:
    planned(cast)
    for number in range(20):
        Council.objects.create(
            country="no", tier="politiraad", name=f"Oppdiktet råd {number}", area=cast.no.home
        )
    signed_in(client, cast.analyst).get(reverse("cooperation:councils"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("cooperation:councils"))

    marks = {
        one.name: [mark.text for mark in one.marks] for one in page.context["page"].object_list
    }
    assert marks["Politirådet i Ås"] == ["Next meeting 12 Dec 2026", "No agreement"]
    assert marks["Oppdiktet råd 7"] == ["No meeting planned", "No agreement"]
    assert "No meeting planned" in page.content.decode()


def test_eleven_mayors_are_not_one_municipality(cast: Cast, client: Any) -> None:
    for who, council, title in (
        (cast.dk.secretary, cast.dk.kredsraad, "The municipalities"),
        (cast.dk.coordinator, cast.dk.lokalraad, "The municipality"),
    ):
        page = signed_in(client, who).get(council.get_absolute_url())
        assert next(str(side.title) for side in page.context["table"]) == title


def test_an_area_is_called_by_the_countrys_own_word(cast: Cast) -> None:
    for language, words in (
        ("nb", ("Politidistrikt", "Politikrets (politikreds)", "Politiregion (polisregion)")),
        ("da", ("Politidistrikt", "Politikreds", "Politiregion (polisregion)")),
        ("sv", ("Polisdistrikt", "Polisdistrikt (politikreds)", "Polisregion")),
    ):
        with override(language):
            found = tuple(one.areas["district"].kind_name for one in (cast.no, cast.dk, cast.se))
        assert found == words

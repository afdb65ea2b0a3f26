"""Lists of names stand in the reader's own alphabet, whichever database holds them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.areas.models import Area
from samrad.cooperation.models import Council
from samrad.cooperation.queries import family_of
from samrad.kernel.collation import alphabet_key
from samrad.people.models import Organisation
from samrad.ui.sorting import by_name, name_key
from tests.support.examples import tries

NAMES = ["Åre", "Zürich", "Aabenraa", "Ærø", "Älmhult", "Odense", "Öckerö", "Østre", "Ås", "Vejle"]
NORDIC = ["Odense", "Vejle", "Zürich", "Älmhult", "Ærø", "Öckerö", "Østre", "Aabenraa", "Åre", "Ås"]
SWEDISH = [
    "Aabenraa",
    "Odense",
    "Vejle",
    "Zürich",
    "Åre",
    "Ås",
    "Älmhult",
    "Ærø",
    "Öckerö",
    "Østre",
]
ENGLISH = [
    "Aabenraa",
    "Älmhult",
    "Åre",
    "Ærø",
    "Ås",
    "Öckerö",
    "Odense",
    "Østre",
    "Vejle",
    "Zürich",
]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nb", NORDIC), ("nn", NORDIC), ("da", NORDIC), ("sv", SWEDISH), ("en", ENGLISH)],
)
def test_each_language_has_its_own_order(language: str, expected: list[str]) -> None:
    with translation.override(language):
        assert sorted(NAMES, key=name_key) == expected


@given(st.text(max_size=40), st.sampled_from(["nb", "nn", "da", "sv", "en", "xx"]))
@settings(max_examples=tries(200))
def test_case_does_not_count_and_no_name_stops_it(text: str, language: str) -> None:
    assert isinstance(alphabet_key(text, language), str)
    letters = "".join(one for one in text if one in "abcdefghijklmnopqrstuvwxyzæøåäöé")
    assert alphabet_key(letters, language) == alphabet_key(letters.upper(), language)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "da", "sv", "en"])
def test_the_database_orders_as_the_program_does(cast: Any, language: str) -> None:
    names = [*NAMES, "Kárášjohka", "kåfjord", "Čáhcesuolu", "Đorđe", "Šluppen", "AAKIRKEBY", "Łódź"]
    Organisation.objects.bulk_create(
        Organisation(name=name, kind="municipality", country="no") for name in names
    )
    with translation.override(language):
        found = Organisation.objects.filter(name__in=names).order_by(by_name(), "pk")
        assert [one.name for one in found] == sorted(names, key=name_key), connection.vendor
        last = found.reverse().values_list("name", flat=True)[:1]
        assert last[0] == sorted(names, key=name_key)[-1]


@pytest.mark.django_db
def test_municipalities_are_listed_so(cast: Any) -> None:
    def listed() -> list[str]:
        return [one.name for one in Area.objects.filter(country="no").widest_first()]

    with translation.override("nb"):
        assert listed()[-1] == "Ås"
    with translation.override("en"):
        assert listed()[-1] != "Ås"


@pytest.mark.django_db
def test_two_readers_of_the_same_list_each_have_their_order(cast: Any) -> None:
    for name in ("Åsråd", "Ärtråd", "Østråd"):
        Council.objects.create(
            name=name, country="no", tier="politiraad", area=cast.no.home, parent=cast.council
        )
    ref = cast.council.ref

    def below(language: str) -> list[str]:
        with translation.override(language):
            family = family_of(ref, cast.secretary.actor)
            assert family is not None
            return [one.name for one in family.below]

    assert below("nb") == ["Ärtråd", "Østråd", "Åsråd"]
    assert below("sv") == ["Åsråd", "Ärtråd", "Østråd"]

"""Those who oversee see which councils meet less than the rule asks for, district by district."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.queries.too_few import TooFew, countries_overseen, too_few
from tests.cast import NOON, council, signed_in
from tests.meetings.bricks import called, planned, thirteen_councils

pytestmark = pytest.mark.django_db
PAGE = reverse("meetings:too_few")


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def short(found: TooFew) -> dict[str, list[str]]:
    return {
        district.name: [one.council.name for one in district.short] for district in found.districts
    }


def test_a_country_is_told_district_by_district(cast: Any) -> None:
    found = too_few(cast.national_officer.actor, "no", 2026, NOON)

    assert found.asked >= 2
    assert cast.council.name in short(found)["Øst"]
    assert [(rule.at_least, "rundskriv" in rule.citation) for rule in found.rules] == [(2, True)]


def test_held_and_planned_meetings_count_and_cancelled_ones_do_not(cast: Any) -> None:
    def lacks() -> bool:
        found = too_few(cast.national_officer.actor, "no", 2026, NOON)
        return cast.council.name in short(found)["Øst"]

    first = planned(cast, starts_at=datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert lacks()
    planned(cast, starts_at=datetime(2026, 12, 15, 12, tzinfo=UTC))
    assert not lacks()
    api.cancel_meeting(meeting=first, reason="Storm", by=cast.secretary.actor, at=NOON)
    assert lacks()
    next_year = too_few(cast.national_officer.actor, "no", 2027, NOON)
    assert cast.council.name in short(next_year)["Øst"], "each year by itself"


def test_a_council_set_up_during_the_year_is_not_asked(cast: Any) -> None:
    before = too_few(cast.national_officer.actor, "no", 2026, NOON).asked
    cast.council.established_date = date(2026, 3, 1)
    cast.council.save(update_fields=["established_date"])

    assert too_few(cast.national_officer.actor, "no", 2026, NOON).asked == before - 1


def test_only_what_one_oversees_is_counted(cast: Any) -> None:
    names = {name for some in short(too_few(cast.analyst.actor, "no", 2026, NOON)).values()
             for name in some}  # fmt: skip
    assert cast.council.name in names
    assert set(short(too_few(cast.analyst.actor, "no", 2026, NOON))) == {"Øst"}
    assert cast.council.name not in str(short(too_few(cast.other_analyst.actor, "no", 2026, NOON)))
    assert too_few(cast.police_member.actor, "no", 2026, NOON).asked == 0
    assert countries_overseen(cast.national_officer.actor) == ["no"]


def test_a_kind_of_council_without_a_rule_is_not_asked(cast: Any) -> None:
    before = too_few(cast.national_officer.actor, "no", 2026, NOON).asked
    council(cast.no, "slt", "slt_koordineringsgruppe", "SLT", cast.no.home, parent=cast.council)

    assert too_few(cast.national_officer.actor, "no", 2026, NOON).asked == before


def test_the_page_says_the_rule_its_source_and_the_numbers(
    cast: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    thirteen_councils(cast.dk)
    officer = signed_in(client, cast.national_officer)
    officer.get(PAGE)
    with django_assert_max_num_queries(8):
        page = officer.get(PAGE)

    assert "rundskriv 2013/012" in page.text
    assert f"of {page.context['found'].asked} councils" in page.text
    assert cast.council.get_absolute_url() in page.text
    assert officer.get(PAGE, {"year": "1900", "country": "dk"}).context["year"] == 2026
    assert officer.get(PAGE, {"year": "2025"}).context["year"] == 2025


def test_the_way_there_stands_on_the_list_of_councils_for_those_it_is_for(
    cast: Any, client: Any
) -> None:
    assert PAGE in signed_in(client, cast.national_officer).get("/councils/").text
    assert PAGE in signed_in(client, cast.national_officer).get("/").text
    assert PAGE not in signed_in(client, cast.police_member).get("/councils/").text


def test_a_meeting_to_which_people_were_called_counts_as_held_once_it_has_been(cast: Any) -> None:
    called(cast, starts_at=NOON + timedelta(days=1))
    planned(cast, starts_at=NOON + timedelta(days=2))  # nobody was called to it
    found = too_few(cast.analyst.actor, "no", 2026, NOON + timedelta(days=4))
    row = next(one for one in found.districts[0].short if one.council == cast.council)
    assert (row.tally.held, row.tally.ahead, row.tally.at_least) == (1, 0, 2)

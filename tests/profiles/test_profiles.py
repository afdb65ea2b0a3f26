"""What the profiles of Norway, Denmark and Sweden say (A3, A4, B1, L3, N3, Q1)."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from samrad.kernel.identity import NumberKind
from samrad.kernel.multilingual import LANGUAGES, Words
from samrad.profiles.model import (
    AreaKind,
    Certainty,
    Level,
    Origin,
    SeatFunction,
    Side,
    Strength,
    UnknownCode,
)
from samrad.profiles.reader import all_profiles, profile, profile_codes

COUNTRIES = ("dk", "no", "se")
# The duties and advice of the country rules; the long ones are divided into what can be checked.
RULES = {
    "no": {f"NO-{n}" for n in range(1, 11)}
    | {f"NO-C{n}" for n in range(1, 8)}
    | {f"NO-A1.{n}" for n in range(1, 7)}
    | {"NO-N1"},
    "dk": {f"DK-{n}" for n in range(1, 9)}
    | {f"DK-P1.{n}" for n in range(1, 4)}
    | {f"DK-P3.{n}" for n in range(1, 5)}
    | {"DK-P2", "DK-P4", "DK-N1"},
    "se": {f"SE-{n}" for n in range(1, 8)} | {"SE-P1.1", "SE-P1.2", "SE-P2", "SE-N1"},
}


def words_in(value: object) -> list[Words]:
    """Every text anywhere in a profile."""
    if isinstance(value, Words):
        return [value]
    if is_dataclass(value):
        return [w for field in fields(value) for w in words_in(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [w for one in value for w in words_in(one)]
    if hasattr(value, "values"):
        return [w for one in value.values() for w in words_in(one)]
    return []


def test_there_is_a_profile_for_each_of_the_three_countries():
    assert profile_codes() == COUNTRIES
    assert [made.code for made in all_profiles()] == list(COUNTRIES)
    assert profile("no") is profile("no")


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_text_is_written_in_all_five_languages(country):
    texts = words_in(profile(country))

    assert len(texts) > 60
    assert [text for text in texts if text.missing()] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_rule_says_where_it_is_from_and_how_sure_we_are(country):
    made = profile(country)

    assert {rule.id for rule in made.rules} == RULES[country]
    for rule in made.rules:
        assert rule.source.citation
        assert rule.source.review_date
        assert rule.source.certainty is not Certainty.CONFIRMED, "no lawyer has read it"


def test_what_nobody_has_read_in_its_source_is_not_passed_off_as_certain():
    doubtful = {
        rule.id for made in all_profiles() for rule in made.rules if not rule.source.is_certain
    }

    assert doubtful == {"NO-9", "NO-10", "NO-N1", "DK-N1", "SE-3", "SE-7", "SE-N1"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_time_for_the_agenda_is_told_as_assumed_because_no_source_sets_it(country):
    rule = profile(country).rule(f"{country.upper()}-N1")

    assert rule.number("days") == 14
    assert not rule.source.is_certain
    assert rule.source.strength is not Strength.MUST


@pytest.mark.parametrize(
    ("country", "rule", "origin", "strength", "number", "value"),
    [
        ("no", "NO-5", Origin.CIRCULAR, Strength.SHOULD, "at_least", 2),
        ("no", "NO-A1.1", Origin.AGREEMENT, Strength.MUST, "at_least", 2),
        ("no", "NO-6", Origin.GUIDE, Strength.SHOULD, "every_months", 12),
        ("no", "NO-C5", Origin.CIRCULAR, Strength.MUST, "every_months", 4),
        ("dk", "DK-2", Origin.REGULATION, Strength.MUST, "at_least", 4),
        ("dk", "DK-6", Origin.STATUTE, Strength.MUST, "every_months", 12),
        ("dk", "DK-P4", Origin.PLAN, Strength.MUST, "at_least", 3),
        ("se", "SE-3", Origin.STATUTE, Strength.MUST, "every_months", 24),
    ],
)
def test_the_numbers_of_the_duties(*, country, rule, origin, strength, number, value):
    found = profile(country).rule(rule)

    assert (found.source.origin, found.source.strength) == (origin, strength)
    assert found.number(number) == value


@pytest.mark.parametrize(
    ("country", "tier", "level", "area_kind", "meetings", "chair", "secretary"),
    [
        (
            "no",
            "politiraad",
            Level.STRATEGIC,
            AreaKind.MUNICIPALITY,
            2,
            "mayor",
            "prevention_coordinator",
        ),
        (
            "dk",
            "kredsraad",
            Level.STRATEGIC,
            AreaKind.DISTRICT,
            4,
            "police_director",
            "staff_secretariat_chief",
        ),
        ("dk", "lokalraad", Level.OPERATIVE, AreaKind.MUNICIPALITY, None, None, None),
        (
            "se",
            "brottsforebyggande_rad",
            Level.STRATEGIC,
            AreaKind.MUNICIPALITY,
            None,
            "mayor",
            "prevention_coordinator",
        ),
    ],
)
def test_the_councils_of_the_countries(
    *, country, tier, level, area_kind, meetings, chair, secretary
):
    found = profile(country).tier(tier)

    assert (found.level, found.area_kind) == (level, area_kind)
    assert found.min_meetings_a_year == meetings
    assert (found.chair, found.secretary) == (chair, secretary)


def test_the_structure_of_each_country_hangs_together_from_one_strategic_council():
    for made in all_profiles():
        tops = [tier for tier in made.tiers if not tier.parents]

        assert [tier.level for tier in tops] == [Level.STRATEGIC]


@pytest.mark.parametrize(
    ("country", "role", "language", "name"),
    [
        ("no", "mayor", "nn", "ordførar"),
        ("dk", "mayor", "da", "borgmester"),
        ("se", "mayor", "sv", "kommunstyrelsens ordförande"),
        ("no", "prevention_coordinator", "nb", "SLT-koordinator"),
        ("dk", "prevention_coordinator", "da", "SSP-konsulent"),
        ("se", "prevention_coordinator", "sv", "brottsförebyggande samordnare"),
        ("no", "police_director", "nb", "politimester"),
        ("dk", "police_director", "en", "police director (politidirektør)"),
    ],
)
def test_one_code_for_one_concept_with_the_countrys_own_title(country, role, language, name):
    assert profile(country).role(role).name.in_language(language) == name


def test_the_council_keeps_its_own_word_in_every_language():
    council = profile("no").term("council")

    assert {council.in_language(code) for code in ("nb", "nn", "da", "sv")} == {"politiråd"}
    assert council.in_language("en") == "police council (politiråd)"


def test_the_same_code_is_on_the_same_side_of_the_table_where_the_work_is_the_same():
    """Only mediation differs: the municipality's in Sweden, the police's in Denmark."""
    sides: dict[str, set[Side]] = {}
    for made in all_profiles():
        for role in made.roles:
            sides.setdefault(role.code, set()).add(role.side)

    assert {code for code, found in sides.items() if len(found) > 1} == {"mediation_coordinator"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_only_district_and_nation_see_a_whole_area(country):
    made = profile(country)

    covering = {role.code for role in made.roles if role.covers}
    assert {"police_director", "district_analyst", "national_officer"} <= covering
    assert covering.isdisjoint({"mayor", "station_chief", "police_contact"})
    for role in made.roles:
        if role.covers:
            assert role.side is Side.POLICE


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_says_who_makes_agreements_and_who_never_hosts_and_on_whose_word(code):
    made = profile(code)
    assert made.organisation_kind(made.parties.municipality).side is Side.MUNICIPALITY
    assert {made.organisation_kind(kind).side for kind in made.parties.police} == {Side.POLICE}
    hosts_never = {made.organisation_kind(kind) for kind in made.theme_days.not_hosted_by}
    assert {kind.area_kind for kind in hosts_never} == {AreaKind.NATION}
    assert made.parties.source.citation
    assert not made.theme_days.source.is_certain


def test_norway_has_one_police_contact_a_municipality_with_deputies_in_order():
    contact = profile("no").police_contact

    assert contact.required
    assert contact.chain == ("police_contact", "prevention_section_leader", "section_leader")
    assert contact.leader == "station_chief"
    assert not profile("dk").police_contact.required


def test_danish_minutes_are_approved_by_chair_and_vice_chair_before_they_are_sent():
    danish, norwegian = profile("dk").minutes_approval, profile("no").minutes_approval

    assert danish.approvers == (SeatFunction.CHAIR, SeatFunction.VICE_CHAIR)
    assert danish.before_distribution
    assert norwegian.approvers == (SeatFunction.CHAIR,)
    assert norwegian.source.certainty is Certainty.NOT_CONFIRMED


@pytest.mark.parametrize(
    ("country", "elections"),
    [
        ("no", [date(2019, 9, 9), date(2023, 9, 11), date(2027, 9, 13)]),
        ("dk", [date(2021, 11, 16), date(2025, 11, 18), date(2029, 11, 20)]),
        ("se", [date(2022, 9, 11), date(2026, 9, 13), date(2030, 9, 8)]),
    ],
)
def test_election_days_are_known(country, elections):
    calendar = profile(country).elections
    first, second, third = elections

    assert calendar.last_before(second) == second
    assert calendar.next_after(second) == third
    assert calendar.last_before(date(second.year - 1, 12, 31)) == first
    assert calendar.last_before(date(first.year - 1, 12, 31)) is None
    assert calendar.next_after(date(first.year - 10, 1, 1)) == first


def test_a_rule_holds_from_its_first_day_to_its_last():
    act = profile("se").rule("SE-1").source

    assert not act.holds_on(date(2023, 6, 30))
    assert act.holds_on(date(2023, 7, 1))


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_kind_of_identity_number_is_dealt_with(country):
    assert set(profile(country).identity_policy) == set(NumberKind)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_seat_can_be_held_by_somebody(country):
    """Every role belongs to an organisation of a kind on its own side, or to a partner."""
    made = profile(country)

    for role in made.roles:
        sides = {made.organisation_kind(kind).side for kind in role.organisation_kinds}
        assert role.side in sides, role.code


def test_a_code_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(UnknownCode, match=r"“no” has no tier “kredsraad”; it has politiraad, "):
        profile("no").tier("kredsraad")
    with pytest.raises(UnknownCode, match=r"no profile “fi”; it has dk, no, se"):
        profile("fi")
    with pytest.raises(UnknownCode, match="no kind of area “county”"):
        profile("no").area_kind("county")


def test_a_profile_cannot_be_changed():
    made = profile("no")

    with pytest.raises(FrozenInstanceError):
        made.zone = "Europe/Paris"  # type: ignore[misc]
    with pytest.raises(TypeError):
        made.terms["council"] = Words()  # type: ignore[index]
    with pytest.raises(TypeError):
        made.rule("NO-5").parameters["at_least"] = 1  # type: ignore[index]


def test_profiles_are_read_without_django():
    source = Path(__file__).parents[2] / "src"
    code = (
        f"import sys; sys.path.insert(0, {str(source)!r})\n"
        "from samrad.profiles.reader import all_profiles\n"
        "assert len(all_profiles()) == 3\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'django']\n"
    )

    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)  # noqa: PLW1510

    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name_in_every_language(language):
    names = {made.name.in_language(language) for made in all_profiles()}

    assert len(names) == len(COUNTRIES)

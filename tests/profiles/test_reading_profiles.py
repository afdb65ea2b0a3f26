"""A mistake in a profile is met at start-up, with file, key and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.checks import run_checks

from samrad.profiles.checks import profiles_can_be_read
from samrad.profiles.reader import DATA, profile, profile_codes, read_profile, version_of
from samrad.profiles.schema import ProfileError


@pytest.fixture
def norway(tmp_path: Path) -> Path:
    """A copy of the Norwegian profile to make mistakes in."""
    return Path(shutil.copytree(DATA / "no", tmp_path / "no"))


def with_mistake(folder: Path, file: str, right: str, wrong: str) -> list[str]:
    """What the reader says after one change."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text, "the change must hit something"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        read_profile(folder)
    return refused.value.problems


@pytest.mark.parametrize(
    ("file", "right", "wrong", "told"),
    [
        (
            "profile.toml",
            'zone = "Europe/Oslo"',
            'zone = "Europe/Oslow"',
            "no/profile.toml: zone: “Europe/Oslow” is not a known time zone",
        ),
        (
            "profile.toml",
            'zone = "Europe/Oslo"\n',
            "",
            "no/profile.toml: zone: is missing; it must be a text",
        ),
        (
            "profile.toml",
            'languages = ["nb"',
            'languages = ["fi"',
            "no/profile.toml: languages: “fi” is not one of nb, nn, da, sv, en",
        ),
        (
            "profile.toml",
            "required = true",
            'required = "yes"',
            "no/profile.toml: police_contact.required: must be true or false, not 'yes'",
        ),
        (
            "profile.toml",
            "every_years = 4",
            "every_years = 40",
            "no/profile.toml: elections.every_years: must be between 1 and 10, not 40",
        ),
        (
            "profile.toml",
            "month = 9",
            "month = true",
            "no/profile.toml: elections.month: must be a whole number, not True",
        ),
        (
            "profile.toml",
            'weekday = "monday"',
            'weekday = "mandag"',
            "no/profile.toml: elections.weekday: “mandag” is not one of monday, tuesday, "
            "wednesday, thursday, friday, saturday, sunday",
        ),
        (
            "profile.toml",
            '"no.birth_number" = "block"',
            '"no.birth_number" = "ignore"',
            "no/profile.toml: identity_numbers.no.birth_number: “ignore” is not one of block, warn",
        ),
        (
            "profile.toml",
            'deputies = ["prevention_section_leader"',
            'deputies = ["prevention_leader"',
            "no/profile.toml: police_contact: “prevention_leader” is not defined",
        ),
        (
            "profile.toml",
            'not_hosted_by = ["national_police"]',
            'not_hosted_by = ["directorate"]',
            "no/profile.toml: theme_days: “directorate” is not defined",
        ),
        (
            "roles.toml",
            'name.nn = "ordførar"\n',
            "",
            "no/roles.toml: role “mayor”.name.nn: is missing; it must be a text",
        ),
        (
            "roles.toml",
            'name.nn = "ordførar"',
            'name.nn = " "',
            "no/roles.toml: role “mayor”.name.nn: is empty",
        ),
        (
            "roles.toml",
            'name.nn = "ordførar"',
            'name.nn = "ordførar"\nname.fi = "pormestari"',
            "no/roles.toml: role “mayor”.name.fi: is not a key used here; "
            "the keys are da, en, nb, nn, sv",
        ),
        (
            "roles.toml",
            'code = "deputy_mayor"',
            'code = "mayor"',
            "no/roles.toml: role “mayor”: stands twice",
        ),
        (
            "roles.toml",
            'organisation_kinds = ["municipality"]',
            'organisation_kinds = ["kommune"]',
            "no/roles.toml: role “mayor”.organisation_kinds: “kommune” is not defined",
        ),
        (
            "tiers.toml",
            'chair = "mayor"',
            'chair = "king"',
            "no/tiers.toml: tier “politiraad”.chair: “king” is not defined",
        ),
        (
            "tiers.toml",
            'parents = ["politiraad"]',
            'parents = ["kredsraad"]',
            "no/tiers.toml: tier “slt_koordineringsgruppe”.parents: “kredsraad” is not defined",
        ),
        (
            "tiers.toml",
            'meetings_rule = "NO-5"',
            'meetings_rule = "NO-4"',
            "no/tiers.toml: tier “politiraad”.meetings_rule: “NO-4” is not a rule on "
            "meetings_a_year",
        ),
        (
            "tiers.toml",
            'level = "strategic"',
            'level = "highest"',
            "no/tiers.toml: tier “politiraad”.level: “highest” is not one of strategic, "
            "preparatory, coordinating, operative, executing, secretariat, project, network",
        ),
        (
            "rules.toml",
            'strength = "should"',
            'strength = "shuold"',
            "no/rules.toml: rule “NO-1”.strength: “shuold” is not one of must, should, may",
        ),
        (
            "rules.toml",
            "valid_from = 2013-01-01",
            'valid_from = "2013"',
            "no/rules.toml: rule “NO-3”.valid_from: must be a day such as 2024-01-31, not '2013'",
        ),
        (
            "rules.toml",
            "valid_from = 2013-01-01",
            "valid_from = 2013-01-01\nvalid_to = 2012-01-01",
            "no/rules.toml: rule “NO-3”.valid_to: lies before valid_from",
        ),
        (
            "rules.toml",
            "parameters.at_least = 2",
            "parameters.least = 2",
            "no/rules.toml: rule “NO-5”.parameters.at_least: a rule on meetings_a_year "
            "needs a number",
        ),
        (
            "rules.toml",
            'id = "NO-1"',
            'id = "NO-1"\ncolour = "blue"',
            "no/rules.toml: rule “NO-1”.colour: is not a key used here; the keys are certainty, "
            "citation, id, origin, parameters, reach, review_date, strength, text, tiers, topic, "
            "valid_from, valid_to",
        ),
    ],
)
def test_one_mistake_is_told_with_file_key_and_reason(*, norway, file, right, wrong, told):
    assert told in with_mistake(norway, file, right, wrong)


def test_all_mistakes_are_told_at_once(norway):
    tiers = norway / "tiers.toml"
    tiers.write_text(tiers.read_text().replace('"strategic"', '"highest"'))

    told = with_mistake(norway, "roles.toml", 'side = "police"', 'side = "court"')

    assert [problem.split(":")[0] for problem in told] == ["no/roles.toml", "no/tiers.toml"]


def test_a_file_that_is_missing_or_is_not_toml_is_told(norway):
    (norway / "roles.toml").unlink()
    (norway / "rules.toml").write_text("[[rule\n", encoding="utf-8")

    with pytest.raises(ProfileError) as refused:
        read_profile(norway)

    missing, broken = refused.value.problems
    assert missing == "no/roles.toml: the file is missing"
    assert broken.startswith("no/rules.toml: this is not TOML:")


def test_the_version_follows_what_the_files_say(norway):
    before = version_of(norway)
    assert before == profile("no").version

    tiers = norway / "tiers.toml"
    tiers.write_bytes(tiers.read_bytes().replace(b"\n", b"\r\n"))
    assert version_of(norway) == before

    tiers.write_text(tiers.read_text(encoding="utf-8") + "# a word more\n", encoding="utf-8")
    assert version_of(norway) != before
    assert version_of(norway).startswith("no-")


def test_the_program_checks_every_profile_when_it_starts(norway, monkeypatch):
    assert profiles_can_be_read() == []
    (norway / "tiers.toml").unlink()
    profile.cache_clear()
    profile_codes.cache_clear()
    monkeypatch.setattr("samrad.profiles.reader.DATA", norway.parent)

    errors = run_checks(tags=["profiles"])

    monkeypatch.undo()
    profile.cache_clear()
    profile_codes.cache_clear()
    assert [error.msg for error in errors] == ["no/tiers.toml: the file is missing"]

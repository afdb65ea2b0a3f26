"""A mistake in a country's wheel is met at start-up, with file, key and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from samrad.profiles.reader import DATA
from samrad.profiles.schema import ProfileError
from samrad.wheel.checks import wheels_can_be_read
from samrad.wheel.profile import read_wheel


def problems(tmp_path: Path, right: str, wrong: str) -> list[str]:
    folder = Path(shutil.copytree(DATA / "no", tmp_path / "no"))
    file = folder / "wheel.toml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        read_wheel(folder, tiers=["politiraad", "slt_koordineringsgruppe"])
    return refused.value.problems


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("months = [1, 5, 9]", "months = [1, 5]", "months: do not fit an activity that is tertial"),
        ("months = [1, 2]", "months = [2, 1]", "months: do not fit an activity that is yearly"),
        ("months = [1, 2]", "months = [13]", "months: must be whole numbers between 1 and 12"),
        ('tiers = ["politiraad"]', 'tiers = ["raad"]', "tiers: “raad” is not defined"),
        ('rhythm = "yearly"', 'rhythm = "weekly"', "rhythm: “weekly” is not one of"),
        ('rhythm = "yearly"', 'rhythm = "every_other_year"', "first_year: is missing"),
        ('part = "early"', 'part = "early"\nday = 3', "day: an activity has a day or a part"),
        ('code = "meeting_plan"', 'code = "Meeting plan"', "code: must be small letters"),
        ('code = "meeting_plan"', 'code = "self_evaluation"', "stands twice"),
        ('title.sv = "Göra', 'titel.sv = "Göra', "title.sv: is missing"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, right, wrong, told):
    found = problems(tmp_path, right, wrong)

    assert any(told in one and one.startswith("no/wheel.toml") for one in found), found


def test_the_wheels_of_the_installation_are_sound():
    assert wheels_can_be_read() == []

"""`samrad analysis effect`, `harm` and `places`: what is said of a file, good or bad."""

from __future__ import annotations

import json

import numpy as np
import pytest

from samrad.cli import main

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMRAD_DATA", str(tmp_path / "data"))


@pytest.fixture
def a_file(tmp_path):
    def written(text, name="counts.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def analysed(capsys, *words):
    code = main(["analysis", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


FROM_37 = ("--area", "Town 0", "--start", "37", "--json")


def panel(areas, fall=1.0, start=36, peak=1.0):
    counts = np.random.default_rng(7).poisson(40, (areas, 60)).astype(float)
    counts[0, start:] = np.round(counts[0, start:] * fall)
    counts[0, start - 2 : start] = np.round(counts[0, start - 2 : start] * peak)
    rows = [f"Town {at}," + ",".join(f"{one:.0f}" for one in row) for at, row in enumerate(counts)]
    return "area," + ",".join(map(str, range(1, 61))) + "\n" + "\n".join(rows) + "\n"


def test_a_fall_beside_others_that_did_not_fall_is_told_as_that(capsys, a_file):
    path = a_file(panel(30, fall=0.5))
    code, out, _err = analysed(
        capsys, "effect", path, "--area", "Town 0", "--start", "37", "--json"
    )
    found = json.loads(out)

    assert code == 0
    assert found["says"] == "fell_more_than_elsewhere"
    assert found["design"] == "beside 29 others"
    assert found["low"] < 0.5 < found["high"] < 1


def test_where_nothing_changed_nothing_is_found(capsys, a_file):
    path = a_file(panel(30))
    _code, out, _err = analysed(
        capsys, "effect", path, "--area", "Town 0", "--start", "37", "--json"
    )

    assert json.loads(out)["says"] == "no_clear_effect"


def test_one_place_by_itself_proves_nothing_when_short(capsys, a_file):
    path = a_file(panel(1, fall=0.4))
    _code, out, _err = analysed(
        capsys, "effect", path, "--area", "Town 0", "--start", "52", "--json"
    )
    found = json.loads(out)

    assert found["strength"] == "weak"
    assert found["says"] in {"fell_but_no_proof", "no_clear_effect"}


def test_months_that_raised_the_alarm_are_left_out(capsys, a_file):
    path = a_file(panel(30, peak=3))
    words = ["effect", path, "--area", "Town 0", "--start", "37", "--json"]
    with_peak = json.loads(analysed(capsys, *words)[1])
    without = json.loads(analysed(capsys, *words, "--alarms", "35,36")[1])

    assert without["left_out"] == 2
    assert without["periods_before"] == with_peak["periods_before"] - 2
    assert without["ratio"] > with_peak["ratio"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--area", "Oslo", "--start", "37"], "no series called 'Oslo'"),
        (["--area", "Town 0", "--start", "60"], "may begin in 3 to 59"),
        (["--area", "Town 0", "--start", "37", "--alarms", "May"], "not 'May'"),
    ],
)
def test_what_cannot_be_compared_says_why(capsys, a_file, more, said):
    code, _out, err = analysed(capsys, "effect", a_file(panel(3)), *more)

    assert code != 0
    assert said in err


WEIGHTS = "offence,days,source,valid_from\nburglary,30,A table,2020-01-01\n"


def test_harm_is_days_and_names_what_has_no_weight(capsys, a_file):
    counts = a_file("offence,number\nburglary,4\ngraffiti,9\n")
    weights = a_file(WEIGHTS, "weights.csv")
    _code, out, _err = analysed(capsys, "harm", counts, "--weights", weights, "--json")
    found = json.loads(out)

    assert found["days"] == 120
    assert found["without_weight"] == {"graffiti": 9}
    assert found["version"] == "weights.csv"


@pytest.mark.parametrize(
    ("counts", "weights", "said"),
    [
        ("burglary,many\nburglary,x\n", WEIGHTS, "row 2"),
        ("burglary,4\n", "offence,days\n", "no column source"),
        ("burglary,4\n", WEIGHTS.replace("30", "-1"), "row 2"),
        ("", WEIGHTS, "holds no counts"),
    ],
)
def test_files_that_cannot_be_weighed_say_where(capsys, a_file, counts, weights, said):
    code, _out, err = analysed(
        capsys, "harm", a_file(counts), "--weights", a_file(weights, "weights.csv")
    )

    assert code != 0
    assert said in err


def test_places_tell_how_gathered_it_is(capsys, a_file):
    rows = [f"Street {at},{40 if at < 5 else 0},{20 if at < 5 else 1}" for at in range(50)]
    path = a_file("\n".join(rows) + "\n")
    _code, out, _err = analysed(capsys, "places", path, "--hot", "5", "--json")
    found = json.loads(out)

    assert found["places_with_50_percent"] < 0.1
    assert found["gini"] > 0.7
    assert found["hot"] == [f"Street {at}" for at in range(5)]
    assert found["accuracy"] > 5


def test_more_places_than_there_are_cannot_be_watched(capsys, a_file):
    code, _out, err = analysed(capsys, "places", a_file("a,1,2\nb,3,4\nc,5,6\n"), "--hot", "2")

    assert code != 0
    assert "of places, 1 to" in err

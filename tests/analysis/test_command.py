"""`samrad analysis`: what it says of a file, and what it says when the file cannot be used."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from samrad.analysis.panels import Unreadable, read_panel
from samrad.cli import main
from tests.analysis import reference

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMRAD_DATA", str(tmp_path / "data"))


def analysed(capsys, *words):
    code = main(["analysis", "alarms", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def counts_file(tmp_path):
    def written(text, name="counts.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return written


def lines(rows):
    return "\n".join(",".join(str(int(count)) for count in row) for row in rows) + "\n"


def steady(series=3, periods=70):
    return np.random.default_rng(2).poisson(9, (series, periods))


def test_rows_can_be_laid_beside_the_reference(capsys):
    rows = reference.rows_of(reference.DATA / "panel_farrington.csv")
    told = {(row["series"], row["t"]): row for row in rows}

    code, out, _err = analysed(
        capsys, "--input", str(reference.DATA / "panel.csv"), "--config", "monthly", "--json",
        "--at", "157-180",
    )  # fmt: skip

    found = json.loads(out)
    assert code == 0
    compared = 0
    for row in found["rows"]:
        theirs = told.get((row["series"], str(row["t"])))
        if theirs is None or row["guarded"]:
            continue
        compared += 1
        assert row["pvalue"] == pytest.approx(float(theirs["pvalue"]), abs=1e-9)
        assert row["alarm"] == int(theirs["alarm"])
        assert (row["expected"] is None) == (theirs["expected"] == "")
        if theirs["expected"]:
            assert row["expected"] == pytest.approx(float(theirs["expected"]), abs=1e-9)
            assert row["upperbound"] == float(theirs["upperbound"])
    assert compared > 100
    assert all(row["method_used"] == "farrington" for row in found["rows"] if not row["guarded"])
    assert all(row["as_published"]["method_used"] == "farrington" for row in found["guarded"])


def test_without_options_a_reader_is_told_what_rises_and_falls(capsys, counts_file):
    counts = steady()
    counts[0, 69], counts[1, 69] = 40, 0

    code, out, _err = analysed(capsys, "--input", counts_file(lines(counts)))

    assert code == 0
    assert "1 rise beyond the limit" in out
    assert "p0001            t=70    40 where" in out
    assert "1 fall beyond the limit" in out


@pytest.mark.parametrize(("periods", "length"), [(4, 30), (52, 280), (12, 70), (6, 40)])
def test_any_number_of_periods_a_year(capsys, counts_file, periods, length):
    path = counts_file(lines(steady(periods=length)))

    code, out, _err = analysed(
        capsys, "--input", path, "--periods-per-year", str(periods), "--json", "--last", "2"
    )

    assert code == 0
    assert json.loads(out)["periods"] == [length - 1, length]


def test_the_guard_can_be_switched_off(capsys, counts_file):
    counts = np.zeros((2, 70))
    counts[:, np.arange(70) % 12 == 2] = 12
    counts[0, 69] = 1
    path = counts_file(lines(counts))

    _code, guarded, _err = analysed(capsys, "--input", path, "--json")
    _code, plain, _err = analysed(capsys, "--input", path, "--json", "--guard", "off")

    assert json.loads(guarded)["rows"][0]["pvalue"] > 0.01
    assert json.loads(plain)["rows"][0]["pvalue"] < 1e-6
    assert {row["series"] for row in json.loads(guarded)["guarded"]} == {"p0001", "p0002"}


def test_settings_of_ones_own_in_the_references_words(capsys, counts_file):
    path = counts_file(lines(steady()))
    chosen = {"configs": {"mine": {"b": 3, "w": 1, "noPeriods": 4, "alpha": 0.05}}}
    settings = counts_file(json.dumps(chosen), "settings.json")

    code, out, _err = analysed(
        capsys, "--input", path, "--settings", settings, "--config", "mine", "--json"
    )

    assert code == 0
    assert json.loads(out)["settings"]["years"] == 3


def test_per_head_takes_the_population_in_the_same_shape(capsys, counts_file):
    path = counts_file(lines(steady()))
    people = counts_file(lines(np.full((3, 70), 1000)), "people.csv")

    code, _out, _err = analysed(
        capsys, "--input", path, "--config", "M_POP", "--population", people
    )
    refused, _out, said = analysed(capsys, "--input", path, "--config", "M_POP")

    assert code == 0
    assert refused == 1
    assert "need the population" in said


GOOD = lines(steady())
ROW = GOOD.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("series,t1,t2\n", "a heading and no series"),
        (GOOD + ROW + ",4\n", "Row 4 has 71 columns, the first one has 70"),
        (GOOD + "1\n", "Row 4 has 1 column, the first one has 70"),
        (GOOD + ROW.replace(",", ",-", 1) + "\n", "Row 4, column 2 is -"),
        (GOOD + "many" + ROW[ROW.index(",") :] + "\n", "Row 4, column 1 is 'many'"),
        (GOOD + "NaN" + ROW[ROW.index(",") :] + "\n", "Row 4, column 1 is 'NaN'"),
        (GOOD + "3.5" + ROW[ROW.index(",") :] + "\n", "Row 4, column 1 is 3.5; a count is a whole"),
        (GOOD + ROW[ROW.index(",") :] + "\n", "Row 4, column 1 is empty"),
        (GOOD + "9" * 40 + ROW[ROW.index(",") :] + "\n", "Row 4, column 1 is larger than any"),
        (lines(steady(periods=61)), "have 61 periods. These settings need 62"),
        (f"series,{ROW}\na,{ROW}\na,{ROW}\n", "Row 3 is called 'a', and so is row 2"),
        (b"\x1f\x8bnothing", "damaged"),
        (gzip.compress(GOOD.encode())[:-20], "damaged"),
        (b"\x00\xff\xfe," * 9, "no series"),
    ],
    ids=range(16),
)
def test_what_cannot_be_used_is_said_with_its_place(capsys, counts_file, text, says):
    code, out, err = analysed(capsys, "--input", counts_file(text))

    assert code == 1
    assert says in err
    assert not out
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--config", "daily"], "no settings called 'daily'"),
        (["--config", "monthly", "--periods-per-year", "4"], "monthly is for 12 periods"),
        (["--periods-per-year", "0"], "periods_per_year=0"),
        (["--at", "x"], "--at takes periods"),
        (["--at", "60"], "Period 60 cannot be judged; periods 62 to 70 can"),
        (["--at", "65-999999999999"], "Period 71 cannot be judged"),
        (["--last", "0"], "1 or more"),
        (["--last", "20"], "Period 51 cannot be judged"),
        (["--settings", "/nowhere.json"], "cannot be read as JSON"),
    ],
)
def test_a_choice_that_cannot_be_made_is_explained(capsys, counts_file, words, says):
    code, _out, err = analysed(capsys, "--input", counts_file(GOOD), *words)

    assert code == 1
    assert says in err


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    for path, says in ((tmp_path / "none.csv", "none.csv cannot be read"), (tmp_path, "a folder")):
        code, _out, err = analysed(capsys, "--input", str(path))
        assert code == 1
        assert says in err


def test_files_as_people_have_them_are_understood(tmp_path):
    plain = "1,2,3\n4,5,6\n"
    ways = {
        "bom.csv": b"\xef\xbb\xbf" + plain.encode(),
        "semicolons.csv": plain.replace(",", ";").encode(),
        "windows.csv": plain.replace("\n", "\r\n").encode(),
        "named.csv": b"bydel,2020,2021,2022\nB\xe6rum,1,2,3\nAsker,4,5,6\n",
        "headed.csv": b"series,jan,feb,mar\n0301,1,2,3\n1103,4,5,6\n",
        "packed.csv.gz": gzip.compress(plain.encode()),
    }
    for name, raw in ways.items():
        (tmp_path / name).write_bytes(raw)
        found = read_panel(tmp_path / name)
        assert found.counts.tolist() == [[1, 2, 3], [4, 5, 6]], name
    assert read_panel(tmp_path / "headed.csv").names == ["0301", "1103"]
    assert read_panel(tmp_path / "packed.csv.gz").names == ["p0001", "p0002"]


def test_what_nobody_knows_is_not_zero(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("a,1,NA,3\nb,4,5,6\n")

    assert np.isnan(read_panel(path).counts[0, 1])


def test_a_population_of_nobody_is_refused(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("10,0\n")

    with pytest.raises(Unreadable, match="Row 1, column 2: a population of 0"):
        read_panel(path, above_zero=True)

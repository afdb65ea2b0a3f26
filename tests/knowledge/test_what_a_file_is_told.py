"""A file's faults all at once in its own words, and what differs by name."""

from __future__ import annotations

from samrad.knowledge.arrivals_shown import Arrival, found_in
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.readers import columns, read_tables
from samrad.knowledge.rules.difference import difference
from samrad.knowledge.rules.figures import Figures
from samrad.knowledge.rules.mapping import figures_of
from samrad.knowledge.rules.table import MOST_TROUBLES, NotRead, Why
from samrad.knowledge.words import difference_in_words
from tests.knowledge.test_arrivals import analyst, handed_in, home, page, people, put_into_use

__all__ = ["analyst"]
HEAD = "omrade;omrade_navn;niveau;kvartal;overtraedelse;overtraedelse_label;antal"


def offences(*rows: str) -> list[tuple[Why, int | None, str]]:
    """What is wrong with a file of Danish offences."""
    recipe = packaged_recipes()["dk-straf11"]
    content = "\n".join([HEAD.replace(";", ","), *rows, ""]).encode()
    try:
        (table,) = read_tables(content, recipe, {})
        figures_of(table, recipe, {}, {"area": "leave", "heading": "leave"})
    except NotRead as error:
        return [(one.why, one.row, one.field) for one in error.troubles]
    return []


def row(period: str = "2025K1", count: str = "5", area: str = "101") -> str:
    return f"{area},Sted,kommune,{period},TOT,Alle,{count}"


def test_every_kind_of_fault_is_told_at_once_in_the_order_of_the_rows():
    assert offences(row(), row("2025K2", "-5"), row("2026K9"), row("2025K3", "x"), row()) == [
        (Why.BELOW_LEAST, 3, "antal"), (Why.NOT_A_PERIOD, 4, "kvartal"),
        (Why.NOT_A_NUMBER, 5, "antal"), (Why.TWICE, 6, ""),
    ]  # fmt: skip


def test_a_bad_period_alone_is_told_with_its_own_row_and_column():
    rows = [row(f"{year}K{quarter}") for year in range(2016, 2024) for quarter in (1, 2, 3, 4)]

    assert offences(*rows, row("2026K9")) == [(Why.NOT_A_PERIOD, 34, "kvartal")]
    assert offences(row(), row("2025K2", "-5")) == [(Why.BELOW_LEAST, 3, "antal")]


def test_what_differs_is_named_and_the_largest_changes_stand_in_a_table(cast, analyst):
    put_into_use(analyst, handed_in(analyst, people(home(cast), home(cast, 4000, 2023))))
    release = handed_in(analyst, people(home(cast, 5100), home(cast, 4000, 2023)))
    shown = page(analyst, release)

    assert "no.population" not in shown
    assert "The largest changes" in shown
    changes = Arrival.of(release).changes
    assert changes is not None
    assert [row[1:] for row in changes.rows] == [["Hjemme", "2024", "5,000", "5,100"]]
    told = " ".join(line["told"] for line in found_in(Arrival.of(release)))
    assert "no.population" not in told


def figures(*rows: tuple[str, str, int]) -> Figures:
    from datetime import date

    return Figures.of(
        ("offences", "", code, f"Sted {code}", "", period, date(2025, 1, 1), date(2025, 3, 31),
         value, "", "")
        for code, period, value in rows
    )  # fmt: skip


def test_what_vanished_is_told_by_area_and_a_leap_is_told_as_one():
    before = figures(("1", "2025-Q1", 40), ("1", "2025-Q2", 50), ("2", "2025-Q1", 7))
    found = difference(before, figures(("1", "2025-Q1", 40), ("1", "2025-Q3", 40_000)))

    assert [(one.area_name, one.count) for one in found.vanished] == [("Sted 1", 1), ("Sted 2", 1)]
    assert [one.after for one in found.jumps] == [40_000]
    said = difference_in_words(found.as_json(), {"offences": "Offences"})
    assert any("Offences, Sted 1, quarter 3 of 2025: 40,000" in one for one in said)


def test_of_many_rows_with_the_same_fault_only_the_first_are_kept():
    """A file of millions of rows with periods of another kind would fill the memory else."""
    cells = [row(f"2025M{at:05}", "-5").split(",") for at in range(3 * MOST_TROUBLES)]
    numbered = [(at, [*one[:-1], -5]) for at, one in enumerate(cells, 2)]
    gathering = columns._Gathering(
        packaged_recipes()["dk-straf11"], columns.Rows(tuple(HEAD.split(";")), numbered), {}
    )

    gathering.long()

    assert len(gathering.suspects) == MOST_TROUBLES
    assert gathering.suspects[0].row == 2

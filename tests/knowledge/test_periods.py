"""Periods: read however they are written, sorted by their days, labelled by language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.knowledge.rules.periods import (
    NotAPeriod,
    PeriodKind,
    in_words,
    may_be_summed,
    read_period,
)


@pytest.mark.parametrize(
    ("text", "kind", "code", "start", "end"),
    [
        ("2024", PeriodKind.YEAR, "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2021K1", PeriodKind.QUARTER, "2021-Q1", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021Q4", PeriodKind.QUARTER, "2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
        ("Q2 2021", PeriodKind.QUARTER, "2021-Q2", date(2021, 4, 1), date(2021, 6, 30)),
        ("2. kvartal 2021", PeriodKind.QUARTER, "2021-Q2", date(2021, 4, 1), date(2021, 6, 30)),
        ("2024M02", PeriodKind.MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("202402", PeriodKind.MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02", PeriodKind.MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024T3", PeriodKind.TERTIAL, "2024-T3", date(2024, 9, 1), date(2024, 12, 31)),
        ("2020U53", PeriodKind.WEEK, "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2023-2024", PeriodKind.INTERVAL, "2023-2024", date(2023, 1, 1), date(2024, 12, 31)),
        ("2023/24", PeriodKind.SCHOOL_YEAR, "2023/2024", date(2023, 8, 1), date(2024, 7, 31)),
        ("2023-2024", PeriodKind.SCHOOL_YEAR, "2023/2024", date(2023, 8, 1), date(2024, 7, 31)),
    ],
)
def test_a_period_is_read_however_it_is_written(text, kind, code, start, end):
    period = read_period(text, kind)

    assert (period.kind, period.code, period.start, period.end) == (kind, code, start, end)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024K5", None), ("2024M13", None), ("2021W53", None), ("24", None), ("", None),
        ("2024-2023", None), ("2023/25", None), ("0001", None), ("２０２４", None),
        ("2024", PeriodKind.QUARTER), ("2024K1", PeriodKind.MONTH),
    ],
)  # fmt: skip
def test_what_is_no_period_or_another_kind_is_not_taken_for_one(text, kind):
    with pytest.raises(NotAPeriod):
        read_period(text, kind)


def test_two_year_means_that_share_a_year_are_never_added_up():
    means = [read_period(f"{year}-{year + 1}") for year in range(2020, 2024)]

    assert not may_be_summed(means)
    assert may_be_summed(means[::2])
    assert may_be_summed([read_period(f"2024K{quarter}") for quarter in (3, 1, 4, 2)])
    assert not may_be_summed([read_period("2024"), read_period("2024K1")])


def test_a_period_is_called_what_the_reader_calls_it():
    quarter, week = read_period("2024K1"), read_period("2020W53")

    assert in_words(quarter, "nb") == "1. kvartal 2024"
    assert in_words(quarter, "sv") == "kvartal 1 2024"
    assert in_words(quarter, "en") == "quarter 1 of 2024"
    assert in_words(week, "da") == "uge 53 i 2020"
    assert in_words(read_period("2023-2024"), "nn") == "2023–2024"
    assert in_words(read_period("2024M05"), "da") == "maj 2024"
    assert in_words(read_period("2023/24"), "sv") == "läsåret 2023/2024"


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_months_are_in_order_and_never_overlap(year, month):
    this = read_period(f"{year}M{month:02}")
    following = read_period(f"{year + month // 12}M{month % 12 + 1:02}")

    assert this < following
    assert not this.overlaps(following)
    assert (following.start - this.end).days == 1
    assert read_period(this.code) == this

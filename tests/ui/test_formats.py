"""Days, moments and numbers are told in the reader's language, and cost little."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from samrad.ui import formats
from samrad.ui.components.small import unbroken

DAY = date(2026, 11, 21)
MORNING = datetime(2026, 11, 21, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "long", "clock"),
    [
        ("nb", "21. nov. 2026", "lørdag 21. november 2026", "09:05"),
        ("nn", "21. nov. 2026", "laurdag 21. november 2026", "09:05"),
        ("da", "21. nov. 2026", "lørdag den 21. november 2026", "09.05"),
        ("sv", "21 nov. 2026", "lördag 21 november 2026", "09:05"),
        ("en", "21 Nov 2026", "Saturday, 21 November 2026", "09:05"),
    ],
)
def test_a_moment_is_told_as_the_readers_language_tells_it(language, day, long, clock):
    with translation.override(language):
        assert formats.day(MORNING) == day
        assert formats.day_long(MORNING) == long
        assert formats.moment(MORNING) == f"{day}, {clock}"


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "en"])
def test_a_line_never_ends_between_a_day_and_its_month(language):
    with translation.override(language):
        said = formats.unbroken(f"Møte 4 av 12: {formats.day(DAY)}, {formats.day_long(DAY)}.")

    assert said.count("\N{NO-BREAK SPACE}") == 2
    assert "4 av 12" in said


def test_what_was_escaped_stays_as_it_was():
    assert unbroken(SafeString("A &amp; B")) == "A &amp; B"
    assert isinstance(unbroken(SafeString("A")), SafeString)
    assert not isinstance(unbroken("<b>"), SafeString)


def test_a_moment_is_shown_in_the_zone_of_the_council():
    with translation.override("nb"):
        assert formats.clock(MORNING, "Atlantic/Reykjavik") == "08:05"
        assert formats.day(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)) == "22. nov. 2026"


def test_a_span_names_the_day_once_unless_it_ends_on_another():
    with translation.override("nb"):
        same = formats.span(MORNING, MORNING + timedelta(hours=2))
        other = formats.span(MORNING, MORNING + timedelta(days=1))
    assert same == "lørdag 21. november 2026, 09:05–11:05"
    assert other.endswith("– søndag 22. november 2026, 09:05")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "in 3 days"),
        (-9, "9 days ago"),
        (28, "in 4 weeks"),
        (90, "in 3 months"),
    ],
)
def test_a_deadline_says_how_far_off_it_is(days, said):
    with translation.override("en"):
        assert formats.relative_day(DAY + timedelta(days=days), today=DAY) == said


def test_numbers_follow_the_language():
    with translation.override("da"):
        assert formats.number(12345.6) == "12.345,6"
        assert formats.percent(0.231, 1) == "23,1\xa0%"
    with translation.override("en"):
        assert formats.number(3, 1) == "3.0"


@pytest.mark.parametrize(
    "told",
    [
        formats.day, formats.day_long, formats.day_month, formats.moment, formats.clock,
        formats.span, formats.relative_day, formats.number, formats.percent,
    ],
)  # fmt: skip
def test_nothing_is_told_as_nothing(told):
    assert told(None) == ""


def test_a_hundred_dates_cost_less_than_two_milliseconds_once_seen():
    days = [DAY + timedelta(days=i) for i in range(100)]
    with translation.override("nb"):
        for each in days:
            formats.day_long(each)
        started = time.process_time()
        for _ in range(10):
            for each in days:
                formats.day_long(each)
        spent = (time.process_time() - started) / 10
    assert spent < 0.002

"""Parts that go and come back, and areas that become one: nothing that was held back is opened."""

from __future__ import annotations

from datetime import date

import pytest

from samrad.areas.api import areas_as_sums
from samrad.areas.models import Area, AreaSuccession
from samrad.areas.rules.kinds import AreaKind, SuccessionKind
from samrad.knowledge.models import DataSet, Indicator
from tests.cast import Cast
from tests.knowledge.published import drawn, published_counts, taken_in

FIRST = {"a": 2, "b": 25, "c": 40, "d": 60}
YEAR = date(2026, 1, 1)


@pytest.fixture
def data_set(cast: Cast) -> DataSet:
    return published_counts()


def a_municipality(name: str, *, until: date | None = None, since: date | None = None) -> Area:
    return Area.objects.create(
        country="no", kind=AreaKind.MUNICIPALITY, name=name, code=name,
        valid_from=since, valid_to=until,
    )  # fmt: skip


def became(befores: list[Area], afters: list[Area], kind: SuccessionKind) -> None:
    AreaSuccession.objects.bulk_create(
        AreaSuccession(before=one, after=other, on_date=YEAR, kind=kind)
        for one in befores for other in afters
    )  # fmt: skip


def refs(*areas: Area) -> dict[str, str]:
    return {one.code: str(one.ref) for one in areas}


OLD = date(2025, 12, 31)


def test_a_part_that_went_altogether_is_held_back_when_it_is_back(cast, data_set):
    """B, or it would tell what A was in the first release."""
    drawn(data_set, taken_in(cast, data_set, FIRST))
    without = {name: value for name, value in FIRST.items() if name != "b"}
    meanwhile = drawn(data_set, taken_in(cast, data_set, without))
    assert Indicator.objects.get(code="no.offences").seen["b"]["cells"] == {"2025": [25, True]}
    back = drawn(data_set, taken_in(cast, data_set, FIRST))

    assert meanwhile == {"a", "whole"}
    assert {"a", "b"} <= back
    assert Indicator.objects.get(code="no.offences").seen == {}


def test_an_indicator_that_went_is_not_opened_when_it_is_back(cast, data_set):
    indicator = data_set.indicators.get()
    other = Indicator.objects.create(
        data_set=data_set, code="no.others", unit="offences", direction="down"
    )
    first = drawn(data_set, taken_in(cast, data_set, FIRST))
    drawn(data_set, taken_in(cast, data_set, {"a": 5, "b": 6}, code=other.code))
    back = drawn(data_set, taken_in(cast, data_set, {**FIRST, "a": 5}))

    assert first == {"a", "b"}
    assert {"a", "b"} <= back
    assert indicator.sheet.is_protected


def test_areas_that_became_one_are_known_as_its_parts(cast):
    north, south = (a_municipality(name, until=OLD) for name in ("north", "south"))
    both = a_municipality("both", since=YEAR)
    became([north, south], [both], SuccessionKind.MERGE)
    stays, taken = a_municipality("stays"), a_municipality("taken", until=OLD)
    became([taken], [stays], SuccessionKind.MERGE)

    assert areas_as_sums() == [
        (both.pk, [north.pk, south.pk]), (stays.pk, [stays.pk, taken.pk])
    ]  # fmt: skip


def test_what_only_lost_a_piece_of_ground_is_no_sum(cast):
    north, south = (a_municipality(name, until=OLD) for name in ("north", "south"))
    both, beside = a_municipality("both", since=YEAR), a_municipality("beside")
    became([north], [both, beside], SuccessionKind.MERGE)
    became([south], [both], SuccessionKind.MERGE)

    assert areas_as_sums() == []


def test_a_merged_area_is_held_back_where_it_would_tell_a_part_of_it(cast, data_set):
    """A and C were shown: 2 is what the merged area has more than A had."""
    a, b = (a_municipality(name, until=OLD) for name in ("A", "B"))
    merged = a_municipality("M", since=YEAR)
    became([a, b], [merged], SuccessionKind.MERGE)
    first = drawn(
        data_set, taken_in(cast, data_set, {"A": 40, "B": 2, "c": 25, "d": 60}, places=refs(a, b))
    )
    second = taken_in(cast, data_set, {"M": 42, "c": 25, "d": 60}, places=refs(merged))

    assert first == {"B", "c"}
    assert drawn(data_set, second) == {"M", "c"} == drawn(data_set, second)


def test_a_merged_area_of_what_was_shown_is_shown(cast, data_set):
    a, b = (a_municipality(name, until=OLD) for name in ("A", "B"))
    merged = a_municipality("M", since=YEAR)
    became([a, b], [merged], SuccessionKind.MERGE)
    before = {"A": 40, "B": 30, "c": 2, "d": 25, "e": 60}
    drawn(data_set, taken_in(cast, data_set, before, places=refs(a, b)))
    after = {"M": 70, "c": 2, "d": 25, "e": 60}

    assert drawn(data_set, taken_in(cast, data_set, after, places=refs(merged))) == {"c", "d"}


def test_both_structures_in_one_release_are_one_table(cast, data_set):
    """The whole counts each ground once, and M less A would be B."""
    a, b = (a_municipality(name, until=OLD) for name in ("A", "B"))
    merged = a_municipality("M", since=YEAR)
    became([a, b], [merged], SuccessionKind.MERGE)
    counts = {"A": 40, "B": 2, "M": 42, "c": 50, "d": 60}
    held = drawn(data_set, taken_in(cast, data_set, counts, places=refs(a, b, merged)))

    assert "B" in held
    assert {"A", "M"} & held


def test_an_area_that_takes_up_another_does_not_tell_what_that_had(cast, data_set):
    """Of A's 42 two were B's; A is the same area as before, in name and number."""
    a, b = a_municipality("A"), a_municipality("B", until=OLD)
    became([b], [a], SuccessionKind.MERGE)
    before, after = {"A": 40, "B": 2, "c": 25, "d": 60}, {"A": 42, "c": 25, "d": 60}
    first = drawn(data_set, taken_in(cast, data_set, before, places=refs(a, b)))
    second = taken_in(cast, data_set, after, places=refs(a))

    assert first == {"B", "c"}
    assert {"A", "c"} <= drawn(data_set, second)
    assert drawn(data_set, second) == drawn(data_set, second)


def test_parts_of_an_area_that_was_one_do_not_tell_each_other(cast, data_set):
    """Of the 42 there were 40 are North's."""
    one = a_municipality("O", until=OLD)
    north, south = (a_municipality(name, since=YEAR) for name in ("N", "S"))
    became([one], [north, south], SuccessionKind.SPLIT)
    drawn(data_set, taken_in(cast, data_set, {"O": 42, "c": 25, "d": 60}, places=refs(one)))
    after = {"N": 40, "S": 2, "c": 25, "d": 60}

    held = drawn(data_set, taken_in(cast, data_set, after, places=refs(north, south)))
    assert {"N", "S"} <= held

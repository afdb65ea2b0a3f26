"""What is held back stays untold: drawn again, revised, taken back, published again, renamed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.urls import reverse

from samrad.access.actor import ANONYMOUS, SYSTEM
from samrad.knowledge.actions import keep_data_set
from samrad.knowledge.drawing import DRAW
from samrad.knowledge.indicators import described, everywhere
from samrad.knowledge.models import DataSet, Sheet, SheetRow
from samrad.knowledge.overviews import _findings
from samrad.knowledge.packaged import read_recipe
from samrad.knowledge.pictures import _told_whole
from samrad.knowledge.protecting import Seen, protected
from samrad.knowledge.publishing import publish_data_set, withdraw_data_set
from tests.cast import Cast
from tests.knowledge.bricks import NOON, a_picture
from tests.knowledge.published import drawn, named, published_counts, taken_in

PARTS = "abcdefgh"
Counts = Mapping[str, float | None]


@pytest.fixture
def data_set(cast: Cast) -> DataSet:
    return published_counts()


FIRST = {"a": 2, "b": 25, "c": 40, "d": 60}


def test_drawn_again_after_a_revision_what_was_held_back_stays_so(cast, data_set):
    """A was 2 and is 5 now; were B opened, the first release would tell that A was 2."""
    first = drawn(data_set, taken_in(cast, data_set, FIRST))
    second = taken_in(cast, data_set, {**FIRST, "a": 5})
    kept = drawn(data_set, second)

    assert first == {"a", "b"}
    assert "b" in kept
    assert drawn(data_set, second) == drawn(data_set, second) == kept


def test_where_a_whole_would_tell_a_part_it_is_held_back_and_stays_so(cast, data_set):
    """B is 0 now, so that what is left of the whole would be A."""
    drawn(data_set, taken_in(cast, data_set, FIRST))
    second = taken_in(cast, data_set, {**FIRST, "b": 0})

    assert drawn(data_set, second) == {"a", "b", "whole"}
    assert drawn(data_set, second) == {"a", "b", "whole"}


def test_a_release_that_no_sum_can_be_shown_of_is_not_opened_when_it_is_drawn_again(cast, data_set):
    """Whoever was alone in A knows what B was, and with the whole what both are now."""
    drawn(data_set, taken_in(cast, data_set, {**FIRST, "a": 1}))
    second = taken_in(cast, data_set, {**FIRST, "a": 2, "b": 1})

    assert drawn(data_set, second) == {"a", "b", "whole"} == drawn(data_set, second)


def test_a_part_without_a_figure_does_not_let_the_whole_tell_another(cast, data_set):
    counts = {"a": 1, "b": None, "c": 30, "d": 40}
    held = drawn(data_set, taken_in(cast, data_set, counts))

    known = {name: value for name, value in counts.items() if value is not None}
    assert "a" in held
    assert not named(known, held, "a")


def test_a_part_that_was_left_out_for_a_while_is_not_opened_when_it_is_back(cast, data_set):
    """B, or it would tell what A was in the first release."""
    drawn(data_set, taken_in(cast, data_set, FIRST))
    drawn(data_set, taken_in(cast, data_set, {**FIRST, "b": None}))

    assert "b" in drawn(data_set, taken_in(cast, data_set, FIRST))


def test_where_all_there_is_is_small_the_whole_is_held_back_too(cast, data_set):
    held = drawn(data_set, taken_in(cast, data_set, {"a": 1, "b": 0, "c": 0}))

    assert {"a", "whole"} <= held


def test_the_page_of_a_country_does_not_show_a_whole_that_is_held_back(cast, data_set, client):
    drawn(data_set, taken_in(cast, data_set, {"a": 1, "b": 0, "c": 0}))
    indicator = data_set.indicators.get()
    found = everywhere(described(indicator, ANONYMOUS, data_set))

    assert found.whole is not None
    assert found.whole.values == [None]
    assert client.get(reverse("knowledge:indicator", args=[indicator.ref])).status_code == 200


def test_a_part_that_goes_and_one_that_comes_do_not_wipe_out_what_was_shown(cast, data_set):
    drawn(data_set, taken_in(cast, data_set, FIRST))
    without = {name: value for name, value in FIRST.items() if name != "d"}
    held = drawn(data_set, taken_in(cast, data_set, {**without, "e": 33, "a": 5}))

    assert "b" in held


def test_an_area_with_a_new_code_is_the_same_part(cast, data_set):
    """Revised to 5 under another code: B stays held back, and so does A."""
    home = str(cast.no.home.ref)
    drawn(data_set, taken_in(cast, data_set, FIRST, places={"a": home}))
    renamed = {"a2": 2, **{name: value for name, value in FIRST.items() if name != "a"}}
    held = drawn(data_set, taken_in(cast, data_set, renamed, places={"a2": home}))

    assert held == {"a2", "b"}


def test_taken_back_and_published_again_nothing_is_forgotten(cast, data_set):
    """Meanwhile A was revised, and the figures laid out for those who are signed in."""
    drawn(data_set, taken_in(cast, data_set, FIRST))
    withdraw_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    second = taken_in(cast, data_set, {**FIRST, "a": 5})
    drawn(data_set, second)
    assert not SheetRow.objects.visible_to(ANONYMOUS).exists()
    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)

    assert "b" in drawn(data_set, second)
    assert SheetRow.objects.visible_to(ANONYMOUS).exists()


def test_counts_that_are_small_from_now_on_are_held_back_from_now_on(cast, data_set):
    release = taken_in(cast, data_set, {**FIRST, "a": 9, "d": 4})
    assert "d" not in drawn(data_set, release)
    data_set.smallest_shown = 5
    data_set.save()

    assert "d" in drawn(data_set, release)


def test_what_asks_for_more_room_than_its_table_gets_it(cast, data_set):
    release = taken_in(cast, data_set, {**FIRST, "a": 9, "d": 4})
    data_set.indicators.update(smallest_shown=5)

    assert "d" in drawn(data_set, release)
    assert Sheet.objects.get().smallest_shown == 5


RECIPE = """
layout = "long"
publisher = "Somebody"
licence = "-"
citation = "Somebody"
title = "Break-ins"
smallest_shown = {smallest}
values = [{{ name = "n" }}]
[area]
field = {{ name = "where" }}
country = "no"
[period]
field = {{ name = "when" }}
kind = "year"
[[indicator]]
code = "no.offences"
name = "Break-ins"
unit = "offences"
direction = "down"
"""


def test_a_stricter_rule_draws_anew_what_is_laid_out(cast, data_set, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "samrad.knowledge.actions.enqueue", lambda name, **given: asked.append((name, given))
    )
    keep_data_set(recipe=read_recipe("sample", RECIPE.format(smallest=3)), by=SYSTEM, at=NOON)
    assert not asked
    keep_data_set(recipe=read_recipe("sample", RECIPE.format(smallest=5)), by=SYSTEM, at=NOON)

    assert asked == [(DRAW, {"data_set": "sample"})]


def test_of_an_area_with_two_codes_nothing_is_told_where_one_is_held_back_in_part(cast):
    drawing = a_picture(cast.no.home)
    data_set, indicator = drawing.data_set, drawing.data_set.indicators.get()
    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    sheet = indicator.sheet
    sheet.is_protected = True
    sheet.save()
    row = sheet.rows.get()
    row.pk, row.code, row.protected = None, "older", [3]
    row._state.adding = True
    row.save()
    inside = type(cast.no.home).objects.filter(pk=cast.no.home.pk)

    assert _told_whole(cast.no.home, ANONYMOUS) == set()
    assert _findings([indicator], inside, ANONYMOUS) == ([], 0, 0)
    assert _findings([indicator], inside, cast.secretary.actor)[1] == 1


def test_what_was_shown_before_is_reckoned_with():
    """B and C were shown and are the same, so they cannot hide A, which is 1 now."""
    then = {"a": 12, "b": 20, "c": 30, "d": 40}
    now = {**then, "a": 1, "d": 51}
    without = protected({name: [n] for name, n in now.items()}, smallest=3, code="x")
    beside = protected(
        {name: [n] for name, n in now.items()}, {name: Seen([n]) for name, n in then.items()},
        smallest=3, code="x",
    )  # fmt: skip

    assert {name for name, held in without.parts.items() if held} == {"a", "b"}
    assert {name for name, held in beside.parts.items() if held} == {"a", "d"}


def test_the_same_figures_again_keep_exactly_what_was_held_back():
    rows = {"a": [1], "b": [20], "c": [30], "d": [40]}
    shown = {name: Seen(values, {0} if name in "ad" else ()) for name, values in rows.items()}

    held = protected(rows, shown, smallest=3, code="x")
    assert [name for name, positions in held.parts.items() if positions] == ["a", "d"]

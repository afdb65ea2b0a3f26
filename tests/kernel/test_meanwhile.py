"""Whose value stands when two people have changed the same thing, field by field."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.kernel.meanwhile import (
    SavedMeanwhile,
    Whose,
    enforce_seen,
    mark_of,
    mark_of_all,
    whose,
)

FIELDS = ("title", "text", "day", "starts", "ends")
VALUES = st.fixed_dictionaries({name: st.sampled_from("abc") for name in FIELDS})
GROUPS = st.sampled_from([(), (("day", "starts", "ends"),), (("title", "ends"), ("day", "text"))])


def marks(values):
    return {name: mark_of(value) for name, value in values.items()}


def settled(started, mine, theirs, together=()):
    return whose(marks(started), marks(mine), marks(theirs), together)


def groups_of(together):
    grouped = {name for group in together for name in group}
    return [*together, *((name,) for name in FIELDS if name not in grouped)]


def changed(group, before, after):
    return any(before[name] != after[name] for name in group)


@given(started=VALUES, mine=VALUES, theirs=VALUES, together=GROUPS)
def test_what_is_saved_holds_every_change_of_both(started, mine, theirs, together):
    found = settled(started, mine, theirs, together)
    if Whose.COLLIDED in found.values():
        return
    saved = {name: theirs[name] if found[name] == Whose.THEIRS else mine[name] for name in FIELDS}

    for group in groups_of(together):
        if changed(group, started, mine):
            assert all(saved[name] == mine[name] for name in group)
        if changed(group, started, theirs):
            assert all(saved[name] == theirs[name] for name in group)


@given(started=VALUES, mine=VALUES, theirs=VALUES, together=GROUPS)
def test_only_what_both_changed_otherwise_collides(started, mine, theirs, together):
    found = settled(started, mine, theirs, together)

    for group in groups_of(together):
        collides = (
            changed(group, started, mine)
            and changed(group, started, theirs)
            and changed(group, mine, theirs)
        )
        assert collides == any(found[name] == Whose.COLLIDED for name in group)
        for name in group:
            if found[name] == Whose.COLLIDED:
                assert mine[name] != theirs[name], "what is alike is not shown twice"


@given(started=VALUES, mine=VALUES, theirs=VALUES, together=GROUPS)
def test_it_does_not_matter_who_comes_first_for_what_collides(started, mine, theirs, together):
    one = settled(started, mine, theirs, together)
    other = settled(started, theirs, mine, together)

    assert {n for n in one if one[n] == Whose.COLLIDED} == {
        n for n in other if other[n] == Whose.COLLIDED
    }


@given(started=VALUES, mine=VALUES, together=GROUPS)
def test_when_nobody_else_saved_everything_is_as_it_was_written(started, mine, together):
    assert set(settled(started, mine, started, together).values()) == {Whose.MINE}


@given(mine=VALUES, theirs=VALUES, together=GROUPS)
def test_what_came_without_marks_is_taken_as_it_comes(mine, theirs, together):
    assert set(whose({}, marks(mine), marks(theirs), together).values()) == {Whose.MINE}


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (None, ""), (["b", "a"], ["a", "b"]), (time(9, 0), time(9, 0, 30)), (time(9, 0), "09:00"),
        (date(2026, 11, 21), "2026-11-21"), ((), []),
    ],
)  # fmt: skip
def test_a_mark_knows_what_is_the_same_to_a_reader(one, same):
    assert mark_of(one) == mark_of(same)


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_a_mark_tells_texts_apart_and_holds_none_of_them(one, other):
    assert (mark_of(one) == mark_of(other)) == (one == other)
    assert len(mark_of(one)) == 16


def test_an_action_writes_over_nothing_that_was_not_seen():
    seen = mark_of_all({"title": "Nattlivet", "text": ""})

    enforce_seen(seen, {"title": "Nattlivet", "text": None})
    enforce_seen("", {"title": "Whatever stands there"})
    for now in ({"title": "Natt", "text": ""}, {"title": "Nattlivet", "text": "x"}):
        with pytest.raises(SavedMeanwhile):
            enforce_seen(seen, now)

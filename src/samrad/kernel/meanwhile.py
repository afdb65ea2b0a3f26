"""What somebody else saved while a form was open, and whose value stands then, field by field.

A form carries a mark of every value it was made from; a mark is a hash and holds no text. What is
saved is compared with the marks twice: field by field when the form comes in, and whole, by the
action that holds the row, so that nothing slips in between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import time
from enum import StrEnum
from typing import Any

Marks = Mapping[str, str]


class Whose(StrEnum):
    """Whose value of a field stands."""

    MINE = "mine"
    THEIRS = "theirs"
    COLLIDED = "collided"


class SavedMeanwhile(Exception):
    """What an action was to change is no longer what its caller saw; nothing is changed."""


def mark_of(value: Any) -> str:
    """A value as one short text to compare with later; nothing and an empty text are the same."""
    kept = json.dumps(_plain(value), sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()[:16]


def mark_of_all(values: Mapping[str, Any]) -> str:
    """The same for everything a form is made from."""
    return mark_of([f"{name}={mark_of(value)}" for name, value in values.items()])


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"  # no page shows seconds
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(one) for one in value)
    return str(value)


def enforce_seen(seen: str, values: Mapping[str, Any]) -> None:
    """Nothing is written over that the caller has not seen; a caller that saw no page says nothing.

    `seen` is the mark of all values as they were, `values` what the locked row holds.
    """
    if seen and seen != mark_of_all(values):
        raise SavedMeanwhile


def whose(
    started: Marks, mine: Marks, theirs: Marks, together: Iterable[Collection[str]] = ()
) -> dict[str, Whose]:
    """Whose value stands, for every field of `theirs`.

    `started` are the marks of what both began with. Fields that only mean something `together`
    stand or collide together. What has no mark to begin with is taken as it comes.
    """
    groups = [[name for name in group if name in theirs] for group in together]
    grouped = {name for group in groups for name in group}
    groups += [[name] for name in theirs if name not in grouped]
    found: dict[str, Whose] = {}
    for group in groups:
        found |= _of_group(group, started, mine, theirs)
    return found


def _of_group(names: list[str], started: Marks, mine: Marks, theirs: Marks) -> dict[str, Whose]:
    mine_changed = any(started.get(name) != mine[name] for name in names)
    theirs_changed = any(name in started and started[name] != theirs[name] for name in names)
    if not theirs_changed:
        return dict.fromkeys(names, Whose.MINE)
    if not mine_changed:
        return dict.fromkeys(names, Whose.THEIRS)
    return {name: Whose.MINE if mine[name] == theirs[name] else Whose.COLLIDED for name in names}

"""In which police districts somebody is inside a council: the app of councils answers.

It is a higher app and registers itself at start-up; until then nobody is inside anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from samrad.access.actor import Actor

Answer = Callable[[Collection[int], Actor, date], frozenset[int]]
_answers: list[Answer] = []


def register(answer: Answer) -> None:
    """`answer(districts, actor, on)` gives those in which the actor is inside a council."""
    if answer not in _answers:
        _answers.append(answer)


def in_councils_of(districts: Collection[int], actor: Actor, *, on: date) -> frozenset[int]:
    """Those of these districts in which the actor sits in a council, or oversees one."""
    return frozenset(one for answer in _answers for one in answer(districts, actor, on))

"""The texts of minutes, whole page or one part, looked through as every other text is.

Their fields follow from the agenda, so they are handed in. Numbers that stand in what is saved
already are not asked about again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from samrad.access.actor import Actor
from samrad.documents.forms import GuardedForm
from samrad.followup.models import Decision, Task
from samrad.meetings.models import Minutes
from samrad.meetings.queries.minutes import MinutesItem, SeatAttendance
from samrad.meetings.rules.minutes import LONGEST_TEXT, LONGEST_WORDING
from samrad.ui.fields import GuardedText, TextLine, TextLines

Kind = Callable[[], GuardedText]
TEXT: Kind = partial(TextLines, required=False, max_length=LONGEST_TEXT)
WORDING: Kind = partial(TextLines, required=False, max_length=LONGEST_WORDING)
TITLE: Kind = partial(TextLine, required=False, max_length=300)
STAND_IN: Kind = partial(TextLine, required=False, max_length=200)
ABILITY: Kind = partial(TextLine, required=False, max_length=300)


@dataclass(frozen=True)
class Written:
    """A text by the name of its field: what kind it is, and what is saved of it."""

    name: str
    kind: Kind
    saved: str = ""


class Texts(GuardedForm):
    """What somebody wrote, in fields made for it."""

    def __init__(
        self, data: Mapping[str, Any], written: Iterable[Written], *, actor: Actor, council: int
    ) -> None:
        written = list(written)
        saved = {one.name: one.saved for one in written}
        super().__init__(data, initial=saved, actor=actor, council=council)
        self.fields.update({one.name: one.kind() for one in written})

    @property
    def refusal(self) -> str:
        """Everything that is wrong, as the sentences of one answer."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


def texts_on_page(
    items: Sequence[MinutesItem],
    attendance: Sequence[SeatAttendance],
    minutes: Minutes | None = None,
) -> Iterable[Written]:
    """Every text of the page on which minutes are written."""
    yield Written("could_decide_note", ABILITY, minutes.could_decide_note if minutes else "")
    for one in attendance:
        saved = one.noted.stand_in if one.noted else ""
        yield Written(f"seat-{one.filled.seat.ref}-stand_in", STAND_IN, saved)
    for item in items:
        ref = item.item.ref
        yield Written(f"text-{ref}", TEXT, item.item.minutes_text)
        yield Written(f"new_decision-{ref}", WORDING)
        yield Written(f"new_task-{ref}-title", TITLE)
        for decision in item.decisions:
            yield from _texts_of(decision)


def _texts_of(decision: Decision) -> Iterable[Written]:
    yield Written(f"decision-{decision.ref}", WORDING, decision.text)
    yield Written(f"new_task-{decision.ref}-title", TITLE)
    tasks: Iterable[Task] = decision.tasks.all()
    for task in tasks:
        yield Written(f"task-{task.ref}-title", TITLE, task.title)

"""Where findings come from, how sure they are, and when a statement is both sides' own."""

from __future__ import annotations

from collections.abc import Collection

from samrad.cooperation.rules import Side
from samrad.kernel.choices import Choices

BOTH = (Side.POLICE, Side.MUNICIPALITY)


class Origin(Choices):
    """Where a finding comes from."""

    SURVEY = "survey"
    SCHOOL = "school"
    OUTREACH = "outreach"
    HOUSING = "housing"
    BUSINESS = "business"
    PATROLS = "patrols"
    REPORTS = "reports"
    OTHER = "other"


class HowSure(Choices):
    """How sure whoever found it is."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


def is_agreed(confirmed: Collection[str]) -> bool:
    """A statement is both sides' own when each has confirmed it as it now reads."""
    return all(side in confirmed for side in BOTH)


def lacking(confirmed: Collection[str]) -> list[Side]:
    """The sides that have not confirmed it as it now reads."""
    return [side for side in BOTH if side not in confirmed]


class OrderState(Choices):
    """An ordered analysis: answered for by somebody, and used for something."""

    ORDERED = "ordered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ANSWERED = "answered"
    USED = "used"


NEXT_ORDER_STATES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.ORDERED: frozenset({OrderState.ACCEPTED, OrderState.DECLINED}),
    OrderState.ACCEPTED: frozenset({OrderState.ANSWERED, OrderState.DECLINED}),
    OrderState.DECLINED: frozenset(),
    OrderState.ANSWERED: frozenset({OrderState.USED}),
    OrderState.USED: frozenset(),
}
UNANSWERED = frozenset({OrderState.ORDERED, OrderState.ACCEPTED})
CLOSED = frozenset({OrderState.DECLINED, OrderState.USED})

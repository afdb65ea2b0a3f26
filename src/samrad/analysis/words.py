"""From numbers to words: one table that decides what may be said of a result.

A result (ratio with interval, p, how many incidents, how strong the method, which guards are up)
becomes a statement: a code and its parameters. Sentences in five languages are written elsewhere
for the codes, and for nothing else, so that nobody can write that something rose, fell or worked
where the figures do not carry it. The table `RULES` is read from the top; the first row that fits
decides.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

ALPHA = 0.05
FEWEST = 20  # incidents in both periods together; below, no direction is told
SMALLEST_CHANGE = 0.05  # a change of less than 5 % is not called one, however sure it is
RARE = 0.01  # below, an interval of 99 % leaves out 1 as well, whatever it was made of
NARROW = 1.25  # "about the same" needs an interval within a quarter up or down


class Question(StrEnum):
    """What the result is about."""

    CHANGE = "change"  # now against before
    DIFFERENCE = "difference"  # here against others
    EFFECT = "effect"  # after a measure, against places without
    TARGET = "target"  # a mean against what was promised, and nobody wants it longer


class Method(StrEnum):
    """How much the comparison behind an effect can carry."""

    NONE = "none"  # before and after, nothing to compare with
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


class Guard(StrEnum):
    """What speaks against trusting the figure."""

    ALARM_IN_BASELINE = "alarm_in_baseline"  # it is compared with the months that raised the alarm
    DEFINITION_CHANGED = "definition_changed"
    INCOMPLETE = "incomplete"  # the last period is not fully registered
    HIDDEN = "hidden"  # the cell may not be shown
    MISSING = "missing"  # a part of what is compared is not known
    SEPARATED = "separated"  # the expectation rests on almost nothing
    MOVED_BEFORE = "moved_before"  # it was already on its way before the measure


class Sure(StrEnum):
    """How sure a change or a difference is that is told at all: three words, and no more."""

    FAIRLY = "fairly"  # an interval of 99 % leaves out 1 as well
    LIKELY = "likely"
    HARDLY = "hardly"  # it may be so small that nobody would call it one


class Code(StrEnum):
    """What may be said. One sentence for each, in every language."""

    NOT_TOLD = "not_told"  # small numbers are protected here
    NOT_COMPARABLE = "not_comparable"  # counted in another way than before
    UNKNOWN = "unknown"  # too little is known of one of the periods
    TOO_FEW = "too_few"  # too few incidents to say
    NOT_YET = "not_yet"  # figures are still coming in
    RISES = "rises"
    FALLS = "falls"
    ABOUT_THE_SAME = "about_the_same"
    NO_CLEAR_CHANGE = "no_clear_change"
    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    TARGET_KEPT = "target_kept"
    TARGET_MISSED = "target_missed"
    TARGET_NOT_CLEAR = "target_not_clear"  # the interval lies on both sides of it
    FELL_MORE_THAN_ELSEWHERE = "fell_more_than_elsewhere"  # after a measure: as near as we come
    FELL_BUT_NO_PROOF = "fell_but_no_proof"  # it fell; the method cannot say why
    ROSE_MORE_THAN_ELSEWHERE = "rose_more_than_elsewhere"
    NO_CLEAR_EFFECT = "no_clear_effect"


@dataclass(frozen=True)
class Result:
    """What was found: `ratio` (1: no difference) with `low`–`high`, two-sided `p`, `n` incidents in
    all; for effects the `method`; and the `guards` that are up.

    Of a target `ratio` is the mean over the target and the interval alone decides: a promise is
    kept or not, by however little, and there is no smallest change.
    """

    question: Question
    ratio: float
    low: float
    high: float
    p: float
    n: int
    method: Method = Method.NONE
    guards: frozenset[Guard] = field(default_factory=frozenset)

    @property
    def usable(self) -> bool:
        """Numbers in their order and nothing missing. From nothing to much the ratio is infinite,
        from much to nothing it is 0; the lower end and p are always numbers."""
        ordered = 0 <= self.low <= self.ratio <= self.high and 0 <= self.p <= 1
        return math.isfinite(self.low) and math.isfinite(self.p) and ordered

    @property
    def clear(self) -> bool:
        """The interval leaves out 1, p agrees, and the change is large enough to be one."""
        beyond = self.low > 1 or self.high < 1
        return beyond and self.p <= ALPHA and abs(self.ratio - 1) >= SMALLEST_CHANGE

    @property
    def up(self) -> bool:
        """More than before, or than elsewhere."""
        return self.ratio > 1

    @property
    def narrow(self) -> bool:
        """Sure enough that nothing much differs."""
        return self.low >= 1 / NARROW and self.high <= NARROW

    def has(self, *guards: Guard) -> bool:
        """Whether one of these guards is up."""
        return bool(self.guards & set(guards))


@dataclass(frozen=True)
class Statement:
    """A `code` and what its sentence needs: change in percent with interval, certainty, caveats.

    `percent`, `percent_low`, `percent_high` are whole numbers, None where the code tells none;
    `caveats` are the guards that the sentence must name, in a fixed order.
    """

    code: Code
    percent: int | None = None
    percent_low: int | None = None
    percent_high: int | None = None
    n: int | None = None
    method: Method | None = None
    caveats: tuple[Guard, ...] = ()


Condition = Callable[[Result], bool]


def _asks(question: Question, condition: Condition) -> Condition:
    return lambda result: result.question is question and condition(result)


def _carries(result: Result) -> bool:
    """A comparison that can speak of an effect, with nothing that speaks against it."""
    strong_enough = result.method in {Method.MODERATE, Method.STRONG}
    return strong_enough and not result.has(Guard.ALARM_IN_BASELINE, Guard.MOVED_BEFORE)


RULES: tuple[tuple[Code, Condition], ...] = (
    (Code.NOT_TOLD, lambda r: r.has(Guard.HIDDEN)),
    (Code.NOT_COMPARABLE, lambda r: r.has(Guard.DEFINITION_CHANGED)),
    (Code.UNKNOWN, lambda r: r.has(Guard.MISSING)),
    (Code.TOO_FEW, lambda r: not r.usable or r.n < FEWEST or r.has(Guard.SEPARATED)),
    (Code.NOT_YET, lambda r: r.has(Guard.INCOMPLETE) and not (r.clear and r.up)),
    (Code.RISES, _asks(Question.CHANGE, lambda r: r.clear and r.up)),
    (Code.FALLS, _asks(Question.CHANGE, lambda r: r.clear)),
    (Code.ABOUT_THE_SAME, _asks(Question.CHANGE, lambda r: r.narrow)),
    (Code.NO_CLEAR_CHANGE, _asks(Question.CHANGE, lambda _: True)),
    (Code.HIGHER, _asks(Question.DIFFERENCE, lambda r: r.clear and r.up)),
    (Code.LOWER, _asks(Question.DIFFERENCE, lambda r: r.clear)),
    (Code.SIMILAR, _asks(Question.DIFFERENCE, lambda r: r.narrow)),
    (Code.NO_CLEAR_DIFFERENCE, _asks(Question.DIFFERENCE, lambda _: True)),
    (Code.TARGET_KEPT, _asks(Question.TARGET, lambda r: r.high <= 1)),
    (Code.TARGET_MISSED, _asks(Question.TARGET, lambda r: r.low > 1)),
    (Code.TARGET_NOT_CLEAR, _asks(Question.TARGET, lambda _: True)),
    (Code.NO_CLEAR_EFFECT, lambda r: not r.clear),
    (Code.ROSE_MORE_THAN_ELSEWHERE, lambda r: r.up),
    (Code.FELL_MORE_THAN_ELSEWHERE, _carries),
    (Code.FELL_BUT_NO_PROOF, lambda _: True),
)

WITHOUT_FIGURES = {
    Code.NOT_TOLD, Code.NOT_COMPARABLE, Code.UNKNOWN, Code.TOO_FEW, Code.NOT_YET,
}  # fmt: skip


def statement(result: Result) -> Statement:
    """What may be said of a result: the first row of `RULES` that fits. Never raises."""
    code = next(code for code, fits in RULES if fits(result))
    if code in WITHOUT_FIGURES:
        number = None if code is Code.NOT_TOLD else result.n
        return Statement(code, n=number)
    effect = result.question is Question.EFFECT
    return Statement(
        code,
        percent(result.ratio) if math.isfinite(result.ratio) else None,
        percent(result.low),
        percent(result.high) if math.isfinite(result.high) else None,
        result.n,
        result.method if effect else None,
        tuple(guard for guard in Guard if guard in result.guards),
    )


Told = tuple[float, float]  # the nearer end of the interval, as a logarithm, and p
SURENESS: tuple[tuple[Sure, Callable[[Told], bool]], ...] = (
    (Sure.HARDLY, lambda told: told[0] <= math.log1p(SMALLEST_CHANGE) + 1e-9),
    (Sure.FAIRLY, lambda told: told[1] < RARE),
    (Sure.LIKELY, lambda _told: True),
)


def how_sure(
    ratio: float | None, low: float | None, high: float | None, p: float | None = None
) -> Sure:
    """How sure what is told is, of a ratio with its 95 % interval and `p`: the first row that fits.

    How much wider 99 % is than 95 % depends on how the interval was made, so that p alone can say
    it; what nobody knows p of is never called fairly sure. Nor is a ratio of 0, or of something to
    nothing (None), of which the nearer end alone decides.
    """
    above = ratio is None or ratio > 1
    end = low if above else high
    if not end or not math.isfinite(end):
        return Sure.HARDLY
    nearer = math.log(end) if above else -math.log(end)
    is_of_something = bool(ratio) and math.isfinite(ratio or 0)
    chance = p if p is not None and is_of_something else 1.0
    return next(sure for sure, fits in SURENESS if fits((nearer, chance)))


def percent(ratio: float) -> int:
    """A ratio as a change in whole per cent: 0.65 is −35. The largest numbers stay numbers."""
    return round(min(100 * (ratio - 1), sys.float_info.max))

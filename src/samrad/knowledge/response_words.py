"""Words for response times: what may be said of a mean beside others, and a time by the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.analysis.words import Code, Question, Result, statement
from samrad.ui.charts import Flag
from samrad.ui.formats import percent

MINUTE = 60
Waited = Sequence[int]

ELSEWHERE = {
    Code.HIGHER: gettext_lazy("%(change)s longer than elsewhere (from %(low)s to %(high)s)"),
    Code.LOWER: gettext_lazy("%(change)s shorter than elsewhere (from %(low)s to %(high)s)"),
    Code.SIMILAR: gettext_lazy("about as long as elsewhere"),
    Code.NO_CLEAR_DIFFERENCE: gettext_lazy("no clear difference from elsewhere"),
}
TARGET = {
    Code.TARGET_KEPT: gettext_lazy(
        "The target of %(target)s is kept: the mean is %(mean)s (from %(low)s to %(high)s)."
    ),
    Code.TARGET_MISSED: gettext_lazy(
        "The target of %(target)s is missed: the mean is %(mean)s (from %(low)s to %(high)s)."
    ),
    Code.TARGET_NOT_CLEAR: gettext_lazy(
        "Whether the target of %(target)s is kept cannot be told: the mean is %(mean)s, and may lie"
        " anywhere from %(low)s to %(high)s."
    ),
}
IN_SHORT = {
    Code.TARGET_KEPT: gettext_lazy("kept"),
    Code.TARGET_MISSED: gettext_lazy("missed"),
    Code.TARGET_NOT_CLEAR: gettext_lazy("cannot be told"),
}
NATION = {
    Code.HIGHER: gettext_lazy(
        "The mean is %(change)s longer (from %(low)s to %(high)s) than in the whole"
        " country%(when)s."
    ),
    Code.LOWER: gettext_lazy(
        "The mean is %(change)s shorter (from %(low)s to %(high)s) than in the whole"
        " country%(when)s."
    ),
    Code.SIMILAR: gettext_lazy("The mean is about as long as in the whole country%(when)s."),
    Code.NO_CLEAR_DIFFERENCE: gettext_lazy(
        "The mean is not clearly different from the whole country%(when)s."
    ),
}
OLDEST_NATION = 3  # years between a quarter and the mean of the country that it is laid beside
POINTS = {
    Code.TARGET_KEPT: Flag.KEPT, Code.TARGET_MISSED: Flag.HIGH,
    Code.TARGET_NOT_CLEAR: Flag.UNCLEAR,
}  # fmt: skip


def by_the_clock(found: Waited) -> str:
    """A time with its interval, in minutes and seconds: 6:30 (6:24–6:42)."""
    value, low, high = (clock_of(one) for one in found)
    return f"{value} ({low}–{high})"


def said(
    against: Mapping[str, Any] | None, n: int, words: Mapping[Code, Any], when: str = ""
) -> str:
    """What the table of words lets be said of a comparison of means; `when` the other one is of."""
    if not against:
        return ""
    ratio, low, high = against["ratio"], against["low"], against["high"]
    result = Result(Question.DIFFERENCE, ratio, low, high, against["p"], n)
    code = statement(result).code
    if code not in words:
        return _("too few to compare")
    ends = sorted([abs(low - 1), abs(high - 1)])
    return str(words[code]) % {
        "change": percent(abs(ratio - 1)), "low": percent(ends[0]), "high": percent(ends[1]),
        "when": f" ({when})" if when else "",
    }  # fmt: skip


def clock_of(seconds: int) -> str:
    """13:26"""
    return f"{seconds // MINUTE}:{seconds % MINUTE:02}"

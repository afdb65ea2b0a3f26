"""Sentences for what `samrad.analysis.words` says of a change or a difference, and nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.analysis.words import Code, Sure, how_sure
from samrad.knowledge.rules.picture import Against, Among, Change, Unusual
from samrad.ui.formats import number, percent

SAID = {
    Code.RISES: gettext_lazy("%(change)s more than the average of the %(years)s years before"),
    Code.FALLS: gettext_lazy("%(change)s less than the average of the %(years)s years before"),
    Code.NO_CLEAR_CHANGE: gettext_lazy("no clear change"),
    Code.ABOUT_THE_SAME: gettext_lazy("about the same"),
    Code.TOO_FEW: gettext_lazy("too few to tell"),
    Code.UNKNOWN: gettext_lazy("too little is known"),
}
BESIDE = {
    Code.HIGHER: gettext_lazy(
        "%(change)s more per inhabitant than similar municipalities (from %(low)s to %(high)s)"
    ),
    Code.LOWER: gettext_lazy(
        "%(change)s less per inhabitant than similar municipalities (from %(low)s to %(high)s)"
    ),
    Code.SIMILAR: gettext_lazy("about as many per inhabitant as similar municipalities"),
    Code.NO_CLEAR_DIFFERENCE: gettext_lazy("no clear difference from similar municipalities"),
    Code.TOO_FEW: gettext_lazy("too few to compare"),
    Code.UNKNOWN: gettext_lazy("too little is known to compare"),
}
OF_ONE_YEAR = {
    Code.RISES: gettext_lazy("%(change)s more than the year before"),
    Code.FALLS: gettext_lazy("%(change)s less than the year before"),
}
TIMES_FROM = 2.0
NEAR_ONE = 1.1  # an end as near as that is told to a hundredth: 1.04 is not 1.0
SURE = {
    Sure.FAIRLY: gettext_lazy("fairly sure"),
    Sure.LIKELY: gettext_lazy("likely"),
    Sure.HARDLY: gettext_lazy("uncertain"),
}


def told(change: Change) -> str:
    """What may be said of a change: its size, between what it lies, and how sure that is."""
    said = told_plainly(change)
    if change.way not in {Code.RISES, Code.FALLS} or change.low is None:
        return said
    sure = str(SURE[how_sure(change.ratio, change.low, change.high, change.p)])
    if not change.ratio or change.high is None:
        return _("%(what)s; %(sure)s") % {"what": said, "sure": sure}
    low, high = _ends(change.ratio, change.low, change.high)
    words = _("%(what)s (from %(low)s to %(high)s); %(sure)s")
    return words % {"what": said, "low": low, "high": high, "sure": sure}


def told_plainly(change: Change) -> str:
    """The size of a change alone, where the interval stands beside it."""
    if change.way not in {Code.RISES, Code.FALLS}:
        return str(SAID[change.way])
    if change.ratio is None:
        return _("more than nothing")
    if change.ratio == 0:
        return _("none any more")
    is_one_year = change.years == 1
    said = {
        "times": number(change.ratio, 1), "change": percent(abs(change.ratio - 1)),
        "years": number(change.years),
    }  # fmt: skip
    if not _in_times(change.ratio, change.high):
        return str((OF_ONE_YEAR if is_one_year else SAID)[change.way]) % said
    if is_one_year:
        return _("%(times)s times as much as the year before") % said
    return _("%(times)s times the average of the %(years)s years before") % said


def _in_times(ratio: float, high: float | None) -> bool:
    """Whether it is told as so many times: from double on, or where the interval reaches it.

    Otherwise one would read “99 % more (from 18 % to 235 %)” beside “2.0 times”.
    """
    return ratio > 1 and (ratio >= TIMES_FROM or (high is not None and high >= TIMES_FROM))


def _ends(ratio: float, low: float, high: float) -> tuple[str, str]:
    """Between what it lies, in the form its size is told in."""
    if _in_times(ratio, high):
        return number(low, 1 if low >= NEAR_ONE else 2), number(high, 1)
    least, most = sorted([abs(low - 1), abs(high - 1)])
    return percent(least), percent(most)


def told_of_the_year(change: Change) -> str:
    """The same in short, beside a drawing of something else than the year."""
    return _("latest year: %(change)s") % {"change": _in_short(change)}


def _in_short(change: Change) -> str:
    ratio = change.ratio
    if change.way not in {Code.RISES, Code.FALLS} or not ratio:
        return told_plainly(change)
    if _in_times(ratio, change.high):
        return _("%(times)s times as many per inhabitant") % {"times": number(ratio, 1)}
    size = {"change": percent(abs(ratio - 1))}
    said = _("%(change)s more per inhabitant"), _("%(change)s less per inhabitant")
    return said[ratio < 1] % size


def told_beside(against: Against) -> str:
    """What may be said of a difference from similar municipalities, with its interval."""
    ratio, low, high = against.ratio, against.low, against.high
    if against.way not in {Code.HIGHER, Code.LOWER} or low is None:
        return str(BESIDE[against.way])
    if ratio is None or high is None:
        return _("more than in similar municipalities, where there is next to nothing")
    least, most = _ends(ratio, low, high)
    sizes = {
        "times": number(ratio, 1), "change": percent(abs(ratio - 1)), "low": least, "high": most,
    }  # fmt: skip
    said = str(BESIDE[against.way])
    if _in_times(ratio, high):
        said = _(
            "%(times)s times as many per inhabitant as similar municipalities"
            " (from %(low)s to %(high)s times)"
        )
    sure = str(SURE[how_sure(ratio, low, high, against.p)])
    return _("%(what)s; %(sure)s") % {"what": said % sizes, "sure": sure}


def told_beside_the_rest(among: Among) -> str:
    """What may be said of a difference from the rest of the country; nothing where it is unclear.

    Most differences between municipalities are no chance, and yet ordinary: that is said too.
    """
    ratio, low, high = among.to_rest, among.rest_low, among.rest_high
    if among.way not in {Code.HIGHER, Code.LOWER} or not ratio or low is None or high is None:
        return ""
    least, most = _ends(ratio, low, high)
    if _in_times(ratio, high):
        said = _("%(times)s times as many per inhabitant (from %(low)s to %(high)s times)") % {
            "times": number(ratio, 1),
            "low": least,
            "high": most,
        }
    else:
        more, less = (
            _("%(change)s more per inhabitant (from %(low)s to %(high)s)"),
            _("%(change)s less per inhabitant (from %(low)s to %(high)s)"),
        )
        said = (more if ratio > 1 else less) % {
            "change": percent(abs(ratio - 1)), "low": least, "high": most,
        }  # fmt: skip
    if among.beyond is Unusual.NO:
        return _("%(what)s; other municipalities differ as much") % {"what": said}
    return said

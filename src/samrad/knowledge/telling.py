"""From numbers to words, by one table: nothing is said that the numbers do not bear."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.knowledge.rules.picture import Change, Way
from samrad.ui.formats import number, percent

SAID = {
    Way.RISES: gettext_lazy("%(change)s more than the %(years)s years before"),
    Way.FALLS: gettext_lazy("%(change)s less than the %(years)s years before"),
    Way.NO_CLEAR_CHANGE: gettext_lazy("no clear change"),
    Way.TOO_FEW: gettext_lazy("too few to tell"),
    Way.UNKNOWN: gettext_lazy("too little is known"),
}
TIMES_FROM = 2.0


def told(change: Change) -> str:
    """What may be said of a change, with its size where there is one."""
    said = str(SAID[change.way])
    if change.way not in {Way.RISES, Way.FALLS} or change.ratio is None:
        return said if change.way not in {Way.RISES, Way.FALLS} else _("more than nothing")
    return said % {"change": _size(change.ratio), "years": number(change.years)}


def _size(ratio: float) -> str:
    """12 %, or 2.4 times where it has more than doubled."""
    if ratio >= TIMES_FROM:
        return _("%(times)s times") % {"times": number(ratio, 1)}
    return percent(abs(ratio - 1))

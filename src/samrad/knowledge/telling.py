"""Sentences for what `samrad.analysis.words` says of a change, and for nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.analysis.words import Code
from samrad.knowledge.rules.picture import Change
from samrad.ui.formats import number, percent

SAID = {
    Code.RISES: gettext_lazy("%(change)s more than the %(years)s years before"),
    Code.FALLS: gettext_lazy("%(change)s less than the %(years)s years before"),
    Code.NO_CLEAR_CHANGE: gettext_lazy("no clear change"),
    Code.ABOUT_THE_SAME: gettext_lazy("about the same"),
    Code.TOO_FEW: gettext_lazy("too few to tell"),
    Code.UNKNOWN: gettext_lazy("too little is known"),
}
TIMES_FROM = 2.0


def told(change: Change) -> str:
    """What may be said of a change, with its size where there is one."""
    if change.way not in {Code.RISES, Code.FALLS}:
        return str(SAID[change.way])
    if change.ratio is None:
        return _("more than nothing")
    if change.ratio == 0:
        return _("none any more")
    years = number(change.years)
    if change.ratio >= TIMES_FROM:
        times = number(change.ratio, 1)
        return _("%(times)s times as many as the %(years)s years before") % {
            "times": times, "years": years,
        }  # fmt: skip
    return str(SAID[change.way]) % {"change": percent(abs(change.ratio - 1)), "years": years}

"""The words of an indicator: its unit, which way is better, its theme, why a figure is none."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.knowledge.rules.recipes import Direction, Theme
from samrad.knowledge.rules.table import Nothing

UNITS = {
    "offences": _("reported offences"),
    "offences a year": _("reported offences a year"),
    "per 1000": _("for every 1,000 inhabitants"),
    "persons": _("inhabitants"),
    "thousands": _("thousands of inhabitants"),
    "percent": _("per cent"),
    "deaths": _("deaths"),
    "km2": _("square kilometres"),
}
DIRECTIONS = {
    Direction.DOWN: _("Fewer is better"),
    Direction.UP: _("More is better"),
    Direction.NEITHER: _("Neither way is better: it also counts what the police look for"),
}
NO_BETTER_WAY = _("Neither way is better")  # of what is no crime
THEMES = {
    Theme.CRIME: _("Crime"),
    Theme.SAFETY: _("Felt safety"),
    Theme.TRAFFIC: _("Traffic"),
    Theme.YOUTH: _("Children, young people and school"),
    Theme.HEALTH: _("Health"),
    Theme.PEOPLE: _("Inhabitants and ground"),
    Theme.SERVICES: _("Emergency services"),
}
NOTHINGS = {
    Nothing.HIDDEN: _("held back"),
    Nothing.MISSING: _("missing"),
    Nothing.NOT_THEN: _("did not exist then"),
}


def unit_in_words(unit: str) -> str | Promise:
    """The unit for a reader; a unit nobody wrote words for is said as it is."""
    return UNITS.get(unit, unit)

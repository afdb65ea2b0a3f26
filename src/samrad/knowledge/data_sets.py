"""What the pages about data sets read: where figures are from, and what each release changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import DataSet, Indicator, Release, ReleaseState
from samrad.knowledge.moments import period_in_words
from samrad.knowledge.rules.periods import NotAPeriod
from samrad.knowledge.words import changed_in_words, difference_in_words
from samrad.ui.charts import Table
from samrad.ui.formats import number

MOST_RELEASES = 50


@dataclass(frozen=True)
class Released:
    """A release with its counts and, in sentences, what it changed."""

    release: Release
    names: Mapping[str, str] = field(default_factory=dict)  # of indicators by their codes

    @property
    def count(self) -> Mapping[str, Any]:
        """What was read, in numbers."""
        return {"rows": None, "hidden": None, "missing": None, "zero": None, **self.release.count}

    @property
    def first(self) -> str:
        """The oldest period."""
        return _period(str(self.release.count.get("first", "")))

    @property
    def last(self) -> str:
        """The latest period."""
        return _period(str(self.release.count.get("last", "")))

    @property
    def difference(self) -> list[str]:
        """What it changed, a sentence for each thing."""
        said = self.release.difference
        if self.release.data_set.holds_incidents:
            return []
        return difference_in_words(said, self.names) if said else []

    @property
    def changes(self) -> Table | None:
        """The largest changes one by one, where there are some."""
        rows = self.release.difference.get("changes") or []
        heads = [_("What is counted"), _("Area"), _("Period"), _("Before"), _("Now")]
        return Table(heads, [changed_in_words(one, self.names) for one in rows]) if rows else None

    @property
    def vanished(self) -> Table | None:
        """The areas that lose most of their figures, where some do."""
        rows = self.release.difference.get("vanished") or []
        heads = [_("Area"), _("Figures that are gone"), _("From"), _("To")]
        told = [
            [one["area_name"] or one["area"], number(one["count"]), _period(one["first"]),
             _period(one["last"])]
            for one in rows
        ]  # fmt: skip
        return Table(heads, told) if told else None


@dataclass(frozen=True)
class Listed:
    """A data set with its release in force."""

    data_set: DataSet
    current: Released


def data_sets(actor: Actor) -> list[Listed]:
    """Every data set that has a release in force, with it: two queries."""
    rows = DataSet.objects.visible_to(actor)
    current = {
        one.data_set_id: Released(one)
        for one in Release.objects.filter(is_current=True, data_set__in=rows.values("pk"))
    }
    ordered = rows.order_by("theme", "code")
    return [Listed(one, current[one.pk]) for one in ordered if one.pk in current]


def has_recipe(data_set: DataSet) -> bool:
    """Whether a file of it can be taken in through the pages."""
    return known_recipe(data_set.code) is not None


def releases_of(data_set: DataSet) -> list[Released]:
    """Its releases, the latest first."""
    rows = data_set.releases.exclude(state=ReleaseState.STAGED).order_by("-number")
    names = {one.code: str(one) for one in data_set.indicators.all()}
    return [Released(one, names) for one in rows[:MOST_RELEASES]]


def indicators_of(data_set: DataSet) -> Sequence[Indicator]:
    """Its indicators that have a page."""
    return list(data_set.indicators.filter(sheet__isnull=False).order_by("pk"))


def _period(code: str) -> str:
    try:
        return period_in_words(code) if code else "–"
    except NotAPeriod:
        return code

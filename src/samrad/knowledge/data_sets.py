"""What the pages about data sets read: where figures are from, and what each release changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samrad.access.actor import Actor
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import DataSet, Indicator, Release, ReleaseState
from samrad.knowledge.pictures import period_in_words
from samrad.knowledge.rules.periods import NotAPeriod
from samrad.knowledge.words import difference_in_words

MOST_RELEASES = 50


@dataclass(frozen=True)
class Released:
    """A release with its counts and, in sentences, what it changed."""

    release: Release

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
        return difference_in_words(self.release.difference) if self.release.difference else []


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
    return not data_set.holds_incidents and known_recipe(data_set.code) is not None


def releases_of(data_set: DataSet) -> list[Released]:
    """Its releases, the latest first."""
    rows = data_set.releases.exclude(state=ReleaseState.STAGED).order_by("-number")
    return [Released(one) for one in rows[:MOST_RELEASES]]


def indicators_of(data_set: DataSet) -> Sequence[Indicator]:
    """Its indicators that have a page."""
    return list(data_set.indicators.filter(sheet__isnull=False).order_by("pk"))


def _period(code: str) -> str:
    try:
        return period_in_words(code) if code else "–"
    except NotAPeriod:
        return code

"""What the pages about files on their way in read: how far each is, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.knowledge.data_sets import Released
from samrad.knowledge.incident_arrivals_shown import incidents_told
from samrad.knowledge.models import Release, in_own_language
from samrad.knowledge.permissions import may_take_in
from samrad.knowledge.rules.difference import Difference
from samrad.knowledge.rules.doubts import REFUSED, Doubt, DoubtKind
from samrad.knowledge.rules.preview import Preview
from samrad.knowledge.rules.table import MOST_TROUBLES, Trouble, Why
from samrad.knowledge.words import doubt_in_words, reason_in_words

MOST_SHOWN = 20
AREAS_SHOWN = 12


class Stage(StrEnum):
    """How far a file has come."""

    READING = "reading"
    REFUSED = "refused"
    ASKED = "asked"
    KNOWN = "known"  # there is nothing new in it
    READY = "ready"


@dataclass(frozen=True)
class InIt:
    """An indicator in the file, and its counts."""

    name: str
    rows: int
    hidden: int
    missing: int


@dataclass(frozen=True)
class Refusal:
    """Why a file is refused, for a page; `kept` is how that lies beside it."""

    kept: Sequence[Mapping[str, Any]]

    @property
    def troubles(self) -> list[Trouble]:
        """Every reason."""
        return [
            Trouble(Why(one["why"]), one["row"], one["field"], one["values"])
            for one in self.kept
            if one["kind"] == REFUSED
        ]

    @property
    def told(self) -> list[tuple[Trouble, str]]:
        """The first of them, each in words."""
        return [(one, reason_in_words(one)) for one in self.troubles[:MOST_SHOWN]]

    @property
    def beyond(self) -> int:
        """How many are only in the file to take along."""
        return max(0, len(self.troubles) - MOST_SHOWN)

    @property
    def has_most(self) -> bool:
        """Whether there may be more than were gathered."""
        return len(self.troubles) >= MOST_TROUBLES


@dataclass(frozen=True)
class Arrival(Released):
    """A file on its way in, for a page. The counts are those of a release."""

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        release = self.release
        if release.is_being_read:
            return Stage.READING
        if self.troubles:
            return Stage.REFUSED
        if self.doubts:
            return Stage.ASKED
        return Stage.READY if Difference.is_one(release.difference) else Stage.KNOWN

    @property
    def troubles(self) -> list[Trouble]:
        """Every reason why it is refused."""
        return self.refusal.troubles

    @property
    def refusal(self) -> Refusal:
        """The same for a page."""
        return Refusal(self.release.doubts)

    @property
    def doubts(self) -> list[Doubt]:
        """What it leaves open."""
        return [
            Doubt(DoubtKind(one["kind"]), one["about"], one["values"], tuple(one["choices"]))
            for one in self.release.doubts
            if one["kind"] != REFUSED
        ]

    @property
    def preview(self) -> Preview:
        """What is in it."""
        return Preview.from_json(self.release.difference.get("preview", {}))

    @classmethod
    def of(cls, release: Release) -> Arrival:
        """The same with the names of what is counted in it, and of what was."""
        known = {one.code: str(one) for one in release.data_set.indicators.all()}
        counted = Preview.from_json(release.difference.get("preview", {})).indicators
        own = {one.rule.code: in_own_language(one.rule.name.as_mapping()) for one in counted}
        return cls(release, {**known, **own})

    @property
    def indicators(self) -> list[InIt]:
        """What is counted in it."""
        return [
            InIt(in_own_language(one.rule.name.as_mapping()), one.rows, one.hidden, one.missing)
            for one in self.preview.indicators
        ]

    @property
    def is_long(self) -> bool:
        """Whether what is counted is too much to stand open."""
        return len(self.preview.indicators) > MOST_SHOWN // 2

    @property
    def areas_without_place(self) -> list[str]:
        """The first of the areas that are none of ours, as the publisher names them."""
        named = self.preview.unknown_named[:AREAS_SHOWN]
        return [_named(code, name) for code, name in named]

    @property
    def areas_beyond(self) -> int:
        """How many are only in the file to take along."""
        return max(0, self.preview.unknown - AREAS_SHOWN)


def arriving(actor: Actor) -> list[Arrival]:
    """What is on its way in, for those who take data in: one query."""
    if not may_take_in(actor):
        return []
    rows = Release.objects.visible_to(actor).arriving().select_related("data_set", "taken_in_by")
    return [Arrival(one) for one in rows[:MOST_SHOWN]]


def found_in(arrival: Arrival) -> Iterator[Mapping[str, Any]]:
    """Everything the page tells, row by row, to put a file right by."""
    for trouble in arrival.troubles:
        yield _line(_("Refused"), reason_in_words(trouble), trouble.row, trouble.field)
    for doubt in arrival.doubts:
        yield _line(_("Question"), doubt_in_words(doubt, arrival.names), None, doubt.about)
    if arrival.stage in {Stage.REFUSED, Stage.READING}:
        return
    told = incidents_told(arrival.release)
    for sentence in told.sentences if told else arrival.difference:
        yield _line(_("What is different"), sentence)
    for code, name in arrival.preview.unknown_named:
        yield _line(_("In no area of ours"), _named(code, name), None, code)


def _line(what: str, told: str, row: int | None = None, field: str = "") -> dict[str, Any]:
    return {"what": what, "row": row, "field": field, "told": told}


def _named(code: str, name: str) -> str:
    return f"{name} ({code})" if name != code else code

"""The kept versions of minutes, as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass, field

from samrad.access.actor import Actor
from samrad.followup.models import Decision
from samrad.meetings.models import AgendaItem, Minutes, MinutesVersion, MinutesVersionQuerySet
from samrad.meetings.queries.corrections import Changed, changes_between
from samrad.meetings.queries.said import is_inside
from samrad.meetings.rules.said import Said, said_from_json


@dataclass(frozen=True)
class VersionRow:
    """A version: what it says, and where it differs from the one before it."""

    version: MinutesVersion
    said: Said
    items: list[AgendaItem]
    is_latest: bool = False
    changes: list[Changed] = field(default_factory=list)


def version_read(version: MinutesVersion, actor: Actor) -> VersionRow:
    """One version."""
    latest = version.minutes.versions.count() == version.number
    said, items = _readable([version], version.minutes, actor)
    return VersionRow(version, said[0], items, latest)


def read_versions(
    versions: MinutesVersionQuerySet, minutes: Minutes, actor: Actor
) -> list[VersionRow]:
    """All of them, the newest first: three queries, however many there are."""
    found = list(versions.select_related("correction").order_by("number"))
    said, items = _readable(found, minutes, actor)
    rows = [
        VersionRow(
            version,
            now,
            items,
            version is found[-1],
            changes_between(before, now) if before else [],
        )
        for version, now, before in zip(found, said, [None, *said], strict=False)
    ]
    return rows[::-1]


def _readable(
    versions: list[MinutesVersion], minutes: Minutes, actor: Actor
) -> tuple[list[Said], list[AgendaItem]]:
    """What they say to this reader, and the items this reader may see."""
    several = [said_from_json(version.said) for version in versions]
    items = list(AgendaItem.objects.visible_to(actor).filter(meeting=minutes.meeting_id))
    refs = {decision.ref for said in several for decision in said.decisions}
    seen = Decision.objects.visible_to(actor).filter(ref__in=refs).values_list("ref", flat=True)
    decisions = {str(ref) for ref in seen}
    shown = {str(item.ref) for item in items}
    inside = is_inside(actor, minutes)
    return [
        said.for_reader(items=shown, decisions=decisions, inside=inside) for said in several
    ], items

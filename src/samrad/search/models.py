"""The index: every text that can be found, and how far the record has been read for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from samrad.access import findable
from samrad.access.findable import Findable, Sight
from samrad.cooperation.models import Council

if TYPE_CHECKING:
    from samrad.access.actor import Actor


MOST_APART = 10_000


class EntryQuerySet(models.QuerySet["Entry"]):
    """Texts as an actor may find them."""

    def visible_to(self, actor: Actor) -> EntryQuerySet:
        """Those whose thing the actor may read at this moment, whatever the index knew of it.

        A union of the kinds, beside each other: it can be ordered and cut, not filtered further.
        """
        kinds = [] if actor.is_anonymous else findable.kinds()
        seen = [self._seen(one, sights) for one in kinds if (sights := one.seen_by(actor))]
        return seen[0].union(*seen[1:], all=True) if seen else self.none()

    def perhaps_visible_to(self, actor: Actor) -> EntryQuerySet:
        """Without most of what lies in councils the actor does not see: less to ask about."""
        within = [one.kind for one in findable.kinds() if one.within_councils]
        councils = Council.objects.visible_to(actor).order_by().values("pk")
        return self.filter(~Q(kind__in=within) | Q(council__in=councils))

    def _seen(self, one: Findable, sights: Sequence[Sight]) -> EntryQuerySet:
        entries = self.filter(kind=one.kind)
        if one.reads_apart:
            return entries.filter(key__in=_keys(sights, entries))
        for sight in sights:
            there = sight.rows.order_by().filter(**{sight.path: OuterRef("key")})
            entries = entries.filter(Exists(there))
        return entries


def _keys(sights: Sequence[Sight], entries: EntryQuerySet) -> set[int]:
    """The newest things seen among those, read now: a query for each sight."""
    asked = entries.order_by().values("key")
    keys = [
        set(
            sight.rows.filter(**{f"{sight.path}__in": asked})
            .order_by("-pk")
            .values_list(sight.path, flat=True)[:MOST_APART]
        )
        for sight in sights
    ]
    return set.intersection(*keys)


class Entry(models.Model):
    """One thing as it is found. Written from the thing itself, and made anew whenever need be."""

    kind = models.CharField(max_length=20)  # a kind of access.findable
    key = models.BigIntegerField()
    council = models.ForeignKey(Council, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(null=True)
    title = models.TextField()
    text = models.TextField()
    folded_title = models.TextField()  # a space before each word, none behind the last
    folded = models.TextField()
    page = models.UUIDField()
    anchor = models.CharField(max_length=60)
    mark = models.CharField(max_length=32)  # of everything above, to see what has changed

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once"),
        ]
        indexes = [models.Index(fields=["council", "kind"], name="search_entry_council")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Progress(models.Model):
    """How far the index has followed the record: one row, locked by whoever writes the index."""

    trail_entry = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField()

    objects: models.Manager[Progress] = models.Manager()

    def __str__(self) -> str:
        return str(self.trail_entry)

"""What a chain is made of, and the abstract model that everything recorded derives from."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from django.db import models

from samrad.kernel.ids import uuid7

INSTALLATION = "installation"


class Recorded(models.Model):
    """Something whose history is kept: it has a public reference and belongs to a chain."""

    trail_kind: ClassVar[str] = ""

    ref = models.UUIDField(default=uuid7, unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def trail_chain(self) -> str:
        """The chain this object's entries go into; a council's objects override it."""
        return INSTALLATION

    @property
    def trail_restricted(self) -> bool:
        """Whether what is said of the object now is only for those it names."""
        return bool(getattr(self, "is_restricted", False))

    @property
    def trail_label(self) -> str:
        """What the object is called in a sentence of its history."""
        return str(self)


class ChainHead(models.Model):
    """Where a chain ends. Locked while an entry is added, so that entries never race."""

    chain = models.CharField(max_length=80, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class TrailEntry(models.Model):
    """One thing that happened. Never changed, never removed."""

    chain = models.CharField(max_length=80)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    actor_ref = models.CharField(max_length=36, blank=True)
    about_kind = models.CharField(max_length=40)
    about_ref = models.CharField(max_length=36)
    digests = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="trail_entry_place"),
        ]
        indexes = [
            models.Index(fields=["about_ref", "-at"], name="trail_entry_about"),
            models.Index(fields=["actor_ref", "-at"], name="trail_entry_actor"),
        ]

    def sealed(self) -> dict[str, Any]:
        """What the hash of this entry covers."""
        return {
            "chain": self.chain,
            "sequence": self.sequence,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "event": self.event,
            "actor": self.actor_ref,
            "kind": self.about_kind,
            "ref": self.about_ref,
            "digests": self.digests,
            "previous": self.previous,
        }


class TrailValue(models.Model):
    """A value an entry speaks of; erasing the row leaves its digest in the chain."""

    entry = models.ForeignKey(TrailEntry, on_delete=models.PROTECT, related_name="values_kept")
    name = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    value = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "name"], name="trail_value_name"),
        ]

"""Stored files and what everything classified has in common."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samrad.documents.kinds import kind_with_type
from samrad.documents.rules import Classification
from samrad.trail.models import INSTALLATION, Recorded


class Classified(models.Model):
    """Something with a classification; restricted needs the legal basis it rests on."""

    classification = models.CharField(
        max_length=12, choices=Classification.choices(), default=Classification.INTERNAL
    )
    legal_basis = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(classification=Classification.RESTRICTED) | ~Q(legal_basis=""),
                name="%(app_label)s_%(class)s_restricted_has_basis",
            )
        ]

    @property
    def is_restricted(self) -> bool:
        """Whether only those named may read it."""
        return self.classification == Classification.RESTRICTED


class StoredFile(Recorded, Classified):
    """A file kept as it came, found by its content's SHA-256; never served by its path."""

    trail_kind = "file"

    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="%Y/%m", max_length=255)
    chain = models.CharField(max_length=80, default=INSTALLATION)
    uploaded_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta(Classified.Meta):
        indexes = [models.Index(fields=["sha256"], name="stored_file_sha256")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """What people call files of this kind."""
        kind = kind_with_type(self.content_type)
        return kind.name if kind else ""

    @property
    def trail_chain(self) -> str:
        return self.chain


class DiscardedFile(models.Model):
    """Bytes that no row speaks of any more, still on disk until a backup under way has ended."""

    content = models.CharField(max_length=255)
    discarded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.content

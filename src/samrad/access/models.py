"""What every process that answers must know, and nobody needs for long."""

from __future__ import annotations

from django.db import models


class SharedValue(models.Model):
    """A value under a key until a moment: attempts to sign in, codes that were used."""

    key = models.CharField(max_length=64, primary_key=True)  # a keyed digest of what was asked for
    value = models.JSONField()
    ends_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.key

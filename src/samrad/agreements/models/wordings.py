"""The texts that were put out, for comments or to be signed, each under its hash."""

from __future__ import annotations

from django.db import models

from samrad.agreements.models.life import Draft
from samrad.agreements.rules.signing import SignedText, text_of


class Wording(models.Model):
    """A text that could be read or signed, as it was: kept when the draft has been changed since.

    Whoever had commented on it or signed it reads what is new, and whoever holds a paper of it
    hears which one it is.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="wordings")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()  # the canonical one, of which the hash is made
    keys = models.JSONField(default=list)  # of its clauses, in their order
    at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)  # put out for comments, last
    signable_at = models.DateTimeField(null=True, blank=True)  # out to be signed, first

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "sha256"], name="wording_once"),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def signed_text(self) -> SignedText:
        """What it says."""
        return text_of(self.text)

"""The secret address from which a person's calendar is fetched."""

from __future__ import annotations

from django.db import models

from samrad.people.models import Person


class CalendarAddress(models.Model):
    """One for a person; another takes its place. The secret itself is shown once and not kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_address")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)  # when a calendar last came, by the hour

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"

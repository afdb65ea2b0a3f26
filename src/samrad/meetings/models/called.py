"""Who is called to a meeting, and what they have answered."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.meetings.models.meetings import Meeting
from samrad.meetings.rules.invitations import Answer, Way
from samrad.people.models import Person
from samrad.post.models import Message

if TYPE_CHECKING:
    from samrad.access.actor import Actor

CALLED_TAG = "c"


def new_token() -> str:
    """What nobody guesses: whoever was not called cannot answer."""
    return secrets.token_hex(16)


class CalledQuerySet(models.QuerySet["Called"]):
    """Answers as an actor may see them."""

    def visible_to(self, actor: Actor) -> CalledQuerySet:
        """One's own; and everybody's for those with a permanent seat in the council."""
        seen = Q(meeting__council__in=actor.councils_where(Permission.INTERNAL_SEE))
        if actor.person_id is not None:
            seen |= Q(person=actor.person_id)
        return self.filter(seen)


class Called(models.Model):
    """Somebody is called to a meeting: the mail that said so, and the answer.

    The token is for this person and this meeting alone; it stands in what is sent to them.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="called")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    answer = models.CharField(max_length=10, choices=Answer.choices(), default=Answer.NONE)
    stand_in = models.CharField(max_length=200, blank=True)  # who comes instead, once declined
    way = models.CharField(max_length=4, choices=Way.choices(), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reply_written_at = models.DateTimeField(null=True, blank=True)  # by the sender's own clock
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CalledQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="called_once_to_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"

    @property
    def tag(self) -> str:
        """What stands behind the plus in the address that this person's calendar answers to."""
        return f"{CALLED_TAG}.{self.token}"

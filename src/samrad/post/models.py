"""Messages and what is attached to them. The text is kept until it is sent, and no longer.

One that holds a secret, such as the link to a new account, loses its text as soon as it has failed
as well: what was not delivered is asked for anew, and is then another secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from samrad.people.models import Person
from samrad.post.rules import NOT_ARRIVED, MessageState
from samrad.trail.models import INSTALLATION, Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


MAIL_TAG = "m"


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about what was sent."""

    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """Those who run the installation see that mail goes out; to nobody else is it a thing."""
        return self if actor.is_system or actor.manages_installation else self.none()

    def remembered(self) -> MessageQuerySet:
        """Those of which more than the key is kept."""
        return self.exclude(state=MessageState.FORGOTTEN)

    def troubled(self) -> MessageQuerySet:
        """Those that failed or came back, and those that are tried again after a failure."""
        return self.filter(Q(state__in=NOT_ARRIVED) | (Q(state=MessageState.QUEUED) & ~Q(error="")))


class Message(Recorded):
    """One mail to one recipient. A retry is the same mail: its Message-ID is made here, once."""

    trail_kind = "message"

    key = models.CharField(max_length=200, blank=True)  # the same key is never sent twice
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(blank=True)
    template = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    bare_text = models.TextField(blank=True)  # the same without the things that it speaks of
    holds_secret = models.BooleanField(default=False)  # the text lets whoever has it in
    message_id = models.CharField(max_length=200)
    about_kind = models.CharField(max_length=40, blank=True)
    about_ref = models.UUIDField(null=True, blank=True)
    speaks_of = models.JSONField(default=list)  # [app_label.Model, key] of what the text is about
    chain = models.CharField(max_length=80, default=INSTALLATION)
    state = models.CharField(
        max_length=10, choices=MessageState.choices(), default=MessageState.QUEUED
    )
    error = models.CharField(max_length=80, blank=True)
    queued_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=12, blank=True)  # a MailKind: how it comes can be chosen
    digest = models.ForeignKey(  # the mail of the day that it was gathered in
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="message_key_once"),
        ]
        indexes = [
            models.Index(fields=["state", "-queued_at"], name="message_state"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def trail_chain(self) -> str:
        return self.chain

    @property
    def tag(self) -> str:
        """What stands behind the plus in the address that a bounce of this mail comes to."""
        return f"{MAIL_TAG}.{self.ref.hex}"

    @property
    def recipient(self) -> str:
        """Who it is for, in words."""
        return self.person.name if self.person else self.address


class Enclosure(models.Model):
    """Something that travels with a message, such as a calendar invitation."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="enclosures")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name

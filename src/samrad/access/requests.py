"""The request as our views see it: with an actor."""

from __future__ import annotations

from django.http import HttpRequest

from samrad.access.actor import Actor


class ActorRequest(HttpRequest):
    """A request behind the gate."""

    actor: Actor

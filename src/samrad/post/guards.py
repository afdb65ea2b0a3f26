"""Whether somebody is still to have a mail at the moment it is sent.

The app that knows the thing a mail is about registers a guard for its kind. Without a guard the
recipient need only still be here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps

from samrad.access.actor import Actor
from samrad.documents.models import Classified
from samrad.kernel.clock import day_of
from samrad.people.models import Person
from samrad.people.sources import actor_of_person
from samrad.post.models import Message

Guard = Callable[[Actor, UUID], bool]
Expectation = Callable[[Person, UUID], bool]

Condition = Callable[[Message, UUID], bool]

_guards: dict[str, Guard] = {}
_expectations: dict[str, Expectation] = {}
_conditions: dict[str, Condition] = {}


class RestrictedInMail(Exception):
    """A mail would speak of something restricted; only a link without its title may travel."""


def register_guard(kind: str, guard: Guard, expects: Expectation | None = None) -> None:
    """`guard(actor, ref)` says whether the recipient may still read the thing.

    `expects(person, ref)` says whether somebody who may not yet is to have mail about it already.
    """
    _guards[kind] = guard
    if expects is not None:
        _expectations[kind] = expects


def register_condition(kind: str, condition: Condition) -> None:
    """`condition(message, ref)` says whether what a mail about such a thing tells still stands.

    Asked of mail that can be held back, as often as its guard is: a task may have been done
    between the reminder and the mail of the day.
    """
    _conditions[kind] = condition


def say_less(message: Message) -> None:
    """Where something it names has become restricted or is gone, what it says without naming it.

    Mail that has no such wording is not sent at all then.
    """
    if message.bare_text and _names_restricted(message):
        message.text, message.bare_text, message.speaks_of = message.bare_text, "", []
        message.save(update_fields=["text", "bare_text", "speaks_of"])


def is_still_for(message: Message, at: datetime) -> bool:
    """Whether the recipient may have the message now, and nothing in it has become restricted."""
    if _names_restricted(message):
        return False
    if not _still_stands(message):
        return False
    if message.person is None:
        return True
    if message.person.has_left_by(day_of(at)):
        return False
    if message.about_ref is None or message.about_kind not in _guards:
        return True
    return _may_have(message.person, message.about_kind, message.about_ref, day_of(at))


def _may_have(person: Person, kind: str, ref: UUID, on: date) -> bool:
    expects = _expectations.get(kind)
    if _guards[kind](actor_of_person(person, on), ref):
        return True
    return expects is not None and expects(person, ref)


def _names_restricted(message: Message) -> bool:
    return any(is_restricted(kind, key) for kind, key in message.speaks_of)


def _still_stands(message: Message) -> bool:
    condition = _conditions.get(message.about_kind)
    if condition is None or not message.kind or message.about_ref is None:
        return True
    return condition(message, message.about_ref)


def is_restricted(kind: str, key: Any) -> bool:
    """Whether the object is restricted today; one that is gone is treated as if it were."""
    model = apps.get_model(kind)
    thing = model._default_manager.filter(pk=key).first()
    return not isinstance(thing, Classified) or thing.is_restricted


def refuse_restricted(things: Any) -> None:
    """Raise when anything classified among `things`, however deep in it, is restricted."""
    if isinstance(things, Classified):
        if things.is_restricted:
            raise RestrictedInMail(type(things).__name__)
    elif isinstance(things, dict):
        refuse_restricted(list(things.values()))
    elif isinstance(things, list | tuple | set | frozenset):
        for thing in things:
            refuse_restricted(thing)

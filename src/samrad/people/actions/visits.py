"""When somebody was here last. Only looks at home are noted: other pages would pay for nothing."""

from __future__ import annotations

from datetime import datetime

from samrad.access.actor import Actor
from samrad.people.models import Person
from samrad.people.rules import Looks, looked_again


def look_in(*, by: Actor, at: datetime) -> datetime | None:
    """Note that somebody looks at home; when the visit before this one ended, if there was one.

    Written at most every ten minutes, and by one of several requests that come at once.
    """
    noted = Looks(by.seen_at, by.before_at)
    now_noted = looked_again(noted, at)
    if now_noted is not noted and by.person_id is not None:
        person = Person.objects.filter(pk=by.person_id, seen_at=noted.seen_at)
        person.update(seen_at=now_noted.seen_at, before_at=now_noted.before_at)
    return now_noted.before_at

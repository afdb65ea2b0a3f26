"""What the worker does with mail."""

from __future__ import annotations

from typing import Any

from samrad.kernel.clock import now
from samrad.people.models import Person
from samrad.post import actions
from samrad.work.api import every, task


@task(actions.DELIVER, outside=True, attempts=10, on_death=actions.give_up)
def deliver(message: int) -> None:
    """Hand one mail to the mail server."""
    actions.deliver(message=message, at=now())


@task("post.send")
def send(
    to: int | str, template: str, context: dict[str, Any] | None = None, language: str = ""
) -> None:
    """Write a mail for an app that lies below this one and can only name the task.

    `to` is a person's key or an address; `context` holds plain values.
    """
    person = Person.objects.get(pk=to) if isinstance(to, int) else to
    actions.send(to=person, template=template, context=context, language=language)


@every(daily_at="03:45")
@task("post.forget_old", attempts=3)
def forget_old() -> None:
    """Mail is not kept longer than it is of use."""
    actions.forget_old(at=now())

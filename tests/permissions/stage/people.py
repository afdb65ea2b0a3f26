"""People who are away, invited or gone, links from their mails, and the machinery."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from samrad.access.vocabulary import Role
from samrad.followup.links import done_path
from samrad.meetings.actions.calling import answer_path
from samrad.meetings.rules.invitations import Answer
from samrad.people.actions.accounts import invite_person
from samrad.people.actions.appointments import register_person
from samrad.people.actions.persons import person_leaves, record_absence
from samrad.people.actions.roles import grant_role
from samrad.people.rules import Delivery, MailKind
from samrad.post.api import Message, send
from samrad.post.choices import choice_path
from samrad.work.api import Job, enqueue
from tests.cast import NOON, TODAY, Cast


def people(cast: Cast) -> dict[str, Any]:
    """An absence, an invitation, a withheld name, somebody who has left, a role given by name."""
    withheld = cast.vice_police.person
    withheld.name_withheld = True
    withheld.save(update_fields=["name_withheld"])
    by, member = cast.secretary.actor, cast.police_member.person
    absence = record_absence(
        person=member, from_date=TODAY, to_date=TODAY + timedelta(days=5), by=by, at=NOON
    )
    invitation = invite_person(person=member, by=by, at=NOON)
    gone = register_person(
        name="Gro Gått", organisation=cast.no.station, role="police_contact",
        from_date=date(2025, 1, 1), by=by, at=NOON,
    ).person  # fmt: skip
    person_leaves(person=gone, left_date=date(2026, 11, 1), by=by, at=NOON)
    gone.refresh_from_db()
    grant = grant_role(
        person=cast.guest.person, role=Role.COVERING, area=cast.no.next_door, reason="Prøve",
        from_date=TODAY + timedelta(days=1), by=cast.administrator.actor, at=NOON,
    )  # fmt: skip
    return {
        "withheld": withheld, "absence": absence, "invitation": invitation, "gone": gone,
        "grant": grant,
    }  # fmt: skip


def links(cast: Cast, found: dict[str, Any]) -> dict[str, Any]:
    """Links as they stand in the member's mails, and one that nobody signed."""
    member = cast.police_member.person
    called = found["called"].called.select_related("meeting").get(person=member)
    answer = answer_path(called, Answer.ACCEPTED)
    done = done_path(found["task"], member)
    one_kind = choice_path(member, [MailKind.TASKS], Delivery.DAILY)
    daily = choice_path(member, [MailKind.TASKS, MailKind.MINUTES], Delivery.NONE)
    return {
        "members_answer": called,
        "answer_link": SimpleNamespace(ref=answer.split("/")[-2]),
        "done_link": SimpleNamespace(ref=done.split("/")[-2]),
        "choice_link": SimpleNamespace(ref=one_kind.split("/")[-2]),
        "daily_link": SimpleNamespace(ref=daily.split("/")[-2]),
        "broken_link": SimpleNamespace(ref="WyJ4Il0:1abcde:nobodysigned"),
    }


def machinery(cast: Cast) -> dict[str, Any]:
    """A mail that failed and work that was given up."""
    message = send(to=cast.chair.person, template="post/mail/link", context={"url": "/"})
    Message.objects.filter(pk=message.pk).update(state="failed")
    enqueue("followup.remind", key="stage")
    Job.objects.filter(key="stage").update(state="dead")
    message.refresh_from_db()
    return {"message": message, "job": Job.objects.get(key="stage")}

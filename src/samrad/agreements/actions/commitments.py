"""What the parties promise each other: noted, followed through the year, followed no more (C7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.agreements import commitment_values, events
from samrad.agreements.models import FollowedBefore, Following
from samrad.agreements.permissions import may_follow_commitments, may_stop_following
from samrad.agreements.rules.commitments import WITHOUT_DAYS, Times
from samrad.cooperation import events as known
from samrad.cooperation.models import Agreement, Commitment
from samrad.documents.rules import Classification
from samrad.followup.api import change_task, give_task, report_task
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line, shortened
from samrad.kernel.verdict import Refused
from samrad.people.models import Organisation
from samrad.profiles.reader import profile
from samrad.trail.api import record
from samrad.wheel.api import WantedActivity, add_activity, change_activity, end_activity
from samrad.wheel.models import Activity
from samrad.wheel.permissions import may_change_activity

LONGEST_ACTIVITY = 120


@dataclass(frozen=True)
class HowKept:
    """What is promised, who keeps it, and when it is due."""

    title: str
    organisation: Organisation
    times: Times
    role: str = ""


@transaction.atomic
def add_commitment(*, agreement: Agreement, kept: HowKept, by: Actor, at: datetime) -> Commitment:
    """Something the agreement's text promises that was not noted yet, and how it is kept."""
    locked(agreement.council)  # first, as whoever works with the wheel holds it
    agreement = locked(agreement, "council")
    may_follow_commitments(by, agreement).enforce()
    commitment = Commitment.objects.create(
        council=agreement.council,
        agreement=agreement,
        title=normalise_line(kept.title),
        side=kept.organisation.side,
    )
    record(known.COMMITMENT_MADE, about=commitment, by=by, at=at)
    follow_commitment(commitment=commitment, kept=kept, by=by, at=at)
    return commitment


@transaction.atomic
def follow_commitment(
    *, commitment: Commitment, kept: HowKept, by: Actor, at: datetime, seen: str = ""
) -> Following:
    """It gets its place in the year: an activity of the wheel, or a task when it is done once."""
    locked(commitment.council)
    commitment = locked(commitment, "council", "agreement")
    may_follow_commitments(by, commitment.agreement).enforce()
    enforce_seen(seen, commitment_values.of_commitment(commitment))
    if not kept.times.fits:
        raise Refused(_("The months or the day do not fit how often it is to be done."))
    commitment.title, commitment.side = normalise_line(kept.title), kept.organisation.side
    commitment.save(update_fields=["title", "side"])
    following = Following.objects.filter(commitment=commitment).first()
    following = following or Following()
    before = Before(following.organisation_id, following.due_date)
    following.commitment = commitment
    following.organisation, following.role = kept.organisation, kept.role
    following.pace, following.months = kept.times.pace, list(kept.times.months)
    following.due_date = kept.times.due_date
    _give_it_a_place(following, before, by=by, at=at)
    following.save()
    record(
        events.COMMITMENT_FOLLOWED, about=commitment, by=by, at=at,
        owner=kept.organisation.name,
    )  # fmt: skip
    return following


@transaction.atomic
def stop_following(*, commitment: Commitment, reason: str, by: Actor, at: datetime) -> None:
    """It is followed no more; what was done about it stays, and nobody is asked for the rest."""
    locked(commitment.council)
    commitment = locked(commitment, "council", "agreement")
    may_stop_following(by, commitment.agreement).enforce()
    reason = normalise(reason)
    if not reason:
        raise Refused(_("Say why it is followed no more: the council will read it."))
    following = Following.objects.filter(commitment=commitment).first()
    if following is None:
        raise Refused(_("Somebody has stopped following it already. Open the page again."))
    leave(following, reason, by=by, at=at)
    record(events.COMMITMENT_LEFT, about=commitment, by=by, at=at, reason=reason)


def leave(following: Following, reason: str, *, by: Actor, at: datetime) -> None:
    """Nobody is asked for it any more; what was done stays counted."""
    _off_the_wheel(following, reason, by=by, at=at)
    _off_the_tasks(following, reason, by=by, at=at)
    following.delete()


def tell_where_promised(commitment: Commitment, *, by: Actor, at: datetime) -> None:
    """The activity that it is followed by says the promise as it stands now, and in what."""
    found = Following.objects.select_related("activity").filter(commitment=commitment).first()
    if found is None or found.activity is None:
        return
    found.commitment = commitment
    if may_change_activity(by, found.activity):
        change_activity(activity=found.activity, wanted=_wanted(found), by=by, at=at)


def tell_the_task(commitment: Commitment, *, by: Actor, at: datetime) -> None:
    """The same of a task that nobody has done yet."""
    found = Following.objects.select_related("task").filter(commitment=commitment).first()
    task = found.task if found else None
    if task is not None and task.state == TaskState.OPEN:
        change_task(
            task=task, title=commitment.title, person=task.responsible_person,
            organisation=task.responsible_organisation, deadline_date=task.deadline_date,
            by=by, at=at,
        )  # fmt: skip


@dataclass(frozen=True)
class Before:
    """Who answered for it, and by which day, until it was settled anew."""

    organisation: int | None
    due_date: date | None


def _give_it_a_place(following: Following, before: Before, *, by: Actor, at: datetime) -> None:
    if following.times.pace in WITHOUT_DAYS:
        _off_the_wheel(following, str(OTHERWISE), by=by, at=at)
        _off_the_tasks(following, str(OTHERWISE), by=by, at=at)
    elif following.times.when is None:
        _off_the_wheel(following, str(OTHERWISE), by=by, at=at)
        following.task = _as_task(following, before, by=by, at=at)
    else:
        _off_the_tasks(following, str(OTHERWISE), by=by, at=at)
        _onto_the_wheel(following, by=by, at=at)


OTHERWISE = gettext_lazy("It is followed in another way from now on.")


def _onto_the_wheel(following: Following, *, by: Actor, at: datetime) -> None:
    """An activity of its own, changed where it can be, and added anew where its rhythm is new."""
    wanted, there = _wanted(following), following.activity
    if there is not None and there.ended_date is None:
        if there.rhythm == wanted.when.rhythm or not there.occasions.exists():
            change_activity(activity=there, wanted=wanted, by=by, at=at)
            return
        _off_the_wheel(following, str(OTHERWISE), by=by, at=at)
    council = following.commitment.council
    following.activity = add_activity(council=council, wanted=wanted, by=by, at=at)


def _off_the_wheel(following: Following, reason: str, *, by: Actor, at: datetime) -> None:
    """What was done stays counted, although nothing comes again."""
    there = following.activity
    if there is None:
        return
    if there.ended_date is None:
        end_activity(activity=there, reason=reason, by=by, at=at)
    if there.occasions.exists():
        _note_before(following, at=at, activity=there)
    following.activity = None


def _off_the_tasks(following: Following, reason: str, *, by: Actor, at: datetime) -> None:
    """What nobody has done yet is dropped; a task that is done stays as it is, and counted."""
    there = following.task
    if there is None:
        return
    if there.state == TaskState.OPEN:
        report_task(task=there, to=TaskState.DROPPED, note=reason, by=by, at=at)
    elif there.state == TaskState.DONE:
        _note_before(following, at=at, task=there)
    following.task = None


def _note_before(
    following: Following,
    *,
    at: datetime,
    activity: Activity | None = None,
    task: Task | None = None,
) -> None:
    council = following.commitment.council
    FollowedBefore.objects.create(
        commitment=following.commitment, activity=activity, task=task,
        until_date=day_of(at, council.zone),
    )  # fmt: skip


def _wanted(following: Following) -> WantedActivity:
    """The activity, in the council's language: whoever sees the agreement sees it."""
    commitment, when = following.commitment, following.times.when
    assert when is not None  # noqa: S101 - only what recurs comes here
    with translation.override(profile(commitment.council.country).languages[0]):
        text = _("Promised in “%(agreement)s”. %(owner)s answers for it.") % {
            "agreement": commitment.carried_from or commitment.agreement,
            "owner": following.organisation.name,
        }  # fmt: skip
    title = shortened(commitment.title, at_most=LONGEST_ACTIVITY)
    return WantedActivity(title=title, when=when, text=text, classification=Classification.OPEN)


def _as_task(following: Following, before: Before, *, by: Actor, at: datetime) -> Task:
    """One task with the organisation that promised it.

    One that is closed stays, whatever else is settled: only another day asks for it once more.
    """
    commitment, there = following.commitment, following.task
    if there is not None and there.state == TaskState.OPEN:
        is_theirs = before.organisation == following.organisation.pk
        person = there.responsible_person if is_theirs else None
        change_task(
            task=there, title=commitment.title, person=person,
            organisation=None if person else following.organisation,
            deadline_date=following.due_date, by=by, at=at,
        )  # fmt: skip
        return there
    if there is not None and before.due_date == following.due_date:
        return there
    if there is not None and there.state == TaskState.DONE:
        _note_before(following, at=at, task=there)
    return give_task(
        council=commitment.council, title=commitment.title, organisation=following.organisation,
        deadline_date=following.due_date, by=by, at=at,
    )  # fmt: skip

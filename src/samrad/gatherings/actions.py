"""Planning a theme day, naming who comes, writing what it came to and sending that on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Council, Seat
from samrad.followup.api import give_task
from samrad.gatherings import as_written, events, letters
from samrad.gatherings.models import Nomination, SentOn, ThemeDay, Workshop
from samrad.gatherings.permissions import (
    councils_of,
    may_arrange,
    may_bring_to,
    may_change_theme_day,
    may_nominate,
    may_send_on,
    may_withdraw,
    may_write_outcome,
)
from samrad.gatherings.queries import could_be_invited, keepers_by_council, keepers_of, workshops_of
from samrad.gatherings.rules import ThemeDayState, not_sent_on
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line, shortened
from samrad.kernel.verdict import Refused
from samrad.meetings.api import pass_on
from samrad.people.models import Organisation, Person
from samrad.trail.api import record

TITLE_LENGTH = 200


@dataclass(frozen=True)
class Wanted:
    """A theme day as somebody wants it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    nominate_by: date
    invitation: str = ""
    place: str = ""
    host: Organisation | None = None
    invited: tuple[Council, ...] = ()


@transaction.atomic
def plan_theme_day(*, council: Council, wanted: Wanted, by: Actor, at: datetime) -> ThemeDay:
    """A day in the making: nobody but those who arrange sees it."""
    council = locked(council)
    may_arrange(by, council).enforce()
    day = ThemeDay(council=council)
    _enforce(day, wanted)
    _write(day, wanted)
    record(events.PLANNED, about=day, by=by, at=at)
    return day


@transaction.atomic
def change_theme_day(
    *, day: ThemeDay, wanted: Wanted, by: Actor, at: datetime, seen: str = ""
) -> None:
    """Another time, place, text or circle.

    Those invited before hear of a new time or place, or that they are invited no longer.
    """
    day = _locked(day)
    may_change_theme_day(by, day).enforce()
    enforce_seen(seen, as_written.of_day(day))
    _enforce(day, wanted)
    _enforce_nobody_named(day, wanted)
    before = (day.starts_at, day.ends_at, day.place)
    knew = list(day.invited.all())
    _write(day, wanted)
    record(events.CHANGED, about=day, by=by, at=at)
    if day.state == ThemeDayState.OPEN:
        now = list(day.invited.all())
        still = _keepers(day, [one for one in knew if one in now], at)
        if before != (day.starts_at, day.ends_at, day.place):
            letters.tell(day, still, "changed")
        new = [one for one in now if one not in knew]
        letters.tell(day, keepers_of(new, _day(day, at)), "invited")
        gone = [one for one in knew if one not in now]
        theirs = keepers_by_council(gone, _day(day, at))
        for council in gone:
            keepers = dict.fromkeys(theirs[council.pk])
            letters.tell_no_longer(day, council, [one for one in keepers if one not in still])


def _locked(day: ThemeDay) -> ThemeDay:
    return locked(day, "council", "host")


def _enforce(day: ThemeDay, wanted: Wanted) -> None:
    if wanted.ends_at <= wanted.starts_at:
        raise Refused(_("It must end after it starts."))
    zone = ZoneInfo(day.council.zone)
    if wanted.nominate_by > wanted.starts_at.astimezone(zone).date():
        raise Refused(_("Participants are named before the day itself."))
    around = set(could_be_invited(day.council, day).values_list("pk", flat=True))
    if not {one.pk for one in wanted.invited} <= around:
        raise Refused(_("Only the councils around this one are invited."))


def _enforce_nobody_named(day: ThemeDay, wanted: Wanted) -> None:
    """A council stays invited while somebody comes through it."""
    kept = {day.council_id, *(one.pk for one in wanted.invited)}
    named = day.nominations.exclude(council__in=kept).select_related("council").first()
    if named is not None:
        text = _("%(council)s has named participants. They are withdrawn first.")
        raise Refused(text % {"council": named.council.name})


def _write(day: ThemeDay, wanted: Wanted) -> None:
    day.title, day.invitation = normalise_line(wanted.title), normalise(wanted.invitation)
    day.starts_at, day.ends_at = wanted.starts_at, wanted.ends_at
    day.place, day.host = normalise_line(wanted.place), wanted.host
    day.nominate_by = wanted.nominate_by
    day.save()
    day.invited.set(wanted.invited)


def _keepers(day: ThemeDay, invited: Sequence[Council], at: datetime) -> list[Person]:
    return keepers_of([day.council, *invited], _day(day, at))


def _day(day: ThemeDay, at: datetime) -> date:
    return at.astimezone(ZoneInfo(day.council.zone)).date()


# From step to step -------------------------------------------------------------------------------


@transaction.atomic
def open_for_nominations(*, day: ThemeDay, by: Actor, at: datetime) -> int:
    """The invitation goes to the chairs and secretaries; how many mails that made."""
    day = _bring(day, ThemeDayState.OPEN, by)
    sent = letters.tell(day, _keepers(day, list(day.invited.all()), at), "invited")
    record(events.OPENED, about=day, by=by, at=at, recipients=sent)
    return sent


@transaction.atomic
def note_held(*, day: ThemeDay, by: Actor, at: datetime) -> None:
    """The day has been; now what it came to is written."""
    day = _bring(day, ThemeDayState.HELD, by)
    if day.starts_at > at:
        raise Refused(_("The day has not been yet."))
    record(events.HELD, about=day, by=by, at=at)


@transaction.atomic
def finish(*, day: ThemeDay, by: Actor, at: datetime) -> None:
    """Everything it came to has been sent on, or is said to go no further."""
    day = _bring(day, ThemeDayState.DONE, by)
    waiting = not_sent_on(
        (one.outcome, one.goes_no_further, len(one.sent_on.all())) for one in workshops_of(day)
    )
    if waiting:
        raise Refused(_("An outcome has not been sent on yet. Send it, or say it goes no further."))
    record(events.DONE, about=day, by=by, at=at)


@transaction.atomic
def cancel_theme_day(*, day: ThemeDay, reason: str, by: Actor, at: datetime) -> None:
    """It is off; those who were invited get a mail."""
    was_open = _locked(day).state == ThemeDayState.OPEN
    day = _bring(day, ThemeDayState.CANCELLED, by)
    day.state_reason = normalise(reason)
    if not day.state_reason:
        raise Refused(_("Say why it is cancelled: those who were invited will read it."))
    day.save(update_fields=["state_reason"])
    record(events.CANCELLED, about=day, by=by, at=at, reason=day.state_reason)
    if was_open:
        letters.tell(day, _keepers(day, list(day.invited.all()), at), "cancelled")


def _bring(day: ThemeDay, to: ThemeDayState, by: Actor) -> ThemeDay:
    day = _locked(day)
    may_bring_to(by, day, to).enforce()
    day.state = to
    day.save(update_fields=["state"])
    return day


# Who comes ---------------------------------------------------------------------------------------


@transaction.atomic
def nominate(
    *,
    day: ThemeDay,
    organisation: Organisation,
    council: int,
    name: str,
    role: str,
    by: Actor,
    at: datetime,
    workshop: Workshop | None = None,
) -> Nomination:
    """An organisation names somebody, through a council it sits in."""
    day = _locked(day)
    may_nominate(by, day).enforce()
    if council not in councils_of(by, day) or by.person_id is None:
        raise Refused(_("Only members of the councils that are invited name participants."))
    if not Seat.objects.on(_day(day, at)).filter(council=council, organisation=organisation):
        raise Refused(_("The organisation has no seat in that council."))
    if workshop is not None and workshop.theme_day_id != day.pk:
        raise Refused(_("The workshop belongs to another day."))
    nomination = Nomination.objects.create(
        theme_day=day,
        council_id=council,
        organisation=organisation,
        name=normalise_line(name),
        role=normalise_line(role),
        workshop=workshop,
        nominated_by_id=by.person_id,
        nominated_at=at,
    )
    record(events.NOMINATED, about=nomination, by=by, at=at)
    return nomination


@transaction.atomic
def withdraw(*, nomination: Nomination, by: Actor, at: datetime) -> None:
    """Somebody does not come after all."""
    nomination.theme_day = _locked(nomination.theme_day)
    nomination = locked(nomination, "theme_day__council")
    may_withdraw(by, nomination).enforce()
    record(events.WITHDRAWN, about=nomination, by=by, at=at)
    nomination.delete()


# The programme, and what it came to --------------------------------------------------------------


@transaction.atomic
def add_workshop(
    *, day: ThemeDay, title: str, by: Actor, at: datetime, text: str = "", led_by: str = ""
) -> Workshop:
    """One more part of the programme, last."""
    day = _locked(day)
    may_change_theme_day(by, day).enforce()
    last = day.workshops.aggregate(last=Max("order"))["last"] or 0
    workshop = Workshop.objects.create(
        theme_day=day,
        order=last + 1,
        title=normalise_line(title),
        text=normalise(text),
        led_by=normalise_line(led_by),
    )
    record(events.WORKSHOP_ADDED, about=workshop, by=by, at=at)
    return workshop


def _locked_workshop(workshop: Workshop) -> Workshop:
    day = _locked(workshop.theme_day)
    found = locked(workshop)
    found.theme_day = day
    return found


@transaction.atomic
def change_workshop(
    *,
    workshop: Workshop,
    title: str,
    text: str,
    led_by: str,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> None:
    """What it is called and about, and who leads it."""
    workshop = _locked_workshop(workshop)
    may_change_theme_day(by, workshop.theme_day).enforce()
    enforce_seen(seen, as_written.of_workshop(workshop))
    workshop.title, workshop.text = normalise_line(title), normalise(text)
    workshop.led_by = normalise_line(led_by)
    workshop.save(update_fields=["title", "text", "led_by"])
    record(events.WORKSHOP_CHANGED, about=workshop, by=by, at=at)


@transaction.atomic
def remove_workshop(*, workshop: Workshop, by: Actor, at: datetime) -> None:
    """It falls out; those named for it still come."""
    workshop = _locked_workshop(workshop)
    may_change_theme_day(by, workshop.theme_day).enforce()
    record(events.WORKSHOP_REMOVED, about=workshop, by=by, at=at)
    workshop.delete()


@transaction.atomic
def write_outcome(
    *,
    workshop: Workshop,
    outcome: str,
    goes_no_further: bool,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> None:
    """What the workshop came to, and whether that is to go anywhere."""
    workshop = _locked_workshop(workshop)
    may_write_outcome(by, workshop).enforce()
    enforce_seen(seen, as_written.of_outcome(workshop))
    workshop.outcome, workshop.goes_no_further = normalise(outcome), goes_no_further
    workshop.save(update_fields=["outcome", "goes_no_further"])
    record(events.OUTCOME_WRITTEN, about=workshop, by=by, at=at)


@transaction.atomic
def propose_outcome(*, workshop: Workshop, to: Council, by: Actor, at: datetime) -> SentOn:
    """Lay the outcome before a council, which answers it as any other proposal."""
    workshop = _locked_workshop(workshop)
    may_send_on(by, workshop).enforce()
    proposal = pass_on(
        source=workshop.theme_day.council,
        to=to,
        title=shortened(workshop.title, at_most=TITLE_LENGTH),
        reason=workshop.outcome,
        by=by,
        at=at,
    )
    return _sent_on(workshop, to.name, by, at, proposal=proposal)


@transaction.atomic
def give_outcome(
    *, workshop: Workshop, to: Organisation, deadline: date | None, by: Actor, at: datetime
) -> SentOn:
    """Give the outcome to an organisation as a task of the arranging council."""
    workshop = _locked_workshop(workshop)
    may_send_on(by, workshop).enforce()
    task = give_task(
        council=workshop.theme_day.council,
        title=workshop.title,
        organisation=to,
        deadline_date=deadline,
        by=by,
        at=at,
    )
    return _sent_on(workshop, to.name, by, at, task=task)


def _sent_on(workshop: Workshop, to: str, by: Actor, at: datetime, **what: object) -> SentOn:
    if workshop.sent_on.filter(to=to).exists():
        raise Refused(_("It has been sent to %(to)s already.") % {"to": to})
    sent = SentOn.objects.create(
        workshop=workshop, to=to, sent_at=at, sent_by_id=by.person_id, **what
    )
    record(events.SENT_ON, about=workshop, by=by, at=at, to=to)
    return sent

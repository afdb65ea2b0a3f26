"""The mail of the day: what was held back, once, to whom it is still for, on a working morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.documents.rules import Classification
from samrad.followup.actions import give_task, report_task
from samrad.followup.models import Task
from samrad.followup.reminders import remind
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.people.models import Person
from samrad.people.rules import Delivery, MailKind
from samrad.post import digests
from samrad.post.actions import retry_message
from samrad.post.api import send
from samrad.post.gathering import gather, gather_for
from samrad.post.models import Message
from samrad.post.rules import DIGEST_FROM, DIGEST_UNTIL, MessageState, digest_day
from samrad.profiles.days import public_holidays_of
from samrad.work.api import Job, work_off
from tests.cast import NOON, TODAY, Cast, Character
from tests.support.examples import tries
from tests.support.mail import Mailbox

OSLO = ZoneInfo("Europe/Oslo")
ZONES = {"no": "Europe/Oslo", "dk": "Europe/Copenhagen", "se": "Europe/Stockholm"}
MONDAY = datetime(2026, 11, 23, 7, 5, tzinfo=OSLO)
SECRET = "Kanarifugl i kvartalet"


@pytest.fixture(autouse=True)
def _english(request: pytest.FixtureRequest) -> None:
    """Mail comes in the language of the council's country unless its reader has chosen another."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        Person.objects.update(language="en")


def wants(who: Character, delivery: Delivery, *kinds: MailKind) -> Person:
    chosen = {kind.value: delivery.value for kind in kinds or MailKind}
    Person.objects.filter(pk=who.person.pk).update(mail_choices=chosen, language="en")
    who.person.refresh_from_db()
    return who.person


def task_for(cast: Cast, title: str = "Se på lysene ved skolen", **more: Any) -> Task:
    values = {
        "council": cast.council, "title": title, "decision": None, "organisation": None,
        "person": cast.police_member.person, "deadline_date": TODAY + timedelta(days=7),
        "classification": Classification.OPEN, "by": cast.secretary.actor, "at": NOON,
    }  # fmt: skip
    return give_task(**{**values, **more})


def morning(at: datetime = MONDAY) -> None:
    with held_at(at):
        gather(at=at)
        work_off()


def reminded(cast: Cast, **more: Any) -> Task:
    task = task_for(cast, **more)
    remind(on=TODAY, at=NOON)
    return task


# Whose day it is ---------------------------------------------------------------------------------


@given(
    moment=st.datetimes(
        datetime(2024, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
        datetime(2034, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    country=st.sampled_from(sorted(ZONES)),
)
@settings(max_examples=tries(2000), deadline=None)
def test_a_day_has_its_mail_between_seven_and_five_and_never_when_people_are_off(
    moment: datetime, country: str
) -> None:
    local = moment.astimezone(ZoneInfo(ZONES[country]))
    is_office_hours = time(7) <= local.time() < time(17)
    is_off = local.weekday() >= 5 or local.date() in public_holidays_of(country, local.year)

    day = digest_day(moment, country, ZONES[country])

    assert day == (local.date() if is_office_hours and not is_off else None)


@given(day=st.dates(date(2024, 1, 1), date(2034, 1, 1)), country=st.sampled_from(sorted(ZONES)))
@settings(max_examples=tries(300), deadline=None)
def test_a_quarter_of_an_hour_is_often_enough_and_each_tick_gives_the_same_day(
    day: date, country: str
) -> None:
    zone = ZoneInfo(ZONES[country])
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    ticks = [start + timedelta(minutes=15 * number) for number in range(25 * 4)]

    found = [digest_day(tick, country, zone.key) for tick in ticks]
    days = {one for one in found if one == day}

    assert days in (set(), {day})
    if days:
        first = ticks[found.index(day)].astimezone(zone)
        assert first.time() == DIGEST_FROM
        assert found.count(day) == 4 * (DIGEST_UNTIL.hour - DIGEST_FROM.hour)


def test_christmas_is_a_day_off_and_the_day_after_a_weekend_is_not() -> None:
    assert digest_day(datetime(2026, 12, 25, 8, tzinfo=OSLO), "no", "Europe/Oslo") is None
    assert digest_day(datetime(2026, 6, 19, 8, tzinfo=OSLO), "se", "Europe/Stockholm") is None
    assert digest_day(datetime(2026, 6, 19, 8, tzinfo=OSLO), "no", "Europe/Oslo") is not None
    assert digest_day(MONDAY, "dk", "Europe/Copenhagen") == date(2026, 11, 23)


# What becomes of a mail --------------------------------------------------------------------------


@pytest.mark.django_db
def test_mail_at_once_stays_the_usual_thing(cast: Cast, mailbox: Mailbox) -> None:
    Person.objects.update(language="en")
    reminded(cast)
    work_off()

    (mail,) = mailbox.to(cast.police_member.person.email)
    assert "List-Unsubscribe=One-Click" in mail["List-Unsubscribe-Post"]
    assert "/mail/" in mail["List-Unsubscribe"]
    assert "Less of such mail, or none" in mail.get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_what_is_wanted_daily_comes_in_one_mail_in_the_morning(
    cast: Cast, mailbox: Mailbox
) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    for title in ("Se på lysene ved skolen", "Ring rektor"):
        task_for(cast, title)
    remind(on=TODAY, at=NOON)
    work_off()
    assert mailbox.to(member.email) == []

    morning()

    (mail,) = mailbox.to(member.email)
    assert mail["Subject"] == "Today from Samråd: 2 things"
    text = mail.get_body(("plain",)).get_content()
    assert "**Tasks and reminders**" in text
    assert "- Se på lysene ved skolen (due " in text
    assert "Tick off: Ring rektor: http" in text
    html = mail.get_body(("html",)).get_content()
    assert '">Se på lysene ved skolen (due ' in html
    assert "post/mail" not in html
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    states = set(Message.objects.filter(person=member).values_list("state", "text"))
    assert states == {(MessageState.SENT, ""), (MessageState.GATHERED, "")}


@pytest.mark.django_db
def test_it_is_dressed_as_every_other_mail_is(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    other = wants(cast.station_chief, Delivery.AT_ONCE)
    for person in (member, other):
        task_for(cast, person=person)
    remind(on=TODAY, at=NOON)
    work_off()
    morning()

    heads = {
        mailbox.to(one.email)[0].get_body(("html",)).get_content().partition("<body>")[0]
        for one in (member, other)
    }

    assert len(heads) == 1
    assert "<style>" in heads.pop()


@pytest.mark.django_db
def test_there_is_no_mail_where_there_is_nothing(cast: Cast, mailbox: Mailbox) -> None:
    wants(cast.police_member, Delivery.DAILY)

    morning()

    assert mailbox.mails == []
    assert not Job.objects.filter(name="post.gather_for").exists()


@pytest.mark.django_db
def test_it_waits_over_the_weekend(cast: Cast, mailbox: Mailbox) -> None:
    wants(cast.police_member, Delivery.DAILY)
    reminded(cast)

    morning(MONDAY - timedelta(days=1))
    assert mailbox.mails == []

    morning()
    assert len(mailbox.mails) == 1


@pytest.mark.django_db
def test_what_is_not_wanted_does_not_come_later_either(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.NONE, MailKind.TASKS)
    reminded(cast)
    wants(cast.police_member, Delivery.DAILY)
    remind(on=TODAY, at=NOON)

    morning()

    assert mailbox.to(member.email) == []
    (declined,) = Message.objects.filter(person=member)
    assert (declined.state, declined.text) == (MessageState.DECLINED, "")


@pytest.mark.django_db
def test_who_wants_none_after_all_gets_none_of_what_waited(cast: Cast, mailbox: Mailbox) -> None:
    wants(cast.police_member, Delivery.DAILY)
    reminded(cast)
    member = wants(cast.police_member, Delivery.NONE)

    morning()

    assert mailbox.mails == []
    assert Message.objects.get(person=member).state == MessageState.DECLINED


@pytest.mark.django_db
def test_what_has_been_done_meanwhile_is_left_out(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    done = task_for(cast, "Ring rektor")
    task_for(cast, "Se på lysene ved skolen")
    remind(on=TODAY, at=NOON)
    report_task(task=done, to=TaskState.DONE, by=cast.police_member.actor, at=NOON)

    morning()

    text = mailbox.to(member.email)[0].get_body(("plain",)).get_content()
    assert "Ring rektor" not in text
    assert "Se på lysene" in text
    assert Message.objects.filter(person=member, state=MessageState.WITHHELD).count() == 1


@pytest.mark.django_db
def test_who_may_read_it_no_more_gets_nothing_of_it(cast: Cast, mailbox: Mailbox) -> None:
    """Also between the gathering and the sending, when the mail server was away for a while."""
    member = wants(cast.police_member, Delivery.DAILY)
    task = reminded(cast)
    with held_at(MONDAY):
        digest = gather_for(person=member.pk, day=MONDAY.date(), at=MONDAY)
        assert digest is not None
        Task.objects.filter(pk=task.pk).update(responsible_person=cast.guest.person)
        work_off()

    assert mailbox.mails == []
    digest.refresh_from_db()
    assert (digest.state, digest.text) == (MessageState.WITHHELD, "")


@pytest.mark.django_db
def test_a_part_that_goes_takes_only_its_own_line_along(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    done = task_for(cast, "Ring rektor")
    task_for(cast, "Se på lysene ved skolen")
    remind(on=TODAY, at=NOON)
    with held_at(MONDAY):
        gather_for(person=member.pk, day=MONDAY.date(), at=MONDAY)
        report_task(task=done, to=TaskState.DONE, by=cast.police_member.actor, at=MONDAY)
        work_off()

    (mail,) = mailbox.to(member.email)
    assert mail["Subject"] == "Today from Samråd: one thing"
    assert "Ring rektor" not in mail.get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_what_an_earlier_try_left_out_stays_out_though_the_mail_still_said_it(
    cast: Cast, mailbox: Mailbox
) -> None:
    """A worker that fell over between the two writes would leave the mail so."""
    member = wants(cast.police_member, Delivery.DAILY)
    task_for(cast, SECRET)
    task_for(cast, "Se på lysene ved skolen")
    remind(on=TODAY, at=NOON)
    with held_at(MONDAY):
        digest = gather_for(person=member.pk, day=MONDAY.date(), at=MONDAY)
        assert digest is not None
        assert SECRET in digest.text
        gone = Message.objects.filter(digest=digest, text__contains=SECRET)
        gone.update(state=MessageState.WITHHELD, text="")
        work_off()

    (mail,) = mailbox.to(member.email)
    assert SECRET not in mail.as_string()
    assert mail["Subject"] == "Today from Samråd: one thing"


@pytest.mark.django_db
def test_the_words_and_what_is_left_out_are_kept_together_or_not_at_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    done, other = task_for(cast, "Ring rektor"), task_for(cast, "Se på lysene ved skolen")
    remind(on=TODAY, at=NOON)
    digest = gather_for(person=member.pk, day=MONDAY.date(), at=MONDAY)
    assert digest is not None
    report_task(task=done, to=TaskState.DONE, by=cast.police_member.actor, at=MONDAY)
    monkeypatch.setattr(digests, "subject_and_text", lambda *_given: 1 / 0)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        digests.put_together(digest, MONDAY)

    assert digest.parts.filter(state=MessageState.GATHERED).count() == 2, (done, other)


@pytest.mark.django_db
def test_nothing_restricted_stands_in_it(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    reminded(
        cast, title=SECRET, classification=Classification.RESTRICTED, legal_basis="offl. § 13",
        audience=list(cast.council.seats.all()),
    )  # fmt: skip
    later = reminded(cast, title="Ring rektor")
    Task.objects.filter(pk=later.pk).update(classification="restricted", legal_basis="offl. § 13")

    morning()

    (mail,) = mailbox.to(member.email)
    assert SECRET not in mail.as_string()
    assert "Ring rektor" not in mail.as_string(), "it has become restricted since"
    assert "Something for you, not repeated in mails" in mail.get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_two_who_gather_at_once_make_one_mail(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    reminded(cast)
    with held_at(MONDAY):
        for _worker in range(2):
            gather(at=MONDAY)
        first = gather_for(person=member.pk, day=MONDAY.date(), at=MONDAY)
        reminded(cast, title="Ring rektor")
        second = gather_for(person=member.pk, day=MONDAY.date(), at=MONDAY)
        work_off()

    assert first is not None
    assert second is None
    assert len(mailbox.mails) == 1
    assert Message.objects.filter(state=MessageState.HELD).count() == 1, "it waits for tomorrow"


@pytest.mark.django_db
def test_a_crash_in_the_middle_loses_nothing(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    reminded(cast)
    with transaction.atomic():
        gather_for(person=member.pk, day=MONDAY.date(), at=MONDAY)
        transaction.set_rollback(True)

    assert Message.objects.get(person=member).state == MessageState.HELD
    morning()
    assert len(mailbox.mails) == 1


@pytest.mark.django_db
def test_one_that_failed_can_be_sent_again_whole(cast: Cast, mailbox: Mailbox) -> None:
    member = wants(cast.police_member, Delivery.DAILY)
    reminded(cast)
    mailbox.refuse(member.email)
    morning()
    digest = Message.objects.get(template="post/mail/digest")
    assert digest.state == MessageState.FAILED

    mailbox.refused.clear()
    retry_message(message=digest, by=cast.administrator.actor, at=MONDAY)
    work_off()

    assert "Se på lysene" in mailbox.to(member.email)[0].get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_what_has_to_come_comes_at_once_and_offers_no_way_out(cast: Cast, mailbox: Mailbox) -> None:
    secretary = wants(cast.secretary, Delivery.NONE)
    chair = wants(cast.chair, Delivery.DAILY)
    given = NOON - timedelta(days=50)
    task_for(cast, deadline_date=TODAY - timedelta(days=40), at=given)
    for days in range(60):
        remind(on=TODAY + timedelta(days=days), at=NOON)
    send(to=chair, template="post/mail/link", context={"url": "/"})
    work_off()

    assert len(mailbox.to(secretary.email)) == 1, "what is long late is told whatever was chosen"
    assert len(mailbox.to(chair.email)) == 2
    for mail in mailbox.to(chair.email) + mailbox.to(secretary.email):
        assert mail["List-Unsubscribe"] is None

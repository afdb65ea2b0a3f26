"""Answers that calendars send by mail: taken in for exactly the person who was asked, or not."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import timedelta
from typing import Any

import pytest
import vobject
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Called
from samrad.meetings.rules.calendars import reply_in
from samrad.meetings.rules.invitations import Answer, Way
from samrad.people.models import Person
from samrad.post.receiving import Outcome, receive
from samrad.trail.api import event_codes_of
from samrad.work.api import work_off
from tests.cast import NOON
from tests.meetings.bricks import called
from tests.meetings.calendars import (
    INBOX,
    REPLY,
    answer_of,
    calendar_for,
    call_of,
    reply_mail,
    reply_text,
)
from tests.support.examples import tries
from tests.support.mail import Mailbox

LATER = NOON + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _inbox(settings: Any) -> Any:
    settings.MAIL_INBOX = INBOX
    with held_at(NOON):
        yield


@pytest.fixture
def meeting(cast: Any) -> Any:
    return called(cast)


def outcome_of(raw: bytes, **more: Any) -> Outcome:
    return receive(raw, at=LATER, **more).outcome


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [
        ("ACCEPTED", Answer.ACCEPTED),
        ("DECLINED", Answer.DECLINED),
        ("TENTATIVE", Answer.TENTATIVE),
        ("accepted", Answer.ACCEPTED),
    ],
)
def test_an_answer_is_noted(cast: Any, meeting: Any, partstat: str, answer: Answer) -> None:
    row = call_of(meeting, cast.chair)

    assert outcome_of(reply_mail(reply_text(row, partstat=partstat))) == Outcome.TAKEN_IN

    row.refresh_from_db()
    assert (row.answer, row.way, row.answered_at) == (answer, Way.MAIL, LATER)
    assert event_codes_of(meeting)[-1] == f"meeting.{answer.value}_by_mail"
    everybody_else = Called.objects.exclude(pk=row.pk).values_list("answer", flat=True)
    assert set(everybody_else) == {Answer.NONE}


def test_what_was_written_with_it_is_not_kept(cast: Any, meeting: Any) -> None:
    row = call_of(meeting, cast.chair)
    receive(reply_mail(reply_text(row)), at=LATER)

    row.refresh_from_db()
    assert "dessverre" not in str(vars(row))


def test_an_answer_made_by_another_program_from_what_arrived(
    cast: Any, meeting: Any, mailbox: Mailbox
) -> None:
    work_off()
    (mail,) = mailbox.to(cast.director.person.email)
    *_rest, part = mail.iter_parts()
    calendar = vobject.readOne(part.get_content())
    calendar.method.value = "REPLY"
    calendar.vevent.attendee.params = {"PARTSTAT": ["DECLINED"]}  # as many programs do
    calendar.vevent.dtstamp.value = LATER.replace(tzinfo=vobject.icalendar.utc)
    to = calendar.vevent.organizer.value.removeprefix("mailto:")

    answered = reply_mail(calendar.serialize(), to=to, sender=cast.director.person.email)

    assert outcome_of(answered) == Outcome.TAKEN_IN
    assert answer_of(meeting, cast.director) == Answer.DECLINED


@pytest.mark.parametrize("carrier", ["organiser", "parameter", "to", "envelope"])
def test_the_token_is_found_wherever_a_program_leaves_it(
    cast: Any, meeting: Any, carrier: str
) -> None:
    row = call_of(meeting, cast.chair)
    address = f"svar+{row.tag}@samrad.example.org"
    text = reply_text(
        row,
        organiser=address if carrier == "organiser" else INBOX,
        token=f";X-SAMRAAD-TOKEN={row.token.upper()}" if carrier == "parameter" else "",
    )
    mail = reply_mail(text, to=address if carrier == "to" else INBOX)

    found = outcome_of(mail, recipient=address if carrier == "envelope" else "")

    assert found == Outcome.TAKEN_IN


def test_without_the_token_nobody_answers(cast: Any, meeting: Any) -> None:
    row = call_of(meeting, cast.chair)
    for organiser in (INBOX, "svar+c.0123456789abcdef@samrad.example.org", "svar+c.@x.example"):
        assert outcome_of(reply_mail(reply_text(row, organiser=organiser))) == Outcome.UNKNOWN

    assert answer_of(meeting, cast.chair) == Answer.NONE


def test_who_it_was_passed_on_to_answers_for_nobody(cast: Any, meeting: Any) -> None:
    row = call_of(meeting, cast.chair)
    for attendee in (cast.director.person.email, "somebody@example.org", ""):
        assert outcome_of(reply_mail(reply_text(row, attendee=attendee))) == Outcome.UNKNOWN

    assert set(Called.objects.values_list("answer", flat=True)) == {Answer.NONE}


def test_two_peoples_tokens_in_one_mail_answer_for_neither(cast: Any, meeting: Any) -> None:
    one, other = call_of(meeting, cast.chair), call_of(meeting, cast.director)
    mail = reply_mail(reply_text(one), to=f"svar+{other.tag}@samrad.example.org")

    assert outcome_of(mail) == Outcome.UNKNOWN
    assert set(Called.objects.values_list("answer", flat=True)) == {Answer.NONE}


def test_a_token_of_one_meeting_is_not_for_another(cast: Any, meeting: Any) -> None:
    other = called(cast, starts_at=meeting.starts_at + timedelta(days=30))
    text = reply_text(call_of(meeting, cast.chair), uid=str(other.ref))

    assert outcome_of(reply_mail(text)) == Outcome.UNKNOWN


def test_an_answer_goes_to_where_the_invitation_went_or_would_go_now(
    cast: Any, meeting: Any
) -> None:
    row = call_of(meeting, cast.chair)
    before = row.person.email
    Person.objects.filter(pk=row.person_id).update(email="ny@example.org")

    assert outcome_of(reply_mail(reply_text(row, attendee=before))) == Outcome.TAKEN_IN
    later = reply_text(row, attendee="NY@example.org", stamp="20261121T121000Z")
    assert outcome_of(reply_mail(later)) == Outcome.TAKEN_IN


@pytest.mark.parametrize("partstat", ["NEEDS-ACTION", "DELEGATED", "", "MAYBE"])
def test_what_is_no_answer_is_not_understood(cast: Any, meeting: Any, partstat: str) -> None:
    text = reply_text(call_of(meeting, cast.chair), partstat=partstat)

    assert outcome_of(reply_mail(text)) == Outcome.NOT_UNDERSTOOD


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "COUNTER", "PUBLISH"])
def test_only_replies_are_answers(cast: Any, meeting: Any, method: str) -> None:
    text = reply_text(call_of(meeting, cast.chair), method=method)

    assert outcome_of(reply_mail(text)) == Outcome.NOT_UNDERSTOOD


def test_our_own_invitation_sent_back_to_us_answers_nothing(cast: Any, meeting: Any) -> None:
    assert outcome_of(reply_mail(calendar_for(cast.chair))) == Outcome.NOT_UNDERSTOOD


def test_a_yes_to_another_time_is_no_yes(cast: Any, meeting: Any) -> None:
    row = call_of(meeting, cast.chair)
    old = reply_mail(reply_text(row))
    start = meeting.starts_at + timedelta(days=1)
    api.move_meeting(
        meeting=meeting, starts_at=start, ends_at=start + timedelta(hours=2), place="Rådhuset",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    assert outcome_of(old) == Outcome.STALE
    assert outcome_of(reply_mail(reply_text(row, sequence="7"))) == Outcome.STALE
    assert answer_of(meeting, cast.chair) == Answer.NONE
    assert outcome_of(reply_mail(reply_text(row, sequence="1"))) == Outcome.TAKEN_IN


def test_answers_that_overtake_each_other_leave_the_one_written_last(
    cast: Any, meeting: Any
) -> None:
    row = call_of(meeting, cast.chair)
    first = reply_text(row, partstat="ACCEPTED", stamp="20261121T113000Z")
    second = reply_text(row, partstat="DECLINED", stamp="20261121T123000Z")

    assert outcome_of(reply_mail(second)) == Outcome.TAKEN_IN
    assert outcome_of(reply_mail(first)) == Outcome.STALE
    assert answer_of(meeting, cast.chair) == Answer.DECLINED


def test_a_mail_that_was_held_up_does_not_undo_what_was_answered_on_the_page(
    cast: Any, meeting: Any
) -> None:
    row = call_of(meeting, cast.chair)
    api.answer_invitation(meeting=meeting, answer=Answer.DECLINED, by=cast.chair.actor, at=LATER)

    held_up = reply_text(row, stamp="20261121T114000Z")

    assert outcome_of(reply_mail(held_up)) == Outcome.STALE
    assert answer_of(meeting, cast.chair) == Answer.DECLINED


def test_it_gives_nobody_a_right(cast: Any, meeting: Any) -> None:
    row = call_of(meeting, cast.police_member)
    cast.council.seats.filter(role="police_contact").delete()
    assert outcome_of(reply_mail(reply_text(row))) == Outcome.STALE

    gone = call_of(meeting, cast.chair)
    Person.objects.filter(pk=gone.person_id).update(left_date=NOON.date() - timedelta(days=1))
    assert outcome_of(reply_mail(reply_text(gone))) == Outcome.STALE
    assert set(Called.objects.values_list("answer", flat=True)) == {Answer.NONE}


def test_a_meeting_that_is_off_or_over_is_not_answered(cast: Any, meeting: Any) -> None:
    row = call_of(meeting, cast.chair)
    over = meeting.ends_at + timedelta(minutes=1)
    assert receive(reply_mail(reply_text(row)), at=over).outcome == Outcome.STALE

    api.cancel_meeting(meeting=meeting, reason="Sykdom", by=cast.secretary.actor, at=NOON)
    assert outcome_of(reply_mail(reply_text(row, sequence="1"))) == Outcome.STALE
    assert answer_of(meeting, cast.chair) == Answer.NONE


def test_the_same_mail_twice_is_one_answer(cast: Any, meeting: Any) -> None:
    mail = reply_mail(reply_text(call_of(meeting, cast.chair)))

    assert [outcome_of(mail), outcome_of(mail)] == [Outcome.TAKEN_IN, Outcome.TAKEN_IN]
    assert event_codes_of(meeting).count("meeting.accepted_by_mail") == 1


# Whatever a stranger sends ------------------------------------------------------------------------

CALENDAR_LINES = st.sampled_from(REPLY.splitlines())


@given(st.text(max_size=300))
@tried(max_examples=tries(400))
def test_any_text_is_an_answer_or_is_not(text: str) -> None:
    assert reply_in(text) is None


@given(st.lists(CALENDAR_LINES | st.text(max_size=60), max_size=20), st.text(max_size=20))
@tried(max_examples=tries(600))
def test_torn_calendars_never_break_the_reader(lines: list[str], value: str) -> None:
    text = "\r\n".join(lines)

    reply_in(re.sub(r"{\w+}", lambda _name: value, text))


@given(changes=st.data())
@tried(
    max_examples=tries(300),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_change_to_an_answer_makes_it_somebody_elses(
    cast: Any, meeting: Any, changes: Any
) -> None:
    """Bytes are changed, dropped and doubled: it is the chair's answer still, or nobody's."""
    row = call_of(meeting, cast.chair)
    raw = bytearray(reply_mail(reply_text(row)))
    for _change in range(changes.draw(st.integers(1, 6))):
        place = changes.draw(st.integers(0, len(raw) - 1))
        piece = changes.draw(st.binary(max_size=4))
        raw[place : place + changes.draw(st.integers(0, 3))] = piece

    receive(bytes(raw), at=LATER)

    assert set(Called.objects.exclude(pk=row.pk).values_list("answer", flat=True)) == {Answer.NONE}


# The command --------------------------------------------------------------------------------------


def told_by_the_command(
    monkeypatch: pytest.MonkeyPatch, raw: bytes, *words: str
) -> tuple[int, dict[str, str]]:
    """`samrad mail receive`: its exit code and what it says."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    code: Any = 0
    try:
        call_command("mail", "receive", "--json", *words, stdout=out)
    except SystemExit as ending:
        code = ending.code
    return code, json.loads(out.getvalue())


def test_the_command_says_what_became_of_a_mail(
    cast: Any, meeting: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = reply_mail(reply_text(call_of(meeting, cast.chair)))

    code, said = told_by_the_command(monkeypatch, mail)

    assert (code, said) == (0, {"outcome": "taken_in", "line": "The answer is noted."})
    assert answer_of(meeting, cast.chair) == Answer.ACCEPTED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "code", "outcome"),
    [
        (b"", 65, "not_understood"),
        (b"\x00\xff" * 50, 65, "not_understood"),
        (b"From: a@example.org\n\nHei, kommer dere?\n", 65, "not_understood"),
        (b"From: a@example.org\nAuto-Submitted: auto-replied\n\nFerie.\n", 0, "ignored"),
        (b"Subject: x\n\n" + b"x" * 1_100_000, 65, "too_large"),
    ],
)
def test_what_is_for_nobody_is_sent_back_by_the_mail_server_and_kept_nowhere(
    monkeypatch: pytest.MonkeyPatch, raw: bytes, code: int, outcome: str
) -> None:
    found, said = told_by_the_command(monkeypatch, raw)

    assert (found, said["outcome"]) == (code, outcome)
    assert said["line"]
    assert told_by_the_command(monkeypatch, raw, "--never-bounce")[0] == 0

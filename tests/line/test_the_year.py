"""One council's whole year, walked through the pages, with real mail and a real calendar server.

Planned, proposed for from both sides, called to, moved, cancelled, held, minuted, approved,
followed up, and answered by mail. Only the day is moved by hand.
"""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from playwright.sync_api import Locator, Page, expect

from samrad import cli
from samrad.followup.models import Decision, Task
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.post.models import Message
from samrad.trail.verify import verify
from tests.cast import NOON, Cast, Character
from tests.line.at_the_screen import Day, Screens, press, the_worker_works, words_of
from tests.meetings.calendars import INBOX, reply_mail
from tests.support.calendar_server import Kept, kept, take_in
from tests.support.mail import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OSLO = ZoneInfo("Europe/Oslo")
FROM_THE_POLICE = "Ungdom i sentrum på kveldstid"
FROM_THE_MUNICIPALITY = "Belysning langs skoleveien"
DECISION = "Kommunen bytter lyset langs skoleveien."
TASK = "Bestille nye lamper"
STAND_IN = "Vidar Tenktmann"


@dataclass
class Year:
    """The council's year as this test walks it."""

    cast: Cast
    screens: Screens
    day: Day
    mailbox: Mailbox
    calendar: Any  # the chair's
    seen: int = 0

    def meetings(self) -> list[Meeting]:
        """The year's meetings in order."""
        return list(self.cast.council.meetings.order_by("starts_at"))

    def new_mail_to(self, who: Character) -> list[Any]:
        """What has arrived for somebody since it was last asked, once a worker has been by."""
        the_worker_works()
        arrived, self.seen = self.mailbox.mails[self.seen :], len(self.mailbox.mails)
        return [mail for mail in arrived if who.person.email in str(mail["X-Envelope-To"])]

    def invitation(self) -> Any:
        """The one new invitation to the chair, put into the chair's calendar and read as vobject.

        vobject is not what wrote it.
        """
        (mail,) = self.new_mail_to(self.cast.chair)
        (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
        text = part.get_content()
        take_in(self.calendar, text)
        return vobject.readOne(text)


@pytest.fixture
def year(cast: Cast, screens: Screens, day: Day, mailbox: Mailbox, somebodys_calendar: Any) -> Year:
    the_worker_works()  # from now on the schedule is kept
    return Year(cast, screens, day, mailbox, somebodys_calendar)


@pytest.fixture(autouse=True)
def _inbox(settings: Any) -> None:
    settings.MAIL_INBOX = INBOX


def test_a_year_of_a_council(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = year.cast
    the_year_is_planned(year)
    first, second, third, _fourth = year.meetings()
    both_sides_propose(year)

    the_agenda_is_set_and_sent(year, first)
    invited = year.invitation()
    assert (invited.method.value, invited.vevent.uid.value) == ("REQUEST", str(first.ref))
    assert kept(year.calendar) == [Kept(first.starts_at, "Rådhuset", 0)]

    the_meeting_is_moved(year, first)
    moved = year.invitation()
    assert moved.vevent.uid.value == invited.vevent.uid.value
    assert int(moved.vevent.sequence.value) > int(invited.vevent.sequence.value)
    first.refresh_from_db()
    assert kept(year.calendar) == [Kept(first.starts_at, "Kulturhuset", 1)]

    another_meeting_is_called_and_cancelled(year, third)

    year.day.comes(first.starts_at)
    the_meeting_is_minuted_live(year, first)
    the_chair_approves(year, first)
    decision = Decision.objects.get(council=cast.council)
    task = Task.objects.get(council=cast.council)
    assert (decision.text, task.responsible_person) == (DECISION, cast.director.person)

    what_is_not_done_is_escalated(year, task)
    the_next_agenda_holds_what_is_unfinished(year, second)
    the_chair_answers_by_mail(year, second, monkeypatch)

    assert verify().whole
    assert not Message.objects.exclude(state="sent").exists()


def the_year_is_planned(year: Year) -> None:
    """The secretary plans four meetings in one step, and finds them on the list."""
    page = year.screens.of(year.cast.secretary)
    page.goto(year.cast.council.get_absolute_url())
    press(page, re.compile("^(All m|M)eetings"))
    press(page, "Plan the year")
    page.get_by_label("Meetings in the year").fill("4")
    page.get_by_label("Place").first.fill("Rådhuset")
    press(page, "Propose days")
    press(page, "Plan these meetings")

    expect(page.get_by_text("4 meetings are planned.")).to_be_visible()
    assert [one.starts_at.year for one in year.meetings()] == [2027] * 4


def both_sides_propose(year: Year) -> None:
    """The police contact proposes one matter and the municipal director another."""
    cast = year.cast
    for who, matter in (
        (cast.police_member, FROM_THE_POLICE), (cast.director, FROM_THE_MUNICIPALITY),
    ):  # fmt: skip
        page = year.screens.of(who)
        page.goto(year.cast.council.get_absolute_url())
        press(page, "Propose an item")
        page.get_by_label("What is it about?").fill(matter)
        page.get_by_label("Decision", exact=True).check()
        press(page, "Send the proposal")
        expect(page.get_by_text(matter).first).to_be_visible()


def the_agenda_is_set_and_sent(year: Year, meeting: Meeting) -> None:
    """The secretary takes up both proposals, adds a matter, and sends the agenda in good time."""
    year.day.comes(meeting.starts_at - timedelta(days=21))
    year.new_mail_to(year.cast.chair)
    page = open_meeting(year, meeting)
    press(page, "Set the agenda")
    for matter in (FROM_THE_POLICE, FROM_THE_MUNICIPALITY):
        press(page, re.compile(f"Put on the agenda.*{matter}"))
    page.get_by_label("Title").fill("Orientering om sommerens vakthold")
    page.get_by_label("Information", exact=True).check()
    press(page, "Put on the agenda", exact=True)
    press(page, "Look over and send")
    press(page, re.compile("^Send to"))


def the_meeting_is_moved(year: Year, meeting: Meeting) -> None:
    """Two days later and in another house; those who were called hear of it."""
    page = open_meeting(year, meeting)
    press(page, "Change time or place")
    later = meeting.starts_at.astimezone(OSLO) + timedelta(days=2)
    page.get_by_label("Day").fill(later.date().isoformat())
    page.get_by_label("Place").fill("Kulturhuset")
    press(page, "Save")
    expect(page.get_by_text("those who were called get a mail")).to_be_visible()


def another_meeting_is_called_and_cancelled(year: Year, meeting: Meeting) -> None:
    """It goes into the calendar, and out of it again."""
    page = open_meeting(year, meeting)
    press(page, "Set the agenda")
    page.get_by_label("Title").fill("Høstens arbeid")
    press(page, "Put on the agenda", exact=True)
    press(page, "Look over and send")
    press(page, re.compile("^Send to"))
    assert year.invitation().method.value == "REQUEST"
    assert len(kept(year.calendar)) == 2

    press(page, "Cancel the meeting")
    page.get_by_label("Why is the meeting cancelled?").fill("Kommunestyret møtes den dagen.")
    press(page, "Cancel the meeting")
    cancelled = year.invitation()
    assert (cancelled.method.value, cancelled.vevent.uid.value) == ("CANCEL", str(meeting.ref))
    (left,) = kept(year.calendar)
    assert left.place == "Kulturhuset"


def the_meeting_is_minuted_live(year: Year, meeting: Meeting) -> None:
    """Everybody is there but the station chief, whose stand-in comes to the second item."""
    page = open_meeting(year, meeting)
    press(page, "Begin the minutes")
    press(page, "Everybody was there")
    first, second, third = page.locator("li[data-item]").all()
    seat = page.locator("li.s-seat", has_text=year.cast.station_chief.name)
    seat.get_by_label("Presence").select_option(label="Excused")
    told_saved(seat)
    seat.get_by_label("Who came instead").fill(STAND_IN)
    seat.get_by_label("Who came instead").blur()
    seat.locator("summary").click()
    seat.get_by_label("There from item").select_option(index=2)
    page.get_by_label("The meeting", exact=True).select_option(label="The council could decide")
    for item, said in ((first, "Flest klager i helgene."), (third, "Tatt til orientering.")):
        item.get_by_label(re.compile("What was said")).fill(said)
    for part in (seat, first, third):
        told_saved(part)
    expect(page.locator("[data-overall]")).to_have_text("Everything is saved")
    first.get_by_label("No task follows").check()
    second.get_by_label("What was decided").fill(DECISION)
    second.get_by_label("Task that follows").fill(TASK)
    second.get_by_label("Responsible").select_option(label=year.cast.director.name)
    deadline = meeting.starts_at.date() + timedelta(days=14)
    second.get_by_label("Deadline").fill(deadline.isoformat())
    press(page, "Add the decision")
    expect(page.get_by_text("The minutes are saved.")).to_be_visible()
    press(page, "Save and send for approval")
    there = page.locator(".s-attendance li", has_text=STAND_IN)
    expect(there).to_contain_text(f"for {year.cast.station_chief.name}")
    expect(there).to_contain_text("from item 2")


def told_saved(part: Locator) -> None:
    """What was changed in this part of the page has saved itself."""
    expect(part.locator("[data-state]").first).to_contain_text("Saved")


def the_chair_approves(year: Year, meeting: Meeting) -> None:
    """The chair has a mail about it, follows its link, reads and approves."""
    (mail,) = year.new_mail_to(year.cast.chair)
    (address,) = re.findall(r"https?://\S+/minutes/approve/", words_of(mail))
    page = year.screens.of(year.cast.chair)
    page.goto("/" + address.split("/", 3)[3])
    expect(page.get_by_text(DECISION).first).to_be_visible()
    press(page, "Approve the minutes")
    expect(page.get_by_text("their decisions bind")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    (mail,) = year.new_mail_to(year.cast.chair)
    assert "are approved" in words_of(mail)


def what_is_not_done_is_escalated(year: Year, task: Task) -> None:
    """Whoever has the task is reminded; then the secretary hears of it, and last the chair."""
    heard: dict[str, list[int]] = {}
    deadline = task.deadline_date
    assert deadline is not None
    for days in range(-8, 24):
        at = datetime.combine(deadline, NOON.time(), NOON.tzinfo) + timedelta(days=days)
        year.day.comes(at)
        before = len(year.mailbox.mails)
        the_worker_works()
        for mail in year.mailbox.mails[before:]:
            if TASK in str(mail["Subject"]):
                heard.setdefault(str(mail["X-Envelope-To"]), []).append(days)
    cast = year.cast
    assert heard == {
        cast.director.person.email: [-7, -1, 1],
        cast.secretary.person.email: [8],
        cast.chair.person.email: [22],
    }
    mail = year.new_mail_to(cast.chair)[-1]
    assert str(mail["Subject"]) == f"Past its deadline: {TASK}"
    assert f"{cast.director.name} is responsible" in words_of(mail)


def the_next_agenda_holds_what_is_unfinished(year: Year, meeting: Meeting) -> None:
    """The secretary puts what was decided and not done on the next agenda, and sends it."""
    page = open_meeting(year, meeting)
    press(page, "Set the agenda")
    expect(page.get_by_role("region", name="Unfinished")).to_contain_text(DECISION)
    press(page, "Put it on the agenda")
    expect(page.get_by_role("region", name="Items")).to_contain_text(DECISION)
    press(page, "Look over and send")
    press(page, re.compile("^Send to"))
    assert year.invitation().vevent.uid.value == str(meeting.ref)
    assert [one.starts_at for one in kept(year.calendar)][-1] == meeting.starts_at


def the_chair_answers_by_mail(
    year: Year, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chair's calendar program answers what it was sent; the meeting's page shows it."""
    chair = year.cast.chair
    mail = year.mailbox.to(chair.person.email)[-1]
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    answer = vobject.readOne(part.get_content())
    answer.method.value = "REPLY"
    answer.vevent.attendee.params["PARTSTAT"] = ["ACCEPTED"]
    moment = year.day() + timedelta(minutes=5)
    answer.vevent.dtstamp.value = moment.astimezone(vobject.icalendar.utc)
    to = answer.vevent.organizer.value.removeprefix("mailto:")
    raw = reply_mail(answer.serialize(), to=to, sender=chair.person.email)

    year.day.comes(year.day() + timedelta(minutes=10))
    assert received(raw, monkeypatch)["outcome"] == "taken_in"
    page = open_meeting(year, meeting)
    row = page.get_by_role("region", name="Who comes").locator("li", has_text=chair.name)
    expect(row).to_contain_text("Comes")


def received(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What `samrad mail receive` says of a mail that a mail server hands it."""
    out = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        patch.setattr(sys, "stdout", out)
        assert cli.main(["mail", "receive", "--json"]) == 0
    said: dict[str, str] = json.loads(out.getvalue())
    return said


def open_meeting(year: Year, meeting: Meeting) -> Page:
    """The secretary opens the meeting's page."""
    page = year.screens.of(year.cast.secretary)
    page.goto(meeting.get_absolute_url())
    return page

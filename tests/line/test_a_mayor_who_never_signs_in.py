"""A mayor who never signs in has by mail what a mayor needs, on a telephone; nothing restricted.

Called, moved, called off, told what was decided and what to do, reminded; answering and ticking off
with one press. Every mail is opened as wide as a telephone, every link in it is followed by a
browser that nobody has signed in to, and nowhere stands a word of what is restricted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from samrad.documents.rules import Classification
from samrad.documents.uploads import handed_in
from samrad.followup.api import give_task
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.meetings import api
from samrad.meetings.models import Called, Meeting
from samrad.meetings.rules import ItemKind
from samrad.meetings.rules.invitations import Answer, Way
from samrad.people.models import Person
from tests.cast import NOON, Cast, Character, area, organisation, person
from tests.line.at_the_screen import PATIENCE, Day, the_worker_works, words_of
from tests.meetings.bricks import item_on, planned_in, restricted_on
from tests.support.browser import PHONE, sideways_scroll
from tests.support.mail import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CANARY = "Kanariefugl"
OPEN_ITEM = "Belysning ved stationen"
SAID = "Mange går en omvej om aftenen."
DECISION = "Kommunen sætter lys op ved stationen."
TASK = "Bestille lamper"
LATER = NOON + timedelta(hours=1)
LINK = re.compile(r"https?://[^\s<>\"]+")


@pytest.fixture
def mayor(cast: Cast) -> Character:
    """One of the mayors of the kredsråd, who has neither a password nor time."""
    dk = cast.dk
    home = area(dk, "herning", "municipality", "657", "Herning", within=[dk.district, dk.nation])
    hall = organisation(dk, "herning_kommune", "municipality", "Herning Kommune", home)
    made = person(dk, "borgmester", "Birthe Opfundet", hall, "mayor", council=dk.kredsraad)
    Person.objects.filter(pk=made.person.pk).update(user=None, language="en")
    made.person.refresh_from_db()
    return made


@pytest.fixture
def telephone(
    patience: None, open_page: Callable[..., Page], live_server: Any, settings: Any
) -> Page:
    """A telephone on which nobody is signed in; the mails lead to this server."""
    settings.PUBLIC_URL = live_server.url.replace("127.0.0.1", "localhost")
    page = open_page(width=PHONE)
    page.set_default_timeout(PATIENCE)
    return page


class Mails:
    """What arrives for the mayor, each read on the telephone as it comes."""

    def __init__(self, mailbox: Mailbox, mayor: Character, telephone: Page) -> None:
        self.mailbox, self.address, self.telephone = mailbox, mayor.person.email, telephone
        self._read = 0

    def next(self) -> list[str]:
        """What has come since, in words."""
        the_worker_works()
        mails = self.mailbox.to(self.address)
        new, self._read = mails[self._read :], len(mails)
        for mail in new:
            self._open(mail)
        return [words_of(mail) for mail in new]

    def _open(self, mail: Any) -> None:
        html = mail.get_body(preferencelist=("html",)).get_content()
        self.telephone.goto("about:blank")  # a mail is no page of ours
        self.telephone.set_content(html)
        assert sideways_scroll(self.telephone) == 0, mail["Subject"]
        said = self.telephone.locator("body").inner_text()
        for line in filter(None, words_of(mail).splitlines()):
            if "http" not in line:
                assert line.lstrip("#- ").strip() in said


@pytest.fixture
def mails(mailbox: Mailbox, mayor: Character, telephone: Page) -> Mails:
    the_worker_works()
    return Mails(mailbox, mayor, telephone)


def link_after(words: str, text: str) -> str:
    """The address that stands after these words in a mail."""
    found = re.search(rf"^{words}:\s(\S+)$", text, re.MULTILINE)
    assert found, (words, text)
    return found.group(1)


def one_press(telephone: Page, address: str, button: str) -> None:
    """The link is opened on the telephone, and its one button pressed."""
    telephone.goto(address)
    assert sideways_scroll(telephone) == 0
    telephone.get_by_role("button", name=button, exact=True).click()
    expect(telephone.get_by_text("Thank you")).to_be_visible()
    assert not [one for one in telephone.context.cookies() if one["name"] == "sessionid"]


def test_all_that_a_mayor_needs_by_mail(
    cast: Cast, mayor: Character, mails: Mails, day: Day
) -> None:
    telephone = mails.telephone
    meeting = with_something_restricted(cast, mayor)
    api.send_agenda(meeting=meeting, by=cast.dk.secretary.actor, at=NOON)
    (invitation,) = mails.next()
    assert f"1. {OPEN_ITEM}" in invitation
    assert "One more item is for you" in invitation
    one_press(telephone, link_after("Yes, I come", invitation), "Yes, I come")
    called = Called.objects.get(meeting=meeting, person=mayor.person)
    assert (called.answer, called.way) == (Answer.ACCEPTED, Way.LINK)

    (moved,) = moved_by_a_week(cast, meeting, mails)
    assert "New time." in moved
    one_press(telephone, link_after("Maybe", moved), "Maybe")
    called.refresh_from_db()
    assert called.answer == Answer.TENTATIVE
    (off,) = another_is_called_off(cast, mails)
    assert "is cancelled" in off

    day.comes(meeting.ends_at)
    minutes_are_approved(cast, meeting, mayor, day)
    (minutes,) = mails.next()
    for words in (OPEN_ITEM, SAID, DECISION, f"{TASK} – {mayor.name}", "One more item is for you"):
        assert words in minutes
    assert link_after("It is done", minutes)

    task = Task.objects.get(title=TASK)
    assert task.deadline_date is not None
    week_ahead = task.deadline_date - meeting.ends_at.date() - timedelta(days=7)
    day.comes(meeting.ends_at + week_ahead)
    reminder, of_a_restricted_one = sorted(mails.next(), key=len, reverse=True)
    assert "/done/" not in of_a_restricted_one
    assert f"Your task from {cast.dk.kredsraad.name} is due on" in reminder
    one_press(telephone, link_after("It is done", reminder), "It is done")
    task.refresh_from_db()
    assert (task.state, task.closed_by) == (TaskState.DONE, mayor.person)

    nothing_restricted_anywhere(mails)


def with_something_restricted(cast: Cast, mayor: Character) -> Meeting:
    """A meeting with an open item, one restricted to this mayor's seat, and one to somebody else's.

    Both restricted items have a restricted paper.
    """
    by, council = cast.dk.secretary.actor, cast.dk.kredsraad
    meeting = planned_in(council, by, place="Rådhuset i Herning")
    item_on(meeting, by, OPEN_ITEM, kind=ItemKind.DECISION, classification=Classification.OPEN)
    own = council.seats.get(organisation=mayor.appointment.organisation)  # type: ignore[union-attr]
    chair = council.seats.get(function="chair")
    for name, seat in (("egen", own), ("andres", chair)):
        item = restricted_on(meeting, by, f"{CANARY}sag {name}", seat)
        item.text = f"{CANARY}tekst {name}"
        item.save()
        paper = handed_in(f"{CANARY}fil {name}.txt", f"{CANARY}notat {name}".encode())
        api.add_paper(
            meeting=meeting, item=item, title=f"{CANARY}bilag {name}", handed_in=paper, by=by,
            at=NOON,
        )  # fmt: skip
    return meeting


def moved_by_a_week(cast: Cast, meeting: Meeting, mails: Mails) -> list[str]:
    """The meeting is held a week later."""
    week = timedelta(days=7)
    api.move_meeting(
        meeting=meeting, starts_at=meeting.starts_at + week, ends_at=meeting.ends_at + week,
        place=meeting.place, by=cast.dk.secretary.actor, at=LATER,
    )  # fmt: skip
    meeting.refresh_from_db()
    return mails.next()


def another_is_called_off(cast: Cast, mails: Mails) -> list[str]:
    """Another meeting is called to and called off, with a reason that is nobody else's business."""
    by = cast.dk.secretary.actor
    other = planned_in(cast.dk.kredsraad, by, starts_at=NOON + timedelta(days=60))
    item_on(other, by, "Status", classification=Classification.OPEN)
    api.send_agenda(meeting=other, by=by, at=NOON)
    assert len(mails.next()) == 1
    api.cancel_meeting(meeting=other, reason=f"{CANARY}grund", by=by, at=NOON)
    return mails.next()


def minutes_are_approved(cast: Cast, meeting: Meeting, mayor: Character, day: Day) -> None:
    """What was said and decided openly and otherwise, with a task for the mayor of each kind."""
    dk, by, at = cast.dk, cast.dk.secretary.actor, day()
    minutes = api.begin_minutes(meeting=meeting, by=by, at=at)
    api.note_everybody_present(meeting=meeting, by=by, at=at)
    for item in meeting.items.all():
        is_open = item.classification == Classification.OPEN
        said, decided, task = (
            (SAID, DECISION, TASK)
            if is_open
            else (f"{CANARY}ord", f"{CANARY}beslutning", f"{CANARY}opgave")
        )
        api.save_text(item=item, text=said, expected=0, by=by, at=at)
        decision = api.record_decision(item=item, text=decided, by=by, at=at)
        to = mayor if is_open or "egen" in item.title else dk.police_director
        give_task(
            council=dk.kredsraad, title=task, person=to.person, decision=decision,
            deadline_date=(at + timedelta(days=30)).date(), by=by, at=at,
        )  # fmt: skip
    api.circulate_minutes(minutes=minutes, by=by, at=at)
    for approver in (dk.police_director, dk.mayor):
        minutes.refresh_from_db()
        api.approve_minutes(minutes=minutes, by=approver.actor, at=at)
    minutes.refresh_from_db()
    assert minutes.state == "approved"


def nothing_restricted_anywhere(mails: Mails) -> None:
    """Not in any mail to anybody, its headers or calendars; not on any page a mail leads to."""
    restricted = CANARY.casefold()
    addresses = set()
    for mail in mails.mailbox.mails:
        text = as_read(mail)
        raw = mail.as_bytes().decode("utf-8", "replace")
        assert restricted not in f"{text}\n{raw}".casefold(), mail["Subject"]
        if mails.address in str(mail["X-Envelope-To"]):
            addresses |= {found.rstrip(".,)") for found in LINK.findall(text)}
    assert len(addresses) > 15
    for address in addresses:
        mails.telephone.goto(address)
        assert restricted not in mails.telephone.content().casefold(), address
        assert sideways_scroll(mails.telephone) == 0, address


def as_read(mail: Any) -> str:
    """The headers, and every part as its reader decodes it."""
    headers = [f"{name}: {value}" for name, value in mail.items()]
    parts = [part for part in mail.walk() if not part.is_multipart()]
    names = [f"{name}: {value}" for part in parts for name, value in part.items()]
    content = [str(part.get_content()) for part in parts]
    return "\n".join([*headers, *names, *content])

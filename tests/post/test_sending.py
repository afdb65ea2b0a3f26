"""Mail: in the reader's language, with the change, to those it is still for, as clean as can be."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from samrad.access.actor import ANONYMOUS, SYSTEM, Actor
from samrad.documents.models import StoredFile
from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at, now
from samrad.kernel.verdict import Refused
from samrad.people import letters
from samrad.people.models import Person
from samrad.post import guards
from samrad.post.actions import DELIVER, forget_old, retry_message
from samrad.post.api import Attachment, RestrictedInMail, register_guard, send, send_link
from samrad.post.models import Enclosure, Message
from samrad.post.rules import MessageState, error_code, is_final
from samrad.trail.api import event_codes_of, history_of
from samrad.work.api import Job, enqueue, work_off
from samrad.work.rules import JobState
from tests.cast import NOON
from tests.support.mail import Mailbox

pytestmark = pytest.mark.django_db
WORDS = {
    "notice.subject.txt": "{% load i18n %}{% translate 'Search' %}: {{ title }}\n",
    "notice.txt": "Hei {{ recipient.name|default:'du' }}!\n\n- {{ title }}\n- {{ url }}\n",
}


@pytest.fixture(autouse=True)
def _templates(tmp_path: Path, settings: Any) -> None:
    for name, text in WORDS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.PUBLIC_URL = "https://samrad.example.org"


@pytest.fixture
def kari() -> Person:
    return Person.objects.create(name="Kari Eksempel", email="kari@example.org", language="nn")


def notice(to: Person | str, **more: Any) -> Message:
    context = {"title": "Ungdom på Ås & <omegn>", "url": "https://samrad.example.org/x"}
    return send(to=to, template="notice", context=context, **more)


def paper(classification: str = Classification.INTERNAL) -> StoredFile:
    return StoredFile.objects.create(
        name="papir.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
        uploaded_at=NOON, classification=classification,
        legal_basis="offl. § 13" if classification == Classification.RESTRICTED else "",
    )  # fmt: skip


def the_mail(mailbox: Mailbox) -> EmailMessage:
    (mail,) = mailbox.mails
    return mail


def test_a_mail_arrives_as_text_and_html_with_clean_headers(mailbox: Mailbox, kari: Person) -> None:
    with held_at(NOON):
        message = notice(kari)
    work_off()

    mail = the_mail(mailbox)
    assert mail["To"] == "kari@example.org"
    assert mail["Message-ID"] == f"<{message.ref}@samrad.example.org>"
    assert mail["Date"].datetime == NOON
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<samrad.samrad.example.org>"
    assert str(mail["Subject"]).endswith("Ungdom på Ås & <omegn>")
    text, html = (part.get_content() for part in mail.iter_parts())
    assert "Hei Kari Eksempel!" in text
    assert "- Ungdom på Ås & <omegn>" in text
    assert "<li>Ungdom på Ås &amp; &lt;omegn&gt;</li>" in html
    assert '<a href="https://samrad.example.org/x"' in html
    assert '<html lang="nn">' in html
    assert not mail.defects


def test_nothing_but_ascii_in_short_lines_goes_over_the_wire(
    mailbox: Mailbox, kari: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    real = smtplib.SMTP.data

    def watched(self: smtplib.SMTP, content: Any) -> Any:
        seen.append(content)
        return real(self, content)

    monkeypatch.setattr(smtplib.SMTP, "data", watched)
    send(to=kari, template="notice", context={"title": "blåbærsyltetøy " * 200, "url": ""})
    work_off()

    (content,) = seen
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_words_go_once_they_are_sent(mailbox: Mailbox, kari: Person) -> None:
    message = notice(kari, attachments=[Attachment("a.txt", b"x", "text/plain")])
    assert "Hei Kari" in message.text
    work_off()

    message.refresh_from_db()
    assert (message.state, message.text) == (MessageState.SENT, "")
    assert not Enclosure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_queued_only_if_its_change_is_kept(mailbox: Mailbox, kari: Person) -> None:
    with transaction.atomic():
        notice(kari)
        transaction.set_rollback(True)
    work_off()

    assert not Message.objects.exists()
    assert mailbox.mails == []


def test_the_same_key_is_one_mail(mailbox: Mailbox, kari: Person) -> None:
    assert notice(kari, key="once").pk == notice(kari, key="once").pk
    work_off()

    assert len(mailbox.mails) == 1


def test_delivering_twice_sends_once(mailbox: Mailbox, kari: Person) -> None:
    message = notice(kari)
    enqueue(DELIVER, message=message.pk)
    work_off()

    assert len(mailbox.mails) == 1


def test_a_line_break_in_a_title_cannot_make_a_header(mailbox: Mailbox) -> None:
    send(
        to="a@example.org", template="notice",
        context={"title": "x\r\nBcc: everybody@example.org", "url": ""},
    )  # fmt: skip
    work_off()

    assert the_mail(mailbox)["Bcc"] is None


def test_an_invitation_for_a_calendar_is_an_alternative_that_clients_understand(
    mailbox: Mailbox, kari: Person
) -> None:
    invitation = Attachment(
        "moete.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; method=REQUEST"
    )
    notice(kari, attachments=[invitation, Attachment("papir.pdf", b"%PDF", "application/pdf")])
    work_off()

    mail = the_mail(mailbox)
    parts = list(mail.walk())
    calendar = next(part for part in parts if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["papir.pdf"]


# What may not travel ------------------------------------------------------------------------------


def test_a_mail_that_speaks_of_something_restricted_is_refused(kari: Person) -> None:
    secret = paper(Classification.RESTRICTED)

    with pytest.raises(RestrictedInMail):
        notice(kari, speaks_of=[paper(), secret])
    with pytest.raises(RestrictedInMail):
        send(to=kari, template="notice", context={"rows": [{"item": secret}]})
    assert not Message.objects.exists()
    assert not Job.objects.exists()


def test_what_became_restricted_while_the_mail_waited_is_withheld(
    mailbox: Mailbox, kari: Person
) -> None:
    item = paper()
    message = notice(kari, speaks_of=[item])
    StoredFile.objects.update(classification=Classification.RESTRICTED, legal_basis="offl. § 13")
    work_off()

    message.refresh_from_db()
    assert (message.state, message.text) == (MessageState.WITHHELD, "")
    assert mailbox.mails == []
    assert event_codes_of(message) == ["post.withheld"]


def test_what_is_gone_when_the_mail_is_to_be_sent_is_not_spoken_of(
    mailbox: Mailbox, kari: Person
) -> None:
    item = paper()
    notice(kari, speaks_of=[item])
    StoredFile.objects.all().delete()
    work_off()

    assert mailbox.mails == []


def test_of_something_restricted_a_bare_link_may_travel(mailbox: Mailbox, kari: Person) -> None:
    secret = paper(Classification.RESTRICTED)
    send_link(to=kari, url="https://samrad.example.org/y", about=secret)
    work_off()

    mail = the_mail(mailbox)
    assert "https://samrad.example.org/y" in mail.as_string()
    assert "papir" not in mail.as_string()


def test_somebody_who_has_left_gets_no_mail(mailbox: Mailbox, kari: Person) -> None:
    message = notice(kari)
    Person.objects.update(left_date=date(2026, 1, 1))
    work_off()

    message.refresh_from_db()
    assert message.state == MessageState.WITHHELD
    assert mailbox.mails == []
    assert "Kari Eksempel" in history_of(message)[0].text


@pytest.fixture
def guard() -> Iterator[list[Actor]]:
    """A guard for files that lets nobody have anything, and remembers whom it was asked about."""
    asked: list[Actor] = []

    def nobody(actor: Actor, _ref: Any) -> bool:
        asked.append(actor)
        return False

    before = dict(guards._guards)
    register_guard("file", nobody)
    yield asked
    guards._guards.clear()
    guards._guards.update(before)


def test_somebody_who_lost_the_role_gets_no_mail_about_it(
    mailbox: Mailbox, kari: Person, guard: list[Actor]
) -> None:
    message = notice(kari, about=paper())
    work_off()

    message.refresh_from_db()
    assert message.state == MessageState.WITHHELD
    assert guard == [ANONYMOUS]  # a person without any appointment is nobody
    assert mailbox.mails == []


def test_a_guard_that_fails_lets_nothing_through(mailbox: Mailbox, kari: Person) -> None:
    def broken(_actor: Actor, _ref: Any) -> bool:
        raise ZeroDivisionError

    before = dict(guards._guards)
    register_guard("file", broken)
    notice(kari, about=paper())
    work_off()
    guards._guards.clear()
    guards._guards.update(before)

    assert mailbox.mails == []
    assert Job.objects.get().error == "ZeroDivisionError"


# When the mail server does not want it ------------------------------------------------------------


def test_an_address_that_does_not_exist_fails_at_once_and_is_seen(
    mailbox: Mailbox, kari: Person
) -> None:
    mailbox.refuse("kari@example.org")
    message = notice(kari)
    work_off()

    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.FAILED, "SMTP 550")
    assert list(Message.objects.troubled()) == [message]
    assert Job.objects.get().state == JobState.DONE
    assert event_codes_of(message) == ["post.failed"]


def test_a_mail_server_that_is_away_is_tried_again_with_the_same_mail(
    mailbox: Mailbox, kari: Person, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    message = notice(kari)
    work_off()
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.QUEUED, "ConnectionRefusedError")

    settings.EMAIL_PORT = port
    Job.objects.update(due_at=now())
    work_off()
    assert the_mail(mailbox)["Message-ID"] == message.message_id
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.SENT, "")


def test_after_the_last_try_the_mail_has_failed_and_can_be_sent_again(
    mailbox: Mailbox, kari: Person, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    message = notice(kari)
    for _ in range(10):
        Job.objects.update(due_at=now())
        work_off()
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.FAILED, "ConnectionRefusedError")

    with pytest.raises(Refused, match="Only those who run the installation"):
        retry_message(message=message, by=ANONYMOUS, at=NOON)
    settings.EMAIL_PORT = port
    retry_message(message=message, by=SYSTEM, at=NOON)
    work_off()
    assert the_mail(mailbox)["Message-ID"] == message.message_id
    message.refresh_from_db()
    with pytest.raises(Refused, match="not waiting"):
        retry_message(message=message, by=SYSTEM, at=NOON)


def test_somebody_without_an_address_is_a_failure_people_see(mailbox: Mailbox) -> None:
    message = notice(Person.objects.create(name="Uten Adresse"))
    work_off()

    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.FAILED, "no address")


@pytest.mark.parametrize(
    ("error", "final", "code"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"a@b unknown")}), True, "SMTP 550"),
        (smtplib.SMTPRecipientsRefused({"a@b": (451, b"greylisted")}), False, "SMTP 451"),
        (smtplib.SMTPDataError(554, b"spam"), True, "SMTP 554"),
        (smtplib.SMTPDataError(452, b"full"), False, "SMTP 452"),
        (smtplib.SMTPAuthenticationError(535, b"no"), False, "SMTP 535"),
        (smtplib.SMTPSenderRefused(550, b"no", "x"), False, "SMTP 550"),
        (smtplib.SMTPServerDisconnected("gone"), False, "SMTPServerDisconnected"),
        (TimeoutError(), False, "TimeoutError"),
    ],
)
def test_what_a_servers_answer_means(error: Exception, final: bool, code: str) -> None:
    assert (is_final(error), error_code(error)) == (final, code)


def test_mail_about_accounts_is_carried_too(mailbox: Mailbox, kari: Person) -> None:
    letters.send(to=kari, template="post/mail/link", context={"url": "https://x.org/t"})
    work_off()

    assert "https://x.org/t" in the_mail(mailbox).as_string()


def test_old_mail_is_forgotten(mailbox: Mailbox, kari: Person) -> None:
    mailbox.refuse("kari@example.org")
    message = notice(kari)
    work_off()
    forget_old(at=now() + timedelta(days=31))
    message.refresh_from_db()
    assert message.text == ""
    with pytest.raises(Refused, match="no longer kept"):
        retry_message(message=message, by=SYSTEM, at=NOON)
    forget_old(at=now() + timedelta(days=181))

    assert not Message.objects.exists()


def test_a_mail_with_a_key_is_not_sent_again_however_long_ago_it_was(
    mailbox: Mailbox, kari: Person
) -> None:
    """A task that has been open for a year asks for the same last reminder every morning."""
    about = paper()
    message = notice(kari, key="task:1:to_chair", about=about, speaks_of=[about])
    work_off()
    forget_old(at=now() + timedelta(days=181))
    notice(kari, key="task:1:to_chair", about=about)
    forget_old(at=now() + timedelta(days=400))
    work_off()

    assert len(mailbox.mails) == 1
    message.refresh_from_db()
    assert message.state == MessageState.FORGOTTEN
    assert (message.person, message.address, message.subject) == (None, "", "")
    assert (message.about_ref, message.speaks_of) == (None, [])


def test_what_failed_long_ago_troubles_nobody_any_more(mailbox: Mailbox, kari: Person) -> None:
    mailbox.refuse("kari@example.org")
    notice(kari, key="once")
    work_off()
    assert Message.objects.troubled().count() == 1
    forget_old(at=now() + timedelta(days=181))

    assert not Message.objects.troubled().exists()
    assert not Message.objects.remembered().exists()


def test_a_mail_whose_job_was_lost_has_failed_after_a_month(kari: Person) -> None:
    message = notice(kari)
    Job.objects.all().delete()
    forget_old(at=now() + timedelta(days=29))
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    forget_old(at=now() + timedelta(days=31))

    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.FAILED, "no answer")


# Secrets ------------------------------------------------------------------------------------------

TOKEN = "https://samrad.example.org/invitation/letsyouin"


def account_mail(to: Person) -> Message:
    letters.send(to=to, template="notice", context={"title": "Invitation", "url": TOKEN})
    return Message.objects.get()


def stored_words() -> str:
    """Everything the tables of mail and of jobs hold."""
    rows = [*Message.objects.values_list(), *Enclosure.objects.values_list()]
    return str([*rows, *Job.objects.values_list()])


def test_the_link_into_an_account_goes_when_its_mail_is_refused(
    mailbox: Mailbox, kari: Person
) -> None:
    mailbox.refuse("kari@example.org")
    message = account_mail(kari)
    assert TOKEN in stored_words()
    work_off()

    assert TOKEN not in stored_words()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    with pytest.raises(Refused, match="no longer kept"):
        retry_message(message=message, by=SYSTEM, at=NOON)


def test_the_link_into_an_account_goes_after_the_last_try(
    mailbox: Mailbox, kari: Person, settings: Any
) -> None:
    settings.EMAIL_PORT = 9
    account_mail(kari)
    for _ in range(10):
        Job.objects.update(due_at=now())
        work_off()

    assert Message.objects.get().state == MessageState.FAILED
    assert TOKEN not in stored_words()


def test_the_link_into_an_account_goes_with_the_mail(mailbox: Mailbox, kari: Person) -> None:
    account_mail(kari)
    work_off()

    assert TOKEN in the_mail(mailbox).as_string()
    assert TOKEN not in stored_words()


def test_links_that_were_kept_before_are_destroyed_by_the_upgrade(kari: Person) -> None:
    upgrade = import_module("samrad.post.migrations.0002_secrets_go_and_keys_stay")
    for template, state in (("people/mail/invitation", "failed"), ("notice", "failed")):
        message = send(to=kari, template="notice", context={"title": "x", "url": TOKEN})
        Message.objects.filter(pk=message.pk).update(template=template, state=state)
    upgrade.destroy_secrets_kept_so_far(apps, SimpleNamespace(connection=connection))

    kept = {one.template: one.text for one in Message.objects.all()}
    assert kept["people/mail/invitation"] == ""
    assert TOKEN in kept["notice"]

"""A mail that came back: which one it was, that it is said, and that nobody can feign it widely."""

from __future__ import annotations

from email.message import EmailMessage
from email.message import Message as Mail
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from samrad.kernel.clock import now
from samrad.post.api import Message, MessageState, Outcome, send
from samrad.post.incoming import read_mail
from samrad.post.receiving import receive
from samrad.trail.api import event_codes_of
from samrad.work.api import work_off
from tests.cast import Cast, signed_in
from tests.support.examples import tries
from tests.support.mail import Mailbox

INBOX = "svar@samrad.example.org"


@pytest.fixture(autouse=True)
def _inbox(settings: Any) -> None:
    settings.MAIL_INBOX = INBOX
    settings.PUBLIC_URL = "https://samrad.example.org"
    settings.DEFAULT_FROM_EMAIL = "Samråd <samrad@example.org>"
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def sent(cast: Cast, mailbox: Mailbox) -> Message:
    """A mail that the mail server took, and that is to come back."""
    message = send(to=cast.chair.person, template="post/mail/link", context={"url": "/x"})
    work_off()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    return message


def report(
    *, to: str = INBOX, action: str = "failed", status: str = "5.1.1", returned: str = "",
    whole: bool = True,
) -> bytes:  # fmt: skip
    """A delivery report as mail servers write it (RFC 3464)."""
    mail = MIMEMultipart("report", report_type="delivery-status")
    mail["From"], mail["To"] = "MAILER-DAEMON@mx.example.org", to
    mail["Return-Path"], mail["Auto-Submitted"] = "<>", "auto-replied"
    mail.attach(MIMEText("The mailbox does not exist."))
    per_mail, per_recipient = Mail(), Mail()
    per_mail["Reporting-MTA"] = "dns; mx.example.org"
    per_recipient["Final-Recipient"] = "rfc822; maja@example.org"
    per_recipient["Action"], per_recipient["Status"] = action, status
    per_recipient["Diagnostic-Code"] = "smtp; 550 5.1.1 maja@example.org: no such mailbox"
    status_part = MIMEMessage.__new__(MIMEMessage)
    Mail.__init__(status_part)
    status_part["Content-Type"] = "message/delivery-status"
    status_part.set_payload([per_mail, per_recipient])
    mail.attach(status_part)
    if returned:
        original = EmailMessage()
        original["Message-ID"], original["Subject"] = returned, "Møte"
        original.set_content("…")
        if whole:
            mail.attach(MIMEMessage(original))
        else:
            headers = "".join(f"{name}: {value}\n" for name, value in original.items())
            part = MIMEText(headers, "rfc822-headers", "utf-8")
            mail.attach(part)
    return mail.as_bytes()


def received(raw: bytes, **more: Any) -> Outcome:
    return receive(raw, at=now(), **more).outcome


def test_the_envelope_says_where_a_mail_comes_back_to_and_the_reader_sees_the_usual_sender(
    sent: Message, mailbox: Mailbox
) -> None:
    (mail,) = mailbox.mails

    assert mail["X-Envelope-From"] == f"svar+m.{sent.ref.hex}@samrad.example.org"
    assert "samrad@example.org" in mail["From"]


@pytest.mark.parametrize("way", ["envelope", "to", "message id", "headers only"])
def test_a_bounce_finds_its_mail(sent: Message, way: str) -> None:
    address = f"svar+{sent.tag}@samrad.example.org"
    raw = {
        "envelope": report(),
        "to": report(to=address),
        "message id": report(returned=sent.message_id),
        "headers only": report(returned=sent.message_id, whole=False),
    }[way]

    assert received(raw, recipient=address if way == "envelope" else "") == Outcome.TAKEN_IN

    sent.refresh_from_db()
    assert (sent.state, sent.error) == (MessageState.BOUNCED, "DSN 5.1.1")
    assert event_codes_of(sent) == ["post.bounced"]


def test_the_server_s_own_words_are_not_kept(sent: Message) -> None:
    odd = report(to=f"svar+{sent.tag}@samrad.example.org", status="maja@example.org is gone")
    received(odd)

    sent.refresh_from_db()
    assert sent.error == "DSN 5.0.0"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_nothing_failed_changes_nothing(sent: Message, action: str) -> None:
    raw = report(to=f"svar+{sent.tag}@samrad.example.org", action=action, status="4.4.1")

    assert received(raw) == Outcome.IGNORED
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_an_automatic_answer_to_the_envelope_is_no_bounce(sent: Message) -> None:
    mail = EmailMessage()
    mail["To"] = f"svar+{sent.tag}@samrad.example.org"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Jeg har ferie.")

    assert received(mail.as_bytes()) == Outcome.IGNORED
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_a_report_on_a_mail_we_do_not_know_is_let_be(sent: Message) -> None:
    for raw in (
        report(returned="<somebody@else.example>"),
        report(to="svar+m.0192f0c1000070008000000000000000@samrad.example.org"),
        report(to="svar+m.nonsense@samrad.example.org"),
        report(),
    ):
        assert received(raw) == Outcome.IGNORED
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_a_bounce_that_is_quicker_than_our_own_note_is_asked_to_come_again(sent: Message) -> None:
    Message.objects.update(state=MessageState.QUEUED)

    assert received(report(returned=sent.message_id)) == Outcome.NOT_NOW


def test_the_outbox_shows_it_and_says_what_to_do(sent: Message, cast: Cast, client: Client) -> None:
    received(report(returned=sent.message_id))

    page = signed_in(client, cast.administrator).get(reverse("post:outbox")).content.decode()

    assert "Came back" in page
    assert "DSN 5.1.1" in page
    assert "Mend the recipient&#x27;s address" in page
    assert client.post(reverse("post:retry", args=[sent.ref])).status_code == 403


@given(st.binary(max_size=400))
@tried(max_examples=tries(400))
def test_whatever_arrives_is_read_or_is_not(raw: bytes) -> None:
    read_mail(raw)
    read_mail(b"MIME-Version: 1.0\nContent-Type: multipart/report; boundary=x\n\n--x\n" + raw)


def test_a_mail_within_a_mail_within_a_mail_is_not_followed_for_ever() -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
    )

    found = read_mail(deep)

    assert found is None or found.calendars == ()

"""The page of the outgoing mail: for those who run the installation, without what mails say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import samrad
from samrad.kernel.clock import now
from samrad.post.api import send
from samrad.post.causes import cause_of
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.work.api import Job, enqueue, work_off
from samrad.work.rules import JobState
from samrad.work.worker import Worker
from tests.cast import Cast, signed_in
from tests.support.mail import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def link_to(cast: Cast) -> Message:
    url = "https://samrad.example.org/secret-place"
    return send(to=cast.chair.person, template="post/mail/link", context={"url": url})


def test_only_those_who_run_the_installation_find_it(client: Client, cast: Cast) -> None:
    url = reverse("post:outbox")

    assert signed_in(client, cast.administrator).get(url).status_code == 200
    for who in (cast.chair, cast.secretary, cast.analyst, cast.national_officer, cast.stranger):
        assert signed_in(client, who).get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_it_tells_to_whom_and_how_it_went_and_not_what_it_says(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    mailbox.refuse(cast.chair.person.email)
    link_to(cast)
    work_off()
    page = signed_in(client, cast.administrator).get(reverse("post:outbox")).content.decode()

    assert cast.chair.name in page
    assert "SMTP 550" in page
    assert "secret-place" not in page
    assert "<code>samrad worker</code>" in page
    Worker().turn()
    page = client.get(reverse("post:outbox")).content.decode()
    assert "<code>samrad worker</code>" not in page


def test_it_says_why_each_mail_was_sent(client: Client, cast: Cast) -> None:
    link_to(cast)
    page = signed_in(client, cast.administrator).get(reverse("post:outbox")).content.decode()

    assert "Why it was sent" in page
    assert "There is something new for them to read" in page


def test_every_mail_there_is_has_a_cause_in_words() -> None:
    root = Path(samrad.__file__).parent
    mails = {
        f"{found.parent.parent.name}/mail/{found.name.removesuffix('.subject.txt')}"
        for found in root.glob("*/templates/*/mail/*.subject.txt")
    }

    assert len(mails) > 20
    assert sorted(mail for mail in mails if not str(cause_of(mail))) == []


def test_a_failed_mail_is_sent_again_from_the_page(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    mailbox.refuse(cast.chair.person.email)
    message = link_to(cast)
    work_off()
    mailbox.refused.clear()
    url = reverse("post:retry", args=[message.ref])

    assert signed_in(client, cast.chair).post(url).status_code == 404
    assert signed_in(client, cast.administrator).get(url).status_code == 405
    assert client.post(url).status_code == 302
    work_off()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert client.post(url).status_code == 403


def test_work_that_was_given_up_is_run_again_or_dropped_from_the_page(
    client: Client, cast: Cast
) -> None:
    for _ in range(2):
        enqueue("post.forget_old")
    Job.objects.update(state=JobState.DEAD, finished_at=now(), error="ValueError")
    first, second = Job.objects.order_by("pk")
    signed_in(client, cast.administrator)
    assert "post.forget_old" in client.get(reverse("post:outbox")).content.decode()

    client.post(reverse("post:run_again", args=[first.ref]))
    client.post(reverse("post:drop", args=[second.ref]))

    assert list(Job.objects.values_list("pk", "state")) == [(first.pk, JobState.WAITING)]


def test_the_page_costs_the_same_for_one_mail_and_for_fifty(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(50):
        link_to(cast)
    Message.objects.update(state=MessageState.FAILED, error="SMTP 550")
    signed_in(client, cast.administrator)
    client.get(reverse("post:outbox"))

    with django_assert_max_num_queries(12):
        client.get(reverse("post:outbox"))


def test_an_invitation_that_did_not_arrive_says_that_a_new_one_is_needed(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    mailbox.refuse(cast.chair.person.email)
    link_to(cast)
    Message.objects.update(holds_secret=True)
    work_off()
    page = signed_in(client, cast.administrator).get(reverse("post:outbox")).content.decode()

    assert "Do again what it was sent for." in page
    assert "Send again" not in page

"""What happens to a message: written and queued, delivered or not, sent again, forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from samrad.access.actor import SYSTEM, Actor
from samrad.documents.models import Classified
from samrad.kernel.clock import now
from samrad.people.models import Person
from samrad.people.rules import Delivery, MailKind
from samrad.post import guards
from samrad.post.choices import DIGEST, choice_url
from samrad.post.delivery import hand_over, our_host
from samrad.post.digests import put_together
from samrad.post.events import MAIL_FAILED, MAIL_RETRIED, MAIL_WITHHELD
from samrad.post.models import Enclosure, Message
from samrad.post.permissions import may_retry_message
from samrad.post.rules import WAITING, MessageState, error_code, is_final
from samrad.post.writing import lines_of_digest, subject_and_text
from samrad.trail.api import record
from samrad.trail.models import INSTALLATION, Recorded
from samrad.work.api import enqueue

DELIVER = "post.deliver"
NO_ADDRESS = "no address"
NO_ANSWER = "no answer"
KEPT = timedelta(days=180)
_STATES = {
    Delivery.AT_ONCE: MessageState.QUEUED,
    Delivery.DAILY: MessageState.HELD,
    Delivery.NONE: MessageState.DECLINED,
}
LONGEST_IN_DOUBT = timedelta(days=30)


@dataclass(frozen=True)
class Attachment:
    """A file that travels with a mail; `text/calendar; method=REQUEST` becomes an invitation."""

    name: str
    content: bytes
    content_type: str


@transaction.atomic
def send(
    *,
    to: Person | str,
    template: str,
    context: dict[str, Any] | None = None,
    about: Recorded | None = None,
    speaks_of: Iterable[Classified] = (),
    language: str = "",
    attachments: Iterable[Attachment] = (),
    key: str = "",
    kind: MailKind | None = None,
    holds_secret: bool = False,
    bare: dict[str, Any] | None = None,
) -> Message:
    """Write a mail in the recipient's language and queue it with the change it tells of.

    How mail of a `kind` comes is the recipient's choice: at once, held for the mail of the day, or
    not at all. Mail of no kind always goes at once.

    `about` is what a guard is asked about at the moment of sending. `speaks_of` are the classified
    things the words repeat; a restricted one among them, or anywhere in the context, raises
    `RestrictedInMail`. What has to come even when one of them is closed or gone by the time it is
    sent says with `bare` what its context is then, so that it names none of them. The same `key`
    gives the mail that is there already. The text of one that `holds_secret` goes even when it
    could not be delivered.
    """
    context, things = context or {}, list(speaks_of)
    guards.refuse_restricted([things, context, bare])
    if key and (earlier := Message.objects.filter(key=key).first()):
        return earlier
    person = to if isinstance(to, Person) else None
    language = language or (person.language if person else "") or settings.LANGUAGE_CODE
    state = _STATES[person.delivery_of(kind) if person and kind else Delivery.AT_ONCE]
    words = {"recipient": person, **context}
    if person and kind:
        words["choice_url"] = choice_url(person, [kind])
    subject, text = _said(template, words, language, state)
    bare_text = "" if bare is None else _said(template, {**words, **bare}, language, state)[1]
    message = Message(
        key=key,
        person=person,
        address=person.email if person else str(to),
        template=template,
        language=language,
        subject=subject,
        text=text,
        bare_text=bare_text,
        state=state,
        kind=kind or "",
        holds_secret=holds_secret,
        about_kind=about.trail_kind if about else "",
        about_ref=about.ref if about else None,
        speaks_of=[[thing._meta.label, thing.pk] for thing in things],
        chain=about.trail_chain if about else INSTALLATION,
        queued_at=now(),
        settled_at=now() if state == MessageState.DECLINED else None,
    )
    message.message_id = f"<{message.ref}@{our_host()}>"
    message.save(force_insert=True)
    if state != MessageState.QUEUED:
        return message
    Enclosure.objects.bulk_create(
        Enclosure(
            message=message, name=one.name, content_type=one.content_type, content=one.content
        )
        for one in attachments
    )
    enqueue(DELIVER, message=message.pk)
    return message


def _said(
    template: str, words: dict[str, Any], language: str, state: MessageState
) -> tuple[str, str]:
    """The subject, and what is kept of the text: a line or two of what waits for the daily mail."""
    subject, text = subject_and_text(template, words, language)
    if state == MessageState.HELD:
        text = lines_of_digest(template, words, language, subject)
    return subject, "" if state == MessageState.DECLINED else text


def send_link(
    *,
    to: Person,
    url: str,
    about: Recorded,
    language: str = "",
    key: str = "",
    kind: MailKind | None = None,
) -> Message:
    """Tell somebody that there is something for them, and nothing of what it is."""
    return send(
        to=to, template="post/mail/link", context={"url": url}, about=about, language=language,
        key=key, kind=kind,
    )  # fmt: skip


def send_secret(
    *,
    to: Person | str,
    template: str,
    context: dict[str, Any],
    about: Recorded | None = None,
    language: str = "",
) -> Message:
    """Send what lets its reader in: an invitation, the link to a new password."""
    return send(
        to=to, template=template, context=context, about=about, language=language, holds_secret=True
    )


def deliver(*, message: int, at: datetime) -> None:
    """Send a queued message, unless it is no longer for its recipient. Safe to do again."""
    letter = Message.objects.select_related("person").filter(pk=message).first()
    if letter is None or letter.state != MessageState.QUEUED:
        return
    guards.say_less(letter)
    if not guards.is_still_for(letter, at):
        settle(letter, MessageState.WITHHELD, at=at)
        return
    if letter.template == DIGEST and not put_together(letter, at):
        settle(letter, MessageState.WITHHELD, at=at)
        return
    address = letter.person.email if letter.person else letter.address
    if not address:
        settle(letter, MessageState.FAILED, at=at, error=NO_ADDRESS)
        return
    try:
        hand_over(letter, address)
    except Exception as error:
        if is_final(error):
            settle(letter, MessageState.FAILED, at=at, error=error_code(error))
            return
        Message.objects.filter(pk=letter.pk).update(error=error_code(error))
        raise
    settle(letter, MessageState.SENT, at=at)


@transaction.atomic
def give_up(*, message: int) -> None:
    """No more tries are left: the message has failed, and says so."""
    letter = Message.objects.filter(pk=message, state=MessageState.QUEUED).first()
    if letter is not None:
        settle(letter, MessageState.FAILED, at=now(), error=letter.error or NO_ANSWER)


@transaction.atomic
def settle(letter: Message, state: MessageState, *, at: datetime, error: str = "") -> None:
    """A message has come to an end, one way or another; it does so once."""
    values: dict[str, Any] = {"state": state, "settled_at": at, "error": error}
    if state != MessageState.FAILED or letter.holds_secret:
        values |= {"text": "", "bare_text": ""}  # nobody needs the words here any more
        Enclosure.objects.filter(message=letter).delete()
        Message.objects.filter(digest=letter).update(text="", bare_text="")
    waiting = Message.objects.filter(pk=letter.pk, state__in=WAITING)
    settled = waiting.update(**values)
    if settled and state == MessageState.WITHHELD:
        record(MAIL_WITHHELD, about=letter, by=SYSTEM, at=at, to=letter.recipient)
    if settled and state == MessageState.FAILED:
        record(MAIL_FAILED, about=letter, by=SYSTEM, at=at, to=letter.recipient, error=error)


@transaction.atomic
def retry_message(*, message: Message, by: Actor, at: datetime) -> None:
    """Send a failed message again, as the same mail."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    may_retry_message(by, message).enforce()
    message.state, message.settled_at, message.error = MessageState.QUEUED, None, ""
    message.save(update_fields=["state", "settled_at", "error"])
    record(MAIL_RETRIED, about=message, by=by, at=at, to=message.recipient)
    enqueue(DELIVER, message=message.pk)


@transaction.atomic
def forget_old(*, at: datetime) -> None:
    """What was settled half a year ago goes; words that could not be delivered go after a month.

    Keys stay for good: a task that is open for years asks for the same reminder every day.
    """
    for stuck in Message.objects.filter(
        state=MessageState.QUEUED, queued_at__lt=at - LONGEST_IN_DOUBT
    ):
        settle(stuck, MessageState.FAILED, at=at, error=stuck.error or NO_ANSWER)
    stale = Message.objects.filter(settled_at__lt=at - LONGEST_IN_DOUBT).exclude(text="")
    Enclosure.objects.filter(message__in=stale).delete()
    stale.update(text="", bare_text="")
    old = Message.objects.remembered().filter(settled_at__lt=at - KEPT)
    old.filter(key="").delete()
    old.update(
        state=MessageState.FORGOTTEN, person=None, address="", subject="", message_id="", error="",
        about_kind="", about_ref=None, speaks_of=[], chain="",
    )  # fmt: skip

"""Keeping a file, reading a restricted one, and what was answered for in a form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from samrad.access.actor import Actor
from samrad.documents import events
from samrad.documents.kinds import CSV, TEXT, as_utf_8, kind_of, tidy_name
from samrad.documents.models import DiscardedFile, StoredFile
from samrad.documents.rules import Classification, NumberAnswer
from samrad.kernel.identity import find_identity_numbers, is_blocked
from samrad.trail.api import record
from samrad.trail.models import INSTALLATION, Recorded

KEPT_FOR_A_BACKUP = timedelta(days=1)


class NotKept(ValueError):
    """A file of a kind that is not kept, or whose name or text holds an identity number."""


@transaction.atomic
def store_file(
    *,
    name: str,
    content: bytes,
    by: Actor,
    at: datetime,
    chain: str = INSTALLATION,
    classification: Classification = Classification.INTERNAL,
    legal_basis: str = "",
    text: str = "",
    is_answered_for: bool = False,
) -> StoredFile:
    """Keep a file as it came, under a name of our own; `text` is what a reader extracted of it.

    The form has told the person already; here the rules hold for programs as well. What looks like
    an identity number is kept only when it was answered for in a form.
    """
    kind = kind_of(content, name)
    if kind is None:
        message = "This kind of file is not kept."
        raise NotKept(message)
    if not is_answered_for and is_blocked(find_identity_numbers(f"{name}\n{text}")):
        message = "The file's name or text holds what looks like an identity number."
        raise NotKept(message)
    content = as_utf_8(content) if kind in {TEXT, CSV} else content
    file = StoredFile(
        name=tidy_name(name, kind),
        content_type=kind.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        chain=chain,
        classification=classification,
        legal_basis=legal_basis,
        uploaded_by_id=by.person_id,
        uploaded_at=at,
    )
    file.content.save(f"{file.ref}.{kind.ending}", ContentFile(content), save=False)
    file.save(force_insert=True)
    record(events.FILE_STORED, about=file, by=by, at=at)
    return file


@transaction.atomic
def discard_file(*, file: StoredFile, by: Actor, at: datetime) -> None:
    """The file is gone for everybody; its bytes follow when no backup can be reading them."""
    record(events.FILE_DISCARDED, about=file, by=by, at=at)
    DiscardedFile.objects.create(content=str(file.content.name), discarded_at=at)
    file.delete()


def delete_discarded(*, at: datetime) -> int:
    """Delete the bytes of what was discarded a while ago; how many files these were."""
    discarded = list(DiscardedFile.objects.filter(discarded_at__lte=at - KEPT_FOR_A_BACKUP))
    for one in discarded:
        StoredFile.content.field.storage.delete(one.content)
        one.delete()
    return len(discarded)


@transaction.atomic
def classify_file(*, file: StoredFile, classification: Classification, legal_basis: str) -> None:
    """A file follows what it belongs to; whoever changes that has asked and records it."""
    file.classification, file.legal_basis = classification, legal_basis
    file.save(update_fields=["classification", "legal_basis"])


def note_reading(file: StoredFile, *, by: Actor, at: datetime) -> None:
    """Whoever opens a restricted file is recorded, before the first byte is sent."""
    if file.is_restricted:
        record(events.FILE_READ, about=file, by=by, at=at)


@transaction.atomic
def note_answers(
    answers: Iterable[NumberAnswer], *, about: Recorded, by: Actor, at: datetime
) -> None:
    """Record what somebody answered for in a guarded form: kinds and reason, never the number."""
    for answer in answers:
        kinds = list(answer.kinds)
        if answer.asked_by:
            record(
                events.IDENTITY_NUMBER_CONFIRMED, about=about, by=by, at=at,
                kinds=kinds, reason=answer.reason, asked_by=answer.asked_by,
            )  # fmt: skip
        else:
            record(
                events.IDENTITY_WARNING_OVERRIDDEN, about=about, by=by, at=at,
                kinds=kinds, reason=answer.reason,
            )  # fmt: skip

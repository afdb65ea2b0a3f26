"""Taking a document in to be read: refused whole with a reason, or kept whole and staged."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.cooperation.actions import stage_reading
from samrad.cooperation.models import AgreementReading
from samrad.cooperation.permissions import may_read_in_agreement
from samrad.documents.api import NotKept, store_file
from samrad.documents.intake import Note
from samrad.documents.intake import NotTaken as NotSound
from samrad.documents.kinds import DOCX, PDF, TEXT
from samrad.documents.uploads import handed_in
from samrad.documents.words import trouble_in_words
from samrad.reading import messages
from samrad.reading.extraction import as_it_was_read
from samrad.reading.reader import read_with_its_text
from samrad.reading.unreadable import Trouble, Unreadable
from samrad.ui.formats import number

KINDS = ", ".join(kind.name for kind in (DOCX, PDF, TEXT))
NUMBERS = gettext_lazy(
    "The document holds what looks like a person's identity number. Remove it and try again: "
    "agreements are about roles, never about citizens."
)

# Beside what was read: what there is to say of the file that is kept, as codes.
FILE_NOTES = "file_notes"
# The reader says the same of a document, and more.
TOLD = {Note.CHANGES, Note.COMMENTS}


class NotTaken(Exception):
    """The document was not taken in; the message says why and what to do."""


class Asked(NotTaken):
    """It does not look like an agreement: it is taken in only when a person says that it is one."""


def take_in(
    *,
    upload: File[bytes],
    area: Area,
    by: Actor,
    at: datetime,
    kind: str | None = None,
    anyway: bool = False,
) -> AgreementReading:
    """Read an uploaded agreement by a template of the area's country, and stage it."""
    may_read_in_agreement(by, area).enforce()
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = number(settings.UPLOAD_LIMIT_BYTES // (1024 * 1024))
        raise NotTaken(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    data, name = upload.read(), upload.name or ""
    try:
        reading, text = read_with_its_text(data, name, area.country, kind=kind, anyway=anyway)
        kept = handed_in(name, as_it_was_read(data))
    except Unreadable as trouble:
        refusal = Asked if trouble.code is Trouble.UNLIKELY else NotTaken
        raise refusal(messages.trouble(trouble)) from trouble
    except NotSound as trouble:
        raise NotTaken(trouble_in_words(trouble, KINDS)) from trouble
    result = {**reading.to_json(), FILE_NOTES: [one for one in kept.notes if one not in TOLD]}
    text = f"{text}\n{kept.text}"  # also what a reading leaves out: comments, what was struck out
    try:
        with transaction.atomic():
            file = store_file(name=kept.name, content=kept.content, text=text, by=by, at=at)
            return stage_reading(file=file, area=area, result=result, by=by, at=at)
    except NotKept as trouble:
        raise NotTaken(NUMBERS) from trouble

"""A stored file as an answer to a request. The view has made sure that the reader may have it."""

from __future__ import annotations

from datetime import datetime

from django.http import FileResponse

from samrad.access.actor import Actor
from samrad.documents.actions import note_reading
from samrad.documents.models import StoredFile

SHOWN_IN_PLACE = {"application/pdf", "image/png", "image/jpeg", "image/webp"}


def file_response(
    file: StoredFile, *, by: Actor, at: datetime, in_place: bool = False
) -> FileResponse:
    """The file as `handed_out`; that a restricted one was opened is recorded."""
    note_reading(file, by=by, at=at)
    return handed_out(file, in_place=in_place)


def handed_out(file: StoredFile, *, in_place: bool = False) -> FileResponse:
    """The file, as a download or shown in place; whatever it holds, it can do nothing here.

    The view has recorded the reading, where it is of something that the file only belongs to.
    """
    attached = not (in_place and file.content_type in SHOWN_IN_PLACE)
    response = FileResponse(
        file.content.open("rb"),
        as_attachment=attached,
        filename=file.name,
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

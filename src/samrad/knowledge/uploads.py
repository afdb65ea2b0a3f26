"""The field for a file of figures: the checks of every upload, and the file exactly as it came.

What is inside it, and whether it points at a person, the worker looks at.
"""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.documents.intake import NotTaken, Trouble, examine
from samrad.documents.kinds import CSV, TEXT, XLSX, FileKind, kind_of
from samrad.documents.uploads import HandedIn, UploadField
from samrad.documents.words import trouble_in_words
from samrad.ui.formats import file_size

NAMES = "CSV, JSON, XLSX"  # what people call them; a JSON file is a text by its bytes
ACCEPTED = ".csv,.tsv,.txt,.json,.xlsx,.gz"
_GZIP = b"\x1f\x8b"
_BEGINNING = 1_000_000


class FiguresField(UploadField):
    """A CSV, JSON-stat or XLSX file, perhaps packed with gzip."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", gettext_lazy("CSV, JSON-stat or XLSX, also packed as GZ."))
        super().__init__(kinds=(CSV, TEXT, XLSX), **options)
        self.widget.attrs["accept"] = ACCEPTED

    def looked_through(self, upload: Any) -> HandedIn:
        """The file as it came; a workbook without what it says of its maker."""
        if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            message = _("The file is larger than %(size)s.")
            size = file_size(settings.UPLOAD_LIMIT_BYTES)
            raise ValidationError(message % {"size": size}, code="too_large")
        name, data = PurePosixPath(str(upload.name).replace("\\", "/")).name, upload.read()
        try:
            kind, content = _looked_at(data, name)
        except NotTaken as trouble:
            told = trouble_in_words(trouble, NAMES)
            raise ValidationError(told, code=str(trouble.code)) from trouble
        if kind not in self.kinds:
            message = _("Choose a file of one of these kinds: %(kinds)s.")
            raise ValidationError(message % {"kinds": NAMES}, code="kind")
        return HandedIn(name, kind, content)


def _looked_at(data: bytes, name: str) -> tuple[FileKind, bytes]:
    if not data.startswith(_GZIP):
        found = examine(data, name)
        return found.kind, found.content if found.kind is XLSX else data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            beginning = packed.read(_BEGINNING)
    except (OSError, EOFError, zlib.error) as error:
        raise NotTaken(Trouble.BROKEN) from error
    kind = kind_of(beginning, name)
    if kind not in {CSV, TEXT}:
        raise NotTaken(Trouble.EMPTY if not beginning else Trouble.ARCHIVE)
    return kind, data

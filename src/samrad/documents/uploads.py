"""Fields for files: looked through as they come in, so that what they hold is known to the form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.documents.forms import ASKED_BY, HARMLESS, REASON, GuardedForm
from samrad.documents.intake import Note, NotTaken, examine
from samrad.documents.kinds import KINDS, FileKind, tidy_name
from samrad.documents.words import NUMBER_KINDS, trouble_in_words
from samrad.kernel.identity import Finding, find_identity_numbers, is_blocked, masked
from samrad.kernel.text import normalise_line
from samrad.ui.formats import file_size

LOOKED_THROUGH = 2_000_000  # characters; more than the longest plan that a council reads
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class HandedIn:
    """A file as it is kept, with what is to be asked about it."""

    name: str
    kind: FileKind
    content: bytes = field(repr=False)
    text: str = field(default="", repr=False)
    notes: tuple[Note, ...] = ()

    @property
    def title(self) -> str:
        """What to call it until somebody says something better."""
        stem = self.name.rpartition(".")[0].replace("_", " ")
        return normalise_line(stem) or self.name

    @property
    def shown(self) -> str:
        """Its name for a page, without digits that could be a person's."""
        return shown_name(self.name)

    @cached_property
    def sha256(self) -> str:
        """What tells it from every other file."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def findings(self) -> list[Finding]:
        """Numbers in its name or its text that may point at a citizen."""
        return find_identity_numbers(f"{self.name}\n{self.text}")


def handed_in(name: str, content: bytes) -> HandedIn:
    """A file that a program hands in, looked through as one from a page is."""
    found = examine(content, name)
    return HandedIn(tidy_name(name, found.kind), found.kind, found.content, found.text, found.notes)


@dataclass(frozen=True)
class Uploads:
    """Several files at once: those that are sound, and a sentence for each that is not."""

    taken: list[HandedIn] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.taken or self.refused)


class SeveralFiles(forms.FileInput):
    """An input for files that takes more than one."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Every file that was sent under the name."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class UploadField(forms.FileField):
    """One file of a kind that can be kept; what it cleans to is `HandedIn`."""

    def __init__(self, *, kinds: Sequence[FileKind] = KINDS, **options: Any) -> None:
        self.kinds = kinds
        options.setdefault(
            "help_text",
            format_lazy(
                gettext_lazy("{kinds}; at most {size}."), kinds=_names(kinds), size=_Largest()
            ),
        )
        super().__init__(**options)
        self.widget.attrs["accept"] = ",".join(f".{kind.ending}" for kind in kinds)

    def to_python(self, data: Any) -> Any:
        """The file looked through."""
        upload: Any = super().to_python(data)
        return None if upload is None else self.looked_through(upload)

    def looked_through(self, upload: Any) -> HandedIn:
        """The file as it is kept, or why it is not."""
        if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            message = _("The file is larger than %(size)s.") % {"size": _Largest()}
            raise ValidationError(message, code="too_large")
        try:
            found = examine(upload.read(), str(upload.name))
        except NotTaken as trouble:
            raise ValidationError(
                trouble_in_words(trouble, _names(self.kinds)), code=str(trouble.code)
            ) from trouble
        if found.kind not in self.kinds:
            message = _("Choose a file of one of these kinds: %(kinds)s.")
            raise ValidationError(message % {"kinds": _names(self.kinds)}, code="kind")
        text, notes = found.text, found.notes
        if len(text) > LOOKED_THROUGH:
            text, notes = text[:LOOKED_THROUGH], (*notes, Note.NOT_ALL_READ)
        name = tidy_name(str(upload.name), found.kind)
        return HandedIn(name, found.kind, found.content, text, tuple(dict.fromkeys(notes)))


class UploadsField(UploadField):
    """Several files at once, `Uploads`; what is wrong with one does not stop the others."""

    widget = SeveralFiles

    def __init__(self, *, most: int = 20, **options: Any) -> None:
        self.most = most
        super().__init__(**options)
        self.widget.attrs["multiple"] = True

    def clean(self, data: Any, initial: Any = None) -> Uploads:
        """Each file looked through by itself."""
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not sent:
            if self.required:
                raise ValidationError(_("Choose at least one file."), code="required")
            return Uploads()
        if len(sent) > self.most:
            message = _("At most %(most)s files can be sent at a time.")
            raise ValidationError(message % {"most": self.most}, code="too_many")
        uploads = Uploads()
        for one in sent:
            try:
                uploads.taken.append(self.looked_through(one))
            except ValidationError as trouble:
                told = " ".join(trouble.messages)
                uploads.refused.append(f"{shown_name(str(one.name))}: {told}")
        return uploads


class UploadForm(GuardedForm):
    """A form with files in it; numbers that these hold are asked about as those in a text are."""

    asking = gettext_lazy(
        "A file holds %(kinds)s. If that does not point at a citizen, tick this and choose the"
        " file again."
    )
    files_in = "file"

    @property
    def handed_in(self) -> list[HandedIn]:
        """The files that are sound."""
        raise NotImplementedError

    def found_beside(self) -> Mapping[str, list[Finding]]:
        """The numbers in each file."""
        return {one.shown: one.findings for one in self.handed_in}

    def explain_beside(self, certain: Mapping[str, list[Finding]]) -> None:
        """Which file holds what cannot be kept, and what to do about it."""
        for name, found in certain.items():
            if found:
                message = _("%(name)s holds %(kinds)s. Take the number out and choose it again.")
                self.add_error(self.files_in, message % {"name": name, "kinds": _said(found)})
        if ASKED_BY in self.fields:
            self.fields[ASKED_BY].help_text = _(
                "If it is not a person's identity number, choose the file again and fill this in."
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if not (self.has_error(HARMLESS) or self.has_error(REASON)):
            return
        for one in self.handed_in:
            if one.findings and not is_blocked(one.findings):
                message = _("%(name)s holds %(kinds)s.")
                told = {"name": one.shown, "kinds": _said(one.findings)}
                self.add_error(self.files_in, message % told)


def _said(found: Sequence[Finding]) -> str:
    return ", ".join(dict.fromkeys(str(NUMBER_KINDS[one.kind]) for one in found))


class _Largest:
    """The limit in the reader's language, at the moment it is read."""

    def __str__(self) -> str:
        return file_size(settings.UPLOAD_LIMIT_BYTES)


def _names(kinds: Sequence[FileKind]) -> str:
    return ", ".join(kind.name for kind in kinds)


def shown_name(name: str) -> str:
    """A file's name as a page repeats it: short, and without digits that could be a person's."""
    line = normalise_line(name).replace("\\", "/").rpartition("/")[2]
    line = masked(line, find_identity_numbers(line))
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"

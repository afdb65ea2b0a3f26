"""What classifications and suspicious numbers are called, for a reader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samrad.documents.intake import Note, NotTaken, Trouble
from samrad.documents.rules import Classification
from samrad.kernel.identity import NumberKind

CLASSIFICATIONS = {
    Classification.OPEN: pgettext_lazy("classification", "Open"),
    Classification.INTERNAL: pgettext_lazy("classification", "Internal"),
    Classification.RESTRICTED: pgettext_lazy("classification", "Restricted"),
}
CLASSIFICATION_TONES = {
    Classification.OPEN: "success",
    Classification.INTERNAL: "neutral",
    Classification.RESTRICTED: "danger",
}
CLASSIFICATION_ICONS = {
    Classification.OPEN: "",
    Classification.INTERNAL: "",
    Classification.RESTRICTED: "lock",
}

NUMBER_KINDS = {
    NumberKind.NO_BIRTH_NUMBER: _("a Norwegian national identity number"),
    NumberKind.NO_D_NUMBER: _("a Norwegian D number"),
    NumberKind.NO_H_NUMBER: _("a Norwegian emergency number for a patient"),
    NumberKind.NO_SYNTHETIC_NUMBER: _("a Norwegian identity number for test data"),
    NumberKind.NO_DATE_SHAPED: _("eleven digits that begin with a date"),
    NumberKind.SE_PERSONAL_NUMBER: _("a Swedish personal identity number"),
    NumberKind.SE_COORDINATION_NUMBER: _("a Swedish coordination number"),
    NumberKind.DK_CPR_WRITTEN: _("a Danish CPR number"),
    NumberKind.DK_CPR_LIKE: _("ten digits that could be a CPR number"),
    NumberKind.PHONE_NUMBER: _("a telephone number"),
    NumberKind.CASE_NUMBER: _("the number of a case"),
}

TROUBLES = {
    Trouble.EMPTY: _("It is empty. Choose the file that holds something."),
    Trouble.BROKEN: _("It is damaged and cannot be opened. Save or fetch it anew."),
    Trouble.PASSWORD: _("It is locked with a password. Save a copy without one."),
    Trouble.PROGRAM: _("It is a program, and programs are not kept here."),
    Trouble.MACROS: _(
        "It carries macros: small programs inside the document. Save it as an ordinary document"
        " (DOCX, XLSX, PPTX, ODT or ODS) or as PDF."
    ),
    Trouble.EMBEDDED: _(
        "Another file lies inside it that could hold a program. Save it as PDF instead."
    ),
    Trouble.ARCHIVE: _("It is an archive of several files. Unpack it and choose the files."),
    Trouble.NESTED: _("An archive lies inside it. Take that out, or save the document as PDF."),
    Trouble.BOMB: _("It unpacks to far more than it weighs. Save it anew, or as PDF."),
    Trouble.OLD_OFFICE: _(
        "It is in an old Office format. Save it as DOCX, XLSX or PPTX, or as PDF."
    ),
    Trouble.OTHER_PICTURE: _("Pictures of this kind are not kept. Save it as JPEG or PNG."),
    Trouble.TOO_MANY_PIXELS: _(
        "The picture has more than %(most)s million pixels. Make it smaller and try again."
    ),
    Trouble.TOO_MANY_PAGES: _("It has more than %(most)s pages. Choose the pages that matter."),
    Trouble.ACTIVE: _(
        "It is signed and holds scripts, so it can be neither cleaned nor trusted. Print it to a"
        " new PDF."
    ),
    Trouble.OTHER: _("Files of this kind are not kept here: %(kinds)s."),
}
NOTES = {
    Note.COMMENTS: _("It holds comments, and whoever opens it can read them."),
    Note.CHANGES: _("It holds tracked changes: what was struck out can still be read."),
    Note.HIDDEN: _("It holds hidden sheets or slides, which anybody can bring to light."),
    Note.SPEAKER_NOTES: _("It holds speaker notes, and whoever opens it can read them."),
    Note.ATTACHMENTS: _("Files were attached inside it. They have been taken out."),
    Note.SIGNED: _(
        "It is signed, so it is kept exactly as it came, with what it says of who made it."
    ),
    Note.NO_TEXT: _(
        "Its pages are pictures, so nobody has looked through them for identity numbers."
    ),
    Note.NOT_ALL_READ: _("It is too long for all of it to be searched for identity numbers."),
    Note.FIRST_PICTURE: _("Only the first of its moving pictures is kept."),
}


def trouble_in_words(trouble: NotTaken, kinds: str) -> str:
    """Why a file is not taken in, as a sentence."""
    return str(TROUBLES[trouble.code]) % {"most": trouble.most, "kinds": kinds}

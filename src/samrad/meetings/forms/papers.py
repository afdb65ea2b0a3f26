"""Handing in papers, saying whom one is for, replacing and withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.documents.forms import ASKED_BY, HARMLESS, REASON, GuardedForm
from samrad.documents.uploads import HandedIn, UploadField, UploadForm, Uploads, UploadsField
from samrad.kernel.identity import is_blocked
from samrad.meetings import as_written, events
from samrad.meetings.actions.papers import For
from samrad.meetings.forms.agenda import READERS, ClassifiedForm
from samrad.meetings.models import AgendaItem, Meeting, Paper
from samrad.meetings.queries.agenda import NumberedItem
from samrad.meetings.queries.papers import marks_at, readership_of
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLine, TextLines

AS_ITEM = "as_item"
ABOUT_FILES = {"papers", HARMLESS, ASKED_BY, REASON}


class ReadersForm(ClassifiedForm):
    """Whom a paper is for: never more than those its item is for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["classification"].label = _("Who may read the paper")

    def readers(self) -> For:
        """Whom it is for, as an action takes it."""
        return For(**self.classified())

    def refuse_wider(self, item: AgendaItem | None) -> None:
        """Say at the field what the action would refuse."""
        given = self.cleaned_data
        is_whole = {"classification", "legal_basis", "audience"} <= set(given)
        if item is None or not is_whole or given["classification"] == AS_ITEM:
            return
        if self.readers().readership.is_wider_than(readership_of(item)):
            message = _("A paper cannot be for more readers than the item it belongs to.")
            self.add_error("classification", message)


class PapersForm(UploadForm, ReadersForm):
    """Files for a meeting, several at once, and what they belong to."""

    papers = UploadsField(label=gettext_lazy("Files"))
    item = forms.ChoiceField(label=gettext_lazy("What they belong to"), required=False)
    field_order = ("papers", "item", "classification", "legal_basis", "audience")
    files_in = "papers"

    def __init__(
        self, *args: Any, meeting: Meeting, agenda: Sequence[NumberedItem], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.meeting, self.uploads = meeting, Uploads()
        self.items = {str(one.item.ref): one.item for one in agenda}
        fields: Any = self.fields
        fields["item"].choices = [
            ("", _("The meeting as a whole")),
            *((str(one.item.ref), f"{one.number}. {one.item.title}") for one in agenda),
        ]
        fields["classification"].choices = [
            (AS_ITEM, _("The same as the item. Internal, for the meeting as a whole.")),
            *fields["classification"].choices,
        ]
        fields["classification"].initial = AS_ITEM
        fields["classification"].label = _("Who may read them")

    @property
    def handed_in(self) -> list[HandedIn]:
        """The files that are sound."""
        return self.uploads.taken

    def clean_papers(self) -> Uploads:
        """Kept beside the form's answers, which lose a field that something is wrong with."""
        self.uploads = self.cleaned_data["papers"]
        return self.uploads

    def clean(self) -> dict[str, Any]:
        """What is wrong with single files, and with whom they are for."""
        given = super().clean()
        for told in self.uploads.refused:
            self.add_error("papers", told)
        self._leave_out_what_is_here()
        self.refuse_wider(self.place)
        return given

    def _leave_out_what_is_here(self) -> None:
        """The same file is one paper, also when it is chosen twice at once."""
        sent = list(self.uploads.taken)
        there = marks_at(self.meeting, self.place) if sent else set()
        self.uploads.taken.clear()
        for one in sent:
            if one.sha256 in there:
                self.add_error("papers", _("%(name)s is already here.") % {"name": one.shown})
            else:
                self.uploads.taken.append(one)
            there.add(one.sha256)

    @property
    def place(self) -> AgendaItem | None:
        """The item chosen; None for the meeting as a whole."""
        return self.items.get(self.cleaned_data.get("item", ""))

    def chosen_readers(self) -> For | None:
        """Whom they are for; None for whoever the item is for."""
        same = self.cleaned_data["classification"] == AS_ITEM
        return None if same else self.readers()

    def to_add(self) -> list[HandedIn]:
        """The files nothing is said against; none while anything else has to be mended."""
        basis: Any = self.fields["legal_basis"]
        if set(self.errors) - ABOUT_FILES:
            return []
        if self.is_answered:
            return self.uploads.taken
        return [] if basis.findings else [one for one in self.uploads.taken if not one.findings]

    @property
    def is_answered(self) -> bool:
        """Whether nothing is left to ask about numbers."""
        asked = {HARMLESS, ASKED_BY, REASON} & set(self.errors)
        return not asked and not (self.found_certain and not self.number_answers)

    @property
    def found_certain(self) -> bool:
        """Whether a file holds what can be kept only when a second person answers for it."""
        return any(is_blocked(one.findings) for one in self.uploads.taken)


class PaperForm(ChangingForm, ReadersForm):
    """What a paper is called, and whom it is for."""

    together = (READERS,)
    saved_by = (events.PAPER_CHANGED, events.PAPER_CLASSIFIED)

    title = TextLine(label=gettext_lazy("Title"), max_length=200)
    field_order = ("title", "classification", "legal_basis", "audience")

    def __init__(self, *args: Any, paper: Paper, **options: Any) -> None:
        self.paper = paper
        super().__init__(*args, there=as_written.of_paper(paper), about=paper, **options)

    def clean(self) -> dict[str, Any]:
        """Not wider than the item it belongs to."""
        given = super().clean()
        self.refuse_wider(self.paper.item)
        return given


class ReplaceForm(UploadForm):
    """The file that takes the place of another one."""

    file = UploadField(label=gettext_lazy("The new version"))

    @property
    def handed_in(self) -> list[HandedIn]:
        """The file, if it is sound."""
        found = self.cleaned_data.get("file")
        return [found] if found else []


class WithdrawForm(GuardedForm):
    """Why a paper is no longer to be read."""

    reason = TextLines(
        label=gettext_lazy("Why it is withdrawn"),
        max_length=1000,
        rows=3,
        help_text=gettext_lazy("Those who could read the paper see the reason."),
    )
    erase = forms.BooleanField(
        label=gettext_lazy("Delete its files for good"),
        required=False,
        help_text=gettext_lazy("For what should never have been here. Nobody can get them back."),
    )

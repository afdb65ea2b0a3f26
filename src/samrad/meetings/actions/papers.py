"""Papers: added to an item or the meeting, replaced, put in order, removed or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Council, Seat
from samrad.documents.api import classify_file, discard_file, note_answers, store_file
from samrad.documents.rules import Classification, NumberAnswer
from samrad.documents.uploads import HandedIn
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.meetings import as_written, events
from samrad.meetings.actions.locking import locked
from samrad.meetings.models import AgendaItem, Meeting, Paper, PaperVersion, Proposal
from samrad.meetings.permissions import may_keep_papers, may_remove_paper, may_withdraw_paper
from samrad.meetings.queries.papers import marks_at, readership_of
from samrad.meetings.rules.papers import Readership
from samrad.trail.api import record

TITLE_LENGTH = 200
MOST_PAPERS = 200


@dataclass(frozen=True)
class For:
    """Who a paper is for, as somebody said it."""

    classification: Classification = Classification.INTERNAL
    legal_basis: str = ""
    audience: Sequence[Seat] = field(default=())

    @property
    def readership(self) -> Readership:
        """The same as a rule compares it."""
        restricted = self.classification == Classification.RESTRICTED
        seats = frozenset(seat.pk for seat in self.audience) if restricted else frozenset()
        return Readership(str(self.classification), seats)


def same_as(item: AgendaItem | None) -> For:
    """Who a paper is for when nobody says otherwise: its item's readers."""
    if item is None:
        return For()
    restricted = item.is_restricted
    return For(
        Classification(item.classification),
        item.legal_basis if restricted else "",
        list(item.audience.all()) if restricted else (),
    )


@transaction.atomic
def add_paper(
    *,
    meeting: Meeting,
    handed_in: HandedIn,
    by: Actor,
    at: datetime,
    item: AgendaItem | None = None,
    title: str = "",
    readers: For | None = None,
    answers: Iterable[NumberAnswer] = (),
) -> Paper:
    """Put a document last among the papers of an item, or of the meeting as a whole."""
    meeting, item = _locked_place(meeting, item)
    may_keep_papers(by, meeting).enforce()
    readers = readers or same_as(item)
    _enforce_readers(readers, item, meeting.council)
    _enforce_room(meeting, item, handed_in)
    last = meeting.papers.filter(item=item).aggregate(last=Max("order"))["last"] or 0
    paper = Paper.objects.create(
        meeting=meeting,
        item=item,
        order=last + 1,
        title=normalise_line(title or handed_in.title)[:TITLE_LENGTH],
        classification=readers.classification,
        legal_basis=normalise_line(readers.legal_basis),
    )
    if paper.is_restricted:
        paper.audience.set(readers.audience)
    record(events.PAPER_ADDED, about=paper, by=by, at=at)
    _add_version(paper, handed_in, 1, list(answers), by=by, at=at)
    return paper


def _locked_place(meeting: Meeting, item: AgendaItem | None) -> tuple[Meeting, AgendaItem | None]:
    """The meeting first, as everything that writes agendas does, then the item."""
    meeting = locked(meeting, "council")
    if item is None:
        return meeting, None
    item = locked(item)
    if item.meeting_id != meeting.pk:
        raise Refused(_("The item is not on the agenda of this meeting."))
    item.meeting = meeting
    return meeting, item


def _locked_paper(paper: Paper) -> Paper:
    meeting = locked(paper.meeting, "council")
    paper = locked(paper, "item")
    paper.meeting = meeting
    return paper


def _enforce_readers(readers: For, item: AgendaItem | None, council: Council) -> None:
    """Restricted needs its law; those named sit here; nobody reads it who may not read the item."""
    if readers.classification == Classification.RESTRICTED and not readers.legal_basis.strip():
        raise Refused(_("A restricted paper needs the legal basis it rests on."))
    if any(seat.council_id != council.pk for seat in readers.audience):
        raise Refused(_("A restricted paper can only be for seats of this council."))
    if item is not None and readers.readership.is_wider_than(readership_of(item)):
        raise Refused(_("A paper cannot be for more readers than the item it belongs to."))


def _enforce_room(meeting: Meeting, item: AgendaItem | None, handed_in: HandedIn) -> None:
    if handed_in.sha256 in marks_at(meeting, item):
        raise Refused(_("This file is already among the papers here."))
    if meeting.papers.count() >= MOST_PAPERS:
        raise Refused(_("The meeting has as many papers as there is room for."))


def _add_version(
    paper: Paper,
    handed_in: HandedIn,
    number: int,
    answers: list[NumberAnswer],
    *,
    by: Actor,
    at: datetime,
) -> PaperVersion:
    file = store_file(
        name=handed_in.name,
        content=handed_in.content,
        text=handed_in.text,
        chain=paper.trail_chain,
        classification=Classification(paper.classification),
        legal_basis=paper.legal_basis,
        is_answered_for=bool(answers),
        by=by,
        at=at,
    )
    if handed_in.findings:
        note_answers(answers, about=paper, by=by, at=at)
    return PaperVersion.objects.create(
        paper=paper,
        number=number,
        file=file,
        notes=[str(note) for note in handed_in.notes],
        added_at=at,
        added_by_id=by.person_id,
    )


@transaction.atomic
def replace_paper(
    *,
    paper: Paper,
    handed_in: HandedIn,
    by: Actor,
    at: datetime,
    answers: Iterable[NumberAnswer] = (),
) -> PaperVersion:
    """A new version; the old one stays, for whoever may read the paper."""
    paper = _locked_paper(paper)
    may_keep_papers(by, paper.meeting).enforce()
    if paper.is_withdrawn:
        raise Refused(_("The paper was withdrawn. Add the right one as a new paper."))
    if handed_in.sha256 in marks_at(paper.meeting, paper.item):
        raise Refused(_("This file is already among the papers here."))
    last = paper.versions.aggregate(last=Max("number"))["last"] or 0
    version = _add_version(paper, handed_in, last + 1, list(answers), by=by, at=at)
    record(events.PAPER_REPLACED, about=paper, by=by, at=at, version=version.number)
    return version


@transaction.atomic
def change_paper(
    *, paper: Paper, title: str, readers: For, by: Actor, at: datetime, seen: str = ""
) -> None:
    """Call it something else, or say whom it is for."""
    paper = _locked_paper(paper)
    may_keep_papers(by, paper.meeting).enforce()
    enforce_seen(seen, as_written.of_paper(paper))
    _enforce_readers(readers, paper.item, paper.meeting.council)
    title, basis = normalise_line(title), normalise_line(readers.legal_basis)
    was, renamed = (readership_of(paper), paper.legal_basis), title != paper.title
    if (readers.readership, basis) != was:
        _classify(paper, readers, basis)
        record(events.PAPER_CLASSIFIED, about=paper, by=by, at=at)
    if renamed:
        paper.title = title
        paper.save(update_fields=["title"])
        record(events.PAPER_CHANGED, about=paper, by=by, at=at)


def _classify(paper: Paper, readers: For, basis: str) -> None:
    """The paper and every version of it, so that a file never is for others than its paper."""
    paper.classification, paper.legal_basis = readers.classification, basis
    paper.save(update_fields=["classification", "legal_basis"])
    paper.audience.set(readers.audience if paper.is_restricted else [])
    for version in paper.versions.select_related("file"):
        if version.file:
            classify_file(
                file=version.file, classification=readers.classification, legal_basis=basis
            )


def narrow_papers(*, item: AgendaItem, by: Actor, at: datetime) -> None:
    """An item is for fewer now, and so is every paper on it; whoever calls this holds the lock."""
    allowed = same_as(item)
    for paper in item.papers.all():
        paper.meeting, paper.item = item.meeting, item
        if readership_of(paper).is_wider_than(allowed.readership):
            _classify(paper, narrowed(paper, allowed), allowed.legal_basis)
            record(events.PAPER_CLASSIFIED, about=paper, by=by, at=at)


def narrowed(thing: Paper | Proposal, allowed: For) -> For:
    """Those of the item's readers who could read the paper or proposal before."""
    if not thing.is_restricted:
        return allowed
    before = {seat.pk for seat in thing.audience.all()}
    audience = [seat for seat in allowed.audience if seat.pk in before]
    return For(allowed.classification, allowed.legal_basis, audience)


@transaction.atomic
def shift_paper(*, paper: Paper, up: bool, by: Actor, at: datetime) -> bool:
    """Change places with the neighbour under the same item; False when there is none there."""
    paper = _locked_paper(paper)
    may_keep_papers(by, paper.meeting).enforce()
    papers = list(paper.meeting.papers.filter(item=paper.item).order_by("order", "pk"))
    place = next(n for n, one in enumerate(papers) if one.pk == paper.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(papers):
        return False
    papers[place], papers[other] = papers[other], papers[place]
    for order, one in enumerate(papers, start=1):
        one.order = order
    Paper.objects.bulk_update(papers, ["order"])
    record(events.PAPER_MOVED_UP if up else events.PAPER_MOVED_DOWN, about=paper, by=by, at=at)
    return True


@transaction.atomic
def remove_paper(*, paper: Paper, by: Actor, at: datetime) -> None:
    """Take a paper away before anybody was told of it, with every version."""
    paper = _locked_paper(paper)
    may_remove_paper(by, paper).enforce()
    _remove(paper, by=by, at=at)


def remove_papers_of(*, item: AgendaItem, by: Actor, at: datetime) -> None:
    """An item goes off the agenda and its papers with it; whoever calls this holds the lock."""
    for paper in item.papers.all():
        paper.meeting = item.meeting
        _remove(paper, by=by, at=at)


def _remove(paper: Paper, *, by: Actor, at: datetime) -> None:
    record(events.PAPER_REMOVED, about=paper, by=by, at=at)
    files = [one.file for one in paper.versions.select_related("file") if one.file]
    paper.delete()
    for file in files:
        discard_file(file=file, by=by, at=at)


@transaction.atomic
def withdraw_paper(
    *, paper: Paper, reason: str, by: Actor, at: datetime, erase: bool = False
) -> None:
    """Nobody reads it any more; that it was there, and why it is gone, stays to be seen.

    `erase` deletes its files as well: for what should never have been here.
    """
    paper = _locked_paper(paper)
    may_withdraw_paper(by, paper).enforce()
    paper.withdrawn_at, paper.withdrawn_by_id = at, by.person_id
    paper.withdrawn_reason = normalise(reason)
    paper.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(events.PAPER_WITHDRAWN, about=paper, by=by, at=at, reason=paper.withdrawn_reason)
    if erase:
        _erase(paper, by=by, at=at)


def _erase(paper: Paper, *, by: Actor, at: datetime) -> None:
    for version in paper.versions.select_related("file"):
        file, version.file = version.file, None
        version.save(update_fields=["file"])
        if file:
            discard_file(file=file, by=by, at=at)
    record(events.PAPER_ERASED, about=paper, by=by, at=at)

"""Papers of a meeting as a reader may see them: under each item, and for the meeting as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.documents.rules import Classification
from samrad.meetings.models import AgendaItem, Meeting, Paper, PaperVersion, Proposal
from samrad.meetings.rules.papers import Readership


@dataclass(frozen=True)
class ListedPaper:
    """A paper with the version that counts, as a list shows it."""

    paper: Paper
    version: PaperVersion

    @property
    def differs_from_item(self) -> bool:
        """Whether it is for other readers than one would think from where it stands."""
        usual = self.paper.item or self.paper.meeting
        expected = getattr(usual, "classification", Classification.INTERNAL)
        return bool(self.paper.classification != expected)


@dataclass(frozen=True)
class SeenPapers:
    """The papers of a meeting that a reader sees."""

    by_item: Mapping[int | None, Sequence[ListedPaper]] = field(default_factory=dict)

    def under(self, item: AgendaItem | None) -> Sequence[ListedPaper]:
        """Those of one item, or of the meeting as a whole."""
        return self.by_item.get(item.pk if item else None, ())

    @property
    def levels(self) -> set[str]:
        """How they are classified."""
        return {one.paper.classification for several in self.by_item.values() for one in several}

    def __bool__(self) -> bool:
        return bool(self.by_item)


def papers_seen(
    meeting: Meeting,
    actor: Actor,
    items: Iterable[AgendaItem] = (),
    *,
    withdrawn: bool = True,
    until: datetime | None = None,
) -> SeenPapers:
    """Each paper with its latest version, in order: one query. `items` are known already.

    `until` looks back at a moment: what has been added since is not there.
    """
    known = {item.pk: item for item in items}
    found: dict[int | None, list[ListedPaper]] = defaultdict(list)
    listed: set[int] = set()
    for row in _versions(meeting.pk, actor, withdrawn=withdrawn, until=until):
        if row.paper_id not in listed:
            listed.add(row.paper_id)
            row.paper.meeting = meeting
            if row.paper.item_id in known:
                row.paper.item = known[row.paper.item_id]
            found[row.paper.item_id].append(ListedPaper(row.paper, row))
    return SeenPapers(dict(found))


@prepared
def _versions(
    meeting: int, actor: Actor, *, withdrawn: bool, until: datetime | None
) -> QuerySet[PaperVersion]:
    papers = Paper.objects.visible_to(actor).filter(meeting=meeting)
    if not withdrawn:
        papers = papers.filter(withdrawn_at=None)
    then = Q(added_at__lte=until) if until else Q()
    return (
        PaperVersion.objects.filter(then, paper__in=papers.values("pk"))
        .select_related("paper__withdrawn_by", "file")
        .order_by("paper__order", "paper_id", "-number")
    )


def marks_at(meeting: Meeting, item: AgendaItem | None) -> set[str]:
    """What tells the files that lie there already from every other one."""
    versions = PaperVersion.objects.filter(
        paper__meeting=meeting, paper__item=item, paper__withdrawn_at=None, file__isnull=False
    )
    return set(versions.values_list("file__sha256", flat=True))


def readership_of(thing: AgendaItem | Paper | Proposal) -> Readership:
    """Who an item, a paper or a proposal is for."""
    if thing.classification != Classification.RESTRICTED:
        return Readership(str(thing.classification))
    seats = thing.audience.values_list("pk", flat=True)
    return Readership(str(thing.classification), frozenset(seats))

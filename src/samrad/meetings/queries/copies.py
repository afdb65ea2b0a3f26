"""Minutes and extracts of them as papers: what is said, put in words, in the council's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, pgettext

from samrad.cooperation.models import Council
from samrad.documents.paper import Box, Facts, Heading, Note, Paper, Part, Table, Words
from samrad.documents.rules import Classification
from samrad.documents.words import CLASSIFICATIONS
from samrad.followup.models import Decision
from samrad.meetings import words
from samrad.meetings.models import AgendaItem, Meeting, Minutes, MinutesVersion
from samrad.meetings.queries.papers import ListedPaper, SeenPapers
from samrad.meetings.queries.said import Names, said_held
from samrad.meetings.rules import CouldDecide, ItemKind, Mandate, MinutesState, Presence
from samrad.meetings.rules.attendance import stay_among
from samrad.meetings.rules.said import Said, SaidDecision, SaidHeld, SaidItem, SaidSeat, SaidTask
from samrad.profiles.reader import profile
from samrad.ui import formats

HIGHEST_FIRST = (Classification.RESTRICTED, Classification.INTERNAL, Classification.OPEN)


@dataclass(frozen=True)
class Occasion:
    """What a paper is about and how it stands."""

    meeting: Meeting
    state: str
    marking: str = ""
    said: SaidHeld | None = None  # of a version kept: when and where it says

    @property
    def council(self) -> Council:
        """The council."""
        return self.meeting.council

    @property
    def held(self) -> SaidHeld:
        """When and where the meeting was, as the paper says it."""
        return self.said or said_held(self.meeting)

    @property
    def day(self) -> str:
        """The day of the meeting, in words."""
        return formats.day_long(self.held.starts_at, self.council.zone)


def paper_language(council: Council) -> str:
    """The reader's language where it is one of the country's, else the country's first."""
    languages = profile(council.country).languages
    reader = (get_language() or "")[:2]
    return reader if reader in languages else languages[0]


def marking_of(levels: set[str]) -> str:
    """The strictest of these classifications in words; papers that are open carry no mark."""
    strictest = next((one for one in HIGHEST_FIRST if one in levels), Classification.INTERNAL)
    return "" if strictest == Classification.OPEN else str(CLASSIFICATIONS[strictest])


def state_today(minutes: Minutes, latest: MinutesVersion | None) -> str:
    """How the minutes stand; what has never been corrected is no version but the minutes."""
    return state_of(minutes, latest if latest and latest.number > 1 else None)


def state_of(minutes: Minutes, version: MinutesVersion | None) -> str:
    """How the minutes or a version of them stand, for the first lines of a paper."""
    council = minutes.meeting.council
    if version is not None:
        day = formats.day(version.approved_at, council.zone)
        return gettext("Version %(number)s, approved %(day)s") % {
            "number": version.number, "day": day
        }  # fmt: skip
    if minutes.state == MinutesState.APPROVED and minutes.approved_at:
        day = formats.day(minutes.approved_at, council.zone)
        return gettext("Approved %(day)s") % {"day": day}
    return str(words.MINUTES_STATES[MinutesState(minutes.state)])


Listed = Mapping[str, Sequence[ListedPaper]]


def listed_under(papers: SeenPapers, items: Iterable[AgendaItem]) -> Listed:
    """The papers by their item's reference; those of the meeting as a whole under nothing."""
    found = {str(item.ref): papers.under(item) for item in items}
    return {**found, "": papers.under(None)}


def minutes_paper(
    said: Said, names: Names, occasion: Occasion, papers: Listed | None = None
) -> Paper:
    """The minutes: who was there, item by item what was said and decided, who approved."""
    listed = papers or {}
    title = gettext("Minutes, %(day)s") % {"day": occasion.day}
    parts: list[Part] = [_facts(occasion)]
    parts += _attendance(said, names)
    parts += _ability(said)
    if listed.get(""):
        parts += [Heading(gettext("Papers of the whole meeting")), *_papers(listed[""])]
    parts.append(Heading(gettext("Items")))
    for number, item in enumerate(said.items, start=1):
        parts += _item(number, item, names, listed.get(item.ref, ()))
    parts += _approvals(said, names, occasion.council.zone)
    return _paper(title, occasion, parts)


def extract_paper(
    decision: SaidDecision, names: Names, occasion: Occasion, source: Decision, *, inside: bool
) -> Paper:
    """One decision on one page, for whoever carries it out; others hear of no tasks at all."""
    rows = [(gettext("Meeting"), occasion.day)]
    if source.source_label:
        rows.append((gettext("Item"), source.source_label))
    rows.append((gettext("State"), occasion.state))
    parts: list[Part] = [
        Facts(tuple(rows)),
        Heading(gettext("What was decided")),
        Box(gettext("Decision"), Words(decision.text)),
    ]
    if decision.tasks:
        parts += [Heading(gettext("Who does what by when")), _tasks(decision.tasks, names)]
    elif inside:
        parts.append(Note(gettext("No task follows from this decision.")))
    return _paper(gettext("Extract of the minutes"), occasion, parts)


def _paper(title: str, occasion: Occasion, parts: list[Part]) -> Paper:
    council = occasion.council
    return Paper(
        title=title,
        language=paper_language(council),
        sender=council.name,
        footer=f"{council.name} · {occasion.day}",
        page_of=gettext("Page {n} of {all}"),
        marking=occasion.marking,
        parts=tuple(parts),
    )


def _facts(occasion: Occasion) -> Facts:
    held = occasion.held
    rows = [(gettext("When"), formats.span(held.starts_at, held.ends_at, occasion.council.zone))]
    if held.place:
        rows.append((gettext("Where"), held.place))
    rows.append((gettext("State"), occasion.state))
    return Facts(tuple(rows))


def _attendance(said: Said, names: Names) -> Iterator[Part]:
    if not said.seats:
        return
    yield Heading(gettext("Who was there"))
    orders = [item.order for item in said.items]
    header = (gettext("Seat"), gettext("Name"), gettext("Attendance"))
    rows = tuple(
        (names.seats.get(seat.seat, ""), who_sat(seat, names), attendance_in_words(seat, orders))
        for seat in said.seats
    )
    yield Table(header, rows, widths=(5, 5, 4))


def who_sat(seat: SaidSeat, names: Names) -> str:
    """Who sat there: the stand-in for the one whose seat it is."""
    holder = names.person(seat.person)
    if not seat.stand_in:
        return holder or "–"
    if not holder:
        return seat.stand_in
    return gettext("%(stand_in)s for %(name)s") % {"stand_in": seat.stand_in, "name": holder}


def attendance_in_words(seat: SaidSeat, orders: Sequence[int]) -> str:
    """Present, or for which items."""
    if seat.presence != Presence.PRESENT and not seat.stand_in:
        return str(words.PRESENCES[Presence(seat.presence)])
    there = gettext("Stand-in") if seat.stand_in else str(words.PRESENCES[Presence.PRESENT])
    part = words.stay_in_words(stay_among(orders, seat.came, seat.left))
    return f"{there}, {part}" if part else there


def _ability(said: Said) -> Iterator[Part]:
    if said.could_decide in {"", CouldDecide.NOT_SAID}:
        return
    sentence = str(words.ABILITIES[CouldDecide(said.could_decide)])
    yield Words(
        f"{sentence}: {said.could_decide_note}" if said.could_decide_note else f"{sentence}."
    )


def _item(
    number: int, item: SaidItem, names: Names, papers: Sequence[ListedPaper]
) -> Iterator[Part]:
    yield Heading(f"{number}. {item.title}", level=3)
    notes = [str(words.ITEM_KINDS[ItemKind(item.kind)])]
    if item.mandate and item.mandate != Mandate.UNKNOWN:
        notes.append(str(words.MANDATES_THERE[Mandate(item.mandate)]))
    yield Note(" · ".join(notes))
    if item.text:
        yield Words(item.text)
    elif not item.decisions:
        yield Note(gettext("Nothing was written on this item."))
    for decision in item.decisions:
        table = _tasks(decision.tasks, names) if decision.tasks else None
        yield Box(gettext("Decision"), Words(decision.text), table)
    yield from _papers(papers)


def _papers(listed: Sequence[ListedPaper]) -> Iterator[Part]:
    """What was read: its title, which version, and whom it is for."""
    rows = tuple(
        (
            one.paper.title,
            formats.number(one.version.number),
            str(CLASSIFICATIONS[Classification(one.paper.classification)]),
        )
        for one in listed
    )
    if rows:
        header = (pgettext("of a meeting", "Paper"), gettext("Version"), gettext("Classification"))
        yield Table(header, rows, widths=(8, 2, 3))


def _tasks(tasks: tuple[SaidTask, ...], names: Names) -> Table:
    return Table(
        (gettext("Task"), gettext("Responsible"), gettext("Deadline")),
        tuple(
            (
                task.title,
                names.responsible(task.who) or "–",
                formats.day(task.deadline) if task.deadline else "–",
            )
            for task in tasks
        ),
        widths=(6, 4, 3),
    )


def _approvals(said: Said, names: Names, zone: str) -> Iterator[Part]:
    if not said.approvals:
        return
    yield Heading(pgettext("minutes", "Approved"))
    rows = tuple((names.person(one.person), formats.day(one.at, zone)) for one in said.approvals)
    yield Table((gettext("Name"), gettext("Day")), rows, widths=(2, 1))

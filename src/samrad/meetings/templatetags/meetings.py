"""How meetings are shown: states as chips, days in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.cooperation.rules import Side
from samrad.cooperation.words import SIDES
from samrad.documents.rules import Classification
from samrad.documents.words import CLASSIFICATIONS
from samrad.followup.models import Task
from samrad.kernel.clock import now
from samrad.meetings import words
from samrad.meetings.models import AgendaItem, Attendance, Correction, Meeting, Minutes, Proposal
from samrad.meetings.queries.copies import attendance_in_words, who_sat
from samrad.meetings.queries.holding import sent_in_words, today_in_words
from samrad.meetings.queries.minutes import MinutesItem, stay_of
from samrad.meetings.queries.papers import ListedPaper, SeenPapers
from samrad.meetings.queries.said import Names
from samrad.meetings.rules import (
    CorrectionState,
    CouldDecide,
    ItemKind,
    Mandate,
    MeetingState,
    MinutesState,
    Presence,
    ProposalState,
)
from samrad.meetings.rules.invitations import Answer
from samrad.meetings.rules.minutes import Shortcoming
from samrad.meetings.rules.notice import Notice
from samrad.meetings.rules.said import (
    Said,
    SaidApproval,
    SaidHeld,
    SaidItem,
    SaidSeat,
    SaidTask,
)
from samrad.meetings.sources import source_of
from samrad.people.models import Person
from samrad.ui import formats
from samrad.ui.templatetags.ui import chip

register = template.Library()


@register.simple_tag
def in_words(start: datetime, end: datetime, zone: Any = None) -> str:
    """From when until when, as plain text: for mails."""
    return formats.span(start, end, zone)


@register.filter
def with_proposer(
    presenters: Sequence[tuple[str, str]], proposer: Person | None
) -> list[tuple[str, str]]:
    """Who may present a proposal: also whoever proposed it and has no seat in the council."""
    there = [*presenters]
    if proposer is not None and str(proposer.ref) not in dict(there):
        there.append((str(proposer.ref), proposer.label))
    return there


@register.simple_tag
def hours_and_place(meeting: Meeting, zone: Any = None) -> str:
    """What somebody about to answer asks first: from when until when, and where."""
    hours = f"{formats.clock(meeting.starts_at, zone)}–{formats.clock(meeting.ends_at, zone)}"
    return f"{hours}, {meeting.place}" if meeting.place else hours


@register.simple_tag
def meeting_state(meeting: Meeting) -> SafeString:
    """How it stands; minutes in the making say so, and a day to which nobody was called."""
    is_over = meeting.ends_at < now()
    if is_over and meeting.state == MeetingState.PLANNED:
        return chip(words.NOBODY_CALLED, "warning")
    if is_over and meeting.state == MeetingState.CALLED:
        return chip(words.NO_MINUTES_YET, "warning")
    return chip(meeting.state_name, meeting.tone)


@register.simple_tag
def lead_time(meeting: Meeting, leads: dict[int, int], notice: Notice) -> SafeString:
    """How many days before the meeting its agenda went out; marked where that was too few."""
    lead = leads.get(meeting.pk)
    if lead is None:
        return SafeString("")
    told = ngettext("Agenda out %(n)s day before", "Agenda out %(n)s days before", lead) % {
        "n": lead
    }
    shown = told if notice.is_kept_by(lead) else chip(told, "warning")
    return format_html("<span>{}</span>", shown)


@register.simple_tag
def minutes_state(minutes: Minutes) -> SafeString:
    """How the minutes stand."""
    state = MinutesState(minutes.state)
    return chip(words.MINUTES_STATES[state], words.MINUTES_TONES[state])


@register.simple_tag
def proposal_state(proposal: Proposal) -> SafeString:
    """How the proposal stands."""
    state = ProposalState(proposal.state)
    return chip(words.PROPOSAL_STATES[state], words.PROPOSAL_TONES[state])


@register.filter
def kind_name(thing: AgendaItem | Proposal | SaidItem) -> str:
    """What the council is asked to do."""
    return str(words.ITEM_KINDS[ItemKind(thing.kind)])


@register.filter
def so_many_minutes(minutes: int) -> str:
    """How long something takes."""
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


@register.filter
def mandate_name(item: AgendaItem) -> str:
    """Whether those who bind each party have been asked."""
    return str(words.MANDATES[Mandate(item.mandate)])


@register.simple_tag
def mandate_mark(item: AgendaItem) -> SafeString:
    """A mark on what is to be decided, when it is not known that it can be."""
    if item.kind != ItemKind.DECISION or item.mandate == Mandate.SECURED:
        return SafeString("")
    if item.mandate == Mandate.NOT_SECURED:
        return format_html("<span>{}</span>", chip(_("Mandate not secured"), "warning"))
    return format_html("<span>{}</span>", chip(_("Mandate not asked for yet"), "neutral"))


@register.simple_tag
def where_from(item: AgendaItem | Proposal) -> SafeString:
    """The way back to what the item comes from, where an app knows such things."""
    source = source_of(item.source_kind) if item.source_ref else None
    if source is None:
        return SafeString("")
    if not source.page:
        return format_html('<p class="s-small s-soft">{}</p>', source.words)
    url = reverse(source.page, args=[item.source_ref])
    return format_html('<p class="s-small"><a href="{}">{}</a></p>', url, source.words)


@register.simple_tag
def readers_mark(thing: AgendaItem | Proposal) -> SafeString:
    """A mark on what is not internal; internal is the ordinary case and stays unmarked."""
    if thing.classification == Classification.INTERNAL:
        return SafeString("")
    restricted = thing.is_restricted
    name = CLASSIFICATIONS[Classification(thing.classification)]
    return chip(name, "warning" if restricted else "neutral", "lock" if restricted else "")


@register.inclusion_tag("meetings/part_papers.html")
def papers_under(
    papers: SeenPapers | None, item: AgendaItem | None = None, heading: str = ""
) -> dict[str, Any]:
    """The papers of an item, or of the meeting as a whole, each with what one needs to choose."""
    return {"listed": papers.under(item) if papers else (), "heading": heading}


@register.filter
def papers_of(papers: SeenPapers, item: AgendaItem | None) -> Sequence[ListedPaper]:
    """The papers of one item, or of the meeting as a whole."""
    return papers.under(item)


@register.filter
def anchor(end: object, beginning: str) -> str:
    """A name for a place on a page."""
    return f"{beginning}-{end}"


@register.simple_tag
def paper_mark(listed: ListedPaper) -> SafeString:
    """A lock on what is restricted, and a word on what is for others than its item."""
    paper = listed.paper
    if paper.is_restricted or listed.differs_from_item:
        name = CLASSIFICATIONS[Classification(paper.classification)]
        tone = "warning" if paper.is_restricted else "neutral"
        return chip(name, tone, "lock" if paper.is_restricted else "")
    return SafeString("")


@register.simple_tag
def presence(noted: Attendance) -> SafeString:
    """Whether somebody was there; a stand-in was, whatever kept the other away."""
    if noted.stand_in:
        return chip(_("Stand-in"), "success")
    state = Presence(noted.presence)
    return chip(words.PRESENCES[state], words.PRESENCE_TONES[state])


@register.simple_tag
def stay(noted: Attendance, items: list[MinutesItem]) -> SafeString:
    """For which items somebody was there, when it was not for all of them."""
    part = words.stay_in_words(stay_of(noted, items))
    return format_html(' <span class="s-small">{}</span>', part) if part else SafeString("")


@register.simple_tag
def could_decide(said: str) -> str:
    """Whether the council could decide, where it is said."""
    if said in {"", CouldDecide.NOT_SAID}:
        return ""
    return str(words.ABILITIES[CouldDecide(said)])


@register.simple_tag
def mandate_there(said: str) -> str:
    """Whether the mandate was there, where it is said."""
    return "" if said in {"", Mandate.UNKNOWN} else str(words.MANDATES_THERE[Mandate(said)])


@register.simple_tag
def said_seat(names: Names, seat: SaidSeat) -> str:
    """Who sat in a seat, in a kept version."""
    return who_sat(seat, names) if names.persons.get(seat.person) else names.sitter(seat)


@register.simple_tag
def said_holder(names: Names, seat: SaidSeat) -> str:
    """Whose seat it was."""
    return names.sitter(seat)


@register.simple_tag
def said_attendance(names: Names, seat: SaidSeat, orders: Sequence[int] = ()) -> str:
    """Who sat there, whether they came, for which items: what a correction of a seat changes."""
    return f"{who_sat(seat, names)}: {attendance_in_words(seat, orders)}"


@register.simple_tag
def said_held(held: SaidHeld, zone: str) -> str:
    """When and where the meeting was, in words."""
    return " · ".join(filter(None, (formats.span(held.starts_at, held.ends_at, zone), held.place)))


@register.simple_tag
def said_place(names: Names, seat: SaidSeat) -> str:
    """Which seat it was."""
    return names.seats.get(seat.seat, "")


@register.simple_tag
def said_presence(seat: SaidSeat, said: Said | None = None) -> str:
    """Whether somebody was there, in a kept version."""
    orders = [item.order for item in said.items] if said else []
    return attendance_in_words(seat, orders)


@register.simple_tag
def said_responsible(names: Names, task: SaidTask) -> str:
    """Who has a task, in a kept version."""
    return names.responsible(task.who)


@register.simple_tag
def stands_otherwise(
    apart: dict[str, tuple[SaidTask, Task]],
    said: SaidTask,
    names: Names,
    minutes: Minutes,
    zone: Any = None,
) -> SafeString:
    """How a task stands today, under what was approved; or how it was sent, while that waits."""
    kept, task = apart.get(said.ref or said.title, (None, None))
    if kept is None or task is None:
        return SafeString("")
    is_approved = minutes.state == MinutesState.APPROVED
    told = today_in_words(kept, task, zone) if is_approved else sent_in_words(kept, names)
    return format_html('<br><span class="s-small s-soft s-no-print">{}</span>', told)


@register.simple_tag
def said_approver(names: Names, approval: SaidApproval) -> str:
    """Who approved, in a kept version."""
    return names.person(approval.person)


@register.simple_tag
def correction_state(correction: Correction) -> SafeString:
    """How a correction stands."""
    state = CorrectionState(correction.state)
    return chip(words.CORRECTION_STATES[state], words.CORRECTION_TONES[state])


@register.simple_tag
def answer_chip(answer: Answer) -> SafeString:
    """What somebody who is called has answered."""
    return chip(words.ANSWERS[answer], words.ANSWER_TONES[answer])


@register.filter
def lack(shortcoming: Shortcoming) -> str:
    """What minutes lack, as a sentence."""
    return words.in_words(shortcoming)


@register.filter
def approver(function: str) -> str:
    """Who gives an approval."""
    return str(words.APPROVERS[function])


@register.filter
def side_of_proposal(proposal: Proposal) -> str:
    """Whose side of the table it comes from."""
    return str(SIDES[Side(proposal.side)])

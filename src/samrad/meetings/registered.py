"""What meetings register with the apps below: tables, and the one function that reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from samrad.access import findable as finding
from samrad.cooperation import cockpit as screens
from samrad.cooperation import endings as ends
from samrad.cooperation import panels
from samrad.cooperation.models import oversees
from samrad.followup import attention, provisional, returns
from samrad.followup import copies as taken_along
from samrad.followup import news as happened
from samrad.knowledge import followers
from samrad.meetings import (
    cockpit,
    copies,
    endings,
    figures,
    findable,
    mail_guards,
    news,
    panel,
    replies,
    sources,
    suggested,
    waiting,
    waiting_answers,
    words,
)
from samrad.meetings.actions.from_figures import propose_alarms
from samrad.meetings.queries.returns import times_on_an_agenda
from samrad.meetings.queries.waiting import decisions_in_opened
from samrad.post import api as post
from samrad.ui import navigation
from samrad.ui.pieces import Words

PATHS = ("/meetings/", "/agenda-items/", "/papers/", "/corrections/", "/minutes-versions/")

# Each reads its own where it is asked; the parts of a list are read together.
WAITING_BY_ITSELF = (waiting.approvals,)
WAITING_IN_PARTS = (
    waiting.agendas,
    waiting.drafts,
    waiting.proposals,
    waiting_answers.invitations,
)

# Where an item on an agenda can come from: kind, words, the page of it, what else is known of it.
SOURCES: tuple[tuple[str, Words, str, dict[str, Any]], ...] = (
    ("decision", _("An earlier decision that is still being followed up"), "followup:decision", {}),
    ("task", _("A task that is still open"), "followup:task", {}),
    ("agreement", _("The agreement"), "cooperation:agreement", {"suggest": suggested.what_is_due}),
    ("alarm", _("The figures behind it"), "knowledge:alarm", {"show": figures.shown_alarms}),
    ("seat", _("A guest whose turn it is"), "", {}),
    ("meeting", _("The earlier meeting"), "meetings:detail", {}),
    ("agenda_item", _("From a meeting that was cancelled"), "", {}),
)

MAIL_IS_FOR = {
    "meeting": mail_guards.sees_meeting,
    "minutes": mail_guards.sees_minutes,
    "proposal": mail_guards.sees_proposal,
}
MAIL_IS_EXPECTED = {"meeting": mail_guards.will_sit_there}
MAIL_STILL_TRUE = {"meeting": mail_guards.is_still_ahead}

FOUND = (
    findable.MEETINGS, findable.ITEMS, findable.MINUTES, findable.PAPERS, findable.PROPOSALS,
)  # fmt: skip


def register_meetings() -> None:
    """Meetings stand on council pages and home pages, and say who may still have a mail."""
    for path in PATHS:
        navigation.belongs(path, "cooperation:councils")
    for kind in FOUND:
        finding.register(kind)
    for source in WAITING_BY_ITSELF:
        attention.register(source)
    for parts in WAITING_IN_PARTS:
        attention.register_parts(parts)
    for name, said, page, more in SOURCES:
        sources.register(name, words=said, page=page, **more)
    followers.register(propose_alarms)
    _register_with_councils()
    _register_with_follow_up()
    _register_with_mail()


def _register_with_councils() -> None:
    panels.register(panel.on_council_page)
    panels.register_list(_("Too few meetings"), "meetings:too_few", seen_by=oversees)
    screens.register(cockpit.COLUMNS, cockpit.on_the_screen)
    ends.register(endings.open_ends, endings.cancel_what_is_ahead)


def _register_with_follow_up() -> None:
    provisional.register(decisions_in_opened)
    happened.register_news(news.of_meetings)
    returns.register(times_on_an_agenda)
    taken_along.register(copies.extracts_of)


def _register_with_mail() -> None:
    post.register_causes(words.MAIL_CAUSES, under="meetings/mail/")
    post.register_reader(replies.read_reply)
    for kind, guard in MAIL_IS_FOR.items():
        post.register_guard(kind, guard, MAIL_IS_EXPECTED.get(kind))
    for kind, condition in MAIL_STILL_TRUE.items():
        post.register_condition(kind, condition)

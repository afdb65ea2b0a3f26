"""What meetings do without anybody asking."""

from __future__ import annotations

from samrad.kernel.clock import now, today
from samrad.meetings.actions.approval import ask_those_who_approve_now
from samrad.meetings.actions.corrections import ask_those_who_correct_now
from samrad.meetings.actions.letting_go import call_newcomers_everywhere, let_go_everywhere
from samrad.work.api import every, task


@every(daily_at="06:10")
@task("meetings.ask_approvers")
def ask_approvers() -> None:
    """Minutes and corrections that wait, and whoever approves them today."""
    ask_those_who_approve_now(on=today())
    ask_those_who_correct_now(on=today())


@every(daily_at="05:40")
@task("meetings.let_go")
def let_go_of_those_gone() -> None:
    """Who is called follows the seats: meetings leave and reach calendars as these change hands."""
    let_go_everywhere(on=today(), at=now())
    call_newcomers_everywhere(on=today(), at=now())

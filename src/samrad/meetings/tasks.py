"""What meetings do without anybody asking."""

from __future__ import annotations

from samrad.kernel.clock import today
from samrad.meetings.actions.approval import ask_those_who_approve_now
from samrad.work.api import every, task


@every(daily_at="06:10")
@task("meetings.ask_approvers")
def ask_approvers() -> None:
    """Minutes that wait, and whoever approves them today."""
    ask_those_who_approve_now(on=today())

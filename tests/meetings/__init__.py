"""The line of a meeting: plan, proposals, agenda, sending, minutes, approval."""

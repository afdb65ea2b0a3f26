"""What is written: one module for planning, proposals, agenda, sending, minutes and approval."""

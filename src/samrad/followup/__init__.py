"""Decisions and tasks, wherever they come from, until they are done."""

"""What a command says when it cannot go on."""

from __future__ import annotations


class Trouble(Exception):
    """Something is missing or in the way; the text says what, and what to do about it."""

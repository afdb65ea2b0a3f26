"""Django's own administration commands, and those our apps bring."""

from __future__ import annotations

from django.core.management import ManagementUtility


def main(argv: list[str], name: str) -> int:
    """`samrad manage WORD …`."""
    ManagementUtility([f"samrad {name}", *argv]).execute()
    return 0


def same_name(argv: list[str], name: str) -> int:
    """`samrad WORD …` for a management command called WORD."""
    ManagementUtility(["samrad", name, *argv]).execute()
    return 0

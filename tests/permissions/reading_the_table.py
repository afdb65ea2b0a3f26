"""The table of permissions as a program reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse

from tests.cast import Cast, Character

TABLE = "table.txt"
COLUMNS = (
    "chair", "secr", "vice", "memb", "guest", "dist", "nat", "admin",
    "next", "othr", "abrd", "anon",
)  # fmt: skip
MEANINGS = {"y": "yes", "n": "no such page", "w": "refused in words", "i": "sign in first"}


@dataclass(frozen=True)
class Row:
    """A page, what it is opened about, and a letter for each of the people."""

    method: str
    page: str
    about: str
    letters: str

    def url(self, things: dict[str, Any]) -> str:
        """The page's address for the thing it is about."""
        refs = [] if self.about == "-" else [things[name].ref for name in self.about.split(",")]
        return reverse(self.page, args=refs)

    def __str__(self) -> str:
        return f"{self.method} {self.page} {self.about}"


def rows() -> list[Row]:
    """Every row of the table."""
    return rows_in(TABLE)


def rows_in(name: str) -> list[Row]:
    """The rows of a file beside this one."""
    found = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        if words:
            method, page, about, *letters = words
            assert len(letters) == len(COLUMNS), line
            assert set(letters) <= set(MEANINGS), line
            found.append(Row(method, page, about, "".join(letters)))
    return found


def people_of(cast: Cast) -> dict[str, Character | None]:
    """Who stands for which column."""
    return {
        "chair": cast.chair,
        "secr": cast.secretary,
        "vice": cast.director,
        "memb": cast.police_member,
        "guest": cast.guest,
        "dist": cast.analyst,
        "nat": cast.national_officer,
        "admin": cast.administrator,
        "next": cast.stranger,
        "othr": cast.other_analyst,
        "abrd": cast.dk.secretary,
        "anon": None,
    }


def letter_of(response: Any) -> str:
    """What an answer means; anything else, such as a fault, is itself."""
    if response.status_code == 404:
        return "n"
    if response.status_code == 403:
        return "w"
    if response.status_code == 302 and "/account/login" in response.url:
        return "i"
    if response.status_code in {200, 204, 302, 303, 400, 409, 422}:
        return "y"
    return f"({response.status_code})"

"""Taking apart what a recipe says, and noting every place that is wrong or that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samrad.kernel.multilingual import LANGUAGES, Words
from samrad.knowledge.rules.recipe_parts import Field


class Reader:
    """Takes what is known out of a table, and remembers what was wrong or left."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def text(self, table: dict[str, Any], key: str, where: str, *, needed: bool = False) -> str:
        found = table.pop(key, None)
        if found is None and not needed:
            return ""
        if not isinstance(found, str) or not found.strip():
            self.wrong.append(f"{where}{key}: a text is needed")
            return ""
        return found

    def texts(self, table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
        found = table.pop(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.wrong.append(f"{where}{key}: a list of texts is needed")
            return ()
        return tuple(found)

    def words(self, table: dict[str, Any], key: str, where: str, *, needed: bool = False) -> Words:
        found = table.pop(key, None)
        if found is None and not needed:
            return Words()
        if isinstance(found, str):
            return Words.same(found)
        if not isinstance(found, dict) or set(found) - set(LANGUAGES):
            self.wrong.append(f"{where}{key}: words in {', '.join(LANGUAGES)} are needed")
            return Words()
        words = Words.from_mapping(found)
        if words.missing():
            self.wrong.append(f"{where}{key}: not written in {', '.join(words.missing())}")
        return words

    def one_of(self, table: dict[str, Any], key: str, kinds: type[Any], where: str) -> Any:
        found = table.pop(key, None)
        try:
            return kinds(found)
        except ValueError:
            members = list(kinds.__members__.values())
            self.wrong.append(f"{where}{key}: one of {', '.join(members)}")
            return members[0]

    def number(self, table: dict[str, Any], key: str, where: str) -> int:
        found = table.pop(key, 0)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            self.wrong.append(f"{where}{key}: a whole number is needed")
            return 0
        return found

    def decimal(self, table: dict[str, Any], key: str, where: str) -> float | None:
        found = table.pop(key, None)
        if found is None:
            return None
        if not isinstance(found, int | float) or isinstance(found, bool) or found < 0:
            self.wrong.append(f"{where}{key}: a number of 0 or more is needed")
            return None
        return float(found)

    def part(self, table: dict[str, Any], key: str) -> dict[str, Any] | None:
        found = table.pop(key, None)
        if found is not None and not isinstance(found, dict):
            self.wrong.append(f"{key}: a table is needed")
            return None
        return dict(found) if found is not None else None

    def field(self, given: object, where: str) -> Field:
        if isinstance(given, str):
            return Field(given)
        if not isinstance(given, dict):
            self.wrong.append(f"{where}: a name or a table is needed")
            return Field("")
        table = dict(given)
        made = Field(
            self.text(table, "name", f"{where}.", needed=True),
            self.texts(table, "also", f"{where}."),
            self.text(table, "label", f"{where}."),
        )
        self.nothing_left(table, where)
        return made

    def fields(self, table: dict[str, Any], key: str) -> tuple[Field, ...]:
        found = table.pop(key, [])
        if not isinstance(found, list):
            self.wrong.append(f"{key}: a list is needed")
            return ()
        return tuple(self.field(one, key) for one in found)

    def nothing_left(self, table: Mapping[str, Any], where: str = "") -> None:
        self.wrong += [f"{where}{'.' if where else ''}{key}: not known" for key in sorted(table)]

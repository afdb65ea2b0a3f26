"""What a profile file may say: one table at a time, every complaint with file, key and reason.

What belongs here: turning TOML values into checked ones. What does not: what a tier or a rule is.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from samrad.kernel.multilingual import LANGUAGES, Words
from samrad.profiles.model import ParameterValue

Choice = TypeVar("Choice", bound=StrEnum)
Found = TypeVar("Found")


class ProfileError(Exception):
    """A profile cannot be used; `problems` are sentences with file, key and reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Table:
    """One TOML table being read. A key that is never asked for is a mistake, see `finish`."""

    def __init__(self, values: Mapping[str, Any], *, file: str, place: str = "") -> None:
        self._values = dict(values)
        self._file = file
        self._place = place
        self._asked: set[str] = set()

    def problem(self, key: str, reason: str) -> ProfileError:
        """The error for a key of this table, ready to raise."""
        where = ".".join(part for part in (self._place, key) if part)
        return ProfileError([f"{self._file}: {where}: {reason}"])

    def has(self, key: str) -> bool:
        """Whether the file says anything for this key."""
        self._asked.add(key)
        return key in self._values

    def text(self, key: str) -> str:
        """A text with something in it."""
        value: str = self._value(key, str, "a text")
        if not value.strip():
            raise self.problem(key, "is empty")
        return value.strip()

    def text_if_given(self, key: str) -> str | None:
        """A text, or nothing when the file does not have the key."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent is the empty list."""
        if not self.has(key):
            return ()
        values = self._value(key, list, "a list of texts")
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.problem(key, "must be a list of texts, none of them empty")
        if len(set(values)) < len(values):
            raise self.problem(key, "says the same thing twice")
        return tuple(values)

    def whole_number(self, key: str, *, at_least: int, at_most: int) -> int:
        """A whole number within bounds."""
        value = self._value(key, int, "a whole number")
        if not at_least <= value <= at_most:
            raise self.problem(key, f"must be between {at_least} and {at_most}, not {value}")
        return int(value)

    def whole_numbers(self, key: str, *, at_least: int, at_most: int) -> tuple[int, ...]:
        """A list of whole numbers within bounds; absent is the empty list."""
        if not self.has(key):
            return ()
        values = self._value(key, list, "a list of whole numbers")
        if not all(type(value) is int and at_least <= value <= at_most for value in values):
            raise self.problem(key, f"must be whole numbers between {at_least} and {at_most}")
        return tuple(values)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """true or false."""
        if default is not None and not self.has(key):
            return default
        return bool(self._value(key, bool, "true or false"))

    def day_if_given(self, key: str) -> date | None:
        """A day, or nothing."""
        return self._value(key, date, "a day such as 2024-01-31") if self.has(key) else None

    def choice(self, key: str, among: type[Choice]) -> Choice:
        """One of a closed vocabulary."""
        return self._chosen(key, self.text(key), among)

    def choices(self, key: str, among: type[Choice]) -> tuple[Choice, ...]:
        """Several of a closed vocabulary."""
        return tuple(self._chosen(key, value, among) for value in self.texts(key))

    def choice_if_given(self, key: str, among: type[Choice]) -> Choice | None:
        """One of a closed vocabulary, or nothing."""
        return self.choice(key, among) if self.has(key) else None

    def words(self, key: str) -> Words:
        """A text in all five languages: nothing half-translated reaches a reader."""
        table = self.table(key)
        words = Words(**{language: table.text(language) for language in LANGUAGES})
        table.finish()
        return words

    def words_by_code(self, key: str) -> dict[str, Words]:
        """A table of texts, each in all five languages."""
        table = self.table(key)
        return {code: table.words(code) for code in table.codes()}

    def parameters(self, key: str) -> dict[str, ParameterValue]:
        """The numbers, words and lists a rule is measured with; absent is none."""
        if not self.has(key):
            return {}
        table = self.table(key)
        return {name: table.parameter(name) for name in table.codes()}

    def parameter(self, key: str) -> ParameterValue:
        """One value a rule is measured with."""
        value = self._values[key]
        self._asked.add(key)
        if isinstance(value, list):
            return self.texts(key)
        if not isinstance(value, int | str):
            raise self.problem(key, "must be a whole number, a text, true, false or a list")
        return value

    def codes(self) -> tuple[str, ...]:
        """The keys of this table in the order they are written."""
        return tuple(self._values)

    def table(self, key: str) -> "Table":
        """A table inside this one."""
        inner = self._value(key, dict, "a table")
        return Table(inner, file=self._file, place=".".join(p for p in (self._place, key) if p))

    def tables(self, key: str, *, named_by: str) -> Iterator["Table"]:
        """The tables of a list, each called by its own code in complaints."""
        for number, inner in enumerate(self._value(key, list, f"a list, [[{key}]]"), start=1):
            if not isinstance(inner, dict):
                raise self.problem(key, f"must be a list of tables, [[{key}]]")
            name = inner.get(named_by, f"number {number}")
            yield Table(inner, file=self._file, place=f"{key} “{name}”")

    def finish(self) -> None:
        """Complain about keys that nobody reads: most of them are misspelt ones."""
        unknown = sorted(set(self._values) - self._asked)
        if unknown:
            known = ", ".join(sorted(self._asked))
            raise self.problem(unknown[0], f"is not a key used here; the keys are {known}")

    def _value(self, key: str, kind: type, description: str) -> Any:
        if not self.has(key):
            raise self.problem(key, f"is missing; it must be {description}")
        value = self._values[key]
        # In Python true is a whole number; in a profile it never is one.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.problem(key, f"must be {description}, not {value!r}")
        return value

    def _chosen(self, key: str, value: str, among: type[Choice]) -> Choice:
        try:
            return among(value)
        except ValueError:
            raise self.problem(key, f"“{value}” is not one of {', '.join(among)}") from None


def read_table(folder: Path, name: str) -> Table:
    """One file of a profile as a table; a missing or broken file is a complaint like any other."""
    file = f"{folder.name}/{name}"
    try:
        values = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProfileError([f"{file}: the file is missing"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError([f"{file}: this is not TOML: {error}"]) from None
    return Table(values, file=file)


class Complaints:
    """Collects what is wrong, so that one start-up shows every mistake and not only the first."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def of(self, read: Callable[[], Found]) -> Found | None:
        """What `read` returns, or nothing and its complaints noted."""
        try:
            return read()
        except ProfileError as error:
            self.problems += error.problems
            return None

    def of_each(
        self, tables: Callable[[], Iterator[Table]], read: Callable[[Table], Found]
    ) -> tuple[Found, ...]:
        """What `read` makes of each table, leaving out the ones it complains about."""
        found = self.of(lambda: [self.of(partial(read, table)) for table in tables()])
        return tuple(one for one in found or [] if one is not None)

    def enforce(self) -> None:
        """Raise everything collected, if anything was."""
        if self.problems:
            raise ProfileError(self.problems)

"""Reading structure files.

A structure file is TOML with a head and either `[[area]]` tables or the name of a CSV file beside
it; see `data/README.md`. Reading collects every trouble with its row and field before it refuses.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from samrad.areas.rules.kinds import (
    AreaKind,
    CodeScheme,
    Country,
    RelationKind,
    SuccessionKind,
    relation_to,
)
from samrad.areas.rules.structure import (
    Ended,
    OtherCode,
    PartOf,
    Renumbered,
    Row,
    Span,
    Structure,
    StructureRefused,
    Succession,
    Trouble,
    TroubleKind,
)
from samrad.kernel.text import normalise_line

COLUMNS = (
    "kind", "code", "name", "names", "aliases", "codes", "valid", "part_of", "basis", "population",
)  # fmt: skip
_HEAD = frozenset(
    {
        "country", "from", "title", "source", "credit", "licence", "complete", "derived",
        "own_codes", "areas", "population_date", "population_source", "notes",
        "area", "succession", "renumbered", "ended",
    }
)  # fmt: skip
_CODE = re.compile(r"[0-9A-Za-zÀ-žŋ][0-9A-Za-zÀ-žŋ_-]{0,38}")
_SPREADSHEET_NUMBER = re.compile(r"\d+[.,]0+")
_LONGEST_NAME = 120
_MOST_PEOPLE = 2_000_000_000

E = TypeVar("E", bound=StrEnum)


def read_structure(text: str, beside: Callable[[str], str], *, called: str) -> Structure:
    """The structure in a TOML text; `beside` reads the CSV it names, from the same folder."""
    try:
        head = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StructureRefused([_unreadable(called, "", error)]) from error
    csv_text = ""
    if name := str(head.get("areas", "")):
        try:
            csv_text = beside(name)
        except (OSError, UnicodeDecodeError) as error:
            raise StructureRefused([_unreadable(called, "areas", error)]) from error
    reader = _Reader(called)
    digest = hashlib.sha256(f"{text}\0{csv_text}".encode()).hexdigest()
    structure = reader.structure(head, _csv_rows(csv_text, name, reader), digest)
    if structure is None or reader.troubles:
        raise StructureRefused(reader.troubles)
    return structure


def read_csv_structure(text: str, *, country: str, from_date: date, called: str) -> Structure:
    """The structure in a lone CSV file, whose country and day are said beside it."""
    head = {"country": country, "from": from_date, "title": called, "source": called}
    reader = _Reader(called)
    digest = hashlib.sha256(f"{country}\0{from_date}\0{text}".encode()).hexdigest()
    structure = reader.structure(head, _csv_rows(text, called, reader), digest)
    if structure is None or reader.troubles:
        raise StructureRefused(reader.troubles)
    return structure


def _unreadable(where: str, place: str, error: Exception) -> Trouble:
    return Trouble(where, place, TroubleKind.NOT_READABLE, {"reason": str(error)})


def _csv_rows(text: str, name: str, reader: _Reader) -> Iterator[tuple[str, dict[str, Any]]]:
    if not text:
        return
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    unknown = [column for column in rows.fieldnames or () if column not in COLUMNS]
    for column in unknown:
        reader.trouble(f"{name}:1", column, TroubleKind.UNKNOWN_FIELD)
    if unknown:
        return
    try:
        for row in rows:
            where = f"{name}:{rows.line_num}"
            if row.pop(None, None):
                reader.trouble(where, "", TroubleKind.UNKNOWN_FIELD)
            yield where, row
    except csv.Error as error:
        reader.troubles.append(_unreadable(f"{name}:{rows.line_num}", "", error))


class _Reader:
    """Reads fields and remembers every trouble instead of stopping at the first."""

    def __init__(self, called: str) -> None:
        self.called = called
        self.troubles: list[Trouble] = []

    def trouble(self, where: str, place: str, kind: TroubleKind, **values: object) -> None:
        self.troubles.append(Trouble(where, place, kind, values))

    def structure(
        self, head: dict[str, Any], rows: Iterable[tuple[str, dict[str, Any]]], digest: str
    ) -> Structure | None:
        where = self.called
        for name in sorted(set(head) - _HEAD):
            self.trouble(where, name, TroubleKind.UNKNOWN_FIELD)
        country = self.one_of(Country, head.get("country"), where, "country")
        from_date = self.day(head.get("from"), where, "from")
        if from_date is None and not self.troubles:
            self.trouble(where, "from", TroubleKind.MISSING)
        if country is None or from_date is None:
            return None
        tables = [(f"{where}, area {n}", t) for n, t in enumerate(self.tables(head, "area"), 1)]
        read = [self.row(place, table) for place, table in [*rows, *tables]]
        return Structure(
            country=country,
            from_date=from_date,
            title=self.line(head.get("title"), where, "title") or self.called,
            digest=digest,
            source=self.line(head.get("source"), where, "source", 300),
            credit=self.line(head.get("credit"), where, "credit", 200),
            licence=self.line(head.get("licence"), where, "licence"),
            complete=self.kinds(head.get("complete", []), "complete"),
            derived=self.kinds(head.get("derived", []), "derived"),
            own_codes=self.kinds(head.get("own_codes", []), "own_codes"),
            population_date=self.day(head.get("population_date"), where, "population_date"),
            population_source=self.line(
                head.get("population_source"), where, "population_source", 200
            ),
            rows=tuple(self.each_once([row for row in read if row])),
            successions=tuple(self.successions(self.tables(head, "succession"), from_date)),
            renumbered=tuple(self.renumberings(self.tables(head, "renumbered"))),
            ended=tuple(self.endings(self.tables(head, "ended"))),
        )

    def tables(self, head: dict[str, Any], name: str) -> list[dict[str, Any]]:
        given = head.get(name, [])
        if isinstance(given, list) and all(isinstance(table, dict) for table in given):
            return given
        self.trouble(self.called, name, TroubleKind.NOT_TABLES)
        return []

    def each_once(self, rows: list[Row]) -> list[Row]:
        seen: dict[tuple[AreaKind, str, date | None], str] = {}
        for row in rows:
            key = (row.kind, row.code, row.valid.end)
            if key in seen:
                self.trouble(row.where, "code", TroubleKind.TWICE, code=row.code, first=seen[key])
            seen.setdefault(key, row.where)
        return rows

    def row(self, where: str, given: dict[str, Any]) -> Row | None:
        for name in sorted(set(given) - set(COLUMNS)):
            self.trouble(where, name, TroubleKind.UNKNOWN_FIELD)
        kind = self.one_of(AreaKind, given.get("kind"), where, "kind")
        code = self.code(given.get("code"), where, "code")
        name = self.line(given.get("name"), where, "name")
        if not name:
            self.trouble(where, "name", TroubleKind.MISSING)
        if kind is None or not code:
            return None
        return Row(
            where=where,
            kind=kind,
            code=code,
            name=name,
            parallel=tuple(self.parallel(given.get("names"), where)),
            aliases=tuple(self.line(a, where, "aliases") for a in _listed(given.get("aliases"))),
            codes=tuple(self.other_codes(given.get("codes"), where)),
            valid=self.span(str(given.get("valid") or ""), where, "valid"),
            part_of=tuple(self.parents(given.get("part_of"), where)),
            basis=self.line(given.get("basis"), where, "basis", 200),
            population=self.count(given.get("population"), where, "population"),
        )

    def line(self, value: object, where: str, place: str, longest: int = _LONGEST_NAME) -> str:
        text = normalise_line(str(value or ""))
        if len(text) > longest:
            self.trouble(where, place, TroubleKind.TOO_LONG, longest=longest)
        return text[:longest]

    def one_of(self, kinds: type[E], value: object, where: str, place: str) -> E | None:
        text = str(value or "").strip()
        if not text:
            self.trouble(where, place, TroubleKind.MISSING)
        elif text not in set(kinds):
            self.trouble(where, place, TroubleKind.NOT_ONE_OF, given=text, choices=", ".join(kinds))
        else:
            return kinds(text)
        return None

    def kinds(self, value: Any, place: str) -> frozenset[AreaKind]:
        listed = value if isinstance(value, list) else [value]
        found = (self.one_of(AreaKind, kind, self.called, place) for kind in listed)
        return frozenset(kind for kind in found if kind)

    def code(self, value: object, where: str, place: str) -> str:
        if isinstance(value, int | float):
            self.trouble(where, place, TroubleKind.NUMBER_NOT_TEXT, given=value)
            return ""
        text = str(value or "").strip()
        if not text:
            self.trouble(where, place, TroubleKind.MISSING)
        elif _SPREADSHEET_NUMBER.fullmatch(text):
            self.trouble(where, place, TroubleKind.NUMBER_NOT_TEXT, given=text)
        elif not _CODE.fullmatch(text):
            self.trouble(where, place, TroubleKind.NOT_A_CODE, given=text)
        else:
            return text
        return ""

    def count(self, value: object, where: str, place: str) -> int | None:
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or int(text) > _MOST_PEOPLE:
            self.trouble(where, place, TroubleKind.NOT_A_COUNT, given=text)
            return None
        return int(text)

    def day(self, value: object, where: str, place: str) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        text = str(value or "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.trouble(where, place, TroubleKind.NOT_A_DATE, given=text)
            return None

    def span(self, text: str, where: str, place: str) -> Span:
        start_text, _dots, end_text = text.strip().partition("..")
        span = Span(self.day(start_text, where, place), self.day(end_text, where, place))
        if span.start and span.end and span.end < span.start:
            self.trouble(where, place, TroubleKind.ENDS_BEFORE_IT_BEGINS, given=text)
        return span

    def parallel(self, value: object, where: str) -> Iterator[tuple[str, str]]:
        for part in _listed(value):
            language, _colon, name = part.partition(":")
            yield language.strip(), self.line(name, where, "names")

    def other_codes(self, value: object, where: str) -> Iterator[OtherCode]:
        for part in _listed(value):
            said, _at, span = part.partition("@")
            scheme_text, _colon, code_text = said.partition(":")
            scheme = self.one_of(CodeScheme, scheme_text, where, "codes")
            code = self.code(code_text, where, "codes")
            if scheme and code:
                yield OtherCode(scheme, code, self.span(span, where, "codes"))

    def parents(self, value: object, where: str) -> Iterator[PartOf]:
        for part in _listed(value, between=r"[\s|]+"):
            said, at, span = part.partition("@")
            overlap = said.startswith("~")
            kind_text, _colon, code_text = said.removeprefix("~").partition(":")
            kind = self.one_of(AreaKind, kind_text, where, "part_of")
            code = self.code(code_text, where, "part_of")
            if kind and code:
                relation = RelationKind.OVERLAP if overlap else relation_to(kind)
                days = self.span(span, where, "part_of") if at else None
                yield PartOf(kind, code, relation, days)

    def successions(self, tables: list[dict[str, Any]], day: date) -> Iterator[Succession]:
        for number, table in enumerate(tables, 1):
            where = f"{self.called}, succession {number}"
            kind = self.one_of(SuccessionKind, table.get("kind"), where, "kind")
            of = self.one_of(AreaKind, table.get("of"), where, "of")
            before = self.codes(table, where, "before")
            after = self.codes(table, where, "after")
            on = self.day(table.get("on"), where, "on") or day
            if kind is None or of is None:
                continue
            if not _count_fits(kind, len(before), len(after)):
                self.trouble(where, "before", TroubleKind.WRONG_NUMBER_OF_AREAS)
            yield Succession(where, kind, of, before, after, on)

    def codes(self, table: dict[str, Any], where: str, place: str) -> tuple[str, ...]:
        given = table.get(place, [])
        listed = given if isinstance(given, list) else [given]
        return tuple(self.code(code, where, place) for code in listed)

    def renumberings(self, tables: list[dict[str, Any]]) -> Iterator[Renumbered]:
        for number, table in enumerate(tables, 1):
            where = f"{self.called}, renumbered {number}"
            of = self.one_of(AreaKind, table.get("of"), where, "of")
            before = self.code(table.get("before"), where, "before")
            after = self.code(table.get("after"), where, "after")
            if of and before and after:
                yield Renumbered(where, of, before, after)

    def endings(self, tables: list[dict[str, Any]]) -> Iterator[Ended]:
        for number, table in enumerate(tables, 1):
            where = f"{self.called}, ended {number}"
            of = self.one_of(AreaKind, table.get("of"), where, "of")
            code = self.code(table.get("code"), where, "code")
            if of and code:
                yield Ended(where, of, code)


def _listed(value: object, between: str = r"\|") -> list[str]:
    """The parts of a CSV cell, or the list a TOML table gives."""
    if isinstance(value, list):
        return [str(part).strip() for part in value]
    return [part.strip() for part in re.split(between, str(value or "")) if part.strip()]


def _count_fits(kind: SuccessionKind, before: int, after: int) -> bool:
    if kind is SuccessionKind.MERGE:
        return before > 1 and after == 1
    if kind is SuccessionKind.SPLIT:
        return before == 1 and after > 1
    return before > 0 and after > 0

"""Incidents as they are kept: a Parquet file a month, integers alone, addresses as keyed hashes.

The key is made once for an installation and lies beside its secret key; without it nobody, also not
we, can tell an address from its hash, and with it the same address has the same one every month.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from samrad.knowledge.readers.incidents import Incidents

Row = tuple[int | None, ...]
FIXED = ("incident", "address", "district", "category")
PRIORITY = "of_priority"  # no moment is called so
CODED = ("district", "category", PRIORITY)


def columns_of(incidents: Incidents) -> tuple[str, ...]:
    """The names of the columns, in the order of a row."""
    priority = () if incidents.priorities is None else (PRIORITY,)
    numbers = (f"number_{n}" for n, _ in enumerate(incidents.numbers))
    return (*FIXED, *priority, *incidents.moments, *numbers)


def in_one(columns: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The columns of both, in the order of the first; what only the others have where it stood."""
    found = list(columns)
    for at, name in enumerate(others):
        if name not in found:
            found.insert(found.index(others[at - 1]) + 1 if at else 0, name)
    return tuple(found)


def laid_along(rows: Iterable[Row], columns: Sequence[str], wanted: Sequence[str]) -> list[Row]:
    """Rows with these columns as rows with the wanted ones; what they did not have is empty."""
    if tuple(columns) == tuple(wanted):
        return list(rows)
    place = {name: at for at, name in enumerate(columns)}
    at = [place.get(name) for name in wanted]
    return [tuple(None if one is None else row[one] for one in at) for row in rows]


def rows_by_month(
    incidents: Incidents, codes: dict[str, list[str]], secret: bytes
) -> dict[str, list[Row]]:
    """Every incident as integers, by month; `codes` learns the words it has not met."""
    coded = CODED if incidents.priorities is not None else CODED[:2]
    places = {side: {word: n for n, word in enumerate(codes.setdefault(side, []))}
              for side in coded}  # fmt: skip
    keyed: dict[str, int] = {}
    rows: dict[str, list[Row]] = defaultdict(list)
    urgent: list[list[int | None]] = []
    if incidents.priorities is not None:
        known = places[PRIORITY]
        urgent = [[_coded(one, codes[PRIORITY], known) for one in incidents.priorities]]
    sides = zip(*urgent, *incidents.moments.values(), *incidents.numbers.values(), strict=True)
    texts = zip(
        incidents.months, incidents.keys, incidents.addresses, incidents.districts,
        incidents.categories, strict=True,
    )  # fmt: skip
    for (month, key, address, district, category), rest in zip(texts, sides, strict=True):
        rows[month].append((
            _keyed(f"incident\0{key}", secret, keyed),
            _keyed(f"address\0{address.casefold()}", secret, keyed) if address else None,
            _coded(district, codes["district"], places["district"]),
            _coded(category, codes["category"], places["category"]),
            *rest,
        ))  # fmt: skip
    return rows


def _keyed(text: str, secret: bytes, known: dict[str, int]) -> int:
    if text not in known:
        digest = hmac.new(secret, text.encode(), hashlib.sha256).digest()
        known[text] = int.from_bytes(digest[:8], "big", signed=True)
    return known[text]


def _coded(word: str, words: list[str], places: dict[str, int]) -> int | None:
    if not word:
        return None
    if word not in places:
        places[word] = len(words)
        words.append(word)
    return places[word]


@dataclass(frozen=True)
class Keyed:
    """Incidents as integers, by month; `words` are those behind the coded columns."""

    columns: tuple[str, ...]
    months: Mapping[str, list[Row]]
    words: Mapping[str, list[str]]

    @property
    def incidents(self) -> set[int | None]:
        """Which they are."""
        return {one for rows in self.months.values() for one in incidents_in(rows)}

    def only(self, months: Set[str]) -> Keyed:
        """Those of these months."""
        kept = {month: rows for month, rows in self.months.items() if month in months}
        return Keyed(self.columns, kept, self.words)

    def by(self, codes: dict[str, list[str]]) -> Keyed:
        """The same by the codes of a data set, which learn the words they have not met."""
        at = {name: self.columns.index(name) for name in CODED if name in self.columns}
        known = {name: {word: n for n, word in enumerate(codes.setdefault(name, []))}
                 for name in at}  # fmt: skip
        theirs = {at[name]: [_coded(word, codes[name], known[name]) for word in self.words[name]]
                  for name in at}  # fmt: skip
        return Keyed(
            self.columns,
            {month: [_translated(row, theirs) for row in rows]
             for month, rows in self.months.items()},
            {name: list(codes[name]) for name in at},
        )  # fmt: skip

    def as_one_file(self) -> bytes:
        """All months in one Parquet file; the words are kept beside it."""
        rows = [(int(month.replace("-", "")), *row)
                for month in sorted(self.months) for row in self.months[month]]  # fmt: skip
        return as_parquet(("month", *self.columns), rows)

    @classmethod
    def of_one_file(cls, data: bytes, words: Mapping[str, list[str]]) -> Keyed:
        """What `as_one_file` wrote."""
        (_month, *columns), rows = from_parquet(data)
        months: dict[str, list[Row]] = defaultdict(list)
        for month, *row in rows:
            months[f"{str(month)[:4]}-{str(month)[4:]}"].append(tuple(row))
        return cls(tuple(columns), months, words)


def keyed(incidents: Incidents, secret: bytes) -> Keyed:
    """An incident file as it is kept: no address, no number of a case, no moment as text."""
    words: dict[str, list[str]] = {}
    months = rows_by_month(incidents, words, secret)
    return Keyed(columns_of(incidents), months, words)


def _translated(row: Row, theirs: Mapping[int, Sequence[int | None]]) -> Row:
    return tuple(
        theirs[at][one] if at in theirs and one is not None else one for at, one in enumerate(row)
    )


def incidents_in(rows: Iterable[Row]) -> set[int | None]:
    """Which incidents these rows are of; one has a row for each unit that was sent."""
    return {row[0] for row in rows}


def merged(before: Iterable[Row], after: Iterable[Row], again: Set[int | None]) -> list[Row]:
    """All rows of both, each once, in an order that does not depend on who came first.

    Of the incidents that came `again` in a later file only what came last stands, with all units.
    """
    everything = {row for row in before if row[0] not in again} | set(after)
    return sorted(everything, key=lambda row: tuple((one is not None, one or 0) for one in row))


def as_parquet(columns: tuple[str, ...], rows: list[Row]) -> bytes:
    """The file of a month."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    sides: list[Any] = list(zip(*rows, strict=True))
    table = pa.table({
        name: pa.array(side, pa.int32() if name in CODED or name.startswith("number_")
                       else pa.int64())
        for name, side in zip(columns, sides, strict=True)
    })  # fmt: skip
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def from_parquet(data: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """The columns and rows of a month's file."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(io.BytesIO(data))
    sides = [column.to_pylist() for column in table.columns]
    return tuple(table.column_names), list(zip(*sides, strict=True))


def incidents_held(data: bytes) -> set[int | None]:
    """Which incidents a month's file has."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(io.BytesIO(data), columns=["incident"])
    return set(table["incident"].to_pylist())


@cache
def address_secret() -> bytes:
    """This installation's own; made at the first import, read by its owner alone."""
    path = Path(settings.DATA_DIR) / "address-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(made := secrets.token_urlsafe(48).encode())
    return made

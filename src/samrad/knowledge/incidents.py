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
from collections.abc import Iterable, Sequence, Set
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


def holds_any(data: bytes, incidents: Set[int | None]) -> bool:
    """Whether a month's file has one of these incidents."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(io.BytesIO(data), columns=["incident"])
    return not incidents.isdisjoint(table["incident"].to_pylist())


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

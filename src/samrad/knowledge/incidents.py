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
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from samrad.knowledge.readers.incidents import Incidents

Row = tuple[int | None, ...]
FIXED = ("incident", "address", "district", "category")


def columns_of(incidents: Incidents) -> tuple[str, ...]:
    """The names of the columns, in the order of a row."""
    return (*FIXED, *incidents.moments, *(f"number_{n}" for n, _ in enumerate(incidents.numbers)))


def rows_by_month(
    incidents: Incidents, codes: dict[str, list[str]], secret: bytes
) -> dict[str, list[Row]]:
    """Every incident as integers, by month; `codes` learns the words it has not met."""
    places = {side: {word: n for n, word in enumerate(codes.setdefault(side, []))}
              for side in ("district", "category")}  # fmt: skip
    keyed: dict[str, int] = {}
    rows: dict[str, list[Row]] = defaultdict(list)
    sides = zip(*incidents.moments.values(), *incidents.numbers.values(), strict=True)
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
    small = {"district", "category"}
    table = pa.table({
        name: pa.array(side, pa.int32() if name in small or name.startswith("number_")
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

"""The two stores, and which of them the setting means."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.conf import settings

from samrad.knowledge.rules.figures import SIDES, Figures
from samrad.knowledge.store.parquet import DAYS

if TYPE_CHECKING:
    import ibis

TABLE = "samrad_figures"


class Kept(Protocol):
    """A release as a store needs to know it."""

    ref: UUID
    figures: Any


class Store(Protocol):
    """Takes a release's figures, and answers questions over releases."""

    def take(self, ref: UUID, figures: Figures) -> None:
        """Have the figures of a release, whatever was there of it before."""

    def holds(self, ref: UUID) -> bool:
        """Whether there is anything of a release."""

    def held(self) -> set[UUID]:
        """The releases that there is anything of, where that is not known from their files."""

    def forget(self, ref: UUID) -> None:
        """Have the figures of a release no more."""

    def asked(self, releases: Sequence[Kept]) -> contextlib.AbstractContextManager[ibis.Table]:
        """All figures of these releases as one table to ask."""


class ParquetStore:
    """The files themselves, asked through DuckDB inside this process."""

    def take(self, ref: UUID, figures: Figures) -> None:
        """Nothing to do: the release's file is the store."""

    def holds(self, ref: UUID) -> bool:
        """As long as there is its file, and without it nothing is asked."""
        return True

    def held(self) -> set[UUID]:
        """None but by their files."""
        return set()

    def forget(self, ref: UUID) -> None:
        """Nothing to do here either."""

    @contextlib.contextmanager
    def asked(self, releases: Sequence[Kept]) -> Iterator[ibis.Table]:
        """A table over the files; the connection ends with the block."""
        import ibis  # noqa: PLC0415

        connection = ibis.duckdb.connect(threads=2, memory_limit="1GB")
        try:
            paths = [release.figures.path for release in releases]
            yield connection.read_parquet(paths, table_name=TABLE)
        finally:
            connection.disconnect()


class PostgresStore:
    """One table on a PostgreSQL, filled by copying, asked by the same expressions."""

    def __init__(self, url: str) -> None:
        self.url = url

    def take(self, ref: UUID, figures: Figures) -> None:
        """Replace what was there of the release, in one transaction."""
        import psycopg  # noqa: PLC0415

        columns = ", ".join(f'"{side}" {_type_of(side)}' for side in SIDES)
        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(f'CREATE TABLE IF NOT EXISTS {TABLE} ("release" text, {columns})')
            cursor.execute(
                f'CREATE INDEX IF NOT EXISTS {TABLE}_release ON {TABLE} ("release", "indicator")'
            )
            cursor.execute(f'DELETE FROM {TABLE} WHERE "release" = %s', [str(ref)])  # noqa: S608
            names = ", ".join(f'"{side}"' for side in SIDES)
            with cursor.copy(f'COPY {TABLE} ("release", {names}) FROM STDIN') as copy:
                for row in zip(*(getattr(figures, side) for side in SIDES), strict=True):
                    copy.write_row((str(ref), *row))

    def holds(self, ref: UUID) -> bool:
        """Whether it has rows."""
        import psycopg  # noqa: PLC0415

        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            if not _is_there(cursor):
                return False
            cursor.execute(f'SELECT 1 FROM {TABLE} WHERE "release" = %s LIMIT 1', [str(ref)])  # noqa: S608
            return cursor.fetchone() is not None

    def held(self) -> set[UUID]:
        """Those that it has rows of."""
        import psycopg  # noqa: PLC0415

        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            if not _is_there(cursor):
                return set()
            cursor.execute(f'SELECT DISTINCT "release" FROM {TABLE}')  # noqa: S608
            return {UUID(ref) for (ref,) in cursor.fetchall()}

    def forget(self, ref: UUID) -> None:
        """Take its rows out, where there are any."""
        import psycopg  # noqa: PLC0415

        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            if _is_there(cursor):
                cursor.execute(f'DELETE FROM {TABLE} WHERE "release" = %s', [str(ref)])  # noqa: S608

    @contextlib.contextmanager
    def asked(self, releases: Sequence[Kept]) -> Iterator[ibis.Table]:
        """The rows of these releases."""
        import ibis  # noqa: PLC0415

        connection = ibis.connect(self.url)
        try:
            table = connection.table(TABLE)
            refs = [str(release.ref) for release in releases]
            yield table.filter(table["release"].isin(refs)).drop("release")
        finally:
            connection.disconnect()


def _is_there(cursor: Any) -> bool:
    cursor.execute("SELECT to_regclass(%s)", [TABLE])
    return bool(cursor.fetchone() != (None,))


def _type_of(side: str) -> str:
    if side == "value":
        return "double precision"
    return "date" if side in DAYS else "text"


@cache
def store_at(url: str) -> Store:
    """The store that an address means; none means the files."""
    return PostgresStore(url) if url else ParquetStore()


def statistics() -> Store:
    """The store that this installation is set to."""
    return store_at(settings.STATISTICS)

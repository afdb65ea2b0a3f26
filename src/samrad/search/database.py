"""What the two databases do each in its own way: the indexes over the folded texts.

SQLite has two FTS5 tables over `search_entry`: `search_words` finds words by their beginning,
however short, `search_parts` finds three letters or more anywhere. Triggers keep them as the table
is, also when a backup is brought back. PostgreSQL has a full text index of the words and, where the
extension pg_trgm may be had, one of their parts; without it the same is found, slower.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.expressions import RawSQL

from samrad.access.shapes import Sent
from samrad.search.rules.asking import Asked, Term

OWN_TABLES = ("search_words", "search_parts")

FTS_TABLES = [
    "CREATE VIRTUAL TABLE search_words USING fts5(folded, content='search_entry',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2')",
    "CREATE VIRTUAL TABLE search_parts USING fts5(folded, content='search_entry',"
    " content_rowid='id', tokenize='trigram case_sensitive 1')",
]
ADD = (
    " INSERT INTO search_words(rowid, folded) VALUES (new.id, new.folded);"
    " INSERT INTO search_parts(rowid, folded) VALUES (new.id, new.folded);"
)
TAKE = (
    " INSERT INTO search_words(search_words, rowid, folded) VALUES ('delete', old.id, old.folded);"
    " INSERT INTO search_parts(search_parts, rowid, folded) VALUES ('delete', old.id, old.folded);"
)
TRIGGERS = [
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN{ADD} END",
    f"CREATE TRIGGER search_entry_taken AFTER DELETE ON search_entry BEGIN{TAKE} END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN{TAKE}{ADD} END",
]
WORD_INDEX = (
    "CREATE INDEX search_entry_words ON search_entry USING gin"
    " (array_to_tsvector(string_to_array(btrim(folded), ' ')))"
)
TRIGRAMS = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
PART_INDEX = "CREATE INDEX search_entry_parts ON search_entry USING gin (folded gin_trgm_ops)"


def make_indexes(using: str) -> None:
    """Lay the indexes over a table that has none."""
    if connections[using].vendor == "sqlite":
        _run(using, *FTS_TABLES, *TRIGGERS)
    else:
        _run(using, WORD_INDEX)
        index_parts(using)


def drop_indexes(using: str) -> None:
    """Take them away again, before the table itself goes."""
    if connections[using].vendor == "sqlite":
        for name in ("added", "taken", "changed"):
            _run(using, f"DROP TRIGGER search_entry_{name}")
        _run(using, *(f"DROP TABLE {name}" for name in OWN_TABLES))
    else:
        _run(using, "DROP INDEX search_entry_words", "DROP INDEX IF EXISTS search_entry_parts")


def index_parts(using: str) -> bool:
    """Index the parts of words if the database lets us; without, they are found by reading all."""
    if connections[using].vendor == "sqlite" or _has_part_index(using):
        return True
    try:
        with transaction.atomic(using=using):
            _run(using, TRIGRAMS, PART_INDEX)
    except DatabaseError:  # no such extension on this server, or not for this user
        return False
    return True


def _has_part_index(using: str) -> bool:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('search_entry_parts')")
        row = cursor.fetchone()
    return bool(row and row[0])


def is_own_table(name: str) -> bool:
    """Whether an index keeps its data in that table."""
    return any(name == own or name.startswith(f"{own}_") for own in OWN_TABLES)


def _run(using: str, *statements: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# Asking ------------------------------------------------------------------------------------------


def holding(asked: Asked, vendor: str) -> Q:
    """The condition that a text holds everything that is asked for."""
    found = Q()
    for term in asked.terms:
        found &= _sqlite(term) if vendor == "sqlite" else _postgresql(term)
    return found


def _sqlite(term: Term) -> Q:
    found = Q()
    if term.longer_ways:
        wanted = " OR ".join(f'"{way}"' for way in term.longer_ways)
        found |= Q(pk__in=_rows("search_parts", wanted))
    if term.short_ways:
        wanted = " OR ".join(_at_the_start(f'"{way}"', way, "*") for way in term.short_ways)
        found |= Q(pk__in=_rows("search_words", wanted))
    return found


def among(keys: Iterable[int]) -> Sent:
    """Keys, however many, as one value for `in_keys`."""
    return Sent("[" + ",".join(map(str, keys)) + "]")


def in_keys(keys: str, vendor: str) -> RawSQL:
    """The condition, after `__in`, to be one of the keys that `among` has written."""
    if vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [keys])
    return RawSQL("SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb)", [keys])


def _rows(table: str, wanted: str) -> Any:
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH %s"  # noqa: S608 - a name of our own
    return RawSQL(sql, [wanted])  # noqa: S611 - what is wanted is letters, digits and spaces


def _postgresql(term: Term) -> Q:
    found = Q()
    for way in term.longer_ways:
        found |= Q(folded__contains=way)
    if term.short_ways:
        wanted = " | ".join(_at_the_start(f"'{way}'", way, ":*") for way in term.short_ways)
        found |= Q(_Among(_words(), _query(wanted), output_field=BooleanField()))
    return found


class _Among(Func):
    """Whether a query is met by a text's words."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "


def _words() -> Func:
    """The same expression as in WORD_INDEX, which therefore answers it."""
    plain = Func(F("folded"), function="btrim", output_field=TextField())
    words = Func(plain, Value(" "), function="string_to_array", output_field=TextField())
    return Func(words, function="array_to_tsvector", output_field=TextField())


def _query(wanted: str) -> RawSQL:
    return RawSQL("%s::tsquery", [wanted])


def _at_the_start(quoted: str, way: str, sign: str) -> str:
    """One letter is a word of its own; two begin one."""
    return quoted if len(way) == 1 else quoted + sign

"""Lists by name, in the reader's own alphabet: in Python and in either database alike."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Func
from django.utils.translation import get_language

from samrad.kernel.collation import alphabet_key, letters, long_a

FUNCTION = "alphabet_key"


def name_key(name: object) -> str:
    """What to sort by where names are in hand already."""
    return alphabet_key(str(name), get_language() or "en")


def by_name(field: str = "name") -> Func:
    """What to order a query by; the language is the one that is active when the query is built."""
    return _Alphabet(F(field), language=get_language() or "en")


class _Alphabet(Func):
    """`kernel.collation` as SQL: a function of ours in SQLite, translation in PostgreSQL."""

    output_field = CharField()

    def __init__(self, *expressions: Any, language: str = "en", **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.language = language if language.isalpha() else "en"

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> Any:
        template = f"{FUNCTION}(%(expressions)s, '{self.language}')"
        return self.as_sql(compiler, connection, template=template, **options)

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        told = letters(self.language)
        plain = f"lower(translate(%(expressions)s, '{''.join(told)}', '{''.join(told.values())}'))"
        as_one = long_a(self.language)
        found = f"replace({plain}, 'aa', '{as_one}')" if as_one else plain
        return self.as_sql(compiler, connection, template=f'{found} COLLATE "C"', **options)


def teach(sender: object, connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """SQLite learns the alphabet with each new connection."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 2, _key, deterministic=True)


def _key(name: str | None, language: str) -> str | None:
    return None if name is None else alphabet_key(name, language)

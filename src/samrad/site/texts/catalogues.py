"""Translations on disk: brought up to date, checked for what is missing or does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from samrad.site.texts.collecting import PACKAGE, collected

LANGUAGES = ("nb", "nn", "da", "sv")
LOCALE = PACKAGE / "locale"
_PLACES = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]")
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Fault:
    """A text that a reader of `language` would miss or see broken."""

    language: str
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.language}: {self.what}: {self.text!r}"


def path_of(language: str, locale: Path = LOCALE) -> Path:
    """Where a language's texts lie."""
    return locale / language / "LC_MESSAGES" / "django.po"


def on_disk(language: str, locale: Path = LOCALE) -> Catalog:
    """A language's texts; an empty catalogue when there are none yet."""
    path = path_of(language, locale)
    if not path.exists():
        return Catalog(locale=language, project="Samråd", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts_of(message: Message) -> tuple[str, ...]:
    """The text, or its singular and plural."""
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def translations_of(message: Message) -> tuple[str, ...]:
    """What it is in the language: one text, or one for each number."""
    given: Any = message.string
    return tuple(given) if isinstance(given, list | tuple) else (str(given or ""),)


def _key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, texts_of(message)


def update(language: str, additions: dict[Any, Any] | None = None, locale: Path = LOCALE) -> int:
    """Write the language's file anew: what the source says, with the translations there are.

    `additions` are translations by (context, texts). Returns how many texts it has.
    """
    known = {_key(message): message.string for message in on_disk(language, locale) if message.id}
    known |= additions or {}
    catalog = Catalog(
        locale=language, project="Samråd", charset="utf-8", fuzzy=False,
        creation_date=_EPOCH, revision_date=_EPOCH, header_comment="# Samråd, EUPL-1.2.",
    )  # fmt: skip
    count = 0
    for message in collected():
        if not message.id:
            continue
        count += 1
        catalog.add(
            message.id,
            known.get(_key(message)) or ("" if len(texts_of(message)) == 1 else ("", "")),
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    path = path_of(language, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    return count


def faults(language: str, locale: Path = LOCALE) -> Iterator[Fault]:
    """What a reader of the language would miss or see broken."""
    there = {_key(message): message for message in on_disk(language, locale) if message.id}
    for message in collected():
        if not message.id:
            continue
        text = texts_of(message)[0]
        found = there.get(_key(message))
        given = translations_of(found) if found else ("",)
        if not all(given):
            yield Fault(language, text, "not translated")
        elif found and found.fuzzy:
            yield Fault(language, text, "marked as doubtful")
        else:
            yield from _misfits(language, texts_of(message), given)


def _misfits(language: str, texts: tuple[str, ...], given: tuple[str, ...]) -> Iterator[Fault]:
    wanted = {place for text in texts for place in _PLACES.findall(text)}
    for translation in given:
        places = set(_PLACES.findall(translation))
        if not places <= wanted or (len(texts) == 1 and places != wanted):
            yield Fault(language, texts[0], f"other places than the source: {translation!r}")
        if texts[0][:1] == "\n" != translation[:1] == "\n":
            yield Fault(language, texts[0], "begins with a line break on one side only")

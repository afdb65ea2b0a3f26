"""`samrad agreement read FILE`: an existing agreement into clauses, facts and what is missing."""

import json
import shutil
import textwrap
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samrad.profiles.reader import profile_codes
from samrad.reading import messages
from samrad.reading.answer import answer
from samrad.reading.limits import BYTES
from samrad.reading.model import Passage, Reading, TextOrigin
from samrad.reading.reader import read_document
from samrad.reading.templates import (
    GENERAL,
    Template,
    agreement_kinds,
    agreement_template,
)
from samrad.reading.unreadable import Unreadable

_UNREADABLE, _USAGE = 1, 2
_NARROWEST, _WIDEST = 60, 110
_LEAD = 18


class Command(BaseCommand):
    help = "Read an existing agreement: its clauses, facts and what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        read = doing.add_parser("read", help="read a TXT, DOCX or PDF file")
        read.add_argument("file", type=Path, help="the agreement")
        read.add_argument(
            "--profile", choices=profile_codes(), default="no", help="the country (default: no)"
        )
        kinds = sorted({kind for code in profile_codes() for kind in agreement_kinds(code)})
        read.add_argument(
            "--kind", choices=kinds, help="the kind of agreement (default: as its title says)"
        )
        read.add_argument(
            "--anyway", action="store_true", help="also what does not look like such an agreement"
        )
        read.add_argument("--json", action="store_true", help="print JSON for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        path, profile, kind = options["file"], options["profile"], options["kind"]
        if kind and kind not in agreement_kinds(profile):
            raise CommandError(_no_such_kind(profile, kind), returncode=_USAGE)
        try:
            reading = read_document(
                _bytes_of(path), path.name, profile, kind=kind, anyway=options["anyway"]
            )
        except Unreadable as trouble:
            raise CommandError(messages.trouble(trouble), returncode=_UNREADABLE) from None
        for code, parameters in reading.notes:
            self.stderr.write(messages.note(code, parameters))
        if options["json"]:
            self.stdout.write(json.dumps(answer(reading), ensure_ascii=False, indent=1))
        else:
            template = agreement_template(profile, reading.template)
            self.stdout.write("\n".join(_told(reading, template)))


def _no_such_kind(profile: str, kind: str) -> str:
    """What the country has instead of a kind it has no template of."""
    there = ", ".join(agreement_kinds(profile))
    return _("There is no template of the kind %(kind)s in this country; there is %(kinds)s.") % {
        "kind": kind,
        "kinds": there,
    }


def _bytes_of(path: Path) -> bytes:
    """The file, no more of it than is needed to say that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(BYTES + 1)
    except FileNotFoundError:
        message = _("There is no file %(path)s.") % {"path": path}
    except IsADirectoryError:
        message = _("%(path)s is a folder; name a file.") % {"path": path}
    except (OSError, ValueError):
        message = _("%(path)s cannot be opened.") % {"path": path}
    raise CommandError(message, returncode=_USAGE)


def _told(reading: Reading, template: Template) -> Iterator[str]:
    """The reading as a person reads it: what is missing first, it is what they came for."""
    language = get_language() or "en"
    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 40)).columns))
    if reading.title or reading.template != GENERAL:
        yield f"{template.name.in_language(language)}: {reading.title}".strip(": ")
        yield ""
    yield from _missing(reading, template, language)
    yield from _facts(reading, width)
    yield from _clauses(reading, template, language, width)
    if reading.folded:
        yield ""
        yield ngettext(
            "%(count)s passage stands in the document twice and is counted once.",
            "%(count)s passages stand in the document twice and are counted once.",
            len(reading.folded),
        ) % {"count": len(reading.folded)}


def _missing(reading: Reading, template: Template, language: str) -> Iterator[str]:
    if not reading.missing:
        yield _("Nothing that the template asks for is missing.")
        return
    yield _("Missing:")
    for one in reading.missing:
        label = template.requirement(one.key).label.in_language(language)
        detail = messages.missing_detail(one)
        yield f"  {messages.STRENGTHS[one.strength]!s:12} {label}{f' ({detail})' if detail else ''}"
        yield f"  {'':12} {one.citation}"


def _facts(reading: Reading, width: int) -> Iterator[str]:
    yield ""
    yield _("Facts:")
    for key, facts in groupby(reading.facts, key=lambda fact: fact.key):
        label = str(messages.FACTS[key])
        for number, fact in enumerate(facts):
            text = messages.fact_in_words(fact)
            lead = f"  {label if not number else '':32} "
            yield textwrap.fill(text, width, initial_indent=lead, subsequent_indent=" " * len(lead))


def _clauses(reading: Reading, template: Template, language: str, width: int) -> Iterator[str]:
    placed = [*(clause.key for clause in template.clauses), None]
    for key in placed:
        passages = reading.passages_of(key)
        if not passages:
            continue
        yield ""
        if key:
            yield template.clause(key).title.in_language(language)
        else:
            yield _("Unsure where these belong:")
        yield from (_line(passage, width) for passage in passages)


def _line(passage: Passage, width: int) -> str:
    """One passage on one line: where it comes from, how sure we are, how it begins."""
    local = passage.origin is TextOrigin.LOCAL
    origin = _("local") if local else _("template")
    text = " ".join(passage.text.split())
    short = textwrap.shorten(text, width - _LEAD, placeholder=" …")
    return f"  {origin:9} {passage.confidence:4.0%}  {short}"

"""An indicator as a file to take along: CSV, XLSX and JSON-stat 2.0, row by row from the sheet.

Held back, missing and not there then are three words in a column of their own, and three marks in
JSON-stat; the figure's cell is empty, so that nobody adds up a mark. Decimals in a CSV are written
as the reader's language writes them, with semicolons between cells, as spreadsheets there expect;
the workbook and JSON-stat hold numbers. The words of a publisher are cells like any other, and no
spreadsheet takes one for a formula.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.documents.rules import Classification
from samrad.documents.tables import BYTE_ORDER_MARK, LONGEST_TITLE, ONLY_WORDS, cell
from samrad.knowledge.indicators import Described, as_shown
from samrad.knowledge.models import SheetRow
from samrad.knowledge.moments import period_in_words
from samrad.knowledge.rules.periods import read_period
from samrad.knowledge.rules.table import Nothing
from samrad.knowledge.sight import Sight
from samrad.knowledge.unit_words import NOTHINGS
from samrad.ui import formats

Row = list[Any]
CHUNK = 50
MARKS = {Nothing.HIDDEN: ":", Nothing.MISSING: "..", Nothing.NOT_THEN: "."}


def as_asked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces in the language of now: they are made when the request has been answered."""
    return _in_language(pieces, get_language() or "en")


def _in_language(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    with translation.override(language):
        yield from pieces


def rows_to_take(about: Described, area: int | None) -> QuerySet[SheetRow]:
    """The rows of a file: every area, or one."""
    rows = about.rows.select_related("area").defer("breaks").order_by("code")
    return rows.filter(area=area) if area is not None else rows


def heads(about: Described) -> list[str]:
    """The names of the columns."""
    first = [_("Indicator"), _("Code"), _("Area"), _("Period"), _("From"), str(about.unit)]
    rates = [about.base, _("Per 1,000")] if about.base else []
    return [*first, _("Why there is no figure"), *rates]


def lines(about: Described, rows: Iterable[SheetRow]) -> Iterator[Row]:
    """A line for each area and period; a figure that is none is None, with its reason beside it."""
    periods = [
        (period_in_words(code), read_period(code).start.isoformat()) for code in about.sheet.periods
    ]
    words = {str(one): str(said) for one, said in NOTHINGS.items()}
    name = about.name
    for row in (as_shown(row, about, whole=True) for row in rows):
        for at, (period, start) in enumerate(periods):
            value = row.values[at]
            why = words.get(row.nothing.get(str(at), ""), "")
            line = [name, row.code, row.name, period, start, value, why]
            if about.base:
                people = row.people[at] if row.people else None
                rate = round(1000 * value / people, 3) if people and value is not None else None
                line += [people, rate]
            yield line


def notes(about: Described) -> list[tuple[str, str]]:
    """What belongs to the figures wherever they go."""
    data_set, release = about.data_set, about.sheet.release
    below = {about.name: about.sheet.smallest_shown}
    sight = Sight.of(data_set, is_public=about.reader.is_anonymous, below=below)
    told = f"{sight.marking}. {sight.readers}"
    return [
        (_("Source"), data_set.citation),
        (_("Licence"), data_set.licence),
        (_("Address"), data_set.address),
        (_("Fetched"), formats.day(release.retrieved_at)),
        (_("Release"), str(release.number)),
        (_("As the publisher dates it"), release.published),
        (_("Who reads it"), "" if sight.classification is Classification.OPEN else told),
    ]


# CSV -------------------------------------------------------------------------------------------


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_of(about: Described, rows: QuerySet[SheetRow]) -> Iterator[bytes]:
    """The file piece by piece."""
    comma = formats.number(0.5, 1)[1]
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BYTE_ORDER_MARK.encode()
    yield writer.writerow([cell(head) for head in heads(about)]).encode()
    for line in lines(about, rows.iterator(chunk_size=CHUNK)):
        yield writer.writerow([_written(one, comma) for one in line]).encode()
    for name, said in notes(about):
        if said:
            yield writer.writerow([cell(name), cell(said)]).encode()


def _written(value: Any, comma: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell(value)
    whole = value == int(value)
    return str(int(value)) if whole else str(value).replace(".", comma)


# Workbook ---------------------------------------------------------------------------------------


def workbook_of(about: Described, rows: QuerySet[SheetRow]) -> IO[bytes]:
    """The workbook in a temporary file; one row is held at a time."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and only workbooks need it

    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book = xlsxwriter.Workbook(file, {**ONLY_WORDS, "in_memory": False, "constant_memory": True})
    book.set_properties({"title": about.name})
    bold = book.add_format({"bold": True, "bottom": 1})
    plain, formula = book.add_format(), book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet(_("Figures")[:LONGEST_TITLE])
    sheet.set_column(0, len(heads(about)) - 1, 18)
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads(about)):
        sheet.write_string(0, column, head, bold)
    for number, line in enumerate(lines(about, rows.iterator(chunk_size=CHUNK)), start=1):
        for column, value in enumerate(line):
            if isinstance(value, int | float):
                sheet.write_number(number, column, value, plain)
            elif value:
                text = str(value)
                sheet.write_string(number, column, text, plain if cell(text) == text else formula)
    about_it = book.add_worksheet(_("About the figures")[:LONGEST_TITLE])
    about_it.set_column(0, 1, 40)
    for number, (name, said) in enumerate(notes(about)):
        about_it.write_string(number, 0, name, bold)
        about_it.write_string(number, 1, said, plain if cell(said) == said else formula)
    book.close()
    file.seek(0)
    return file


# JSON-stat 2.0 ----------------------------------------------------------------------------------


def jsonstat_of(about: Described, rows: QuerySet[SheetRow]) -> Iterator[bytes]:
    """One dataset of areas by periods: what is known of the whole first, the values piece by piece.

    `status` is ":" held back, ".." missing, "." not there then, told in `extension`.
    """
    yield json.dumps(_whole(about, rows), ensure_ascii=False)[:-1].encode()
    yield b', "value": ['
    width, status = len(about.sheet.periods), {}
    shown = (as_shown(row, about, whole=True) for row in rows.iterator(chunk_size=CHUNK))
    for number, row in enumerate(shown):
        text = ", ".join("null" if one is None else json.dumps(one) for one in row.values)
        yield (f", {text}" if number else text).encode()
        for at, why in row.nothing.items():
            status[str(number * width + int(at))] = MARKS[Nothing(why)]
    yield f'], "status": {json.dumps(status)}}}'.encode()


def _whole(about: Described, rows: QuerySet[SheetRow]) -> dict[str, Any]:
    """All but values and status."""
    data_set, release = about.data_set, about.sheet.release
    areas = list(rows.values_list("code", "name"))
    periods = about.sheet.periods
    return {
        "version": "2.0",
        "class": "dataset",
        "label": about.name,
        "source": data_set.citation,
        "updated": release.retrieved_at.isoformat(),
        **({"href": data_set.address} if data_set.address else {}),
        "id": ["area", "period", "indicator"],
        "size": [len(areas), len(periods), 1],
        "role": {"geo": ["area"], "time": ["period"], "metric": ["indicator"]},
        "dimension": {
            "area": _dimension(_("Area"), areas),
            "period": _dimension(_("Period"), [(one, period_in_words(one)) for one in periods]),
            "indicator": {
                "label": _("Indicator"),
                "category": {
                    "index": [about.indicator.code],
                    "label": {about.indicator.code: about.name},
                    "unit": {
                        about.indicator.code: {
                            "base": str(about.unit),
                            "decimals": _decimals(rows),
                        },
                    },
                },
            },
        },
        "extension": {
            "licence": data_set.licence,
            "publisher": data_set.publisher,
            "release": release.number,
            "status": {mark: str(NOTHINGS[one]) for one, mark in MARKS.items()},
        },
    }


def _decimals(rows: QuerySet[SheetRow]) -> int:
    """How many decimals the latest figures are given with."""
    found = rows.exclude(latest=None).values_list("latest", flat=True)
    return max((len(f"{one:f}".rstrip("0").partition(".")[2]) for one in found if one), default=0)


def _dimension(label: str, members: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "label": label,
        "category": {"index": [code for code, _name in members], "label": dict(members)},
    }

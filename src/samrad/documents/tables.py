"""A list as a file for spreadsheets and other programs. The view has made sure who may have it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

BYTE_ORDER_MARK = "\ufeff"  # Excel takes a file without it for one in the machine's own alphabet
# A spreadsheet takes a cell that begins so for a formula, and formulas can send data away.
# A workbook says of each cell what it is: words are words there, however they begin.
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONLY_WORDS = {
    "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
    "in_memory": True,
}  # fmt: skip
LONGEST_CELL = 32_000  # characters; a spreadsheet takes 767 more, and drops the whole cell after
LONGEST_TITLE = 31
SHORT_DATE = 14  # the number of the format that each spreadsheet writes as its own country does
NARROWEST, WIDEST = 10, 60
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """A value as a spreadsheet is to show it, and never to reckon with it."""
    text = _plain(value)
    if isinstance(value, int):
        return text
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGIN_FORMULAS) else text


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value.isoformat() if isinstance(value, date) else str(value)


def csv_response(
    name: str, heads: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> HttpResponse:
    """Rows of the same keys, in their order, with semicolons as the Nordic spreadsheets expect."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return _file(BYTE_ORDER_MARK + out.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_response(
    name: str, heads: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> HttpResponse:
    """The same rows as a workbook: dates are dates, numbers are numbers, the rest is words."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and only workbooks need it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, ONLY_WORDS)
    book.set_properties({"title": name})
    looks = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "formula": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "date": book.add_format({"num_format": SHORT_DATE, "align": "left", "valign": "top"}),
    }
    sheet = book.add_worksheet(name[:LONGEST_TITLE])
    table = [list(heads), *(list(row.values()) for row in rows)]
    for line, values in enumerate(table):
        for column, value in enumerate(values):
            _write(sheet, line, column, value, looks, is_head=line == 0)
    for column, below in enumerate(zip(*table, strict=True)):
        sheet.set_column(column, column, _width(below))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    book.close()
    return _file(out.getvalue(), f"{name}.xlsx", WORKBOOK)


def _write(
    sheet: Any, line: int, column: int, value: Any, looks: Mapping[str, Any], *, is_head: bool
) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, column, value, looks["words"])
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(line, column, value, looks["date"])
    else:
        words = _plain(value)[:LONGEST_CELL]
        look = "head" if is_head else "formula" if cell(words) != words else "words"
        sheet.write_string(line, column, words, looks[look])


def _width(values: Iterable[Any]) -> int:
    """Wide enough for the longest line in the column, and no wider than can be read."""
    lines = [line for value in values for line in _plain(value).splitlines()]
    return min(max([NARROWEST, *(len(line) + 2 for line in lines)]), WIDEST)


def json_response(name: str, rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """The same rows for a program; the keys are stable and English."""
    text = json.dumps(list(rows), ensure_ascii=False, indent=1, default=str)
    return _file(text + "\n", f"{name}.json", "application/json")


def _file(content: str | bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    ) or ""  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

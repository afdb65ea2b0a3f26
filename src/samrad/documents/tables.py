"""A list as a file for spreadsheets and other programs. The view has made sure who may have it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

BYTE_ORDER_MARK = "\ufeff"  # Excel takes a file without it for one in the machine's own alphabet
# A spreadsheet takes a cell that begins so for a formula, and formulas can send data away.
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """A value as a spreadsheet is to show it, and never to reckon with it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGIN_FORMULAS) else text


def csv_response(
    name: str, heads: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> HttpResponse:
    """Rows of the same keys, in their order, with semicolons as the Nordic spreadsheets expect."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return _file(BYTE_ORDER_MARK + out.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def json_response(name: str, rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """The same rows for a program; the keys are stable and English."""
    text = json.dumps(list(rows), ensure_ascii=False, indent=1, default=str)
    return _file(text + "\n", f"{name}.json", "application/json")


def _file(text: str, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    ) or ""  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

"""Text files with a separator, whichever it is."""

from __future__ import annotations

import csv
import io
from collections import Counter

from samrad.knowledge.readers.columns import Rows
from samrad.knowledge.readers.text import text_in
from samrad.knowledge.rules.table import Why, refused

SEPARATORS = ",;\t|"
MOST_COLUMNS, MOST_ROWS = 5_000, 5_000_000
_SAMPLE = 20


def csv_rows(data: bytes) -> Rows:
    """The header and the rows; refused where quotes never end or a cell has no bounds."""
    text = text_in(data)
    if not text.strip():
        raise refused(Why.EMPTY)
    separator = separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
            if len(row) > MOST_COLUMNS or len(rows) > MOST_ROWS:
                raise refused(Why.TOO_MANY_CELLS, reader.line_num)
    except csv.Error as error:
        raise refused(Why.BROKEN, reader.line_num, reason=str(error)) from error
    header = tuple(name.strip() for name in rows[0][1])
    ends = text.endswith(("\n", "\r")) or "\n" not in text
    return Rows(header, rows[1:], is_cut_off=not ends)


def separator_of(text: str) -> str:
    """The separator that stands equally often in the first lines; a comma when none does."""
    lines = [line for line in text[:100_000].splitlines()[: _SAMPLE + 1] if line.strip()][:_SAMPLE]
    best, most = ",", 0
    for separator in SEPARATORS:
        counts = Counter(_outside_quotes(line).count(separator) for line in lines)
        count, agreeing = counts.most_common(1)[0]
        in_header = _outside_quotes(lines[0]).count(separator)
        if in_header and count and agreeing * 2 > len(lines) and in_header * agreeing > most:
            best, most = separator, in_header * agreeing
    return best


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[0::2])

"""Ways to spoil a good file, and what each may still be read as, worked out without the reader."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from samrad.knowledge.readers import read_tables
from samrad.knowledge.rules.doubts import Doubtful
from samrad.knowledge.rules.mapping import code_of, figures_of
from samrad.knowledge.rules.table import NotRead, Why
from samrad.knowledge.words import doubt_in_words, trouble_in_words
from tests.knowledge.made_tables import Cell, Made, Truth, made

READ, REFUSED, ASKED, CRASHED = "read", "refused", "asked", "crashed"
TEXT = ("long", "wide", "packed")
CUBES = ("cube", "sparse", "bundle")
_ROWS = {Why.ROW_LENGTH, Why.NOT_A_NUMBER, Why.NO_CODE, Why.NUMBER_TOO_LARGE, Why.TWICE}
_PERIOD = re.compile(r"(\d{4})[ -]?[KQ]([1-4])", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Spoilt:
    """Bytes; what they may be read as (None: nothing), and whether they must be."""

    content: bytes
    truth: Truth | None = None
    must_be_read: bool = False


Way = Callable[[Random, Made], Spoilt]
WAYS: dict[str, tuple[tuple[str, ...], Way]] = {}


def way(*kinds: str) -> Callable[[Way], Way]:
    """Register a way to spoil files of these kinds."""

    def register(function: Way) -> Way:
        WAYS[function.__name__] = (kinds, function)
        return function

    return register


def tried(seed: int, number: int) -> tuple[str, str, str]:
    """The way a file was spoilt, what came of it, and what is wrong with that (mostly nothing)."""
    chance = Random(f"{seed}/{number}")
    name = list(WAYS)[number % len(WAYS)]
    kinds, spoil = WAYS[name]
    good = made(chance, chance.choice(kinds))
    spoilt = spoil(chance, good)
    try:
        tables = read_tables(spoilt.content, good.recipe, {})
        found = figures_of(tables[0], good.recipe, {}, {})
    except NotRead as error:
        return name, REFUSED, _refused_well(error, spoilt)
    except Doubtful as error:
        told = all(doubt_in_words(doubt) for doubt in error.doubts)
        return name, ASKED, "" if told and not spoilt.must_be_read else "asked without need"
    except BaseException as error:
        return name, CRASHED, f"{type(error).__name__}: {error}"
    values = {key: value for key, (value, _) in found.figures.stands().items()}
    if spoilt.truth is None:
        return name, READ, "read although it says nothing sound"
    return name, READ, "" if values == _expected(spoilt.truth) else "read as something else"


def _refused_well(error: NotRead, spoilt: Spoilt) -> str:
    if spoilt.must_be_read:
        return f"refused although it is sound: {error}"
    for trouble in error.troubles:
        if not trouble_in_words(trouble) or (trouble.why in _ROWS and trouble.row is None):
            return f"refused without row or reason: {trouble}"
    return ""


def _expected(truth: Truth) -> dict[tuple[str, str, str, str], Cell]:
    expected = {}
    for (heading, area, period), value in truth.items():
        found = _PERIOD.fullmatch(period)
        code = f"{found[1]}-Q{found[2]}" if found else period
        expected[f"x.{code_of(heading)}", "", area, code] = value
    return expected


# Reading text without the reader ----------------------------------------------------------------


def by_hand(content: bytes, good: Made) -> Truth | None:
    """What a text file says, cell by cell; None where it says nothing sound."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode(good.encoding), newline=""),
                               delimiter=good.separator))  # fmt: skip
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        header = [name.strip() for name in rows[0]]
        if good.way != "wide":
            places = [header.index(name) for name in ("heading", "area", "period", "number")]
            return {
                (row[places[0]].strip(), row[places[1]].strip(), row[places[2]].strip()):
                _number(row[places[3]], good.decimal)
                for row in rows[1:]
            }  # fmt: skip
        heading, area = header.index("heading"), header.index("area")
        return {
            (row[heading].strip(), row[area].strip(), header[place]): _number(cell, good.decimal)
            for row in rows[1:]
            for place, cell in enumerate(row)
            if place not in (heading, area)
        }
    except (ValueError, IndexError, csv.Error):
        return None


def _number(text: str, decimal: str) -> Cell:
    plain = text.strip().replace("\u00a0", "").replace(" ", "")
    if plain in {"", ":"}:
        return None
    return float(plain.replace(decimal, "."))


def _opened(good: Made) -> Made:
    """A packed file is spoilt inside its envelope's content, written plainly."""
    if good.way != "packed":
        return good
    import gzip

    return replace(good, content=gzip.decompress(good.content), way="long")


def _lines(good: Made) -> list[str]:
    return good.content.decode(good.encoding).splitlines(keepends=True)


def _joined(lines: list[str], good: Made) -> bytes:
    return "".join(lines).encode(good.encoding)


# Text files ---------------------------------------------------------------------------------------


@way(*TEXT, "workbook", *CUBES)
def left_as_it_is(chance: Random, good: Made) -> Spoilt:
    truth = good.truth
    if good.way == "sparse":  # what is not listed is not there
        truth = {key: value for key, value in truth.items() if value is not None}
    return Spoilt(good.content, truth, must_be_read=True)


@way(*TEXT, "workbook", *CUBES)
def empty(chance: Random, good: Made) -> Spoilt:
    return Spoilt(chance.choice((b"", b"\n\n", b"  ")))


@way("long", "wide")
def cut_off(chance: Random, good: Made) -> Spoilt:
    content = good.content[: chance.randrange(len(good.content))]
    return Spoilt(content, by_hand(content, good))


@way("packed")
def envelope_cut_off(chance: Random, good: Made) -> Spoilt:
    return Spoilt(good.content[: chance.randrange(len(good.content))])


@way("long", "wide")
def bytes_changed(chance: Random, good: Made) -> Spoilt:
    content = bytearray(good.content)
    for _ in range(chance.randint(1, 3)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return Spoilt(bytes(content), by_hand(bytes(content), good))


def _with_cell(chance: Random, good: Made, text: str) -> bytes:
    """The file with this in the last cell of one of its rows."""
    lines = _lines(_opened(good))
    at = chance.randrange(1, len(lines))
    start = lines[at].rpartition(good.separator)[0]
    quoted = f'"{text}"' if good.separator in text else text
    lines[at] = f"{start}{good.separator}{quoted}\n"
    return _joined(lines, good)


@way(*TEXT)
def no_number(chance: Random, good: Made) -> Spoilt:
    words = ("NaN", "inf", "-Infinity", "1e400", "=1+1", "#REF!", "1/2", "0x10", "1_000", "٣")
    return Spoilt(_with_cell(chance, good, chance.choice(words)))


@way(*TEXT)
def other_decimal_sign(chance: Random, good: Made) -> Spoilt:
    return Spoilt(_with_cell(chance, good, "12.5" if good.decimal == "," else "12,5"))


@way(*TEXT)
def number_too_large(chance: Random, good: Made) -> Spoilt:
    return Spoilt(_with_cell(chance, good, "9" * chance.choice((17, 40, 5000))))


@way("long", "packed")
def row_twice(chance: Random, good: Made) -> Spoilt:
    lines = _lines(_opened(good))
    lines.append(lines[chance.randrange(1, len(lines))])
    return Spoilt(_joined(lines, good))


@way(*TEXT)
def row_of_other_length(chance: Random, good: Made) -> Spoilt:
    lines = _lines(_opened(good))
    at = chance.randrange(1, len(lines))
    lines[at] = lines[at].rstrip("\n") + good.separator + "7\n"
    return Spoilt(_joined(lines, good))


@way(*TEXT)
def column_renamed(chance: Random, good: Made) -> Spoilt:
    lines = _lines(_opened(good))
    lines[0] = lines[0].replace("area", "omrade")
    return Spoilt(_joined(lines, good))


@way(*TEXT)
def column_named_twice(chance: Random, good: Made) -> Spoilt:
    lines = _lines(_opened(good))
    lines = [line.rstrip("\n") + good.separator + ("area" if not n else "x") + "\n"
             for n, line in enumerate(lines)]  # fmt: skip
    return Spoilt(_joined(lines, good))


@way("long", "packed")
def no_period(chance: Random, good: Made) -> Spoilt:
    text = _joined(_lines(_opened(good)), good).decode(good.encoding)
    return Spoilt(text.replace("2023K1", chance.choice(("2023K5", "2023", "i fjor", ""))).encode())


@way("long", "wide")
def two_alphabets(chance: Random, good: Made) -> Spoilt:
    lines = _lines(good)
    plain = "".join(lines).replace("Oslo", "Ås").encode()
    return Spoilt(plain + lines[-1].encode() + "Tromsø, Ås\n".encode("latin-1") + "ø\n".encode())


@way("long", "wide")
def a_zero_byte(chance: Random, good: Made) -> Spoilt:
    text = "".join(_lines(good))
    place = chance.randrange(len(text))
    return Spoilt((text[:place] + "\x00" + text[place:]).encode())


@way(*TEXT)
def hidden_by_a_mark(chance: Random, good: Made) -> Spoilt:
    plain = _opened(good)
    content = _with_cell(chance, good, ":")
    return Spoilt(content, by_hand(content, plain), must_be_read=True)


@way(*TEXT)
def empty_lines_between(chance: Random, good: Made) -> Spoilt:
    lines = _lines(_opened(good))
    lines.insert(chance.randrange(1, len(lines)), "\n")
    return Spoilt(_joined(lines, good), good.truth, must_be_read=True)


@way(*TEXT)
def quote_never_ended(chance: Random, good: Made) -> Spoilt:
    return Spoilt(_with_cell(chance, good, '"7'))


# Workbooks ----------------------------------------------------------------------------------------


def _repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return out.getvalue()


def _in_sheet(content: bytes, added: bytes) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        if name.endswith("sheet1.xml"):
            return part.replace(b"</sheetData>", added + b"</sheetData>")
        return part

    return _repacked(content, change)


@way("workbook")
def workbook_cut_off(chance: Random, good: Made) -> Spoilt:
    return Spoilt(good.content[: chance.randrange(1, len(good.content))])


@way("workbook")
def workbook_bytes_changed(chance: Random, good: Made) -> Spoilt:
    content = bytearray(good.content)
    for _ in range(chance.randint(1, 5)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return Spoilt(bytes(content), good.truth)


@way("workbook")
def last_cell_there_is(chance: Random, good: Made) -> Spoilt:
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return Spoilt(_in_sheet(good.content, row))


@way("workbook")
def formula_without_figure(chance: Random, good: Made) -> Spoilt:
    row = b'<row r="99"><c r="D99"><f>SUM(D2:D9)</f></c></row>'
    return Spoilt(_in_sheet(good.content, row))


@way("workbook")
def entities(chance: Random, good: Made) -> Spoilt:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "xxxxxxxx">]><a>&b;</a>'
    return Spoilt(_repacked(
        good.content, lambda name, part: bomb if name.endswith("sharedStrings.xml") else part
    ))  # fmt: skip


@way("workbook")
def swollen(chance: Random, good: Made) -> Spoilt:
    swell = b" " * chance.randint(12_000_000, 25_000_000)
    return Spoilt(_repacked(
        good.content, lambda name, part: part + swell if name.endswith("styles.xml") else part
    ))  # fmt: skip


# JSON-stat ----------------------------------------------------------------------------------------


def _said(good: Made) -> tuple[dict[str, Any], dict[str, Any]]:
    """The whole, and the dataset in it."""
    whole = json.loads(good.content)
    return whole, whole.get("dataset", whole)


def _written(whole: dict[str, Any]) -> bytes:
    return json.dumps(whole).encode()


@way(*CUBES)
def cube_cut_off(chance: Random, good: Made) -> Spoilt:
    return Spoilt(good.content[: chance.randrange(1, len(good.content))])


@way(*CUBES)
def cells_without_end(chance: Random, good: Made) -> Spoilt:
    whole, said = _said(good)
    place = said if "size" in said else said["dimension"]
    place["size"] = [10**6, 10**6, 1]
    said["value"] = {"0": 1}
    return Spoilt(_written(whole))


@way(*CUBES)
def cube_without_number(chance: Random, good: Made) -> Spoilt:
    whole, said = _said(good)
    bad = chance.choice((float("nan"), float("inf"), "7", True, [], {}, 10**30))
    if isinstance(said["value"], dict):
        said["value"]["0"] = bad
    else:
        said["value"][chance.randrange(len(said["value"]))] = bad
    return Spoilt(_written(whole))


@way("cube", "bundle")
def values_that_do_not_fit(chance: Random, good: Made) -> Spoilt:
    whole, said = _said(good)
    if chance.random() < 0.5:
        said["value"].append(3)
    else:
        said["value"].pop()
    return Spoilt(_written(whole))


@way("sparse")
def place_beyond_the_end(chance: Random, good: Made) -> Spoilt:
    whole, said = _said(good)
    said["value"][chance.choice(("-1", "99999999", "1.0", "x", "٣"))] = 5
    return Spoilt(_written(whole))


@way(*CUBES)
def names_twice(chance: Random, good: Made) -> Spoilt:
    text = good.content.decode()
    return Spoilt(text.replace('"label"', '"label": "Annet", "label"', 1).encode())


@way(*CUBES)
def codes_twice(chance: Random, good: Made) -> Spoilt:
    whole, said = _said(good)
    index = said["dimension"]["area"]["category"]["index"]
    index[0] = index[1]
    return Spoilt(_written(whole))


@way(*CUBES)
def positions_with_a_hole(chance: Random, good: Made) -> Spoilt:
    whole, said = _said(good)
    category = said["dimension"]["period"]["category"]
    category["index"] = {code: 2 * at for at, code in enumerate(category["index"])}
    return Spoilt(_written(whole))


@way(*CUBES)
def nested_without_end(chance: Random, good: Made) -> Spoilt:
    return Spoilt(b'{"dataset":' * 50_000 + b"1" + b"}" * 50_000)


@way(*CUBES)
def a_part_taken_out(chance: Random, good: Made) -> Spoilt:
    whole, said = _said(good)
    place = said if "id" in said else said["dimension"]
    chance.choice((
        lambda: said.pop("value"), lambda: said.pop("dimension"), lambda: place.pop("size"),
        lambda: place.pop("id"), lambda: said["dimension"].pop("area"),
    ))()  # fmt: skip
    return Spoilt(_written(whole))


@way(*CUBES)
def cube_bytes_changed(chance: Random, good: Made) -> Spoilt:
    """Inside the values only: a changed digit is another sound figure, anything else is not."""
    whole, said = _said(good)
    said["value"] = "§"
    text = _written(whole).decode()
    values = json.dumps(_said(good)[1]["value"])
    place = chance.randrange(1, len(values) - 1)
    changed = values[:place] + chance.choice('x,[{:"-e') + values[place + 1 :]
    content = text.replace(json.dumps("§"), changed).encode()
    try:
        said["value"] = json.loads(changed, parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError):
        return Spoilt(content)
    return Spoilt(content, _cube_by_hand(said, good))


def _cube_by_hand(said: dict[str, Any], good: Made) -> Truth | None:
    keys = list(good.truth)
    values = said["value"]
    if isinstance(values, dict):
        if not all(key.isdigit() and int(key) < len(keys) for key in values):
            return None
        values = [values.get(str(at)) for at in range(len(keys))]
        return {key: value for at, (key, value) in enumerate(zip(keys, values, strict=True))
                if str(at) in said["value"]}  # fmt: skip
    return dict(zip(keys, values, strict=True)) if len(values) == len(keys) else None

"""Small tables made by chance, and how they are written: the good files that are spoilt."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import dataclass
from random import Random

from samrad.knowledge.rules.recipes import Recipe, recipe_of

WORDS = (
    "Oslo", "Ås", "Kárášjohka", "Malmö", "Ærø", "Tromsø", "Gävle", "Sør-Varanger", "Århus",
    "Östersund",
)  # fmt: skip
HEADINGS = ("Tyveri", "Vold", "Hærverk", "Innbrudd; bolig", 'Annet, "diverse"')
PERIODS = tuple(f"{year}K{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4))
Cell = int | float | None
Truth = dict[tuple[str, str, str], Cell]


@dataclass(frozen=True)
class Made:
    """A table, the recipe that reads it, the bytes it was written as, and in which way."""

    truth: Truth
    recipe: Recipe
    content: bytes
    way: str
    separator: str = ","
    decimal: str = "."
    encoding: str = "utf-8"


def made(chance: Random, way: str = "") -> Made:
    """One table in one of the ways."""
    way = way or chance.choice(("long", "wide", "workbook", "cube", "sparse", "bundle", "packed"))
    areas = chance.sample(WORDS, chance.randint(2, 6))
    headings = chance.sample(HEADINGS, chance.randint(1, 4))
    periods = PERIODS[: chance.randint(2, 8)]
    decimal = chance.choice(".,") if way in {"long", "wide", "packed"} else "."
    truth: Truth = {
        (heading, area, period): _cell(chance)
        for heading in headings
        for area in areas
        for period in periods
    }
    recipe = _recipe({"wide": "wide", "cube": "cube", "sparse": "cube", "bundle": "cube"}.get(
        way, "long"), decimal)  # fmt: skip
    if way in {"cube", "sparse", "bundle"}:
        said = as_jsonstat(truth, headings, areas, periods, way)
        content = json.dumps(said, ensure_ascii=chance.random() < 0.5).encode()
        return Made(truth, recipe, content, way)
    rows = _wide_rows(truth, headings, areas, periods) if way == "wide" else _long_rows(truth)
    if way == "workbook":
        return Made(truth, recipe, as_workbook(rows), way)
    separator = chance.choice(";\t|" if decimal == "," else ",;\t|")
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16"))
    text = as_csv(rows, separator, decimal)
    content = text.encode(encoding)
    if way == "packed":
        content = gzip.compress(content, mtime=0)
    return Made(truth, recipe, content, way, separator, decimal, encoding)


def _cell(chance: Random) -> Cell:
    return chance.choice((
        chance.randint(0, 30), chance.randint(0, 10**6), 0, None, round(chance.random() * 99, 2),
    ))  # fmt: skip


def _recipe(layout: str, decimal: str) -> Recipe:
    said: dict[str, object] = {
        "title": "Prøve", "publisher": "Prøve", "licence": "CC0", "citation": "Prøve",
        "layout": layout, "decimal": decimal, "headings": ["heading"], "hidden": [":"],
        "area": {"field": "area"}, "period": {"field": "period", "kind": "quarter"},
        "each": {"code": "x", "unit": "stk", "direction": "neither"},
    }  # fmt: skip
    if layout == "long":
        said["values"] = ["number"]
    return recipe_of("made", said)


def _long_rows(truth: Truth) -> list[list[Cell | str]]:
    return [
        ["heading", "area", "period", "number"],
        *([heading, area, period, value] for (heading, area, period), value in truth.items()),
    ]


def _wide_rows(
    truth: Truth, headings: list[str], areas: list[str], periods: tuple[str, ...]
) -> list[list[Cell | str]]:
    return [
        ["heading", "area", *periods],
        *(
            [heading, area, *(truth[heading, area, period] for period in periods)]
            for heading in headings
            for area in areas
        ),
    ]


def as_csv(rows: list[list[Cell | str]], separator: str, decimal: str) -> str:
    """The rows as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    for row in rows:
        writer.writerow([_written(cell, decimal) for cell in row])
    return out.getvalue()


def _written(cell: Cell | str, decimal: str) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else str(cell).replace(".", decimal)


def as_workbook(rows: list[list[Cell | str]]) -> bytes:
    """The rows as the first sheet of a workbook."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Tall")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif cell is not None:
                sheet.write_number(number, place, cell)
    book.close()
    return out.getvalue()


def as_jsonstat(
    truth: Truth, headings: list[str], areas: list[str], periods: tuple[str, ...], way: str
) -> dict[str, object]:
    """The table as a dataset of 2.0 (dense or sparse), or in a bundle of 1.x."""
    values = [truth[heading, area, period]
              for heading in headings for area in areas for period in periods]  # fmt: skip
    ids = ["heading", "area", "period"]
    sizes = [len(headings), len(areas), len(periods)]
    dimension: dict[str, object] = {
        name: {"label": name, "category": {"index": list(codes),
                                           "label": {code: code for code in codes}}}
        for name, codes in zip(ids, (headings, areas, periods), strict=True)
    }  # fmt: skip
    said: dict[str, object] = {
        "label": "Prøve",
        "value": values if way != "sparse"
        else {str(n): value for n, value in enumerate(values) if value is not None},
    }  # fmt: skip
    role = {"time": ["period"], "geo": ["area"]}
    if way == "bundle":
        dimension |= {"id": ids, "size": sizes, "role": role}
        return {"dataset": said | {"dimension": dimension}}
    return {"version": "2.0", "class": "dataset", "id": ids, "size": sizes, "role": role,
            "dimension": dimension, **said}  # fmt: skip

"""JSON-stat: datasets of 2.0, collections that hold them, and the bundles of 1.x."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from samrad.knowledge.readers.text import text_in
from samrad.knowledge.rules.table import (
    LARGEST,
    Dimension,
    Number,
    Role,
    Table,
    Why,
    check_size,
    refused,
)

MOST_TABLES = 50
_ROLES = {"geo": Role.AREA, "time": Role.TIME, "metric": Role.MEASURE}


class _Twice(ValueError):
    """A name that stands twice in one object: which of the two is meant, nobody can say."""


def read_jsonstat(data: bytes, only: str = "") -> list[Table]:
    """The tables of a file, or the one of a name. Raises `NotRead` with the cell's number."""
    said = _parsed(text_in(data))
    tables = [_table(one, name) for name, one in _datasets(said) if only in ("", name)]
    if not tables:
        raise refused(Why.NOTHING_IN_IT)
    return tables


def named_dimensions(data: bytes) -> list[tuple[str, str, dict[str, str]]]:
    """What tells tables apart without reading them: name, label, dimensions with their roles."""
    return [
        (name, table.title, {one.code: one.role for one in table.dimensions})
        for name, said in _datasets(_parsed(text_in(data)))
        for table in [_table({**said, "value": {}, "status": None}, name)]
    ]


def _parsed(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except _Twice as error:
        raise refused(Why.DUPLICATE_NAME, None, str(error)[:60]) from error
    except json.JSONDecodeError as error:
        raise refused(Why.BROKEN, error.lineno, reason=error.msg) from error
    except (RecursionError, ValueError) as error:
        raise refused(Why.BROKEN, reason=str(error)[:80]) from error
    if not isinstance(said, dict):
        raise refused(Why.UNKNOWN_FORMAT)
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        raise _Twice(next(name for name, _ in pairs if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
    return made


def _no_number(text: str) -> float:
    message = f"{text} is no number"
    raise ValueError(message)


def _datasets(said: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = said.get("class")
    if kind == "collection":
        yield from _in_collection(said)
    elif kind == "dimension":
        raise refused(Why.MISSING_FIELD, None, "value")
    elif "dimension" in said:
        yield "", said
    else:
        inner = [(name, one) for name, one in said.items()
                 if isinstance(one, dict) and "dimension" in one]  # fmt: skip
        if not inner:
            raise refused(Why.MISSING_FIELD, None, "dimension")
        if len(inner) > MOST_TABLES:
            raise refused(Why.TOO_MANY_CELLS)
        yield from inner


def _in_collection(said: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    items = said.get("link", {}).get("item", []) if isinstance(said.get("link"), dict) else []
    held = [one for one in items if isinstance(one, dict) and "dimension" in one]
    if not held:
        raise refused(Why.ONLY_LINKS, None, "link")
    if len(held) > MOST_TABLES:
        raise refused(Why.TOO_MANY_CELLS)
    for number, one in enumerate(held, 1):
        yield f"item {number}", one


def _table(said: dict[str, Any], name: str) -> Table:
    where = f"{name}." if name else ""
    dimensions_said = _object(said, "dimension", where)
    ids = _texts(said.get("id", dimensions_said.get("id")), f"{where}id")
    sizes = _sizes(said.get("size", dimensions_said.get("size")), f"{where}size")
    if len(ids) != len(sizes) or not ids:
        raise refused(Why.WRONG_SIZE, None, f"{where}size")
    if len(set(ids)) < len(ids):
        raise refused(Why.DUPLICATE_NAME, None, f"{where}id")
    cells = check_size(sizes, f"{where}size")
    roles = _roles(said.get("role", dimensions_said.get("role")), where)
    dimensions = tuple(
        _dimension(_object(dimensions_said, one, where), one, size, roles.get(one, Role.OTHER))
        for one, size in zip(ids, sizes, strict=True)
    )
    places, values = _values(said.get("value"), cells, f"{where}value")
    return Table(
        title=_text(said.get("label")) or name,
        dimensions=dimensions,
        places=places,
        values=values,
        marks=_marks(said.get("status"), cells, f"{where}status"),
        source=_text(said.get("source")),
        updated=_text(said.get("updated")),
        notes=tuple(_text(one) for one in _listed(said.get("note"))),
    )


def _dimension(said: dict[str, Any], code: str, size: int, role: Role) -> Dimension:
    category = _object(said, "category", f"{code}.")
    labels = category.get("label", {})
    if not isinstance(labels, dict):
        raise refused(Why.WRONG_FIELD, None, f"{code}.label")
    codes = _codes(category.get("index"), labels, code)
    if len(codes) != size:
        raise refused(Why.WRONG_SIZE, None, code, has=len(codes), wanted=size)
    units = category.get("unit", {})
    return Dimension(
        code=code,
        codes=codes,
        labels=tuple(_text(labels.get(one)) or one for one in codes),
        role=role,
        label=_text(said.get("label")) or code,
        units={one: _unit(unit) for one, unit in units.items()} if isinstance(units, dict) else {},
    )


def _codes(index: Any, labels: Mapping[str, Any], field: str) -> tuple[str, ...]:
    if index is None:
        codes = tuple(labels)
    elif isinstance(index, list):
        codes = _texts(index, field)
    elif isinstance(index, dict):
        codes = _ordered(index, field)
    else:
        raise refused(Why.WRONG_FIELD, None, f"{field}.index")
    if len(set(codes)) < len(codes):
        raise refused(Why.DUPLICATE_NAME, None, f"{field}.index")
    return codes


def _ordered(index: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """The codes by the positions given: each of 0, 1, 2 … once."""
    ordered: list[str | None] = [None] * len(index)
    for code, at in index.items():
        if type(at) is not int or not 0 <= at < len(ordered) or ordered[at] is not None:
            raise refused(Why.WRONG_FIELD, None, f"{field}.index", code=code[:40])
        ordered[at] = code
    return tuple(code for code in ordered if code is not None)


def _values(said: Any, cells: int, field: str) -> tuple[Sequence[int], tuple[Number | None, ...]]:
    """Where values lie, and what they are."""
    if isinstance(said, list):
        if len(said) != cells:
            raise refused(Why.WRONG_SIZE, None, field, has=len(said), wanted=cells)
        places: Sequence[int] = range(cells)
        values = said
    elif isinstance(said, dict):
        places, values = _sparse(said, cells, field)
    else:
        raise refused(Why.MISSING_FIELD, None, field)
    for place, value in zip(places, values, strict=True):
        if value is not None and (
            type(value) not in (int, float) or not -LARGEST <= value <= LARGEST
        ):
            why = Why.NUMBER_TOO_LARGE if type(value) in (int, float) else Why.NOT_A_NUMBER
            raise refused(why, place + 1, field, text=str(value)[:40])
    return places, tuple(values)


def _sparse(
    said: Mapping[str, Any], cells: int, field: str
) -> tuple[list[int], list[Number | None]]:
    found: dict[int, Number | None] = {}
    for key, value in said.items():
        place = _place(key, cells, field)
        if place in found:
            raise refused(Why.TWICE, place + 1, field)
        found[place] = value
    ordered = sorted(found)
    return ordered, [found[place] for place in ordered]


def _marks(said: Any, cells: int, field: str) -> dict[int, str]:
    if said is None:
        return {}
    if isinstance(said, str):
        return dict.fromkeys(range(cells), said)
    if isinstance(said, list):
        if len(said) == 1:
            return dict.fromkeys(range(cells), _text(said[0])) if said[0] else {}
        if len(said) != cells:
            raise refused(Why.WRONG_SIZE, None, field, has=len(said), wanted=cells)
        return {place: _text(mark) for place, mark in enumerate(said) if mark}
    if isinstance(said, dict):
        return {_place(key, cells, field): _text(mark) for key, mark in said.items() if mark}
    raise refused(Why.WRONG_FIELD, None, field)


def _place(key: str, cells: int, field: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 12) or int(key) >= cells:  # noqa: PLR2004
        raise refused(Why.WRONG_FIELD, None, field, text=key[:40])
    return int(key)


def _roles(said: Any, where: str) -> dict[str, Role]:
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise refused(Why.WRONG_FIELD, None, f"{where}role")
    return {
        code: role
        for name, role in _ROLES.items()
        for code in _texts(said.get(name, []), f"{where}role.{name}")
    }


def _sizes(said: Any, field: str) -> list[int]:
    if not isinstance(said, list) or not all(type(one) is int and one > 0 for one in said):
        raise refused(Why.MISSING_FIELD if said is None else Why.WRONG_FIELD, None, field)
    return said


def _object(said: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    found = said.get(key)
    if not isinstance(found, dict):
        why = Why.MISSING_FIELD if found is None else Why.WRONG_FIELD
        raise refused(why, None, f"{where}{key}")
    return found


def _texts(said: Any, field: str) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise refused(Why.MISSING_FIELD if said is None else Why.WRONG_FIELD, None, field)
    return tuple(said)


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def _text(said: Any) -> str:
    return said if isinstance(said, str) else ""


def _unit(said: Any) -> str:
    if not isinstance(said, dict):
        return ""
    return _text(said.get("base")) or _text(said.get("label")) or _text(said.get("unit"))


# Writing ---------------------------------------------------------------------------------------


def write_jsonstat(table: Table) -> bytes:
    """The table as a dataset of JSON-stat 2.0."""
    dense: list[Number | None] = [None] * table.size
    for place, value in zip(table.places, table.values, strict=True):
        dense[place] = value
    decimals = max((_decimals(value) for value in table.values), default=0)
    said: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": table.title,
        "id": [one.code for one in table.dimensions],
        "size": [len(one.codes) for one in table.dimensions],
        "dimension": {one.code: _dimension_written(one, decimals) for one in table.dimensions},
        "value": dense,
    }
    said |= {"source": table.source} if table.source else {}
    said |= {"updated": table.updated} if table.updated else {}
    said |= {"note": list(table.notes)} if table.notes else {}
    roles = {
        name: [one.code for one in table.dimensions if one.role is role]
        for name, role in _ROLES.items()
    }
    if any(roles.values()):
        said["role"] = {name: codes for name, codes in roles.items() if codes}
    if table.marks:
        said["status"] = {str(place): mark for place, mark in sorted(table.marks.items())}
    return json.dumps(said, ensure_ascii=False, allow_nan=False).encode()


def _decimals(value: Number | None) -> int:
    if value is None or value == int(value):
        return 0
    return len(repr(value).partition(".")[2].partition("e")[0])


def _dimension_written(dimension: Dimension, decimals: int) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": list(dimension.codes),
        "label": dict(zip(dimension.codes, dimension.labels, strict=True)),
    }
    if dimension.units:
        category["unit"] = {
            code: {"base": unit, "decimals": decimals} for code, unit in dimension.units.items()
        }
    return {"label": dimension.label or dimension.code, "category": category}


__all__ = ["read_jsonstat", "write_jsonstat"]

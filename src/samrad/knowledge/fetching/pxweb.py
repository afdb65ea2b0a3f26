"""PxWeb, versions 1 (which Statistics Norway calls 0) and 2: what there is, and the part wanted.

Version 1: GET of a table's address describes its variables, POST of a query answers. Version 2:
`/config`, `/tables/{id}/metadata` (itself JSON-stat) and `/tables/{id}/data`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samrad.knowledge.fetching.client import Client, NotFetched
from samrad.knowledge.readers.jsonstat import read_jsonstat, write_jsonstat
from samrad.knowledge.rules.asking import (
    FetchRule,
    Selection,
    Variable,
    joined,
    questions,
    wanted,
)
from samrad.knowledge.rules.table import Table, Why, refused

CAREFUL = 100_000  # cells a call, where neither the service nor the recipe says


def from_pxweb_1(client: Client, rule: FetchRule, known: str) -> bytes | None:
    """The table as JSON-stat 2.0. Version 1 does not say when it was updated before it answers."""
    described = client.json(rule.address)
    variables = [_variable_1(one) for one in _list(described, "variables", rule.address)]
    selection = wanted(variables, rule)
    tables = [
        _only(client.content(rule.address, asked=_query_1(part, rule)), rule.address)
        for part in questions(selection, rule.most_cells or CAREFUL)
    ]
    return write_jsonstat(joined(tables, selection))


def _variable_1(said: Any) -> Variable:
    if not isinstance(said, dict) or not isinstance(said.get("values"), list):
        raise refused(Why.MISSING_FIELD, None, "variables")
    return Variable(
        str(said.get("code")), tuple(map(str, said["values"])), said.get("elimination") is True
    )


def _query_1(part: Selection, rule: FetchRule) -> dict[str, Any]:
    return {
        "query": [
            {
                "code": code,
                "selection": {"filter": rule.codelists.get(code, "item"), "values": list(values)},
            }
            for code, values in part.items()
        ],
        "response": {"format": "json-stat2"},
    }


def from_pxweb_2(client: Client, rule: FetchRule, known: str) -> bytes | None:
    """The table as JSON-stat 2.0, or nothing when it is not newer than what is known."""
    base = f"{rule.address.rstrip('/')}/tables/{rule.table}"
    words = {"lang": rule.language} if rule.language else {}
    lists = {f"codelist[{code}]": name for code, name in rule.codelists.items()}
    described = client.json(f"{base}/metadata", **words, **lists)
    if known and isinstance(described, dict) and described.get("updated") == known:
        return None
    selection = wanted(_variables_2(described, base), rule)
    most = rule.most_cells or _most_cells(client, rule.address)
    tables = [
        _only(
            client.content(
                f"{base}/data", asked=_query_2(part, rule), outputFormat="json-stat2", **words
            ),
            base,
        )
        for part in questions(selection, most)
    ]
    return write_jsonstat(joined(tables, selection))


def _variables_2(described: Any, base: str) -> list[Variable]:
    ids = _list(described, "id", base)
    dimensions = described.get("dimension")
    if not isinstance(dimensions, dict) or not all(isinstance(one, str) for one in ids):
        raise refused(Why.MISSING_FIELD, None, "dimension")
    return [_variable_2(code, dimensions.get(code)) for code in ids]


def _variable_2(code: str, said: Any) -> Variable:
    category = said.get("category") if isinstance(said, dict) else None
    if not isinstance(category, dict):
        raise refused(Why.MISSING_FIELD, None, code)
    index = category.get("index", category.get("label"))
    if isinstance(index, Mapping) and all(type(at) is int for at in index.values()):
        codes = tuple(sorted(index, key=lambda one: index[one]))
    elif isinstance(index, list | dict):
        codes = tuple(map(str, index))
    else:
        raise refused(Why.MISSING_FIELD, None, f"{code}.index")
    extension = said.get("extension")
    return Variable(
        code, codes, isinstance(extension, dict) and extension.get("elimination") is True
    )


def _query_2(part: Selection, rule: FetchRule) -> dict[str, Any]:
    return {
        "selection": [
            {
                "variableCode": code,
                "valueCodes": list(values),
                **({"codelist": rule.codelists[code]} if code in rule.codelists else {}),
            }
            for code, values in part.items()
        ]
    }


def _most_cells(client: Client, address: str) -> int:
    """What the service says of itself; where it has no such page, what is careful."""
    try:
        said = client.json(f"{address.rstrip('/')}/config")
    except NotFetched:
        return CAREFUL
    most = said.get("maxDataCells") if isinstance(said, dict) else None
    return most if type(most) is int and most > 0 else CAREFUL


def _only(answer: bytes, address: str) -> Table:
    tables: Sequence[Table] = read_jsonstat(answer)
    if len(tables) != 1:
        raise NotFetched(address, f"{len(tables)} tables in one answer")
    return tables[0]


def _list(said: Any, key: str, address: str) -> list[Any]:
    found = said.get(key) if isinstance(said, dict) else None
    if not isinstance(found, list) or not found:
        raise NotFetched(address, f"no {key} in its description")
    return found

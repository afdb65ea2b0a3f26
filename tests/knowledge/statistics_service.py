"""Publishers' services on loopback that answer from tables we have: PxWeb 1 and 2, and StatBank."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from samrad.knowledge.readers.jsonstat import write_jsonstat
from samrad.knowledge.rules.table import Dimension, Table


@dataclass
class Service:
    """What it was asked, and how it behaves: `failures` are answered first, then tables."""

    table: Table
    port: int = 0
    most_cells: int = 1_000_000
    asked: list[tuple[str, Any]] = field(default_factory=list)
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data_calls(self) -> list[Any]:
        return [body for path, body in self.asked if path.endswith(("/data", "/v1/08487")) and body]

    def answer(self, path: str, parameters: dict[str, list[str]], body: Any) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        table = self.table.title
        ways: dict[str, Callable[[], tuple[int, bytes]]] = {
            "/v2/config": lambda: (200, json.dumps({"maxDataCells": self.most_cells}).encode()),
            f"/v2/tables/{table}/metadata": self._metadata,
            f"/v2/tables/{table}/data": lambda: self._pxweb_2(parameters, body),
            f"/v1/{table}": lambda: self._pxweb_1(body),
            "/statbank/tableinfo": self._table_info,
            "/statbank/data": lambda: self._bulk(body),
        }
        return ways.get(path, lambda: (404, b"there is no such table"))()

    def _metadata(self) -> tuple[int, bytes]:
        return 200, write_jsonstat(part_of(self.table, {}, without_values=True))

    def _pxweb_2(self, parameters: dict[str, list[str]], body: Any) -> tuple[int, bytes]:
        if parameters.get("outputFormat") != ["json-stat2"]:
            return 400, b"which format?"
        return self._data({one["variableCode"]: one["valueCodes"] for one in body["selection"]})

    def _pxweb_1(self, body: Any) -> tuple[int, bytes]:
        if body is None:
            variables = [
                {"code": one.code, "values": list(one.codes)} for one in self.table.dimensions
            ]
            return 200, json.dumps({"title": "t", "variables": variables}).encode()
        if body["response"] != {"format": "json-stat2"}:
            return 400, b"which format?"
        return self._data({one["code"]: one["selection"]["values"] for one in body["query"]})

    def _table_info(self) -> tuple[int, bytes]:
        variables = [
            {"id": one.code, "values": [{"id": code} for code in one.codes]}
            for one in self.table.dimensions
        ]
        return 200, json.dumps({"variables": variables}).encode()

    def _data(self, wanted: dict[str, list[str]]) -> tuple[int, bytes]:
        part = part_of(self.table, wanted)
        if part.size > self.most_cells:
            return 403, b"too many cells"
        return 200, write_jsonstat(part)

    def _bulk(self, body: Any) -> tuple[int, bytes]:
        if (body["format"], body["valuePresentation"]) != ("BULK", "Code"):
            return 400, b"which format?"
        wanted = {one["code"]: one["values"] for one in body["variables"]}
        part, out = part_of(self.table, wanted), io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow([*(one.code.upper() for one in part.dimensions), "INDHOLD"])
        for _number, at, value, mark in part.cells():
            codes = [one.codes[index] for one, index in zip(part.dimensions, at, strict=True)]
            writer.writerow([*codes, mark if value is None else value])
        return 200, out.getvalue().encode("utf-8-sig")


def part_of(table: Table, wanted: dict[str, list[str]], *, without_values: bool = False) -> Table:
    """The cells of these codes, in the order they were asked for."""
    kept = [wanted.get(one.code, list(one.codes)) for one in table.dimensions]
    found = {}
    for _number, at, value, mark in table.cells():
        codes = tuple(one.codes[n] for one, n in zip(table.dimensions, at, strict=True))
        if all(code in keep for code, keep in zip(codes, kept, strict=True)):
            found[codes] = (None if without_values else value, mark)
    dimensions = tuple(
        Dimension(
            one.code, tuple(keep),
            tuple(one.labels[one.codes.index(code)] for code in keep), one.role, one.label,
        )
        for one, keep in zip(table.dimensions, kept, strict=True)
    )  # fmt: skip
    whole = Table(table.title, dimensions, [], ())
    places, values, marks = [], [], {}
    for place in range(whole.size):
        rest, codes = place, []
        for one in reversed(dimensions):
            rest, n = divmod(rest, len(one.codes))
            codes.append(one.codes[n])
        value, mark = found.get(tuple(reversed(codes)), (None, ""))
        places.append(place)
        values.append(value)
        if mark:
            marks[place] = mark
    return Table(table.title, dimensions, places, tuple(values), marks, updated=table.updated)


@contextlib.contextmanager
def serving(table: Table) -> Iterator[Service]:
    """A service on loopback that has this table, until the block ends."""
    service = Service(table)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: Any) -> None:
            at = urlsplit(self.path)
            service.asked.append((at.path, body))
            headers = dict(service.headers)
            if service.failures:
                status, headers = service.failures.pop(0)
                answer = b"come back later"
            else:
                status, answer = service.answer(at.path, parse_qs(at.query), body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: Any) -> None:
            """Nothing is said on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield service
    server.shutdown()
    server.server_close()

"""Calls to a publisher's service: one at a time, no faster than it likes, never without end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from samrad.knowledge.rules.table import Why, refused

SECONDS = (10, 120)  # to connect, and without a byte
MOST_BYTES = 200_000_000
MOST_CALLS = 400
TRIES = 5
LONGEST_WAIT = 120.0
AGENT = "Samrad (statistics for crime prevention councils)"
TOO_MANY = 429
AGAIN = frozenset({TOO_MANY, 500, 502, 503, 504})
_CHUNK = 65_536


class NotFetched(Exception):
    """The service did not give what was asked for: which address, and what it said."""

    def __init__(self, address: str, said: str) -> None:
        self.address, self.said = address, said
        super().__init__(f"{address}: {said}")


@dataclass
class Client:
    """Keeps to what the service says of itself in its headers; tells `heard` after each call."""

    heard: Callable[[int, str], None] = lambda _calls, _address: None
    wait: Callable[[float], None] = time.sleep
    pause: float = 0.4  # seconds between calls where the service says nothing
    calls: int = 0
    _session: requests.Session = field(default_factory=requests.Session)
    _rest: float = 0.0

    def json(self, address: str, *, asked: Any = None, **parameters: str) -> Any:
        """What the address answers, as JSON; `asked` is sent along as a question."""
        answer = self.content(address, asked=asked, **parameters)
        try:
            return json.loads(answer)
        except ValueError as error:
            raise NotFetched(address, f"no JSON: {error}"[:200]) from error

    def content(self, address: str, *, asked: Any = None, **parameters: str) -> bytes:
        """What the address answers. Raises `NotFetched`, or `NotRead` when it is too large."""
        for attempt in range(TRIES):
            if self.calls >= MOST_CALLS:
                raise NotFetched(address, f"more than {MOST_CALLS} calls")
            if self._rest > 0:
                self.wait(min(self._rest, LONGEST_WAIT))
            self.calls += 1
            last = attempt == TRIES - 1
            try:
                status, headers, body = self._call(address, asked, parameters)
            except requests.RequestException as error:
                if last:
                    raise NotFetched(address, type(error).__name__) from error
                self._rest = 2.0**attempt
                continue
            self._rest = _rest(status, headers, attempt, self.pause)
            if status == requests.codes.ok:
                self.heard(self.calls, address)
                return body
            if status not in AGAIN or last:
                raise NotFetched(address, f"{status} {_plain(body)}".strip())
        raise AssertionError  # the last try returns or raises

    def _call(
        self, address: str, asked: Any, parameters: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes]:
        with self._session.request(
            "GET" if asked is None else "POST", address, json=asked, params=parameters,
            timeout=SECONDS, stream=True, allow_redirects=False, headers={"User-Agent": AGENT},
        ) as response:  # fmt: skip
            body = bytearray()
            for piece in response.iter_content(_CHUNK):
                body += piece
                if len(body) > MOST_BYTES:
                    raise refused(Why.TOO_LARGE, bytes=len(body), most=MOST_BYTES)
            return response.status_code, response.headers, bytes(body)


def _rest(status: int, headers: Mapping[str, str], attempt: int, pause: float) -> float:
    """How long to wait before the next call: what the service says, or what is polite."""
    if status in AGAIN:
        return _seconds(headers.get("Retry-After")) or _seconds(_reset(headers)) or 2.0**attempt
    if _seconds(headers.get("x-ratelimit-remaining", "1")) == 0:
        return _seconds(_reset(headers)) or pause
    return pause if "x-ratelimit-remaining" not in headers else 0.0


def _reset(headers: Mapping[str, str]) -> str | None:
    return headers.get("x-ratelimit-reset") or headers.get("x-ratelimit-retry-after")


def _seconds(said: str | None) -> float:
    """Seconds as a header gives them; a date or nonsense counts as nothing said."""
    try:
        return max(0.0, float(said or 0))
    except ValueError:
        return 0.0


def _plain(body: bytes) -> str:
    """The beginning of what a service says when it refuses."""
    return " ".join(body[:300].decode("utf-8", "replace").split())

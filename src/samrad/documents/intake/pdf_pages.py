"""The text on the pages of a PDF, for as much work as a page is worth.

A page may draw a form, which draws others, each of them as often as it likes: a few hundred bytes
can ask for more drawing than there is time in the world. pypdf bounds each single step and asks the
caller before every operator, so the work is counted there. A process of its own that could be ended
would need half a second and its own memory for every harmless file, and would count nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

MOST_ON_A_PAGE = 3_000_000  # bytes of the page itself, of one form, and of a page's letters
MOST_DRAWN = 4000  # forms and pictures; pypdf leaves out silently what comes after 5000
MOST_OPERATORS = 1_000_000
MOST_FORMS = 5000
MOST_FONTS = 300

TakeText = Callable[[str, Any, Any, Any, float], None]


class TooMuch(Exception):
    """A page that asks for more work than its text is worth."""


class Allowance:
    """What may be spent on one document; `check` is asked at every step and raises when it is late.

    Once something was too much it stays so: pypdf goes on after what goes wrong inside a form, and
    is stopped again at the next operator.
    """

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._looked_at: dict[int, Any] = {}
        self.operators = self.drawn = self.forms = 0

    def text_on(self, page: Any, take: TakeText | None = None) -> str:
        """The text of a page; raises `TooMuch`, or what `check` raises."""
        self.operators = self.drawn = 0
        contents = page.get_contents()
        if contents is None:
            return ""
        if len(contents.get_data()) > MOST_ON_A_PAGE:
            raise TooMuch
        self._weigh(page)
        text = page.extract_text(visitor_operand_before=self._before, visitor_text=take)
        self._enforce()
        return str(text)

    def _before(self, operator: bytes, _operands: Any, _cm: Any, _tm: Any) -> None:
        self.operators += 1
        self.drawn += operator == b"Do"
        self._enforce()

    def _enforce(self) -> None:
        self._check()
        if self.operators > MOST_OPERATORS or self.drawn > MOST_DRAWN:
            raise TooMuch

    def _weigh(self, page: Any) -> None:
        """No form, and no table of letters, may take long by itself; each is looked at once."""
        waiting = [page]
        while waiting:
            self._check()
            one = waiting.pop()
            resources = _held(one.get("/Resources"))
            if id(one) in self._looked_at or not isinstance(resources, dict):
                continue
            self._looked_at[id(one)] = one
            fonts = list(_held_in(resources, "/Font"))
            letters = sum(_size(_held(font.get("/ToUnicode"))) for font in fonts[:MOST_FONTS])
            if len(fonts) > MOST_FONTS or letters > MOST_ON_A_PAGE:
                raise TooMuch
            forms = [form for form in _held_in(resources, "/XObject") if _is_form(form)]
            self.forms += sum(id(form) not in self._looked_at for form in forms)
            if self.forms > MOST_FORMS or any(_size(form) > MOST_ON_A_PAGE for form in forms):
                raise TooMuch
            waiting += forms


def _held(value: Any) -> Any:
    """What a reference points to, where it is one."""
    return value.get_object() if hasattr(value, "get_object") else value


def _held_in(resources: Any, name: str) -> Iterator[Any]:
    named = _held(resources.get(name))
    if isinstance(named, dict):
        found = (_held(one) for one in named.values())
        yield from (one for one in found if isinstance(one, dict))


def _is_form(thing: Any) -> bool:
    return bool(thing.get("/Subtype") == "/Form")


def _size(stream: Any) -> int:
    """How much a stream unpacks to; what cannot be unpacked has no text either."""
    try:
        return len(stream.get_data()) if hasattr(stream, "get_data") else 0
    except Exception:
        return 0

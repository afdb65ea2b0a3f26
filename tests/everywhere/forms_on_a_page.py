"""The forms a page shows, read out of its HTML and filled in as a person would.

Nothing is listed by hand: a field that is added to a form tomorrow is tried tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

PLAUSIBLE = {
    "date": "2027-03-02", "time": "09:00", "datetime-local": "2027-03-02T09:00", "number": "3",
    "email": "noen@example.org", "tel": "+47 22 00 00 00", "url": "https://example.org/",
    "password": "korrekt hest batteri stift",
}  # fmt: skip
FREE_TEXT = {"text", "search", "textarea"}
PARTICULAR_TEXT = {"email", "tel", "password", "url"}
LEFT_ALONE = {"submit", "button", "image", "reset"}
HARMLESS_SCRIPTS = "/static/"
RUNNING_ADDRESSES = ("javascript:", "vbscript:", "data:text")
ONLY_TEXT = {
    "value",
    "title",
    "alt",
    "placeholder",
    "aria-label",
    "data-title",
}  # nobody goes there


@dataclass
class Field:
    """One control of a form, with the value a person would send."""

    name: str
    kind: str
    value: str
    is_sent: bool = True


@dataclass
class FoundForm:
    """A form with everything it would send."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def sent(self, **instead: str) -> dict[str, list[str]]:
        """What a browser would send, with these values in place of its own."""
        found: dict[str, list[str]] = {}
        for one in self.fields:
            if one.name in instead:
                found[one.name] = [instead[one.name]]
            elif one.is_sent:
                found.setdefault(one.name, []).append(one.value)
        return found

    def named(self, kinds: set[str]) -> list[str]:
        """The names of its fields of these kinds, each once."""
        return list(dict.fromkeys(one.name for one in self.fields if one.kind in kinds))

    @property
    def shape(self) -> tuple[str, ...]:
        """What tells one form from another on the same page."""
        return (self.method, self.action, *sorted(one.name for one in self.fields))


class Reader(HTMLParser):
    """Forms, and whatever could run a script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[FoundForm] = []
        self.active: list[str] = []
        self.errors = 0
        self._form: FoundForm | None = None
        self._by_id: dict[str, FoundForm] = {}
        self._select: Field | None = None
        self._area: Field | None = None
        self._chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._watch(tag, given)
        if given.get("aria-invalid") == "true" or given.get("role") == "alert":
            self.errors += 1
        if tag == "form":
            self._form = FoundForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in given:
                self._by_id[given["id"]] = self._form
        elif tag in {"input", "textarea", "select"} and given.get("name"):
            self._control(tag, given)
        elif tag == "option" and self._select is not None:
            self._option(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form = self._by_id.get(given.get("form", ""), self._form)
        kind = given.get("type", "text").lower() if tag == "input" else tag
        if form is None or kind in LEFT_ALONE or "disabled" in given:
            return
        ticked = kind not in {"radio", "checkbox"} or "checked" in given
        value = given.get("value", "on" if kind in {"radio", "checkbox"} else "")
        if "required" in given or given.get("aria-required") == "true":
            value = value or PLAUSIBLE.get(kind, "")
        found = Field(given["name"], kind, value, ticked)
        form.fields.append(found)
        if tag == "select":
            self._select, self._chosen = found, False
        elif tag == "textarea":
            self._area = found

    def _option(self, given: dict[str, str]) -> None:
        assert self._select is not None
        value = given.get("value", "")
        if "selected" in given or (not self._chosen and not self._select.value):
            self._select.value = value
            self._chosen = "selected" in given

    def _watch(self, tag: str, given: dict[str, str]) -> None:
        """Note what a browser would run, other than the product's own files."""
        if tag == "script" and not (
            given.get("src", "").startswith(HARMLESS_SCRIPTS)
            or given.get("type") == "application/json"
        ):
            self.active.append(f"<script {given}>")
        if tag in {"iframe", "object", "embed", "base", "applet", "marquee", "math", "style"}:
            self.active.append(f"<{tag}>")
        for name, value in given.items():
            address = "".join(value.split()).lower()
            if (
                name.startswith("on")
                or name == "style"
                or (address.startswith(RUNNING_ADDRESSES) and name not in ONLY_TEXT)
            ):
                self.active.append(f"{tag} {name}={value[:80]}")


def read(html: str) -> Reader:
    """The page as it was read."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader

"""Find the texts: `_()` and its kin in Python, `translate` and `blocktranslate` in templates."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENTS = ["Translators:"]
OF_TEMPLATES = {".html", ".txt"}


def source_files(root: Path = PACKAGE) -> Iterator[Path]:
    """Python files and templates of the package, in a fixed order."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if "migrations" in parts or "static" in parts or "data" in parts:
            continue
        if path.suffix == ".py" or (path.suffix in OF_TEMPLATES and "templates" in parts):
            yield path


def collected(root: Path = PACKAGE) -> Catalog:
    """A catalogue of every text, without translations."""
    catalog = Catalog(project="Samråd", charset="utf-8", fuzzy=False)
    for path in source_files(root):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            marked = templatize(text, origin=str(path))
            text = "\n".join(line.strip() for line in marked.splitlines())
        place = path.relative_to(root.parent).as_posix()
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS, COMMENTS)
        for _line, message, comments, context in found:
            if message and message not in {"", ("", "")}:
                catalog.add(
                    message, locations=[(place, 0)], auto_comments=comments, context=context
                )
    return catalog

"""Compile translations from .po to .mo: `python -m tools.compile_texts FOLDER`.

Used when a clone is made ready and when the wheel is built. Needs Babel and nothing else, because
gettext's own tools are not on every machine. Texts marked fuzzy are left out, as gettext does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_texts(locale: Path) -> list[Path]:
    """Write the .mo file beside each .po file, whole or not at all."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        unfinished = target.with_suffix(".mo.new")
        with source.open("rb") as texts, unfinished.open("wb") as compiled:
            write_mo(compiled, read_po(texts, locale=source.parts[-3], abort_invalid=True))
        unfinished.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_texts(Path(sys.argv[1]))

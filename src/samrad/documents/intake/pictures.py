"""Pictures, drawn anew from their pixels: where and when one was taken stays with the camera."""

from __future__ import annotations

import io
import logging
import warnings
from typing import Any

from PIL import Image, ImageOps

from samrad.documents.intake.answer import Examined, Note, NotTaken, Trouble
from samrad.documents.kinds import JPEG, PNG, WEBP, FileKind

MOST_PIXELS = 50_000_000
QUALITY = 90
FORMATS = {"PNG": PNG, "JPEG": JPEG, "WEBP": WEBP}
# What each format can hold; anything else is drawn in plain colours.
MODES = {
    "PNG": {"1", "L", "LA", "I;16", "P", "RGB", "RGBA"},
    "JPEG": {"L", "RGB", "CMYK"},
    "WEBP": {"RGB", "RGBA"},
}
KEPT = {"icc_profile", "transparency"}  # what the pixels mean, nothing of where they come from

logging.getLogger("PIL").setLevel(logging.CRITICAL)


def examine_picture(data: bytes) -> Examined:
    """The picture the right way up, without anything but itself."""
    with warnings.catch_warnings():
        # Our own limit is lower than the one the library warns of.
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise NotTaken(Trouble.TOO_MANY_PIXELS, most=MOST_PIXELS // 1_000_000)
            form = str(opened.format)
            moves = getattr(opened, "n_frames", 1) > 1
            opened.load()
            content = _drawn_anew(opened, form)
    notes = (Note.FIRST_PICTURE,) if moves else ()
    return Examined(_kind(form), content, notes=notes)


def _kind(form: str) -> FileKind:
    return FORMATS[form]


def _drawn_anew(opened: Image.Image, form: str) -> bytes:
    picture = ImageOps.exif_transpose(opened)
    if picture.mode not in MODES[form]:
        clear = form != "JPEG" and ("A" in picture.mode or "transparency" in picture.info)
        picture = picture.convert("RGBA" if clear else "RGB")
    picture.info = {key: value for key, value in picture.info.items() if key in KEPT}
    out = io.BytesIO()
    options: dict[str, Any] = {"format": form}
    if form != "PNG":
        options["quality"] = QUALITY
    picture.save(out, **options)
    return out.getvalue()

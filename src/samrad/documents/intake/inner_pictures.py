"""Pictures inside an office file, kept pixel for pixel without what the camera noted."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SAYING_MORE = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
_JPEG_COMMENT, _START_OF_SCAN, _APPLICATION = 0xFE, 0xDA, range(0xE0, 0xF0)
# What the colours mean: JFIF, a colour profile, and Adobe's note on how they are mixed.
_JPEG_KEPT = ((0xE0, b"JFIF"), (0xE2, b"ICC_PROFILE"), (0xEE, b"Adobe"))
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112


def without_notes(data: bytes) -> bytes:
    """The picture without text, place or time; other kinds, and broken ones, as they are."""
    try:
        if data.startswith(_PNG):
            return _PNG + b"".join(_kept_chunks(data))
        if data.startswith(b"\xff\xd8"):
            return b"\xff\xd8" + b"".join(_kept_segments(data))
    except (struct.error, IndexError):
        return data
    return data


def _kept_chunks(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        if data[place + 4 : place + 8] not in _PNG_SAYING_MORE:
            yield data[place : place + length + 12]
        place += length + 12


def _kept_segments(data: bytes) -> Iterator[bytes]:
    place = 2
    while place < len(data) - 1:
        marker = data[place + 1]
        if data[place] != 0xFF or marker == _START_OF_SCAN:  # noqa: PLR2004 - a marker's first byte
            yield data[place:]
            return
        (length,) = struct.unpack_from(">H", data, place + 2)
        body = data[place + 4 : place + 2 + length]
        if body.startswith(_EXIF) and marker == _APPLICATION[1]:
            yield _only_orientation(body)
        elif _belongs_to_the_pixels(marker, body):
            yield data[place : place + 2 + length]
        place += 2 + length


def _belongs_to_the_pixels(marker: int, body: bytes) -> bool:
    if marker in _APPLICATION:
        return any(marker == kept and body.startswith(name) for kept, name in _JPEG_KEPT)
    return marker != _JPEG_COMMENT


def _only_orientation(body: bytes) -> bytes:
    """A segment that says which side is up, where the old one did; nothing otherwise."""
    tiff = body[len(_EXIF) :]
    order = ">" if tiff.startswith(b"MM") else "<"
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(count):
        tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION:
            said = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, tag, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(_EXIF) + len(said) + 2) + _EXIF + said
    return b""

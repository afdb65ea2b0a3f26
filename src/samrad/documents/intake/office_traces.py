"""What an office file says about its maker and their machine, taken out of its markup."""

from __future__ import annotations

import re

_OOXML = b"http://schemas.openxmlformats.org/"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Each kind of metadata by what its part begins with, and the same with nothing in it.
_EMPTIED = (
    (
        b"package/2006/metadata/core-properties",
        b'<cp:coreProperties xmlns:cp="' + _OOXML + b'package/2006/metadata/core-properties"/>',
    ),
    (
        b"officeDocument/2006/extended-properties",
        b'<Properties xmlns="' + _OOXML + b'officeDocument/2006/extended-properties"/>',
    ),
    (
        b"officeDocument/2006/custom-properties",
        b'<Properties xmlns="' + _OOXML + b'officeDocument/2006/custom-properties"/>',
    ),
    (
        b"<office:document-meta",
        b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        b' office:version="1.2"/>',
    ),
)
_LOOKED_AT = 2000
_LEFT_OUT = re.compile(r"^docProps/thumbnail|^Thumbnails/|^customXml/", re.IGNORECASE)
# Nothing here reads past the beginning of the next mark, so no stretch is gone through twice.
_RELATIONSHIP = re.compile(
    rb"<(?:\w+:)?Relationship\s[^<>]*(?:(?<=/)>|>\s*</(?:\w+:)?Relationship>)"
)
_UNWANTED = (b"/thumbnail", b"/attachedTemplate", b"/customXml")
_TRACES = {
    "word/settings.xml": re.compile(rb"<w:attachedTemplate\b[^<>]*/>"),
    "xl/workbook.xml": re.compile(rb"<x15ac:absPath\b[^<>]*/>|<fileSharing\b[^<>]*/>"),
    "META-INF/manifest.xml": re.compile(
        rb'<manifest:file-entry\b(?=[^<>]*manifest:full-path="Thumbnails/)[^<>]*/>'
    ),
}


def is_left_out(name: str) -> bool:
    """Parts the document does without: small pictures of old versions, notes of other programs."""
    return bool(_LEFT_OUT.search(name))


def without_traces(name: str, data: bytes) -> bytes:
    """A part's markup without names, templates and folders."""
    if name.endswith(".rels"):
        return _RELATIONSHIP.sub(_wanted, data)
    if name in _TRACES:
        return _TRACES[name].sub(b"", data)
    if name == "[Content_Types].xml":
        return data
    beginning = data[:_LOOKED_AT]
    emptied = next((new for mark, new in _EMPTIED if mark in beginning), None)
    return data if emptied is None else _HEAD + emptied


def _wanted(found: re.Match[bytes]) -> bytes:
    return b"" if any(word in found[0] for word in _UNWANTED) else found[0]

"""Strings that break programs: the Big List of Naughty Strings, and what it lacks."""

from __future__ import annotations

import json

from tests.support.components import ROOT

BIG_LIST = ROOT / "frontend/node_modules/big-list-of-naughty-strings/blns.json"

OWN = [
    "\x00", "a\x00b", "\x07\x1b[31m\x7f", "\u202egnp.exe\u202c", "\u2066a\u2069", "\ufeff",
    "\ufffe",
    "e\u0301", "\u1100\u1161", "ﬁ", "\u200b", "\u200d", "a\u0300" + "\u0301" * 60, "\U0010ffff",
    "\r\n\r\n\r\n\r\n", "a\u2028b\u2029c\x85d", " \t ", "- ", "•", "* * *",
    "9" * 5000, "-" + "9" * 30, "9" * 19, "٣٤٥", "²", "1e999", "0x7f", "∞",
    "a" * 201, "å" * 4001, "x" * 50_000, "\n" * 5000, "<b>" * 2000, "[" * 3000, "**_" * 2000,
    "{{ request.user }}", "{% load static %}", "{# #}", "${7*7}", "#{7*7}", "%(name)s", "%s%d%n",
    "{0.__class__}", "{:>99999999}", "%", "100 %", "\\", "\\u0000", "'; DROP TABLE people; --",
    "\"><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
    "</title><svg onload=1>",
    "' onfocus='alert(1)' autofocus='", "javascript:alert(1)", "[x](javascript:alert(1))",
    "<https://a.no\" onmouseover=\"alert(1)>", "<img src=x onerror=alert(1)>", "&lt;script&gt;",
    "../../../etc/passwd", "CON", "nul.txt", ".", "..", "/", "\\\\?\\C:\\", "a;b|c&d`e`$(f)",
    "=1+1", "@SUM(A1)", "None", "True", "null", "undefined", "NaN", "__proto__", "constructor",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 40, "﷽" * 100, "שלום עולם", "مرحبا", "Ⅷ", "İı", "ß", "ǅ",
]  # fmt: skip
# What UTF-8 cannot say comes as JSON, or as bytes that are no UTF-8.
LONE = ["\ud800", "a\udc80b", "\udfff\ud800"]


def big_list() -> list[str]:
    """The list as its makers publish it."""
    found: list[str] = json.loads(BIG_LIST.read_text(encoding="utf-8"))
    return found


def everything() -> list[str]:
    """Each string once, the worst of our own first."""
    return list(dict.fromkeys([*OWN, *big_list()]))


def by_the_handful() -> list[str]:
    """The same strings, many at a time, for a quick look at every form."""
    short = [one for one in everything() if len(one) < 400]
    return [
        "".join(short)[:3500],
        " ".join(reversed(short))[:190],
        "\x00<b>{{ 7*7 }}%s'\"\u202e" + "9" * 30,
    ]

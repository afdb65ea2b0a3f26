"""The front end comes from packages pinned by checksum, without an address in the lock file."""

from __future__ import annotations

import json
import re
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
LOCK = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
PACKAGE = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
SURFACES = ("background-default", "surface-default", "surface-tinted", "surface-hover")
EXACT = re.compile(r"\d+\.\d+\.\d+")


def test_every_package_is_pinned_by_checksum_and_none_names_where_it_came_from():
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name


def test_versions_are_exact():
    for kind in ("dependencies", "devDependencies"):
        for name, version in PACKAGE[kind].items():
            assert EXACT.fullmatch(version), f"{name} {version}"


def test_the_style_sheet_asks_no_other_host_and_the_source_has_no_colour_outside_its_file():
    for sheet in (FRONTEND / "css").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL), sheet.name
        if sheet.name not in {"colors.css", "print.css"}:
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", text), sheet.name


def test_text_keeps_enough_contrast_on_every_surface_of_its_family():
    sheet = (FRONTEND / "css" / "colors.css").read_text(encoding="utf-8")
    for block in re.findall(r"\{([^{}]*--ds-color-accent[^{}]*)\}", sheet):
        colours = dict(re.findall(r"--ds-color-([a-z-]+): (#[0-9a-f]{6})", block))
        for family in ("accent", "neutral", "info", "success", "warning", "danger"):
            for text in ("text-subtle", "text-default"):
                for surface in SURFACES:
                    ratio = contrast(colours[f"{family}-{text}"], colours[f"{family}-{surface}"])
                    assert ratio >= 4.5, (family, text, surface, round(ratio, 2))
            border, surface = (
                colours[f"{family}-border-default"],
                colours[f"{family}-surface-default"],
            )
            assert contrast(border, surface) >= 3, family


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""The sheet a chart is drawn on: its size, its margins, and what it is drawn with.

On a page a stroke has a class, and the style sheet decides its colour by day and by night. A paper
knows no style sheet, so there each class becomes the colours of the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Ink = Mapping[str, Mapping[str, str]]

INK, SOFT, LINE, ACCENT, WARM, COLD = (
    "#142328", "#4c5659", "#ded8d1", "#005c69", "#a3341f", "#1e557f",
)  # fmt: skip
SHADES = ("#f3efe8", "#d3e7ea", "#9fcbd2", "#5fa3ae", "#1f7783", "#00434d")
WORDS = {"font-family": "Inter", "font-size": "12"}
HALO = {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}  # over what it crosses
ON_PAPER: Ink = {
    "grid": {"stroke": LINE, "stroke-width": "1"},
    "base": {"stroke": SOFT, "stroke-width": "1"},
    "axis": {**WORDS, "fill": SOFT},
    "label": {**WORDS, "fill": INK},
    "note": {**WORDS, "fill": SOFT},
    "value": {**WORDS, "fill": INK, "font-weight": "600"},
    "named": {**WORDS, "fill": SOFT, **HALO},
    "own": {**WORDS, "fill": INK, "font-weight": "600", **HALO},
    "band": {"fill": "#e5f3f6"},
    "expected": {
        "stroke": "#408d9a", "stroke-width": "1.25", "stroke-dasharray": "3 3", "fill": "none",
    },
    "line": {"stroke": ACCENT, "stroke-width": "2", "fill": "none", "stroke-linejoin": "round"},
    "dot": {"fill": ACCENT},
    "unclear": {"fill": "#ffffff", "stroke": ACCENT, "stroke-width": "2"},
    "high": {"fill": WARM, "stroke": "#ffffff", "stroke-width": "1.5"},
    "low": {"fill": COLD, "stroke": "#ffffff", "stroke-width": "1.5"},
    "hidden": {"fill": "none", "stroke": SOFT, "stroke-width": "1.25"},
    "whisker": {"stroke": SOFT, "stroke-width": "1.5"},
    "one": {"stroke": INK, "stroke-width": "1"},
    "dotted": {"stroke": INK, "stroke-width": "1.5", "stroke-dasharray": "1 3"},
    **{
        f"shade{step}": {"fill": colour, "stroke": "#ffffff", "stroke-width": "0.5"}
        for step, colour in enumerate(SHADES)
    },
    "blank": {"fill": "#ffffff", "stroke": LINE, "stroke-width": "0.75"},
    "chosen": {"fill": "none", "stroke": INK, "stroke-width": "2"},
    "here": {"fill": INK, "stroke": "#ffffff", "stroke-width": "1.5"},
}  # fmt: skip
TRIANGLES = {"high": 1.0, "low": -1.0}
SCREEN: Ink | None = None
PAPER: Ink = ON_PAPER


@dataclass
class Sheet:
    """Something to draw on; `ink` is what a paper is drawn with."""

    width: float
    height: float
    ink: Ink | None = SCREEN
    pieces: list[SafeString] = field(default_factory=list)

    def add(self, tag: str, look: str, text: str = "", /, **attributes: object) -> None:
        """An element that looks like its name says; numbers to a tenth."""
        name = mark_safe(tag)  # noqa: S308 - ours
        rest = _written(attributes)
        self.pieces.append(format_html("<{0}{1}{2}>{3}</{0}>", name, self._look(look), rest, text))

    def _look(self, look: str) -> SafeString:
        if self.ink is None:
            return format_html(' class="s-plot__{}"', look)
        return _written(self.ink[look])

    def words(self, look: str, text: str, x: float, y: float, anchor: str = "start") -> None:
        """A piece of text at its place."""
        self.add("text", look, text, x=x, y=y, text_anchor=anchor)

    def name(self, look: str, text: str, mark: tuple[float, float], off: float) -> None:
        """A name on the side of its mark where there is room for it; `mark` is across and down."""
        (at, y), wide = mark, as_wide(text)
        if at + off + wide <= self.width:
            self.words(look, text, at + off, y)
        elif at - off - wide >= 0:
            self.words(look, text, at - off, y, "end")
        else:
            self.words(look, text, max(self.width - wide, 0.0), y)

    def mark(self, look: str, x: float, y: float, radius: float) -> None:
        """A dot; what is high a triangle up, what is low one down, so that no colour is needed."""
        if look not in TRIANGLES:
            self.add("circle", look, cx=x, cy=y, r=radius)
            return
        way, wide = TRIANGLES[look] * radius * 1.1, radius * 1.2
        points = ((x - wide, y + way), (x + wide, y + way), (x, y - way))
        self.add("path", look, d="M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points) + "Z")

    def rule(self, look: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self.add("line", look, x1=x1, y1=y1, x2=x2, y2=y2)

    def drawing(self, says: str) -> SafeString:
        """The sheet as SVG, with what it says for those who do not see it."""
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="s-plot__sheet" viewBox="0 0 {} {}"'
            ' role="img" aria-label="{}">{}</svg>',
            short(self.width),
            short(self.height),
            says,
            format_html_join("", "{}", ((piece,) for piece in self.pieces)),
        )


def short(value: object) -> str:
    """A number to a tenth, without what says nothing: 12.5, 40."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _written(attributes: Mapping[str, object]) -> SafeString:
    return format_html_join(
        "",
        ' {}="{}"',
        ((name.replace("_", "-"), short(value)) for name, value in attributes.items()),
    )


def as_wide(text: str) -> float:
    """About how wide a text is in the size that charts write with."""
    return sum(3.6 if letter in "iljtf.,:;'!|· -" else 7.2 for letter in text)

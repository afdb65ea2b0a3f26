"""A chart on a page: drawn for wide and for narrow windows, its figures in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.ui.charts import Places, Table
from samrad.ui.components.parts import reveal
from samrad.ui.pieces import Words

register = template.Library()

WIDEST, WIDE, NARROW, SMALL = 1040, 640, 340, 220


class Chart(Protocol):
    """What can be drawn in a width, and told in a table."""

    @property
    def says(self) -> str: ...
    @property
    def table(self) -> Table: ...

    def drawn(self, width: float = ...) -> SafeString: ...


@register.simple_tag
def plot(chart: Chart, title: Words = "", source: Words = "") -> SafeString:
    """A chart with its title above, where it is from below, and its table folded beneath.

    A map is as high as its land, so it is drawn no wider on a wide page.
    """
    is_map = isinstance(chart, Places)
    return format_html(
        '<figure class="s-plot"{}>{}{}<div class="s-plot__wide">{}</div>'
        '<div class="s-plot__narrow">{}</div>{}{}</figure>',
        SafeString(" data-map") if is_map else "",
        format_html('<figcaption class="s-plot__title">{}</figcaption>', title) if title else "",
        "" if is_map else format_html('<div class="s-plot__widest">{}</div>', chart.drawn(WIDEST)),
        chart.drawn(WIDE),
        chart.drawn(NARROW),
        format_html('<p class="s-plot__source">{}</p>', source) if source else "",
        reveal(figures_of(chart.table, title or chart.says), _("The figures in a table")),
    )


@register.simple_tag
def small_plot(chart: Chart) -> SafeString:
    """A chart among others like it; their figures stand in one table beside them."""
    return format_html('<div class="s-plot__small">{}</div>', chart.drawn(SMALL))


@register.simple_tag
def figures_of(table: Table, title: Words = "") -> SafeString:
    """The figures of a chart in rows; the first column names each. On a phone a row is a card."""
    named = [str(head) for head in table.heads[1:]]
    heads = format_html_join("", '<th scope="col">{}</th>', ((head,) for head in table.heads))
    return format_html(
        '<div class="s-plot__table" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}'
        "</tr></thead><tbody>{}</tbody></table></div>",
        title or _("The figures"),
        heads,
        format_html_join("", "<tr>{}</tr>", ((_row(row, named),) for row in table.rows)),
    )


def _row(row: Sequence[str], named: Sequence[str]) -> SafeString:
    first, *rest = row
    cells = format_html_join("", '<td data-label="{}">{}</td>', zip(named, rest, strict=False))
    return format_html('<th scope="row">{}</th>{}', first, cells)

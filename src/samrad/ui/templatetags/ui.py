"""The components, as template tags. `{% load ui %}`; each is shown on the style page.

Small ones that stand in every row of a list are written as text, without a template, so that a
hundred rows cost little. What people write is always escaped.
"""

from __future__ import annotations

from django import template

from samrad.ui.components import fields, frame, heads, lists, parts, plots, small
from samrad.ui.components.small import chip

__all__ = ["chip", "register"]

register = template.Library()
for kind in (frame, heads, parts, small, lists, fields, plots):
    register.tags.update(kind.register.tags)
    register.filters.update(kind.register.filters)

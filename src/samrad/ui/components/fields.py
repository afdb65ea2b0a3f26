"""Fields, their errors, and the bar of fields above a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samrad.ui.pieces import Words

register = template.Library()


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A field with its label, help and errors, tied together for screen readers."""
    return bound.as_field_group()


@register.inclusion_tag("ui/forms/errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, each with a way to the field. `{{ form }}` has it built in."""
    return {"form": form, "problems": list(problems(form))}


def problems(form: BaseForm) -> Iterable[tuple[str, str]]:
    """Every error of a form: the text, and the id of where to mend it."""
    for error in form.non_field_errors():
        yield str(error), ""
    for bound in form:
        first = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
        for error in bound.errors:
            yield f"{bound.label}: {error}", first


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: str, label: Words = "") -> SafeString:
    """Fields above a list that choose what it shows; the choice stands in the address."""
    request: HttpRequest | None = context.get("request")
    clear: Any = ""
    if request and request.GET:
        clear = format_html(
            '<a class="ds-button" data-variant="tertiary" href="{}">{}</a>',
            request.path,
            gettext("Clear"),
        )
    return format_html(
        '<form class="s-filter" method="get" role="search">{}<div class="s-filter__buttons">'
        '<button class="ds-button" data-variant="secondary" type="submit">{}</button>{}'
        "</div></form>",
        content,
        label or gettext("Show"),
        clear,
    )

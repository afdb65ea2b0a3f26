"""How forms are drawn, and the widgets they share. What a form asks for belongs to its app."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

SELECT = "django/forms/widgets/select.html"
CHOICES = "ui/forms/choices.html"
OURS = {
    "django/forms/widgets/radio.html": CHOICES,
    "django/forms/widgets/checkbox_select.html": CHOICES,
    "django/forms/widgets/multiple_input.html": CHOICES,
    "django/forms/div.html": "ui/forms/form.html",
}
PLAIN_INPUTS = {"hidden"}


class Renderer(DjangoTemplates):
    """Every form, also a library's, with Designsystemet's fields."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        return super().get_template(OURS.get(template_name, template_name))

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if "widget" in context:
            _dress(context["widget"])
            if template_name == SELECT:
                return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> SafeString:
    """A choice among many, drawn without a template for each of its options."""
    parts: list[str] = []
    for group, options, _index in widget["optgroups"]:
        inside = "".join(map(_option, options))
        named = format_html('\n  <optgroup label="{}">', group) if group else ""
        parts += [named, inside, "\n  </optgroup>" if group else ""]
    start = format_html('<select name="{}"{}>', widget["name"], _attributes(widget["attrs"]))
    return mark_safe(f"{start}{''.join(parts)}\n</select>")  # noqa: S308 - escaped in its parts


def _option(option: dict[str, Any]) -> str:
    value, label = conditional_escape(str(option["value"])), conditional_escape(option["label"])
    return f'\n  <option value="{value}"{_attributes(option["attrs"])}>{label}</option>\n'


def _attributes(attrs: dict[str, Any]) -> SafeString:
    there = {name: value for name, value in attrs.items() if value is not False}
    return mark_safe("".join(_attribute(name, value) for name, value in there.items()))  # noqa: S308


def _attribute(name: str, value: Any) -> str:
    if value is True:
        return f" {escape(name)}"
    return f' {escape(name)}="{conditional_escape(str(value))}"'


def _dress(widget: dict[str, Any]) -> None:
    """Give an input, and the inputs it is made of, Designsystemet's class."""
    if widget.get("type") not in PLAIN_INPUTS:
        attrs = widget["attrs"]
        given = attrs.get("class", "")
        if "ds-input" not in given:
            attrs["class"] = f"ds-input {given}".strip()
    for part in widget.get("subwidgets") or ():
        _dress(part)


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day somebody could mean: one of the year 26 is a slip of the keyboard."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", DayInput)
        super().__init__(
            validators=[
                MinValueValidator(FIRST_DAY, _("Write the year with four digits, 1950 or later.")),
                MaxValueValidator(LAST_DAY, _("Write a year up to 2100.")),
            ],
            **given,
        )


class ClockInput(forms.TimeInput):
    """A time of day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class KeptText(forms.Textarea):
    """Text whose typing is kept in the browser under `key` until the server says it is saved."""

    def __init__(self, key: str = "", attrs: dict[str, Any] | None = None) -> None:
        kept = {"data-keep": key} if key else {}
        super().__init__({"rows": 6, **kept, **(attrs or {})})


def keep(form: forms.BaseForm, name: str, key: str) -> None:
    """Keep what is typed in one field of a form, under a key that names the object."""
    form.fields[name].widget.attrs["data-keep"] = key

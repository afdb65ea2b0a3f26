"""How forms are drawn, and the widgets they share. What a form asks for belongs to its app."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

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
        return super().render(template_name, context, request)


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

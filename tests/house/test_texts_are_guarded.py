"""Every text somebody can write is asked about when it holds what could be a person's number."""

from __future__ import annotations

import importlib
import pkgutil

from django import forms

import samrad
from samrad.documents.forms import GuardedForm
from samrad.ui.fields import GuardedText, NameLine, PhoneLine

# Forms with a field for text that ask nothing, and why that is right.
ASKING_NOTHING = {
    "areas.forms.FindArea": "a search: what is searched for is not kept",
    "knowledge.forms.FindIndicator": "a search: what is searched for is not kept",
    "knowledge.forms.FindPicture": "a search: what is searched for is not kept",
    "meetings.forms.planning.TogetherForm": "the same, for one of several councils",
    "agreements.forms.register.RegisterFilter": "a search: what is searched for is not kept",
    "followup.forms.register.RegisterFilter": "a search: what is searched for is not kept",
    "search.forms.SearchForm": "a search: what is searched for is not kept",
    "meetings.forms.planning.YearForm": "only proposes days; what is planned is asked about",
    "site.style_samples.MeetingSample": "a sample: it is shown filled in and never sent",
    "site.style_samples.FilterSample": "a sample: what is searched for is not kept",
}
OTHERWISE_CHECKED = (NameLine, PhoneLine, forms.EmailField, forms.RegexField)
NOT_FOR_TEXT = (forms.PasswordInput, forms.HiddenInput)


def every_form() -> list[type[forms.BaseForm]]:
    """All forms of our own, after every module has been read."""
    for module in pkgutil.walk_packages(samrad.__path__, "samrad."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    found: list[type[forms.BaseForm]] = []
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("samrad.") and form not in found:
            found.append(form)
    return found


def texts_of(form: type[forms.BaseForm]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = getattr(form, "base_fields", {})
    return {
        name: field
        for name, field in fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, OTHERWISE_CHECKED)
        and not isinstance(field.widget, NOT_FOR_TEXT)
    }


def name_of(form: type[forms.BaseForm]) -> str:
    return f"{form.__module__}.{form.__qualname__}".removeprefix("samrad.")


def test_a_form_with_room_for_text_asks_about_numbers() -> None:
    asking_nothing = {
        name_of(form)
        for form in every_form()
        if texts_of(form)
        and not issubclass(form, GuardedForm)
        and not form.__module__.startswith("samrad.people.forms.sign_in")  # nothing of it is read
    }

    assert asking_nothing == set(ASKING_NOTHING)


def test_a_form_that_asks_has_no_text_it_does_not_look_at() -> None:
    overlooked = {
        f"{name_of(form)}.{name}"
        for form in every_form()
        if issubclass(form, GuardedForm)
        for name, field in texts_of(form).items()
        if not isinstance(field, GuardedText)
    }

    assert overlooked == set()

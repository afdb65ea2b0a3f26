"""Forms that change what is there: what somebody else saved meanwhile is never written over unseen.

The form carries marks of what it was made from. A field that only somebody else changed takes their
value; one that both changed comes back with the two side by side and is not saved. docs/adr/0018.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import wraps
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.kernel.meanwhile import SavedMeanwhile, Whose, mark_of, mark_of_all, whose
from samrad.kernel.verdict import Refused
from samrad.ui import formats

STARTED_FROM, TAKE_THEIRS = "started_from", "take_theirs"
TRIES = 5
MARK = re.compile(r"[0-9a-f]{16}")

Teller = Callable[[Any, Collection[Any]], tuple[str, datetime] | None]
View = TypeVar("View", bound=Callable[..., HttpResponse])
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """`teller(about, events)` says who did one of these to a thing last, and when."""
    if teller not in _tellers:
        _tellers.append(teller)


def on_what_is_there(view: View) -> View:
    """Look again when something was saved between what a view read and what its action held."""

    @wraps(view)
    def looked_again(*args: Any, **kwargs: Any) -> HttpResponse:
        for _try in range(TRIES):
            try:
                return view(*args, **kwargs)
            except SavedMeanwhile:
                continue
        raise Refused(_("Others are saving this at this moment. Go back and save once more."))

    looked_again.looks_again = True  # type: ignore[attr-defined]
    return looked_again  # type: ignore[return-value]


@dataclass(frozen=True)
class Theirs:
    """What stands saved in a field that both have changed, as it is shown beside it."""

    name: str
    value: str
    text: str


class ChangingForm(forms.Form):
    """A form that is made from what is there and changes it. A form derives from it first.

    `there` are the values by field as they are saved now, None for something new; `about` is the
    thing itself. The action gets `form.seen`. Fields that only mean something `together` are taken
    from one of the two, and `saved_by` are the events with which they are saved.
    """

    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    saved_by: ClassVar[tuple[Any, ...]] = ()

    def __init__(
        self,
        *args: Any,
        there: Mapping[str, Any] | None = None,
        about: Any = None,
        **options: Any,
    ) -> None:
        if there is not None:
            options["initial"] = {**(options.get("initial") or {}), **there}
        super().__init__(*args, **options)
        self.there, self.about = dict(there or {}), about
        self.collided: list[str] = []
        if self.is_bound and self.started:
            self._bring_together()

    @property
    def started_from(self) -> SafeString:
        """The marks of what the form is made from, to be sent with it."""
        if not self.there:
            return SafeString()
        marks = " ".join(f"{name}:{mark}" for name, mark in self._marks_of_there().items())
        return format_html(
            '<input type="hidden" name="{}" value="{}">', self.add_prefix(STARTED_FROM), marks
        )

    @property
    def started(self) -> dict[str, str]:
        """The marks that came with what was sent; none from a caller that has seen no page."""
        sent = str(self.data.get(self.add_prefix(STARTED_FROM)) or "")
        marks = dict(part.split(":", 1) for part in sent.split() if ":" in part)
        return {
            name: mark
            for name, mark in marks.items()
            if name in self.there and MARK.fullmatch(mark)
        }

    @property
    def seen(self) -> str:
        """What the action compares with the row it holds."""
        return mark_of_all(self.there) if self.started else ""

    def _marks_of_there(self) -> dict[str, str]:
        return {
            name: mark_of(_value_in(self.fields[name], value)) for name, value in self.there.items()
        }

    def _bring_together(self) -> None:
        """Take what only somebody else has changed, and remember what both have."""
        mine = {name: mark_of(_value_in(self.fields[name], self[name].data)) for name in self.there}
        found = whose(self.started, mine, self._marks_of_there(), self.together)
        asked = self._sent().getlist(self.add_prefix(TAKE_THEIRS))
        found |= {name: Whose.THEIRS for name in asked if name in found}
        self.collided = [name for name, one in found.items() if one == Whose.COLLIDED]
        theirs = [name for name, one in found.items() if one == Whose.THEIRS]
        if theirs:
            data = self._sent()
            for name in theirs:
                data.setlist(self.add_prefix(name), _as_sent(self.there[name]))
            self.data = data

    def _sent(self) -> MultiValueDict[str, Any]:
        if isinstance(self.data, MultiValueDict):
            return self.data.copy()
        return MultiValueDict({name: [value] for name, value in (self.data or {}).items()})

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, unknown to its stubs
        for name in self.collided:
            self.add_error(name, _("This has been changed meanwhile. Compare the two."))
            field: Any = self.fields[name]
            field.saved_meanwhile = Theirs(
                self.add_prefix(TAKE_THEIRS), name, _in_words(field, self.there[name])
            )
        if self.collided:
            self.add_error(None, self._who_and_when())

    def _who_and_when(self) -> str:
        told = None
        if self.about is not None and self.saved_by:
            told = next(filter(None, (ask(self.about, self.saved_by) for ask in _tellers)), None)
        if told is None:
            return _(
                "This was saved while you were writing. Yours stands below and is not saved yet:"
                " keep it or take what was saved, then save again."
            )
        return _(
            "%(name)s saved this while you were writing (%(when)s). Yours stands below and is not"
            " saved yet: keep it or take what was saved, then save again."
        ) % {"name": told[0], "when": formats.moment(told[1])}


def _value_in(field: forms.Field, value: Any) -> Any:
    """A value as the field understands it, whether it was sent or is saved."""
    if isinstance(field, forms.ModelChoiceField):
        return str(value or "")
    try:
        return field.to_python(value)
    except ValidationError:
        return str(value)


def _as_sent(value: Any) -> list[Any]:
    """A saved value as a browser would send it."""
    if value is None or value is False:
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [f"{value:%H:%M}" if isinstance(value, time) else str(value)]


def _in_words(field: forms.Field, value: Any) -> str:
    """A saved value as a reader knows it from the field."""
    if value is None or value in ("", []):
        return _("Nothing stands there now.")
    if isinstance(field, forms.ModelChoiceField):
        return _label_in(field, value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        pairs: Iterable[tuple[Any, Any]] = flatten_choices(choices)
        labels = {str(one): str(label) for one, label in pairs}
        several: Collection[Any] = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in several)
    return _plainly(value)


def _label_in(field: forms.ModelChoiceField[Any], value: Any) -> str:
    try:
        return str(field.label_from_instance(field.to_python(value)))
    except ValidationError:  # it is no longer among those that can be chosen
        return _("Something that can no longer be chosen.")


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return formats.day(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)

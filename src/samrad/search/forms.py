"""What is looked for. It stands in the address and is kept nowhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.cooperation.models import Council
from samrad.search.rules import MOST_LETTERS, Asked, asked_for

MOST_COUNCILS = 100  # more are no list to choose from


class SearchForm(forms.Form):
    """Words to find, and a council to find them in."""

    q = forms.CharField(
        label=gettext_lazy("Words or part of a word"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput(
            attrs={"type": "search", "data-search": "", "aria-keyshortcuts": "/"}
        ),
        error_messages={
            "max_length": gettext_lazy(
                "This is too long to search for: use %(limit_value)d letters at most."
            )
        },
    )
    council = forms.ChoiceField(label=gettext_lazy("Council"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_choice = False
        self.offer([])

    def offer(self, councils: list[Council]) -> None:
        """The councils to choose among, once it is known where something was found."""
        field = self.fields["council"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        few = councils if len(councils) <= MOST_COUNCILS else []
        field.choices = [("", _("All")), *((str(one.ref), one.name) for one in few)]
        self.has_choice = len(few) > 1 or bool(self.data.get("council"))

    def asked(self) -> Asked:
        """What is asked for; nothing where it cannot be, and the field says why."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        return asked_for(said.get("q", ""))

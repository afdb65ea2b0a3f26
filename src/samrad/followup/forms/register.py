"""Sifting the register. What is looked for stands in the address and is kept nowhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.followup.queries.register import ORDERS, UNFINISHED, Wanted, those_responsible
from samrad.followup.words import DECISION_STATES, TASK_STATES
from samrad.kernel.text import normalise_line
from samrad.ui.sorting import by_name

MOST_COUNCILS = 60  # more are found by their name in the text
FIRST = ("text", "state", "who", "overdue")
ORDER_NAMES = {
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
    "deadline": gettext_lazy("Nearest deadline first"),
    "council": gettext_lazy("By council"),
}


class RegisterFilter(forms.Form):
    """Which decisions or tasks to show, and in what order."""

    text = forms.CharField(
        label=gettext_lazy("Words in it"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    council = forms.ChoiceField(label=gettext_lazy("Council"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1990, max_value=2100
    )
    who = forms.ChoiceField(label=gettext_lazy("Responsible"), required=False)
    theme = forms.CharField(
        label=gettext_lazy("Item it was decided under"), required=False, max_length=100
    )
    overdue = forms.BooleanField(label=gettext_lazy("Past the deadline"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)

    def __init__(
        self, *args: Any, actor: Actor, what: str, only: Council | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._only = only
        self._councils = {} if only else _councils_of(actor)
        persons, organisations = those_responsible(actor, only)
        self._persons = {f"p:{one.ref}": one for one in persons}
        self._organisations = {f"o:{one.ref}": one for one in organisations}
        states = DECISION_STATES if what == "decisions" else TASK_STATES
        self._choose("state", {UNFINISHED: _("Not carried out yet"), **states}, _("All"))
        self._choose("sort", {key: ORDER_NAMES[key] for key in ORDERS[what]})
        self._usual_order = next(iter(ORDERS[what]))
        self._choose("council", {key: one.name for key, one in self._councils.items()}, _("All"))
        named = {key: person.label for key, person in self._persons.items()}
        named |= {key: one.name for key, one in self._organisations.items()}
        self._choose("who", named, _("All"))
        self._leave_out("council", without=len(self._councils) < 2)  # noqa: PLR2004
        self._leave_out("who", without=not named)
        self._leave_out("overdue", without=not named)

    def _choose(self, name: str, among: dict[Any, Any], nothing: str = "") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [*([("", nothing)] if nothing else []), *among.items()]

    def _leave_out(self, name: str, *, without: bool) -> None:
        """Nobody is asked what there is nothing to choose among."""
        if without:
            del self.fields[name]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What most look for."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def is_open(self) -> bool:
        """Whether something of the rest is chosen, or could not be understood."""
        said = self._said()
        usual = {"", self._usual_order}
        return any(
            one.errors or said.get(one.name) not in {None, False, *usual}
            for one in self.further_fields
        )

    @property
    def is_sifting(self) -> bool:
        """Whether anything is left out of what is shown."""
        return any(value for name, value in self._said().items() if name != "sort")

    def wanted(self) -> Wanted:
        """What is looked for; what could not be understood sifts nothing, and the page says so."""
        said = self._said()
        return Wanted(
            council=self._only or self._councils.get(said.get("council", "")),
            state=said.get("state", ""),
            year=said.get("year"),
            person=self._persons.get(said.get("who", "")),
            organisation=self._organisations.get(said.get("who", "")),
            theme=normalise_line(said.get("theme", "")),
            text=normalise_line(said.get("text", "")),
            overdue=said.get("overdue", False),
            sort=said.get("sort", ""),
        )

    def _said(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


def _councils_of(actor: Actor) -> dict[str, Council]:
    """The councils somebody may choose among, unless they are more than a list is read for."""
    councils = list(
        Council.objects.visible_to(actor).order_by(by_name(), "pk")[: MOST_COUNCILS + 1]
    )
    return {str(one.ref): one for one in councils} if len(councils) <= MOST_COUNCILS else {}

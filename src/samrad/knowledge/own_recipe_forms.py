"""What is asked of whoever describes a file: what its columns hold, and what the figures mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.areas.models import COUNTRY_NAMES
from samrad.areas.rules.kinds import Country
from samrad.documents.rules import Classification
from samrad.knowledge.own_recipe_actions import described
from samrad.knowledge.own_recipe_models import Description
from samrad.knowledge.readers.heads import SHOWN, Head
from samrad.knowledge.rules.describing import (
    MOST_NAMED,
    Columns,
    Counted,
    Meaning,
    Use,
    counted_in,
    first_no_number,
    first_no_period,
)
from samrad.knowledge.rules.guessing import SHARE, Areas
from samrad.knowledge.rules.periods import PeriodKind
from samrad.knowledge.rules.places import plain_name
from samrad.knowledge.rules.recipes import RecipeRefused
from samrad.knowledge.unit_words import DIRECTIONS, THEMES, UNITS
from samrad.ui.fields import NameLine

USES = {
    Use.AREA: gettext_lazy("The code of the area"),
    Use.AREA_NAME: gettext_lazy("The name of the area"),
    Use.PERIOD: gettext_lazy("The period"),
    Use.FIGURES: gettext_lazy("Figures"),
    Use.COUNTED: gettext_lazy("What is counted, in words"),
    Use.LEAVE: gettext_lazy("Nothing that is needed"),
}
KINDS = {
    PeriodKind.YEAR: gettext_lazy("Years"),
    PeriodKind.TERTIAL: gettext_lazy("Thirds of a year"),
    PeriodKind.QUARTER: gettext_lazy("Quarters"),
    PeriodKind.MONTH: gettext_lazy("Months"),
    PeriodKind.WEEK: gettext_lazy("Weeks"),
    PeriodKind.SCHOOL_YEAR: gettext_lazy("School years"),
    PeriodKind.INTERVAL: gettext_lazy("Several years at once"),
}
READS = {
    Classification.OPEN: gettext_lazy("Everybody who is signed in"),
    Classification.INTERNAL: gettext_lazy("Permanent members of councils, and those above them"),
    Classification.RESTRICTED: gettext_lazy("The police's side of councils, and analysts"),
}
SMALLEST = 5  # what is proposed: counts below it are not for anybody


class ColumnsForm(forms.Form):
    """What is in each column, in which country, and how figures are written."""

    decimal = forms.ChoiceField(
        label=gettext_lazy("What stands before decimals"),
        choices=[(",", gettext_lazy("A comma: 12,5")), (".", gettext_lazy("A point: 12.5"))],
    )
    hidden = NameLine(
        label=gettext_lazy("What stands where a figure is held back"), required=False,
        max_length=80, help_text=gettext_lazy("Several with a space between them."),
    )  # fmt: skip
    missing = NameLine(
        label=gettext_lazy("What stands where there is no figure"), required=False, max_length=80,
        help_text=gettext_lazy("An empty cell is always no figure, and never nought."),
    )  # fmt: skip

    def __init__(
        self, head: Head, columns: Columns, areas: dict[str, Areas], data: Any = None,
        *, fixed_country: str = "",
    ) -> None:  # fmt: skip
        initial = {"decimal": columns.decimal, "hidden": " ".join(columns.hidden),
                   "missing": " ".join(columns.missing), "kind": columns.kind}  # fmt: skip
        super().__init__(data, initial=initial)
        self.head, self.columns, self.areas = head, columns, areas
        self.by_field = {f"c{at}": name for at, name in enumerate(columns.uses, 1)}
        for field, name in self.by_field.items():
            self.fields[field] = forms.ChoiceField(
                label=name, choices=list(USES.items()), initial=columns.uses[name]
            )
        self.run = tuple(name for name in head.names if name not in columns.uses)
        if self.run:
            self.fields["periods"] = forms.BooleanField(
                label=_("The columns from “%(first)s” to “%(last)s” are periods, with the figures")
                % {"first": self.run[0], "last": self.run[-1]},
                required=False, initial=bool(columns.periods),
            )  # fmt: skip
        self.fields["kind"] = forms.ChoiceField(label=_("The periods are"),
                                                choices=list(KINDS.items()))  # fmt: skip
        countries = [fixed_country] if fixed_country else list(areas)
        self.fields["country"] = forms.ChoiceField(
            label=_("The areas are in"), initial=columns.country,
            choices=[(one, COUNTRY_NAMES[Country(one)]) for one in countries],
        )  # fmt: skip
        self.order_fields([*self.by_field, "periods", "kind", "country"])

    @property
    def each(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Every column's field, and what stands in its first rows."""
        return [
            (self[field], [text[:40] or "–" for _line, text in self.head.column(name)[:SHOWN]])
            for field, name in self.by_field.items()
        ]

    @property
    def how(self) -> list[forms.BoundField]:
        """The fields about all columns."""
        return [self[name] for name in self.fields if name not in self.by_field]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        uses = {name: Use(said[field]) for field, name in self.by_field.items()}
        run = self.run if said.get("periods") else ()
        self.found = Columns(
            uses, run, PeriodKind(said["kind"]), said["country"], said["decimal"],
            tuple(said["hidden"].split()), tuple(said["missing"].split()),
        )  # fmt: skip
        self._one_of_each(self.found)
        self._at_hand(self.found)
        if not self.errors:
            self._periods_read(self.found)
            self._areas_known(self.found)
            self._figures_read(self.found)
        return said

    def _one_of_each(self, found: Columns) -> None:
        for use in (Use.AREA, Use.AREA_NAME, Use.PERIOD):
            if len(found.named(use)) > 1:
                self._wrong(found.named(use)[1], _("Two columns cannot both be this: %(names)s.")
                            % {"names": ", ".join(found.named(use))})  # fmt: skip
        if not found.named(Use.AREA) and not found.named(Use.AREA_NAME):
            self.add_error(None, _("Say in which column the areas are, by code or by name."))
        if found.periods and (twice := [*found.named(Use.PERIOD), *found.named(Use.FIGURES)]):
            self._wrong(twice[0], _("Where columns are periods, the figures are in those alone."))
        if not found.periods and not found.named(Use.PERIOD):
            self.add_error(None, _("Say in which column the periods are: a year, a month, …"))
        if not found.periods and not found.named(Use.FIGURES):
            self.add_error(None, _("Say in which columns the figures are."))

    def _at_hand(self, found: Columns) -> None:
        """What a recipe did not need was not kept: nobody can say later what is in it."""
        for name, use in found.uses.items():
            is_empty = not any(text for _line, text in self.head.column(name))
            if is_empty and use not in {Use.LEAVE, Use.FIGURES}:
                self._wrong(name, _("Nothing that stands in this column is at hand here."))

    def _periods_read(self, found: Columns) -> None:
        column = found.named(Use.PERIOD)
        if found.periods:
            wrong = first_no_period([(1, name) for name in found.periods], found.kind)
        else:
            wrong = first_no_period(self.head.column(column[0]), found.kind)
        if wrong is not None:
            told = _("Row %(row)s says “%(text)s”: that is no period of this kind.")
            self.add_error("kind", told % {"row": wrong[0], "text": wrong[1][:40]})

    def _areas_known(self, found: Columns) -> None:
        code, name = found.named(Use.AREA), found.named(Use.AREA_NAME)
        areas = self.areas[found.country]
        column = self.head.column((code or name)[0])
        texts = list(dict.fromkeys(text for _line, text in column if text))
        known = [
            one for one in texts
            if {one, one.zfill(3), one.zfill(4)} & areas.codes.keys()
            or (not code and plain_name(one) in areas.names)
        ]  # fmt: skip
        if not known:
            told = _("None of these is an area there: %(names)s.")
            self._wrong((code or name)[0], told % {"names": ", ".join(texts[:5])})

    def _figures_read(self, found: Columns) -> None:
        marks = frozenset([*found.hidden, *found.missing])
        if twice := sorted(set(found.hidden) & set(found.missing)):
            told = _("“%(mark)s” cannot stand for both.")
            self.add_error("missing", told % {"mark": twice[0]})
        for name in found.periods or found.named(Use.FIGURES):
            wrong = first_no_number(self.head.column(name), found.decimal, marks)
            if wrong is not None:
                told = _(
                    "Row %(row)s of “%(column)s” says “%(text)s”: that is no number written so."
                    " Change what stands before decimals, or say that it stands for no figure."
                )
                self.add_error(
                    "decimal", told % {"row": wrong[0], "column": name, "text": wrong[1][:40]}
                )
                return

    def _wrong(self, column: str, told: str) -> None:
        self.add_error(next(field for field, name in self.by_field.items() if name == column), told)


class MeaningForm(forms.Form):
    """Whose figures they are, what each counts, and who reads them."""

    title = NameLine(label=gettext_lazy("What the data set is called"), max_length=120)
    publisher = NameLine(label=gettext_lazy("Who publishes it"), max_length=200)
    licence = NameLine(
        label=gettext_lazy("Licence"), max_length=120,
        help_text=gettext_lazy("By what right it is used, such as CC BY 4.0, or: own figures."),
    )  # fmt: skip
    citation = NameLine(
        label=gettext_lazy("How it is cited"), max_length=300,
        help_text=gettext_lazy("Stands under every table and drawing."),
    )  # fmt: skip
    address = forms.RegexField(
        r"^https?://[^\s/]+\.[^\s]+$", label=gettext_lazy("Where it is published"),
        max_length=300, required=False,
        error_messages={"invalid": gettext_lazy("Write the whole address, from https:// on.")},
    )  # fmt: skip
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), choices=list(THEMES.items()))
    notes = NameLine(
        label=gettext_lazy("What a reader must know of it"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    unit = NameLine(
        label=gettext_lazy("What each figure counts"), max_length=60, required=False,
        help_text=gettext_lazy("The unit: reported offences, persons, per cent, pupils, …"),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way is better"),
        choices=[("", gettext_lazy("Choose")), *DIRECTIONS.items()],
        error_messages={"required": gettext_lazy("Say which way is better, or that neither is.")},
    )  # fmt: skip
    classification = forms.ChoiceField(
        label=gettext_lazy("Who reads it"), choices=list(READS.items()), widget=forms.RadioSelect
    )
    legal_basis = NameLine(
        label=gettext_lazy("What it rests on that it is restricted"), max_length=200,
        required=False, help_text=gettext_lazy("The law and its section. Only for the last one."),
    )  # fmt: skip
    smallest_shown = forms.IntegerField(
        label=gettext_lazy("Smallest count that anybody may read"), min_value=0, max_value=100,
        help_text=gettext_lazy("Smaller counts are held back from readers who are not signed in."),
    )  # fmt: skip

    def __init__(
        self, description: Description, bases: Sequence[tuple[str, str]], data: Any = None
    ) -> None:
        self.description = description
        self.stem = description.file_name.rpartition(".")[0].replace("_", " ")[:120]
        self.columns = Columns.from_json(description.columns)
        head = Head.from_json(description.head)
        self.counted = counted_in(
            {name: [text for _line, text in head.column(name)]
             for name in self.columns.named(Use.COUNTED)}, self.columns,
        )  # fmt: skip
        said = description.recipe.said if description.recipe else {}
        super().__init__(data, initial=self._initial(said))
        self.is_named = len(self.counted) <= MOST_NAMED
        for name in ("unit", "legal_basis"):  # needed, if not for every choice
            self.fields[name].is_one_of_many = True  # type: ignore[attr-defined]
        if self.is_named:
            self._ask_for_each(said)
        if bases and self.is_named:
            self.fields["base"] = forms.ChoiceField(
                label=_("Rates are counted for every 1,000 of"), required=False,
                choices=[("", _("No rates")), *bases], initial=_first(said, "base"),
            )  # fmt: skip
        if self.is_named and len(self.counted) > 1:
            choices = [(one.called, one.called) for one in self.counted]
            self.fields["total"] = forms.ChoiceField(
                label=_("Which counts all the others too"), required=False,
                choices=[("", _("None of them")), *choices], initial=self._total(said),
            )  # fmt: skip

    def _initial(self, said: dict[str, Any]) -> dict[str, Any]:
        units = {one["unit"] for one in said.get("indicator", [said["each"]] if "each" in said
                                                 else [])}  # fmt: skip
        ways = {one["direction"] for one in said.get("indicator", [])}
        called = " ".join([*self.columns.uses, *(one.called for one in self.counted)])
        unit = next(iter(units)) if len(units) == 1 else ""
        if not said and SHARE.search(called):
            unit = "percent"
        kept = ("title", "publisher", "licence", "citation", "address", "notes", "legal_basis")
        texts = {name: said.get(name, "") for name in kept}
        return {
            **texts, "title": texts["title"] or self.stem, "unit": str(UNITS.get(unit, unit)),
            "theme": said.get("theme", "crime"),
            "classification": said.get("classification", "open"),
            "smallest_shown": said.get("smallest_shown", SMALLEST),
            "direction": next(iter(ways)) if len(ways) == 1 else "",
        }  # fmt: skip

    def _ask_for_each(self, said: dict[str, Any]) -> None:
        kept = {_key(one["where"]): one for one in said.get("indicator", [])}
        same = len({one["unit"] for one in kept.values()}) <= 1
        for at, one in enumerate(self.counted, 1):
            before = kept.get(_key(one.where), {})
            self.fields[f"name{at}"] = NameLine(
                label=_("Name of “%(called)s”") % {"called": one.called or _("the figures")},
                max_length=160, initial=before.get("name", one.called or self.stem),
            )  # fmt: skip
            if len(self.counted) > 1:
                unit = "" if same else before.get("unit", "")
                self.fields[f"unit{at}"] = NameLine(
                    label=_("Unit of “%(called)s”") % {"called": one.called},
                    max_length=60, required=False,
                    initial=str(UNITS.get(unit, unit)),
                )  # fmt: skip

    def _total(self, said: dict[str, Any]) -> str:
        wholes = {one.get("part_of") for one in said.get("indicator", [])}
        where = [_key(one["where"]) for one in said.get("indicator", []) if one["code"] in wholes]
        return next((one.called for one in self.counted if _key(one.where) in where), "")

    @property
    def names(self) -> list[forms.BoundField]:
        """What each of them is called."""
        return self.fields_of(f"name{at}" for at, _one in enumerate(self.counted, 1))

    @property
    def units(self) -> list[forms.BoundField]:
        """In which unit each is, where one can be another than the others."""
        return self.fields_of(f"unit{at}" for at, _one in enumerate(self.counted, 1))

    def fields_of(self, names: Iterable[str]) -> list[forms.BoundField]:
        """These of its fields that are asked."""
        return [self[name] for name in names if name in self.fields]

    @property
    def whose(self) -> list[forms.BoundField]:
        """Whose figures they are."""
        return self.fields_of(["title", "publisher", "licence", "citation", "address", "theme",
                               "notes"])  # fmt: skip

    @property
    def what(self) -> list[forms.BoundField]:
        """What is counted, for all of it."""
        return self.fields_of(["unit", "direction", "total", "base"])

    @property
    def who(self) -> list[forms.BoundField]:
        """Who reads it."""
        return self.fields_of(["classification", "legal_basis", "smallest_shown"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("classification") == Classification.RESTRICTED and not said.get("legal_basis"):
            self.add_error("legal_basis", _("Say which law it rests on that it is restricted."))
        if said.get("classification") != Classification.RESTRICTED:
            said["legal_basis"] = ""
        self._unit_of_each(said)
        if not self.errors:
            self.meaning = self._said(said)
            try:
                described(self.description, self.columns, self.meaning)
            except RecipeRefused as refused:
                told = _("The description does not hold together: %(places)s.")
                self.add_error(None, told % {"places": "; ".join(refused.places)})
        return said

    def _unit_of_each(self, said: dict[str, Any]) -> None:
        if said.get("unit") or "unit" in self.errors:
            return
        without = [
            one.called for at, one in enumerate(self.counted, 1) if not said.get(f"unit{at}")
        ]
        if without and (self.is_named and len(self.counted) > 1):
            told = _("Nobody has said in which unit these are: %(names)s.")
            self.add_error("unit", told % {"names": ", ".join(without[:5])})
        elif without or not self.is_named:
            self.add_error("unit", _("Say what each figure counts: persons, offences, per cent."))

    def _said(self, said: dict[str, Any]) -> Meaning:
        counted = tuple(
            Counted(one.where, one.called, said[f"name{at}"], _unit(said.get(f"unit{at}", "")))
            for at, one in enumerate(self.counted, 1)
        ) if self.is_named else ()  # fmt: skip
        names = ("title", "publisher", "licence", "citation", "theme", "direction", "address",
                 "notes", "classification", "legal_basis", "smallest_shown")  # fmt: skip
        return Meaning(
            **{name: said[name] for name in names}, unit=_unit(said["unit"]),
            base=said.get("base", ""), total=said.get("total", ""), counted=counted,
        )  # fmt: skip


def _unit(text: str) -> str:
    """The code of a unit that has words in five languages; any other is as it is written."""
    return next((code for code, words in UNITS.items()
                 if text.casefold() in {code, str(words).casefold()}), text)  # fmt: skip


def _first(said: dict[str, Any], key: str) -> str:
    return next((one[key] for one in said.get("indicator", []) if key in one), "")


def _key(where: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(where.items()))

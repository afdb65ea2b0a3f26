"""What a page tells of incidents on their way in: what is counted, left out, and would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import Release
from samrad.knowledge.moments import period_in_words
from samrad.ui.formats import number


@dataclass(frozen=True)
class Without:
    """A moment that the recipe asks for, and how many rows do not say it."""

    name: str
    rows: int


@dataclass(frozen=True)
class IncidentsTold:
    """A file of incidents, for whoever handed it in; no address is in it."""

    read: Mapping[str, Any]
    found: Mapping[str, Any]
    moments: Mapping[str, str]  # what the publisher calls them

    @property
    def rows(self) -> int:
        """One for each unit that was sent."""
        return int(self.read["rows"])

    @property
    def incidents(self) -> int:
        """How many they are of."""
        return int(self.read["incidents"])

    @property
    def addresses(self) -> int:
        """At how many places."""
        return int(self.read["addresses"])

    @property
    def months(self) -> str:
        """From the first to the last."""
        months = self.read["months"]
        first, last = (period_in_words(f"{one[:4]}-M{one[5:]}") for one in (months[0], months[-1]))
        return first if first == last else _("%(first)s to %(last)s") % {
            "first": first, "last": last,
        }  # fmt: skip

    @property
    def without(self) -> list[Without]:
        """The moments that some rows do not say."""
        return [
            Without(self.moments.get(name, name), rows)
            for name, rows in self.read["without"].items()
            if rows
        ]

    @property
    def is_known(self) -> bool:
        """Whether all of it is kept already, and nothing of it is too old to be."""
        return bool(self.found["known"] == self.incidents)

    @property
    def is_too_old(self) -> bool:
        """Whether all of it is."""
        return bool(self.found["over"] == self.rows)

    @property
    def sentences(self) -> list[str]:
        """What is left out, and what putting it into use would change."""
        return [*self._changes(), *self._left_out()]

    def _changes(self) -> list[str]:
        new, known = self.found["new"], self.found["known"]
        if not self.found["changed"]:
            if self.is_too_old:
                return []
            return [
                _("All of this is known already.")
                if self.is_known
                else _("Everything that is not left out is known already.")
            ]
        lines = [
            ngettext("%(n)s row is new.", "%(n)s rows are new.", new) % {"n": number(new)}
        ]  # fmt: skip
        if known:
            told = ngettext(
                "%(n)s incident came in an earlier file as well; this one holds from now on.",
                "%(n)s incidents came in an earlier file as well; this one holds from now on.",
                known,
            )
            lines.append(told % {"n": number(known)})
        return lines

    def _left_out(self) -> list[str]:
        lines = []
        if over := self.found["over"]:
            told = ngettext(
                "%(n)s row is left out: its month is older than incidents are kept.",
                "%(n)s rows are left out: their months are older than incidents are kept.", over,
            )  # fmt: skip
            lines.append(told % {"n": number(over)})
        if wrong := self.read["out_of_order"]:
            told = ngettext(
                "%(n)s row has moments in an order that cannot be.",
                "%(n)s rows have moments in an order that cannot be.",
                wrong,
            )
            lines.append(told % {"n": number(wrong)})
        lines += [
            _("No incident is of the type “%(name)s”, by which addresses come up.") % {"name": one}
            for one in self.read["unmet"]
        ]
        return lines


def incidents_told(release: Release) -> IncidentsTold | None:
    """Where it holds incidents and has been read."""
    said = release.difference
    if not release.is_staged or not release.count or "incidents" not in said:
        return None
    recipe = known_recipe(release.data_set.code)
    rule = recipe.incidents if recipe else None
    moments = {name: one.name for name, one in rule.moments.items()} if rule else {}
    return IncidentsTold(said["read"], said["incidents"], moments)

"""What the pages about addresses read: a list, one of them, and what happened there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor
from samrad.knowledge.incident_models import (
    AddressList,
    AddressMonth,
    IncidentReport,
    RepeatAddress,
)
from samrad.knowledge.models import DataSet
from samrad.knowledge.moments import period_in_words
from samrad.knowledge.rules.repeats import NEXT_STATES, AddressState, year_to
from samrad.ui import formats

STATES = {
    AddressState.OPEN: gettext_lazy("Not assessed"),
    AddressState.ASSESSED: gettext_lazy("Assessed"),
    AddressState.CONTACTED: gettext_lazy("Contacted with the municipality"),
}
TONES = {
    AddressState.OPEN: "warning", AddressState.ASSESSED: "info", AddressState.CONTACTED: "success",
}  # fmt: skip
STEPS = {
    AddressState.ASSESSED: gettext_lazy("Mark as assessed"),
    AddressState.CONTACTED: gettext_lazy("Mark as contacted with the municipality"),
}


@dataclass(frozen=True)
class AddressTold:
    """One address as the police see it: a label, and what happened there."""

    address: RepeatAddress

    @property
    def state(self) -> AddressState:
        """What has been done about it."""
        return AddressState(self.address.state)

    @property
    def state_name(self) -> str:
        """The same in words."""
        return str(STATES[self.state])

    @property
    def tone(self) -> str:
        """The look of its chip."""
        return TONES[self.state]

    @property
    def month(self) -> str:
        """The month in which it last came up."""
        return period_in_words(f"{self.address.last_month:%Y-%m}")

    @property
    def count(self) -> int:
        """How many incidents made it come up."""
        return len(self.address.happenings)

    @property
    def since_marked(self) -> int:
        """How many of them came after the police dealt with it."""
        at = self.address.state_at
        if self.state is AddressState.OPEN or at is None:
            return 0
        return sum(moment > at.timestamp() for moment, _category in self.address.happenings)

    @property
    def happenings(self) -> list[tuple[str, str]]:
        """Each incident, the latest first: the moment by the clock of its place, and its type."""
        zone = self.address.address_list.zone
        return [
            (formats.moment(datetime.fromtimestamp(moment, UTC), zone), category)
            for moment, category in reversed(self.address.happenings)
        ]

    @property
    def steps(self) -> list[tuple[str, str, bool]]:
        """What may be done now: the state it leads to, in words, and whether it goes back."""
        found = []
        for state in AddressState:
            if state in NEXT_STATES[self.state]:
                is_back = counts_for(state) < counts_for(self.state)
                words = _("Take the mark back") if is_back else str(STEPS[state])
                found.append((state.value, words, is_back))
        return found


def counts_for(state: AddressState) -> int:
    """How far the police have come with an address."""
    return list(AddressState).index(state)


def lists_read_by(actor: Actor) -> QuerySet[AddressList]:
    """The lists that somebody named reads."""
    found = AddressList.objects.visible_to(actor).select_related("data_set", "police")
    return found.order_by("police__name", "pk")


def ways_of(data_set: DataSet, actor: Actor) -> dict[str, Any]:
    """Where a data set of incidents leads: its report, and its addresses for whoever reads them."""
    if not data_set.holds_incidents:
        return {}
    report = IncidentReport.objects.visible_to(actor).filter(data_set=data_set).first()
    addresses = AddressList.objects.visible_to(actor).filter(data_set=data_set).first()
    return {"report": report, "addresses": addresses}


def what_counts(addresses: AddressList) -> list[str]:
    """A sentence for each type that makes an address come up: how many there were last."""
    kept = addresses.counted
    if not kept:
        return []
    month = period_in_words(kept["month"])
    if not kept["of"]:
        said = _("All types count; in %(month)s, the newest, there were %(count)s incidents.")
        return [said % {"month": month, "count": formats.number(kept["all"])}]
    found = []
    for name, count in kept["of"].items():
        words = _("“%(type)s”: %(count)s in %(month)s, the newest.")
        if count is None:
            words = _(
                "“%(type)s”: no incident has ever been of this type. Is it spelt as in the files?"
            )
        told = {"type": name, "month": month, "count": formats.number(count or 0)}
        found.append(words % told)
    return found


def addresses_on(addresses: AddressList, actor: Actor) -> QuerySet[RepeatAddress]:
    """Those of a list that are still kept: what nobody has dealt with, then the latest, first."""
    rows = RepeatAddress.objects.visible_to(actor).filter(address_list=addresses)
    is_open = Case(When(state=AddressState.OPEN, then=0), default=1)
    return rows.order_by(is_open, "-last_month", "goes_date", "label")


@dataclass(frozen=True)
class MonthTold:
    """How many came up in a month, and what was done about them."""

    kept: AddressMonth

    @property
    def name(self) -> str:
        """The month in words."""
        return period_in_words(f"{self.kept.month:%Y-%m}")


def months_of(addresses: AddressList, *, on: date) -> Sequence[MonthTold]:
    """The last twelve months, the latest first."""
    rows = addresses.months.filter(month__gte=year_to(on)).order_by("-month")
    return [MonthTold(one) for one in rows]

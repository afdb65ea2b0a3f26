"""What is made of incidents: a report that anybody inside may read, and addresses that few may.

The incidents themselves are files a month (`IncidentMonth`). An address is a key that only this
installation can make again, with a label drawn by lot: neither says where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from samrad.access.vocabulary import Permission
from samrad.areas.models import Area, AreaCover
from samrad.kernel.clock import today
from samrad.knowledge.rules.repeats import AddressState
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class IncidentMonth(models.Model):
    """The incidents of one month: a Parquet file with keys instead of addresses."""

    data_set = models.ForeignKey(
        "knowledge.DataSet", on_delete=models.PROTECT, related_name="months"
    )
    month = models.DateField()
    content = models.FileField(upload_to="incidents/%Y/%m", max_length=255)
    rows = models.PositiveIntegerField()
    came_date = models.DateField(null=True, blank=True)  # first, where it was among the newest

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["data_set", "month"], name="incident_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.data_set_id} {self.month:%Y-%m}"


class IncidentReportQuerySet(models.QuerySet["IncidentReport"]):
    """Questions to ask about reports; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the data sets that somebody signed in reads; incidents are never published."""
        from samrad.knowledge.models import DataSet  # noqa: PLC0415 - it stands beside these

        if actor.is_anonymous:
            return self.none()
        return self.filter(data_set__in=DataSet.objects.visible_to(actor))


class IncidentReport(models.Model):
    """What the incidents of a data set say, worked out by the worker; small numbers are left out.

    `response` is what the recipe says of waiting, as it was when they were taken in.
    """

    data_set = models.OneToOneField(
        "knowledge.DataSet", on_delete=models.CASCADE, related_name="incident_report"
    )
    police = models.ForeignKey(
        "areas.Area", null=True, on_delete=models.PROTECT, related_name="+"
    )  # whose they are, where the recipe says so
    first = models.CharField(max_length=40)  # the moment an incident is counted by
    response = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = IncidentReportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.data_set_id}"


def addresses_read_of(actor: Actor) -> models.QuerySet[Area] | None:
    """The areas of whose addresses somebody named reads: theirs, those in it, those it lies in."""
    reach = actor.areas_where(Permission.ADDRESSES_SEE)
    if not reach:
        return None
    covers, day = AreaCover.objects, today()
    return Area.objects.filter(
        Q(pk__in=covers.below(reach, on=day)) | Q(pk__in=covers.above(reach, on=day))
    )


class AddressListQuerySet(models.QuerySet["AddressList"]):
    """Questions to ask about lists of addresses; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the police district that somebody named works in, or reaches over."""
        if actor.is_system:
            return self.all()
        read = addresses_read_of(actor)
        return self.none() if read is None else self.filter(police__in=read)


class AddressList(Recorded):
    """The addresses of a data set where it happens again, for the police of one district (G5)."""

    trail_kind = "address_list"
    is_restricted = True

    data_set = models.OneToOneField(
        "knowledge.DataSet", on_delete=models.PROTECT, related_name="address_list"
    )
    police = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=60)  # the clock that its moments are told by
    categories = models.JSONField(default=list)
    counted = models.JSONField(default=dict)  # how many of them in the newest month
    made_at = models.DateTimeField(null=True, blank=True)

    objects = AddressListQuerySet.as_manager()

    def __str__(self) -> str:
        return self.data_set.code

    @property
    def trail_label(self) -> str:
        return self.data_set.code


class AddressMonth(models.Model):
    """How many addresses came up in a month, and what was done: all that stays of them."""

    address_list = models.ForeignKey(AddressList, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()
    flagged = models.PositiveIntegerField(default=0)
    assessed = models.PositiveIntegerField(default=0)  # those contacted as well among them
    contacted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_list", "month"], name="address_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.address_list_id} {self.month:%Y-%m}"


class RepeatAddressQuerySet(models.QuerySet["RepeatAddress"]):
    """Questions to ask about addresses; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the lists one reads, as long as their time is not over."""
        found = self.filter(address_list__in=AddressList.objects.visible_to(actor))
        return found.filter(goes_date__gte=today())


class RepeatAddress(Recorded):
    """An address with three incidents or more in three months, known here by its key alone."""

    trail_kind = "repeat_address"
    is_restricted = True

    address_list = models.ForeignKey(
        AddressList, on_delete=models.PROTECT, related_name="addresses"
    )
    counted_in = models.ForeignKey(AddressMonth, on_delete=models.PROTECT, related_name="+")
    key = models.BigIntegerField()
    label = models.CharField(max_length=12)  # drawn by lot: it says nothing once the row is gone
    place = models.CharField(max_length=200, blank=True)  # the publisher's word for the district
    last_month = models.DateField()
    happenings = models.JSONField(default=list)  # moments in seconds since 1970, and categories
    state = models.CharField(
        max_length=12, choices=AddressState.choices(), default=AddressState.OPEN
    )
    state_at = models.DateTimeField(null=True, blank=True)
    goes_date = models.DateField(db_index=True)  # the last day it is kept

    objects = RepeatAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_list", "key"], name="repeat_address_once"),
            models.UniqueConstraint(
                fields=["address_list", "label"], name="repeat_address_label_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label

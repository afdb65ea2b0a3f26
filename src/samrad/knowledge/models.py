"""Data sets with their releases, and the indicators in them. The figures lie in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import get_language

from samrad.access.vocabulary import Permission
from samrad.documents.rules import Classification
from samrad.kernel.choices import Choices
from samrad.kernel.multilingual import Words
from samrad.knowledge import own_recipe_models  # noqa: F401 (its tables too)
from samrad.knowledge.incident_models import IncidentMonth
from samrad.knowledge.rules.picture import Unusual
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


__all__ = [
    "PUBLIC_KINDS", "Alarm", "AreaPicture", "DataSet", "IncidentMonth", "Indicator", "Release",
    "ReleaseState", "Sheet", "SheetRow", "in_own_language", "read_by",
]  # fmt: skip

POLICE = "police"  # the side of the table, as seats say it


class ReleaseState(Choices):
    """How far a release has come. Codes are stable."""

    STAGED = "staged"
    COMMITTED = "committed"
    WITHDRAWN = "withdrawn"


class DataSetQuerySet(models.QuerySet["DataSet"]):
    """Questions to ask about data sets; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """What the reader's classes hold; to others what the installation's owner has published."""
        if actor.is_system:
            return self.all()
        if actor.is_anonymous:
            return self.filter(published_at__isnull=False, classification=Classification.OPEN)
        return self.filter(read_by(actor))


def read_by(actor: Actor, of: str = "") -> models.Q:
    """Which data sets somebody signed in reads; `of` is the path to them.

    Internal ones are for permanent members of a country's councils and for levels that cover them,
    restricted ones for the police's side of its councils; analysts of the country read both. What
    is not open and of no country is for nobody.
    """
    if actor.is_anonymous:
        return models.Q(pk__in=[])
    analyst = actor.countries_where(Permission.FIGURES_TAKE_IN)
    inside = actor.countries_where(Permission.INTERNAL_SEE)
    covers = actor.countries_where(Permission.COUNCIL_OVERSEE)
    countries = {
        Classification.INTERNAL: analyst | inside | covers,
        Classification.RESTRICTED: analyst | actor.countries_sat_in(POLICE),
    }
    read = models.Q(**{f"{of}classification": Classification.OPEN})
    for classification, where in countries.items():
        if named := sorted(where - {""}):
            read |= models.Q(**{f"{of}classification": classification, f"{of}country__in": named})
    return read


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Questions to ask about releases; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the data sets one reads; what is on its way in only to who takes it in.

        Incidents on their way in are seen by whoever handed them in, and by nobody else.
        """
        found = self.filter(data_set__in=DataSet.objects.visible_to(actor))
        if actor.is_system:
            return found
        if not actor.holds_anywhere(Permission.FIGURES_TAKE_IN):
            return found.exclude(state=ReleaseState.STAGED)
        where = ["", *actor.countries_where(Permission.FIGURES_TAKE_IN)]
        figures = models.Q(data_set__country__in=where, data_set__holds_incidents=False)
        own = models.Q(data_set__country__in=where, taken_in_by=actor.person_id)
        return found.filter(~models.Q(state=ReleaseState.STAGED) | figures | own)

    def arriving(self) -> Self:
        """What is on its way in, the latest first."""
        return self.filter(state=ReleaseState.STAGED).order_by("-retrieved_at", "-pk")


class DataSet(Recorded):
    """A publisher's table that is taken in by one recipe, as often as it is published."""

    trail_kind = "data_set"

    code = models.CharField(max_length=80, unique=True)
    title = models.JSONField(default=dict)
    publisher = models.CharField(max_length=200)
    table = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=120)
    citation = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    schedule = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=12, default="crime")
    country = models.CharField(max_length=2, blank=True)  # whose areas it is about, where ours
    smallest_shown = models.PositiveIntegerField(default=0)
    classification = models.CharField(
        max_length=12, choices=Classification.choices(), default=Classification.OPEN
    )
    legal_basis = models.CharField(max_length=200, blank=True)  # where it is restricted
    holds_incidents = models.BooleanField(default=False)
    keep_days = models.PositiveIntegerField(default=0)  # incidents; figures are kept
    published_at = models.DateTimeField(null=True, blank=True)  # for readers not signed in
    codes = models.JSONField(default=dict)  # the words behind the integers of incidents

    objects = DataSetQuerySet.as_manager()

    def __str__(self) -> str:
        return in_own_language(self.title)

    @property
    def trail_label(self) -> str:
        return self.code


class Release(Recorded):
    """One file of a data set: kept as it came, with what it was read as and what it changed.

    While it is staged, `doubts` also hold why it is refused, and `difference` also what it is a
    difference from and what is in it.
    """

    trail_kind = "data_release"

    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=ReleaseState.choices())
    file_name = models.CharField(max_length=255)
    file = models.FileField(upload_to="figures/%Y/%m", max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    figures = models.FileField(upload_to="figures/%Y/%m", max_length=255, blank=True)
    figures_sha256 = models.CharField(max_length=64, blank=True)
    retrieved_at = models.DateTimeField()
    published = models.CharField(max_length=60, blank=True)  # as the publisher writes it
    count = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    difference = models.JSONField(default=dict)
    is_current = models.BooleanField(default=False)
    taken_in_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["data_set", "number"], name="release_number_once"),
            models.UniqueConstraint(
                fields=["data_set"],
                condition=models.Q(is_current=True),
                name="release_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_set_id}/{self.number}"

    @property
    def trail_label(self) -> str:
        return f"{self.data_set.code} {self.number}"

    @property
    def is_staged(self) -> bool:
        """Whether it is on its way in, and counts for nothing yet."""
        return self.state == ReleaseState.STAGED

    @property
    def is_being_read(self) -> bool:
        """Whether the worker has not come to an end with it."""
        return self.is_staged and not self.count and not self.doubts


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Questions to ask about indicators; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the data sets that the reader may see, protected where the reader is public."""
        found = self.filter(data_set__in=DataSet.objects.visible_to(actor))
        return found.filter(sheet__is_protected=True) if actor.is_anonymous else found


class Indicator(Recorded):
    """One thing that is counted: what it is called, its unit, which way is better."""

    trail_kind = "indicator"

    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=160, unique=True)
    name = models.JSONField(default=dict)
    definition = models.JSONField(default=dict)
    unit = models.CharField(max_length=60)
    direction = models.CharField(max_length=8)
    base = models.CharField(max_length=160, blank=True)  # the indicator that rates are taken of
    target = models.FloatField(null=True, blank=True)  # of the yearly rate, or of the figure
    target_source = models.CharField(max_length=200, blank=True)
    part_of = models.CharField(max_length=160, blank=True)  # the total that counts it as well
    smallest_shown = models.PositiveIntegerField(default=0)  # where it asks for more than its table
    seen = models.JSONField(default=dict)  # by anybody, of what is laid out no longer

    objects = IndicatorQuerySet.as_manager()

    def __str__(self) -> str:
        return in_own_language(self.name)


PUBLIC_KINDS = ("nation", "municipality", "unincorporated")  # the whole, and its parts


class Sheet(models.Model):
    """All figures of an indicator, laid out when they were taken in: a page reads and shows."""

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="sheet")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    periods = models.JSONField(default=list)
    is_protected = models.BooleanField(default=False)  # its small numbers are known and held back
    protected_by = models.PositiveSmallIntegerField(default=0)  # which way of protecting
    smallest_shown = models.PositiveIntegerField(default=0)  # what it was protected by

    def __str__(self) -> str:
        return f"{self.indicator_id}"


class SheetRowQuerySet(models.QuerySet["SheetRow"]):
    """Questions to ask about rows; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """All rows; to readers who are not signed in only those that were protected together."""
        if not actor.is_anonymous:
            return self.all()
        published = self.filter(sheet__indicator__data_set__in=DataSet.objects.visible_to(actor))
        return published.filter(sheet__is_protected=True).filter(
            models.Q(area__kind__in=PUBLIC_KINDS) | models.Q(area__isnull=True)
        )


class SheetRow(models.Model):
    """One area of a sheet. `values` and `people` lie along its periods, `nothing` says why not.

    `code` and `name` are the publisher's, so that what lies in no area of ours is kept as well.
    `finding` is the line of the area's picture with its latest period alone, where one is drawn;
    `finding_shown` the same for readers who are not signed in, worked out of what these read.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=160)
    name = models.CharField(max_length=300)
    values = models.JSONField(default=list)
    nothing = models.JSONField(default=dict)
    people = models.JSONField(default=list)
    lived = models.FloatField(null=True)  # in the latest period
    latest = models.FloatField(null=True)
    latest_nothing = models.CharField(max_length=12, blank=True)
    finding = models.JSONField(null=True)
    finding_shown = models.JSONField(null=True)
    breaks = models.JSONField(null=True)  # whether it changed, by the period from which on
    protected = models.JSONField(default=list)  # the periods that only the signed in see

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code"], name="sheet_row_once_a_code"),
        ]
        indexes = [models.Index(fields=["area"], name="sheet_row_by_area")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.code}"


def _of_read_figures(rows: Any, actor: Actor) -> Any:
    if actor.is_system:
        return rows.all()
    return rows.filter(read_by(actor, "data_set__"))


class AreaPictureQuerySet(models.QuerySet["AreaPicture"]):
    """Questions to ask about pictures; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """All to whoever is signed in; to others those of published data sets."""
        return self.filter(data_set__in=DataSet.objects.visible_to(actor))


class AreaPicture(models.Model):
    """What the figures of a data set say of one area, worked out when they were taken in.

    `shown`: the same for readers who are not signed in, worked out of nothing but what these read.
    """

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="pictures")
    area = models.ForeignKey("areas.Area", on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField()
    shown = models.JSONField(null=True)

    objects = AreaPictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["data_set", "area"], name="picture_once_an_area"),
        ]

    def __str__(self) -> str:
        return f"{self.data_set_id} {self.area_id}"


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """Questions to ask about alarms; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Those whose figures the actor reads."""
        found: Self = _of_read_figures(self, actor)
        return found

    def standing(self) -> Self:
        """Those that no revision has taken back."""
        return self.filter(lapsed_at=None)


class Alarm(Recorded):
    """A figure of one area, series and period outside what was to be expected of it (G3).

    It is this alarm whatever its figures are revised to: found once, brought up to date by every
    look that finds it again, and lapsed from the look that no longer does.
    """

    trail_kind = "alarm"

    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="alarms")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="alarms")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=20)
    tail = models.CharField(max_length=4, choices=[(u.value, u.value) for u in Unusual if u])
    observed = models.FloatField()
    expected = models.FloatField()
    limit = models.FloatField()
    p = models.FloatField()
    survives = models.BooleanField(default=False)  # among all series of the period as well
    past = models.JSONField(default=list)  # the series as the latest look that found it saw it
    found_at = models.DateTimeField()
    revised_at = models.DateTimeField(null=True, blank=True)  # when its figures last changed
    lapsed_at = models.DateTimeField(null=True, blank=True)
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="continued_by"
    )

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "tail"], name="alarm_once"
            ),
        ]
        indexes = [models.Index(fields=["data_set", "period"], name="alarm_of_period")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

    @property
    def trail_label(self) -> str:
        return f"{self.indicator.code} {self.period}"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """As the reckoning names it."""
        return str(self.area.ref), self.indicator.code, self.period, self.tail

    @property
    def has_lapsed(self) -> bool:
        """Whether a revision took it back."""
        return self.lapsed_at is not None


def in_own_language(texts: dict[str, Any]) -> str:
    """Stored words for whoever reads now."""
    return Words.from_mapping(texts).in_language(get_language() or "en")

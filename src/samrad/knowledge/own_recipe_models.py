"""Recipes that are made on a page, their versions, and files that are being described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from samrad.access.vocabulary import Permission
from samrad.kernel.ids import uuid7
from samrad.trail.models import Recorded

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class OwnRecipeQuerySet(models.QuerySet["OwnRecipe"]):
    """Questions to ask about recipes; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the countries in which the reader takes figures in."""
        if actor.is_system:
            return self.all()
        return self.filter(country__in=actor.countries_where(Permission.FIGURES_TAKE_IN) - {""})


class OwnRecipe(Recorded):
    """What a recipe's file would say, as somebody said it on a page.

    `head` is what the file's columns are told by, without those that nobody needs, and `columns`
    what was said of them, so that it can be changed where there is no file.
    """

    trail_kind = "recipe"

    code = models.CharField(max_length=80, unique=True)
    country = models.CharField(max_length=2)
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    said = models.JSONField(default=dict)
    head = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = OwnRecipeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["country"], name="own_recipe_by_country")]

    def __str__(self) -> str:
        from samrad.knowledge.models import in_own_language  # noqa: PLC0415 - it stands below

        title = self.said.get("title", self.code)
        return in_own_language(title) if isinstance(title, dict) else str(title)


class OwnRecipeVersion(models.Model):
    """What a recipe said once; the newest is what it says now."""

    recipe = models.ForeignKey(OwnRecipe, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipe", "number"], name="recipe_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recipe_id}/{self.number}"


class DescriptionQuerySet(models.QuerySet["Description"]):
    """Questions to ask about descriptions; they chain."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, as long as one takes figures in: nobody else has seen the file."""
        if actor.person_id is None or not actor.holds_anywhere(Permission.FIGURES_TAKE_IN):
            return self.none()
        return self.filter(begun_by=actor.person_id)


class Description(models.Model):
    """A file that is being described, or a recipe that is being changed. It counts for nothing.

    `refused` is why the worker let the file go, with all that was known of it.
    """

    ref = models.UUIDField(default=uuid7, unique=True, editable=False)
    recipe = models.ForeignKey(
        OwnRecipe, null=True, on_delete=models.CASCADE, related_name="descriptions"
    )
    recipe_number = models.PositiveIntegerField(default=0)  # the version that is being changed
    file = models.FileField(upload_to="figures/%Y/%m", max_length=255, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    head = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DescriptionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["begun_by"], name="description_by_person")]

    def __str__(self) -> str:
        return self.file_name

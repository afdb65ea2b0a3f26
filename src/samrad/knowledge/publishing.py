"""Letting anybody read a data set, and taking it back. Incidents are never published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.kernel.verdict import Refused
from samrad.knowledge.drawing import DRAW
from samrad.knowledge.events import DATA_SET_PUBLISHED, DATA_SET_WITHDRAWN
from samrad.knowledge.models import DataSet
from samrad.knowledge.permissions import may_publish
from samrad.knowledge.rules.recipes import Recipe
from samrad.trail.api import record
from samrad.work.api import enqueue


@transaction.atomic
def publish_data_set(*, data_set: DataSet, by: Actor, at: datetime) -> None:
    """Let anybody read it, as soon as the worker has found what must be held back."""
    may_publish(by).enforce()
    locked = DataSet.objects.select_for_update(of=("self",)).get(pk=data_set.pk)
    if locked.holds_incidents:
        raise Refused(_("Incidents are never published: no method makes an address anonymous."))
    if locked.classification != Classification.OPEN:
        raise Refused(_("These figures are not for anybody to read: their recipe says for whom."))
    if locked.published_at is not None:
        return
    locked.published_at = at
    locked.save(update_fields=["published_at"])
    enqueue(DRAW, data_set=locked.code)
    asked = list(locked.indicators.values_list("smallest_shown", flat=True))
    smallest = max(locked.smallest_shown, min(asked, default=0))  # which holds of all of them
    record(DATA_SET_PUBLISHED, about=locked, by=by, at=at, smallest=smallest)


@transaction.atomic
def withdraw_data_set(*, data_set: DataSet, by: Actor, at: datetime) -> None:
    """From now on only those who are signed in read it.

    The sheets remember what was held back, so that it stays untold when they are published again.
    """
    may_publish(by).enforce()
    locked = DataSet.objects.select_for_update(of=("self",)).get(pk=data_set.pk)
    take_back(locked, by=by, at=at)


def take_back(data_set: DataSet, *, by: Actor, at: datetime) -> None:
    """It is no longer for anybody, and that is recorded. The data set is locked."""
    if data_set.published_at is None:
        return
    data_set.published_at = None
    data_set.save(update_fields=["published_at"])
    record(DATA_SET_WITHDRAWN, about=data_set, by=by, at=at)


def take_back_where_it_opens(
    data_set: DataSet, recipe: Recipe, *, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Where a changed recipe holds less back, whoever publishes decides anew.

    The data set is locked, and is as it was before the change.
    """
    if not may_publish(by) and holds_less_back(data_set, recipe):
        take_back(data_set, by=by, at=at)


def holds_less_back(data_set: DataSet, recipe: Recipe) -> bool:
    """Whether by the recipe more could be read of what is counted already than before."""
    if recipe.smallest_shown < data_set.smallest_shown:
        return True
    rules = {one.code: one for one in recipe.indicators}
    for one in data_set.indicators.all():
        rule = rules.get(one.code)
        if one.part_of and (rule is None or rule.part_of != one.part_of):
            return True
        if one.smallest_shown > max(recipe.smallest_shown, rule.smallest_shown if rule else 0):
            return True
    return False

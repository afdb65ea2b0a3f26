"""The pages by which somebody describes a file that no recipe is known for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now
from samrad.knowledge import own_recipe_actions as actions
from samrad.knowledge.arrivals_shown import Refusal
from samrad.knowledge.models import DataSet, Indicator, in_own_language
from samrad.knowledge.own_recipe_forms import USES, ColumnsForm, MeaningForm
from samrad.knowledge.own_recipe_models import Description, OwnRecipe
from samrad.knowledge.permissions import may_change_recipe, may_remove_recipe
from samrad.knowledge.readers.heads import Head
from samrad.knowledge.rules.describing import Columns
from samrad.knowledge.rules.guessing import Areas
from samrad.knowledge.staging import gazetteer_of, names_of
from samrad.knowledge.unit_words import unit_in_words
from samrad.trail.api import history_of


@declare(SIGNED_IN)
def describe(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What the columns of the file hold."""
    description = _description(request, ref)
    if description.refused:
        return _refused(request, description)
    recipe, head = description.recipe, Head.from_json(description.head)
    countries = [recipe.country] if recipe else actions.countries_of(request.actor)
    areas = {one: Areas(gazetteer_of(one), names_of(one)) for one in countries}
    form = ColumnsForm(
        head, Columns.from_json(description.columns), areas,
        request.POST if request.method == "POST" else None,
        fixed_country=recipe.country if recipe else "",
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        actions.keep_columns(description=description, columns=form.found)
        return redirect("knowledge:describe_meaning", ref=ref)
    context = {"form": form, "description": description, "head": head}
    return render(request, "knowledge/describe.html", context)


@declare(SIGNED_IN)
def describe_meaning(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Whose figures they are, what each counts and who reads them; then the file is read."""
    description = _description(request, ref)
    if description.refused:
        return _refused(request, description)
    country = Columns.from_json(description.columns).country
    people = Indicator.objects.visible_to(request.actor).filter(
        unit="persons", data_set__country=country
    )
    bases = [(one.code, in_own_language(one.name)) for one in people.order_by("code")]
    form = MeaningForm(description, bases, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        recipe, release = actions.save_recipe(
            description=description, meaning=form.meaning, by=request.actor, at=now()
        )
        messages.success(request, _("The recipe is kept. Files like this are recognised now."))
        if release is not None:
            return redirect("knowledge:arrival", ref=release.ref)
        return redirect("knowledge:own_recipe", ref=recipe.ref)
    return render(
        request, "knowledge/describe_meaning.html", {"form": form, "description": description}
    )


@declare(SIGNED_IN)
@require_POST
def drop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The file goes, and nothing of it was ever in use."""
    actions.drop_description(description=_description(request, ref), at=now())
    messages.success(request, _("What you had begun is dropped. Nothing has changed."))
    return redirect("knowledge:hand_in")


@declare(SIGNED_IN)
def show_recipe(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What a recipe says, who made it and what has happened to it."""
    recipe = _recipe(request, ref)
    said, columns = recipe.said, Columns.from_json(recipe.columns)
    context = {
        "recipe": recipe, "said": said, "history": history_of(recipe),
        "uses": [(name, USES[use]) for name, use in columns.uses.items()],
        "periods": columns.periods,
        "counted": [
            (one["name"], unit_in_words(one["unit"])) for one in said.get("indicator", [])
        ],
        "data_set": DataSet.objects.visible_to(request.actor).filter(code=recipe.code).first(),
        "may_change": may_change_recipe(request.actor, recipe),
        "may_remove": may_remove_recipe(request.actor, recipe),
    }  # fmt: skip
    return render(request, "knowledge/own_recipe.html", context)


@declare(SIGNED_IN)
@require_POST
def change(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Describe it once more, from what it says now."""
    begun = actions.begin_change(recipe=_recipe(request, ref), by=request.actor, at=now())
    return redirect("knowledge:describe", ref=begun.ref)


@declare(SIGNED_IN)
@require_POST
def remove(request: ActorRequest, ref: UUID) -> HttpResponse:
    """It is gone; nothing was taken in by it."""
    actions.remove_recipe(recipe=_recipe(request, ref), by=request.actor, at=now())
    messages.success(request, _("The recipe is removed."))
    return redirect("knowledge:hand_in")


def _refused(request: ActorRequest, description: Description) -> HttpResponse:
    """Why nothing of the file is kept."""
    context = {"description": description, "refusal": Refusal(description.refused)}
    return render(request, "knowledge/describe_refused.html", context)


def _description(request: ActorRequest, ref: UUID) -> Description:
    rows = Description.objects.select_related("recipe")
    return visible_or_404(rows, request.actor, ref=ref)


def _recipe(request: ActorRequest, ref: UUID) -> OwnRecipe:
    rows = OwnRecipe.objects.select_related("organisation")
    return visible_or_404(rows, request.actor, ref=ref)

"""Who may take data in. Reading published statistics is for everybody who is signed in."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.knowledge.incident_models import AddressList, RepeatAddress, addresses_read_of
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.own_recipe_models import OwnRecipe
from samrad.knowledge.rules.difference import Difference
from samrad.knowledge.rules.recipe_parts import PoliceRule
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.rules.repeats import NEXT_STATES, AddressState


def may_publish(actor: Actor) -> Verdict:
    """Whoever runs the installation: its owner answers for what anybody may read."""
    if actor.is_system or actor.holds_anywhere(Permission.INSTALLATION_MANAGE):
        return ALLOWED
    return refuse(_("Only whoever runs the installation decides what anybody may read."))


def may_put_into_use(actor: Actor, release: Release) -> Verdict:
    """Whoever takes data in, once the file has been read and nothing about it is open."""
    if not (verdict := may_take_in_of(actor, release.data_set.country)):
        return verdict
    if not release.is_staged or release.is_being_read:
        return refuse(_("This file is not waiting to be put into use."))
    if release.doubts:
        return refuse(_("Something about this file has not been answered yet."))
    if not Difference.is_one(release.difference):
        return refuse(_("All of this is known already; there is nothing to put into use."))
    return ALLOWED


def may_drop(actor: Actor, release: Release) -> Verdict:
    """Whoever takes data in, as long as the file counts for nothing."""
    if not (verdict := may_take_in_of(actor, release.data_set.country)):
        return verdict
    if not release.is_staged:
        return refuse(_("These figures are in use; they are replaced by a newer release."))
    return ALLOWED


def may_see_addresses(actor: Actor, addresses: AddressList) -> Verdict:
    """Police contacts and analysts of that police district, and whoever at the police is named."""
    if AddressList.objects.visible_to(actor).filter(pk=addresses.pk).exists():
        return ALLOWED
    return refuse(_("Addresses that come back are for named roles at the police of the district."))


def may_mark_address(actor: Actor, address: RepeatAddress, state: AddressState) -> Verdict:
    """Whoever reads it, step by step, as long as it is kept."""
    if not RepeatAddress.objects.visible_to(actor).filter(pk=address.pk).exists():
        return refuse(
            _("Addresses that come back are for named roles at the police of the district.")
        )
    if state not in NEXT_STATES[AddressState(address.state)]:
        return refuse(_("Somebody has marked this address meanwhile. Look at how it stands now."))
    return ALLOWED


def may_change_recipe(actor: Actor, recipe: OwnRecipe) -> Verdict:
    """Those who take figures in at the organisation that made it; of none, all of the country."""
    if not (verdict := may_take_in_of(actor, recipe.country)):
        return verdict
    owner = recipe.organisation_id
    if actor.is_system or owner is None or owner in actor.organisation_ids:
        return ALLOWED
    return refuse(_("Only those who take figures in at the organisation that made it change it."))


def may_remove_recipe(actor: Actor, recipe: OwnRecipe) -> Verdict:
    """Whoever changes it, as long as nothing has been taken in by it."""
    if not (verdict := may_change_recipe(actor, recipe)):
        return verdict
    if DataSet.objects.filter(code=recipe.code).exists():
        return refuse(_("Figures have been taken in by this recipe, so it stays with them."))
    return ALLOWED


def may_take_in_of(actor: Actor, country: str) -> Verdict:
    """Figures of a country are for its own analysts; those of no country of ours for any."""
    if not (verdict := may_take_in(actor)):
        return verdict
    if actor.is_system or not country:
        return ALLOWED
    if country in actor.countries_where(Permission.FIGURES_TAKE_IN):
        return ALLOWED
    return refuse(_("These figures are of another country. Its own analysts take them in."))


def may_hand_in(actor: Actor, recipe: Recipe) -> Verdict:
    """As `may_take_in_of`; files with addresses are for those who read them in that district."""
    verdict = may_take_in_of(actor, recipe.country)
    police = recipe.incidents.police if recipe.incidents else None
    if not verdict or police is None or actor.is_system:
        return verdict
    read = addresses_read_of(actor)
    if read is not None and _of_district(read, police).exists():
        return ALLOWED
    return refuse(
        _(
            "This file holds addresses. An analyst of the police district takes it in, who reads"
            " them."
        )
    )


def _of_district(areas: QuerySet[Area], police: PoliceRule) -> QuerySet[Area]:
    there = areas.filter(country=police.country, kind=AreaKind.POLICE_DISTRICT)
    return there.filter(codes__code=police.code)


def may_take_in(actor: Actor) -> Verdict:
    """Analysts of a police district or of the directorate, or the installation itself.

    Which files they are is for `may_take_in_of`.
    """
    if actor.is_system or actor.holds_anywhere(Permission.FIGURES_TAKE_IN):
        return ALLOWED
    return refuse(_("Only an analyst of a police district or of the directorate can do this."))

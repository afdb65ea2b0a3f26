"""An area's page with what other apps tell there."""

from __future__ import annotations

import pytest

from samrad.areas.models import AreaRelation
from samrad.people.permissions import may_see_contact
from tests.cast import signed_in

pytestmark = pytest.mark.slow


def test_with_all_its_panels_an_areas_page_is_bounded_for_everybody(
    cast, client, django_assert_max_num_queries
):
    for parent in (cast.no.district, cast.no.nation):
        AreaRelation.objects.create(parent=parent, child=cast.no.home, kind="police")
    for name, who in cast.everybody.items():
        for area in (cast.no.home, cast.no.next_door, cast.no.district, cast.no.nation):
            signed_in(client, who)
            with django_assert_max_num_queries(12, info=f"{name}, {area}"):
                page = client.get(area.get_absolute_url())
            titles = [panel.title for panel in page.context["panels"]]
            assert ("Whom to call at the police" in titles) == (
                area.kind == "municipality" and bool(may_see_contact(who.actor, area))
            )

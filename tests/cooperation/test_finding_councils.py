"""Finding a council among those one may see."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.cast import Cast, signed_in


def test_a_search_bears_whatever_an_address_holds(cast: Cast, client: Any) -> None:
    signed_in(client, cast.analyst)
    page = client.get(reverse("cooperation:councils"), {"q": "Nordre\x00 Follo"})

    assert page.status_code == 200
    assert page.context["asked"] == "Nordre Follo"
    assert [council.name for council in page.context["page"]] == ["Politirådet i Nordre Follo"]

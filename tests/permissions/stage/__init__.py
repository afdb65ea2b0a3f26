"""Everything the table of permissions speaks of, reached by the actions that lead there."""

from __future__ import annotations

from typing import Any

from samrad.knowledge.models import DataSet
from tests.agreements.bricks import drafts, templates
from tests.agreements.promises import promises
from tests.cast import Cast
from tests.knowledge.bricks import an_alarm, arriving_files, figures_of
from tests.knowledge.incident_bricks import calls_of_a_district, calls_on_their_way
from tests.knowledge.own_recipe_bricks import described_files
from tests.permissions.stage.agreements import agreement_file, agreements
from tests.permissions.stage.bodies import bodies
from tests.permissions.stage.followup import decisions
from tests.permissions.stage.meetings import meetings
from tests.permissions.stage.people import links, machinery, people
from tests.permissions.stage.theme_days import theme_days
from tests.permissions.stage.wheel import wheel
from tests.picture.bricks import orders, two_sides


def things(cast: Cast) -> dict[str, Any]:
    """By the names the table uses."""
    cast.council.seats.filter(role="municipal_director").update(function="vice_chair")
    found: dict[str, Any] = {"council": cast.council, "area": cast.no.home}
    found["vacancy"] = found["station"] = cast.no.station
    member = cast.police_member
    found["member"], found["appointment"] = member.person, member.appointment
    found["seat"] = cast.council.seats.get(role="police_contact")
    found |= agreements(cast) | meetings(cast, found["seat"]) | decisions(cast, found["seat"])
    found |= wheel(cast) | drafts(cast, agreement_file()) | promises(cast, found["agreement"])
    found |= templates(cast)
    found |= people(cast) | theme_days(cast) | links(cast, found) | bodies(cast)
    found |= machinery(cast) | two_sides(cast) | orders(cast)
    found |= figures_of(cast.no.home, cast.no.areas["district"])
    found |= arriving_files(cast) | calls_of_a_district()
    found |= described_files(cast) | calls_on_their_way(cast.analyst.actor)
    found["figures_abroad"] = found["arrival_abroad"].data_set
    found["figures_of_nowhere"] = DataSet(code="of_nowhere", country="")
    return found | {"alarm": an_alarm(cast.no.home)}
